import { ExitCode, PrintcatError, stopIfAborted } from '../errors.ts';
import type { Standard } from '../press/standards.ts';
import type { Geometry } from '../products/geometry.ts';
import type { PrinterPreset } from '../products/printer.ts';
import { SPARE_CORES } from '../thread.ts';
import { ThreadPool } from '../thread-pool.ts';
import { expectationOf, fileLimits } from './expectation.ts';
import type { PreflightOptions, Profile, Report } from './model.ts';
import { Reader } from './preflight.ts';
import { groupFindings, verdict } from './report/group.ts';
import { htmlReport, pagesToShow } from './report/html.ts';
import { knownRules, printerProfile } from './rule-set.ts';

/** What an order's file is held against. */
export interface GateWish {
  readonly geometry: Geometry;
  readonly printer: PrinterPreset;
  readonly standard: Standard;
  /** Whether the design has a barcode of its own, in the place that the printer keeps for one. */
  readonly ownBarcode: boolean;
  /** Whether the template asked for spots; a file without such a wish must have none. */
  readonly hasSpots: boolean;
  /** Whether the art fills the bleed; not on what is cut out of clear or white ground. */
  readonly fullBleed: boolean;
  /** Rules that the user switched off by name. */
  readonly without: readonly string[];
}

/** What is a warning in other people's files, and a mistake in ours: black type of four inks. */
const STRICTER: Profile['levels'] = { R0015: [{ severity: 'error', limit: 280 }] };

/** Of this process: however many orders are made at a time, the cores are not more. */
const readers = new ThreadPool<Reader>(SPARE_CORES);
const ANY = '';
const startReader = () => new Reader();

/**
 * The last gate of an order: what does not pass it is not delivered. Its reader, which stays for the next gate, loads
 * from the moment of its making.
 */
export class Gate {
  readonly #ended = new AbortController();

  constructor() {
    readers.warm(ANY, startReader);
  }

  async judge(pdf: Uint8Array, wish: GateWish): Promise<Report> {
    const { geometry, printer, standard, ownBarcode, hasSpots, fullBleed, without } = wish;
    const profile = printerProfile(printer, standard);
    const levels = {
      ...profile.levels,
      ...STRICTER,
      ...(hasSpots && { R0020: [] }),
      ...(!fullBleed && { 'PR-WHITE': [] }),
    };
    const own: Profile = { ...profile, levels };
    const off = knownRules(without, 'preflight.without in printcat.json');
    const options = { profile: own, expect: expectationOf(geometry, printer, { ownBarcode }), off };
    return this.#read(pdf, options);
  }

  /** A sheet on which the product is laid: what the printer asks of files, not of the product. */
  async judgeSheets(
    pdf: Uint8Array,
    wish: Omit<GateWish, 'geometry' | 'ownBarcode' | 'fullBleed'>,
  ): Promise<Report> {
    const { printer, standard, hasSpots, without } = wish;
    const profile = printerProfile(printer, standard);
    // Much of a sheet is paper, and a back may have nothing on it.
    const levels = { ...profile.levels, ...STRICTER, ...(hasSpots && { R0020: [] }), R0005: [] };
    const off = knownRules(without, 'preflight.without in printcat.json');
    const options = { profile: { ...profile, levels }, expect: fileLimits(printer), off };
    return this.#read(pdf, options);
  }

  #read(pdf: Uint8Array, options: PreflightOptions): Promise<Report> {
    return readers.lend(ANY, startReader, async (reader) => {
      stopIfAborted(this.#ended.signal);
      const stop = () => reader.close();
      this.#ended.signal.addEventListener('abort', stop, { once: true });
      try {
        return await reader.read(pdf, options);
      } finally {
        this.#ended.signal.removeEventListener('abort', stop);
      }
    });
  }

  /** Ends what it judges, in the middle too. */
  close(): void {
    this.#ended.abort();
  }
}

/** A report on pages whose pictures are there already: the whole sheets, as JPEGs, by page. */
export function orderReport(name: string, report: Report, sheets: readonly Buffer[]): string {
  const pictures = pagesToShow(report).flatMap((page) => {
    const sheet = sheets[page - 1];
    return sheet ? [{ page, source: `data:image/jpeg;base64,${sheet.toString('base64')}` }] : [];
  });
  return htmlReport(name, report, pictures);
}

/**
 * The error for a file that may not be delivered: the first of what is wrong with it.
 * @param where the path of its report, for the hint
 */
export function refused(report: Report, where: string): PrintcatError {
  const { rule, hint, findings } = groupFindings(report.findings)[0]!;
  const [first] = findings;
  const several = report.pages.length > 1 && first!.page !== null;
  const message = `The file does not pass preflight (${verdict(report)}): ${rule}, ${first!.message}${several ? ` on page ${first!.page}` : ''}`;
  return new PrintcatError(message, {
    hint: `${hint} ${where} shows all that was found.`,
    exitCode: ExitCode.failed,
  });
}
