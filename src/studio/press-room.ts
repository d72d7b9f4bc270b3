import { randomBytes } from 'node:crypto';
import pLimit from 'p-limit';
import { stopIfAborted } from '../errors.ts';
import { hashOf } from '../files.ts';
import { imageGoods } from '../make/image-goods.ts';
import { layOut } from '../make/lay-out.ts';
import { pressGoods } from '../make/press-goods.ts';
import type { Workshop } from '../make/workshop.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import { Gate } from '../preflight/gate.ts';
import type { Report } from '../preflight/model.ts';
import type { OutputColours } from '../press/output-colours.ts';
import { STANDARDS } from '../press/standards.ts';
import { Prover } from '../preview/proof.ts';

/** A press file that was made to be looked at, with its proofs: nothing of it is on disk. */
export interface Pressed {
  readonly key: string;
  readonly pdf: Uint8Array;
  /** The whole sheet of each page as printed, PNG at 150 ppi. */
  readonly proofs: readonly Buffer[];
  /** `null` for goods that are PNGs. */
  readonly report: Report | null;
  readonly standard: string;
  readonly spots: readonly string[];
  /** Total ink that its printer allows, %. */
  readonly inkLimit: number | null;
  readonly inInks: boolean;
  /** What was pressed. */
  readonly job: ResolvedOrder;
  /** The goods themselves where they are PNGs; `null` for a file for a press. */
  readonly images: readonly Buffer[] | null;
}

/** Press files that are kept for their plates: some MB each. */
const KEPT = 3;

/** Makes press files in memory, by `make`'s own stages, one at a time; its threads stay warm from one to the next. */
export class PressRoom {
  readonly #queue = pLimit(1);
  readonly #kept = new Map<string, Pressed>();
  #prover: { readonly of: string; readonly prover: Prover } | null = null;
  /** A reader of preflight reads one file; the next one loads meanwhile. */
  #gate: Gate | null = new Gate();

  get(key: string): Pressed | null {
    return this.#kept.get(key) ?? null;
  }

  /** @throws PrintcatError as `make`, but for findings of preflight, which are told of in the report */
  press(job: ResolvedOrder, workshop: Workshop): Promise<Pressed> {
    return this.#queue(async () => {
      const made = await this.#make(job, workshop);
      this.#kept.set(made.key, made);
      for (const old of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(old);
      return made;
    });
  }

  /** A press file that is looked at once: those that are kept stay. @throws PrintcatError as `press` */
  pressOnce(job: ResolvedOrder, workshop: Workshop): Promise<Pressed> {
    return this.#queue(() => this.#make(job, workshop));
  }

  async #make(job: ResolvedOrder, workshop: Workshop): Promise<Pressed> {
    stopIfAborted(workshop.signal);
    const prover = this.#proverFor(job.colours);
    const laid = await layOut(job, workshop, {}, () => undefined);
    stopIfAborted(workshop.signal);
    // Nothing drawn over them: proofs are then of the whole sheet.
    const nothing = await transparent();
    const whole = { ...laid, overlays: job.geometry.pages.map(() => nothing) };
    const facts = {
      key: randomBytes(16).toString('hex'),
      standard: STANDARDS[job.standard].title,
      inkLimit: job.colours.space === 'cmyk' ? job.colours.inkLimit : null,
      inInks: job.colours.space === 'cmyk',
      job,
    };
    try {
      if (job.image) {
        const { pressed, proofs, pages } = await imageGoods(job, whole, prover, workshop);
        return {
          ...{ ...facts, pdf: pressed.pdf, report: null, spots: [] },
          proofs: proofs.map(({ png }) => png),
          images: pages.map(({ png }) => png),
        };
      }
      // Sheets are for paper, not for the screen.
      const { sheet: _, ...order } = job.order;
      const gate = this.#takeGate();
      const goods = await pressGoods({ ...job, order }, whole, { prover, gate }, workshop, {}).finally(() =>
        gate.close(),
      );
      return {
        ...{ ...facts, pdf: goods.pressed.pdf, report: goods.report },
        proofs: goods.proofs.map(({ png }) => png),
        spots: goods.pressed.spots.map(({ name }) => name),
        images: null,
      };
    } catch (error) {
      // Threads that were in the middle of something answer nobody.
      this.#dismissProver();
      throw error;
    }
  }

  #proverFor(colours: OutputColours): Prover {
    const of = colours.space === 'cmyk' ? hashOf(colours.profile.bytes) : 'rgb';
    if (this.#prover?.of !== of) {
      this.#dismissProver();
      this.#prover = { of, prover: new Prover(colours) };
      this.#prover.prover.warm();
    }
    return this.#prover.prover;
  }

  #dismissProver(): void {
    this.#prover?.prover.close();
    this.#prover = null;
  }

  #takeGate(): Gate {
    const gate = this.#gate ?? new Gate();
    this.#gate = new Gate();
    return gate;
  }

  close(): void {
    this.#queue.clearQueue();
    this.#dismissProver();
    this.#gate?.close();
    this.#gate = null;
  }
}

let nothing: Promise<Buffer> | undefined;

/** A picture of one pixel through which all is seen. */
function transparent(): Promise<Buffer> {
  nothing ??= import('sharp').then(({ default: sharp }) =>
    sharp({ create: { width: 1, height: 1, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer(),
  );
  return nothing;
}
