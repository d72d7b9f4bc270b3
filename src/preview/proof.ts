import { PDFDocument } from 'pdf-lib';
import { stopIfAborted } from '../errors.ts';
import { hashOf } from '../files.ts';
import type { OutputColours } from '../press/output-colours.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { SPARE_CORES, Thread } from '../thread.ts';
import { ThreadPool } from '../thread-pool.ts';
import { type Box, mmToInch, type Size } from '../units.ts';
import { type GamutFinding, marked, shareOut } from './gamut-overlay.ts';
import { drawable, onePage } from './one-page.ts';
import type { ProofData, ProofQuestion } from './proof-thread.ts';
import { variants } from './separations.ts';

/** Resolution of a proof, px per inch: sharp on a screen at arm's length, a few hundred kB. */
export const PROOF_PPI = 150;

/** What the proof is to show besides the product. */
export interface ProofLook {
  /** Whether there is one: thousands are hardly looked at. A file that is refused is shown in its report all the same. */
  readonly proof?: boolean;
  /** Trim, bleed, safe areas and folds, drawn over it. */
  readonly guides?: boolean;
  /** The paper's own colour. */
  readonly paperWhite?: boolean;
  /** A second picture of each page, in which is marked what the press cannot reach. */
  readonly gamut?: boolean;
}

/** Whether an order's proofs are to be drawn. */
export const wantsProof = ({ proof = true }: ProofLook): boolean => proof;

export interface ProofWish {
  /** The press file itself. */
  readonly pdf: Uint8Array;
  readonly geometry: Geometry;
  /** Resolution of its pictures, px per inch. */
  readonly picturePpi: number;
  /** Resolution of the proof, px per inch; `PROOF_PPI` where it is not given. */
  readonly ppi?: number;
  /** For each page a transparent PNG of the whole sheet, drawn over it; without them the proof ends at the trim. */
  readonly overlays?: readonly Uint8Array[];
  /** The same pages in sRGB, as they were wanted: with them, what the press cannot reach is marked in a second picture. */
  readonly wanted?: Uint8Array;
}

/** The proof of one page. */
export interface PageProof {
  readonly png: Buffer;
  /** The whole sheet, a JPEG without anything drawn over it. */
  readonly sheet: Buffer;
  /** What was out of gamut, where that was asked for. */
  readonly gamut: { readonly png: Buffer; readonly finding: GamutFinding } | null;
}

const px = (mm: number, ppi: number): number => Math.round(mmToInch(mm) * ppi);

/** The size of a proof of the whole sheet, px. */
export function proofSize(geometry: Geometry, ppi = PROOF_PPI): Size {
  const { media } = pageBoxes(geometry);
  return { width: px(media.width, ppi), height: px(media.height, ppi) };
}

/** The trimmed product on it, px. */
function trimOnProof(geometry: Geometry, ppi: number): Box {
  const { trim } = pageBoxes(geometry);
  const { width, height } = proofSize(geometry, ppi);
  const [x, y] = [px(trim.x, ppi), px(trim.y, ppi)];
  return {
    ...{ x, y },
    width: Math.min(px(trim.width, ppi), width - x),
    height: Math.min(px(trim.height, ppi), height - y),
  };
}

type ProofThread = Thread<ProofQuestion, null>;

/** Two threads that draw a page between them. */
class Pair {
  readonly threads: readonly [ProofThread, ProofThread];

  constructor(data: ProofData) {
    const start = (): ProofThread => new Thread('proof-thread', data);
    this.threads = [start(), start()];
  }

  get lost(): boolean {
    return this.threads.some((thread) => thread.lost);
  }

  close(): void {
    for (const thread of this.threads) thread.close();
  }
}

/** Of this process: however many orders are made at a time, the cores are not more. */
const pairs = new ThreadPool<Pair>(Math.max(1, Math.ceil(SPARE_CORES / 2)));

/**
 * Shows the product as printed, as a PNG in sRGB: the press file's own plates through the press profile. Two threads
 * draw it, which stay for the next prover of the same press.
 */
export class Prover {
  readonly #data: ProofData;
  readonly #key: string;
  readonly #ended = new AbortController();

  /** @param paperWhite shows the paper's own colour (absolute colorimetric) instead of taking it for white */
  constructor(colours: OutputColours, paperWhite = false) {
    const profile = colours.space === 'cmyk' ? colours.profile.bytes : null;
    this.#data = { profile, paperWhite };
    this.#key = hashOf({ paperWhite }, profile ?? 'sRGB');
  }

