import { messageOf } from '../errors.ts';
import { nameOf } from '../press/pdf.ts';
import { Walk } from './content/walk.ts';
import { effectiveVersion, openPdf, UnreadablePdf } from './document/open.ts';
import type { Pdf, PdfPage } from './document/pdf.ts';
import { Findings } from './findings.ts';
import { InkBounds } from './ink/bounds.ts';
import type {
  FileFacts,
  InkBound,
  Listener,
  PageCoverage,
  PageFacts,
  PreflightOptions,
  Report,
  ReportedPage,
  Rule,
} from './model.ts';
import { levelsOf } from './profiles.ts';
import { RULES } from './rules/index.ts';
import { readable } from './rules/reading.ts';

/** Counts the ink on a page; `null` where it cannot. @param bound what is known of it, to spare what is not there */
export type CountInk = (pdf: Pdf, page: PdfPage, bound?: InkBound | null) => Promise<PageCoverage | null>;

export interface Services {
  /** Asked only where a rule of the profile listens to `coverage`. */
  readonly countInk?: CountInk;
  /** The rules; the table without it. */
  readonly rules?: readonly Rule[];
}

/**
 * Judges a PDF in this thread: opens it, walks its pages once, asks the rules.
 * For files from outside `preflight` does the same behind a limit of time and memory.
 * @throws PrintcatError for what is no PDF
 */
export async function inspect(
  file: Uint8Array,
  options: PreflightOptions,
  { countInk, rules = RULES }: Services = {},
): Promise<Report> {
  const findings = new Findings();
  const off = new Set(options.off ?? []);
  const expect = options.expect ?? {};
  const active = rules.filter(
    (rule) => levelsOf(rule, options.profile).length > 0 && (rule.needs?.(expect) ?? true),
  );
  const judged = active.filter(({ id }) => !off.has(id));
  const facts = {
    profile: { name: options.profile.name, title: options.profile.title },
    judged: judged.map(({ id }) => id),
    switchedOff: active.filter(({ id }) => off.has(id)).map(({ id }) => id),
  };
  const pdf = await openPdf(file, options.password).catch((error: unknown) => {
    if (error instanceof UnreadablePdf) return error;
    throw error;
  });
  if (pdf instanceof UnreadablePdf) return unreadable(file, options, pdf.message);

  const listeners = judged.flatMap((rule) => {
    const context = findings.contextOf(rule, options.profile, expect);
    return context ? [rule.check(context)] : [];
  });
  for (const listener of listeners) listener.document?.(pdf);
  const bounds = new InkBounds();
  const walk = new Walk(
    pdf,
    countInk && listeners.some(({ coverage }) => coverage) ? [...listeners, bounds] : listeners,
  );
  for (const page of pdf.pages) {
    for (const listener of listeners) listener.page?.(page);
    try {
      walk.page(page);
    } catch (error) {
      // Whatever a broken file does to its reader, the other pages are judged and the report says so.
      pdf.damaged(`The page could not be read to its end: ${messageOf(error)}`, page.number);
    }
    for (const listener of listeners) listener.pageEnd?.(page);
  }
  const shown = new Set<number>();
  const inks = await listenToInk(pdf, walk, { bounds, shown }, listeners, findings, countInk);
  await listenToPictures(pdf, walk.unfinished, shown, listeners, findings);
  for (const listener of listeners) listener.end?.(pdf);
  return {
    file: fileFacts(pdf),
    ...facts,
    pages: pdf.pages.map((page) => ({ ...pageFacts(page), ...inks.get(page.number) })),
    findings: findings.all(),
    unjudged: findings.unjudged,
  };
}

/** The report of a file that could not be judged at all: one error. */
export function unreadable(
  file: Uint8Array,
  { profile, off = [] }: PreflightOptions,
  why: string,
  encrypted = /encrypted/.test(why),
): Report {
  const findings = new Findings();
  findings.add(readable, [{ severity: 'error' }], { message: why });
  findings.cannotJudge({ what: 'everything else', why, page: null });
  return {
    file: {
      bytes: file.byteLength,
      version: null,
      pages: 0,
      encrypted,
      title: null,
      creator: null,
      producer: null,
      standard: null,
    },
    profile: { name: profile.name, title: profile.title },
    pages: [],
    findings: findings.all(),
    unjudged: findings.unjudged,
    judged: [readable.id],
    switchedOff: [...off],
  };
}