  /** Starts the threads, which load their libraries, while something else is done. */
  warm(): void {
    pairs.warm(this.#key, () => new Pair(this.#data));
  }

  /**
   * The proofs of a file's pages, cut at the trim; with overlays the whole sheets. They are drawn one after the other in
   * the same memory.
   */
  proofs(wish: ProofWish): Promise<PageProof[]> {
    return pairs.lend(
      this.#key,
      () => new Pair(this.#data),
      async (pair) => {
        stopIfAborted(this.#ended.signal);
        const stop = () => pair.close();
        this.#ended.signal.addEventListener('abort', stop, { once: true });
        try {
          return await new Drawing(pair, this.#data.profile !== null).proofs(wish);
        } finally {
          this.#ended.signal.removeEventListener('abort', stop);
        }
      },
    );
  }

  /** Ends what it draws, in the middle too. */
  close(): void {
    this.#ended.abort();
  }
}

/** What a pair of threads does for one file. */
class Drawing {
  readonly #threads: Pair['threads'];
  readonly #inInks: boolean;

  constructor({ threads }: Pair, inInks: boolean) {
    this.#threads = threads;
    this.#inInks = inInks;
  }

  async proofs({
    pdf,
    geometry,
    picturePpi,
    overlays,
    wanted,
    ppi = PROOF_PPI,
  }: ProofWish): Promise<PageProof[]> {
    const size = proofSize(geometry, ppi);
    const memory = memoryFor(size, wanted !== undefined);
    const [file, asWanted] = await Promise.all([open(pdf), wanted && open(wanted)]);
    const proofs: PageProof[] = [];
    for (const at of geometry.pages.keys()) {
      const { rgb } = memory;
      if (this.#inInks) await this.#print(file, at, size, Math.min(1, ppi / picturePpi), memory);
      else await this.#draw(file, at, size, rgb);
      const overlay = overlays?.[at];
      const [png, sheet] = await Promise.all([encode(rgb, geometry, ppi, overlay), sheetJpeg(rgb, size)]);
      const gamut = asWanted ? await this.#outOfGamut(asWanted, at, geometry, ppi, memory, overlay) : null;
      proofs.push({ png, sheet, gamut });
    }
    return proofs;
  }

  /** A page in inks as the press prints it. */
  async #print(
    file: PDFDocument,
    at: number,
    size: Size,
    shrink: number,
    { cmyk, rgb }: Memory,
  ): Promise<void> {
    const drawn: Promise<null>[] = [];
    for await (const { pdf: variant, plates } of variants(file, at, shrink)) {
      const job = this.#threads[drawn.length]!.ask({ variant, plates, size, cmyk });
      // Its failure is met below.
      job.catch(() => undefined);
      drawn.push(job);
    }
    await Promise.all(drawn);
    await this.#halves(size, ([from, to], thread) =>
      thread.ask({ show: cmyk.subarray(from * 4, to * 4), rgb: rgb.subarray(from * 3, to * 3) }),
    );
  }

  /** A page in sRGB as it is. */
  async #draw(file: PDFDocument, at: number, size: Size, rgb: Uint8Array): Promise<void> {
    const page = await drawable(await onePage(file, at));
    await this.#threads[0].ask({ page, size, rgb });
  }

  /** The page as it was wanted, in pale grey, with what the press cannot reach. */
  async #outOfGamut(
    wanted: PDFDocument,
    at: number,
    geometry: Geometry,
    ppi: number,
    { rgb, distance }: Memory,
    overlay: Uint8Array | undefined,
  ): Promise<NonNullable<PageProof['gamut']>> {
    const size = proofSize(geometry, ppi);
    await this.#draw(wanted, at, size, rgb);
    await this.#halves(size, ([first, last], thread) =>
      thread.ask({
        measure: rgb.subarray(first * 3, last * 3),
        distance: distance.subarray(first, last),
      }),
    );
    const finding = shareOut(distance, size, trimOnProof(geometry, ppi));
    return { png: await encode(marked(rgb, distance), geometry, ppi, overlay), finding };
  }

  /** Gives each thread half of the pixels. */
  async #halves(
    { width, height }: Size,
    ask: (range: readonly [from: number, to: number], thread: ProofThread) => Promise<unknown>,
  ): Promise<void> {
    const half = Math.ceil(height / 2) * width;
    const [first, second] = this.#threads;
    await Promise.all([ask([0, half], first), ask([half, width * height], second)]);
  }
}

/** The pixels of one page, shared with the threads. */
interface Memory {
  /** C, M, Y, K interleaved, 255 = solid. */
  readonly cmyk: Uint8Array;
  readonly rgb: Uint8Array;
  /** How far out of gamut, quarters of ΔE2000. */
  readonly distance: Uint8Array;
}

const memoryFor = ({ width, height }: Size, withDistance: boolean): Memory => {
  const pixels = width * height;
  return {
    cmyk: shared(pixels * 4),
    rgb: shared(pixels * 3),
    distance: shared(withDistance ? pixels : 0),
  };
};

const open = (pdf: Uint8Array): Promise<PDFDocument> => PDFDocument.load(pdf, { updateMetadata: false });

const shared = (bytes: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(bytes));

/** Long side of the sheet's picture, px. */
const SHEET_SIDE = 1400;

async function sheetJpeg(rgb: Uint8Array, { width, height }: Size): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(SHEET_SIDE, SHEET_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer();
}

async function encode(
  rgb: Uint8Array,
  geometry: Geometry,
  ppi: number,
  overlay?: Uint8Array,
): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { width, height } = proofSize(geometry, ppi);
  const sheet = sharp(rgb, { raw: { width, height, channels: 3 } });
  if (overlay) {
    const fitted = await sharp(overlay).resize(width, height, { fit: 'fill' }).toBuffer();
    sheet.composite([{ input: fitted }]);
  } else {
    const { x: left, y: top, ...size } = trimOnProof(geometry, ppi);
    sheet.extract({ left, top, ...size });
  }
  // With filters half as large as without, in the same time.
  const png = { compressionLevel: 3, adaptiveFiltering: true };
  return sheet.withMetadata({ density: ppi }).withIccProfile('srgb').png(png).toBuffer();
}