/**
 * Has the ink counted on the pages whose colours leave a rule in doubt.
 * @param shown receives the pages whose plates have been looked at as pictures, too
 * @returns what is known of each page's ink
 */
async function listenToInk(
  pdf: Pdf,
  { unfinished, incomplete }: Walk,
  { bounds, shown }: { bounds: InkBounds; shown: Set<number> },
  listeners: readonly Listener[],
  findings: Findings,
  countInk: CountInk | undefined,
): Promise<Map<number, Pick<ReportedPage, 'ink'>>> {
  const inks = new Map<number, Pick<ReportedPage, 'ink'>>();
  const asking = listeners.filter((listener) => listener.coverage);
  if (asking.length === 0) return inks;
  const what = 'total ink';
  if (!countInk) {
    findings.cannotJudge({ what, why: 'ink was not counted', page: null });
    return inks;
  }
  sayUndrawn(unfinished, what, findings);
  for (const page of drawable(pdf, unfinished)) {
    // What could not be read may be of any colour.
    const isRead = !incomplete.has(page.number) && !pdf.isDamaged(page.number);
    const bound = isRead ? bounds.of(page) : null;
    if (bound && !asking.some(({ needsInk }) => needsInk?.(bound) ?? true)) {
      inks.set(page.number, { ink: { atMost: tenths(bound.all) } });
      continue;
    }
    const coverage = await countInk(pdf, page, bound).catch((error: unknown) => {
      findings.cannotJudge({ what, why: messageOf(error), page: page.number });
      return null;
    });
    if (!coverage) continue;
    for (const listener of asking) listener.coverage?.(coverage);
    if (coverage.picture) {
      for (const listener of listeners) listener.picture?.(coverage.picture);
      shown.add(page.number);
    }
    for (const why of coverage.uncounted) findings.cannotJudge({ what, why, page: page.number });
    if (coverage.most) inks.set(page.number, { ink: { counted: tenths(coverage.most.ink) } });
  }
  return inks;
}

const tenths = (percent: number): number => Math.round(percent * 10) / 10;

const drawable = (pdf: Pdf, tooMuch: ReadonlySet<number>): readonly PdfPage[] =>
  pdf.pages.filter(({ number }) => !tooMuch.has(number));

/** Says which pages are not drawn: those that the walk gave up. */
function sayUndrawn(pages: ReadonlySet<number>, what: string, findings: Findings): void {
  for (const page of pages) findings.cannotJudge({ what, why: 'the page takes too much to draw', page });
}

async function listenToPictures(
  pdf: Pdf,
  tooMuch: ReadonlySet<number>,
  shown: ReadonlySet<number>,
  listeners: readonly Listener[],
  findings: Findings,
): Promise<void> {
  const asking = listeners.filter((listener) => listener.picture);
  if (asking.length === 0) return;
  const what = 'how the pages look';
  sayUndrawn(tooMuch, what, findings);
  const pages = drawable(pdf, tooMuch).filter(({ number }) => !shown.has(number));
  if (pages.length === 0) return;
  const { drawPages } = await import('./picture.ts');
  try {
    for await (const picture of drawPages(pdf, pages))
      for (const listener of asking) listener.picture?.(picture);
  } catch (error) {
    findings.cannotJudge({ what, why: messageOf(error), page: null });
  }
}

const pageFacts = ({ number, media, crop, bleed, trim, art, rotate, userUnit }: PdfPage): PageFacts => ({
  number,
  media,
  crop,
  bleed,
  trim,
  art,
  rotate,
  userUnit,
});

function fileFacts(pdf: Pdf): FileFacts {
  const info = pdf.dict(pdf.context.trailerInfo.Info);
  const text = (key: string): string | null => {
    const value = info && pdf.get(info, key);
    if (!value || nameOf(value) !== null) return null;
    return 'decodeText' in value && typeof value.decodeText === 'function'
      ? String(value.decodeText())
      : null;
  };
  return {
    bytes: pdf.file.byteLength,
    version: effectiveVersion(pdf),
    pages: pdf.pages.length,
    encrypted: pdf.encrypted,
    title: text('Title'),
    creator: text('Creator'),
    producer: text('Producer'),
    standard: text('GTS_PDFXVersion'),
  };
}
