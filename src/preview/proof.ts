import type { PressColours } from '../colour/press-colours.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { Thread } from '../thread.ts';
import { mmToInch } from '../units.ts';
import type { ProofData, ProofQuestion } from './proof-thread.ts';
import { variants } from './separations.ts';

/** Resolution of a proof, px per inch: sharp on a screen at arm's length, a few hundred kB. */
export const PROOF_PPI = 150;

export interface ProofWish {
  /** The press file itself. */
  readonly pdf: Uint8Array;
  readonly geometry: Geometry;
  /** Resolution of its pictures, px per inch. */
  readonly picturePpi: number;
  /** A transparent PNG of the whole sheet, drawn over it; without one the proof ends at the trim. */
  readonly overlay?: Uint8Array;
}

/** The size of a proof of the whole sheet, px. */
export function proofSize(geometry: Geometry): { width: number; height: number } {
  const { media } = pageBoxes(geometry);
  const px = (mm: number) => Math.round(mmToInch(mm) * PROOF_PPI);
  return { width: px(media.width), height: px(media.height) };
}

/**
 * Shows the product as printed, as a PNG in sRGB: the press file's own plates through the press profile. Two threads
 * draw it; they load their libraries from the moment when the prover is made.
 */
export class Prover {
  readonly #threads: readonly [ProofThread, ProofThread];

  constructor(colours: PressColours) {
    const start = (): ProofThread =>
      new Thread('proof-thread', { profile: colours.profile.bytes } satisfies ProofData);
    this.#threads = [start(), start()];
  }

  /** The proof of one file, cut at the trim; with an overlay the whole sheet. */
  async proof({ pdf, geometry, picturePpi, overlay }: ProofWish): Promise<Buffer> {
    const size = proofSize(geometry);
    const cmyk = shared(size.width * size.height * 4);
    const drawn: Promise<null>[] = [];
    for await (const variant of variants(pdf, Math.min(1, PROOF_PPI / picturePpi))) {
      const job = this.#threads[drawn.length]!.ask({ ...variant, draw: variant.pdf, size, cmyk });
      job.catch(() => undefined);
      drawn.push(job);
    }
    await Promise.all(drawn);
    const [first, second] = this.#threads;
    const rgb = shared(size.width * size.height * 3);
    const half = Math.ceil(size.height / 2) * size.width;
    await Promise.all([
      first.ask({ show: cmyk.subarray(0, half * 4), rgb: rgb.subarray(0, half * 3) }),
      second.ask({ show: cmyk.subarray(half * 4), rgb: rgb.subarray(half * 3) }),
    ]);
    return encode(rgb, geometry, overlay);
  }

  close(): void {
    for (const thread of this.#threads) thread.close();
  }
}

type ProofThread = Thread<ProofQuestion, null>;

const shared = (bytes: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(bytes));

async function encode(rgb: Uint8Array, geometry: Geometry, overlay?: Uint8Array): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { width, height } = proofSize(geometry);
  const sheet = sharp(rgb, { raw: { width, height, channels: 3 } });
  if (overlay) {
    const fitted = await sharp(overlay).resize(width, height, { fit: 'fill' }).toBuffer();
    sheet.composite([{ input: fitted }]);
  } else {
    const { trim } = pageBoxes(geometry);
    const px = (mm: number) => Math.round(mmToInch(mm) * PROOF_PPI);
    const left = px(trim.x);
    const top = px(trim.y);
    sheet.extract({
      left,
      top,
      width: Math.min(px(trim.width), width - left),
      height: Math.min(px(trim.height), height - top),
    });
  }
  return sheet
    .withMetadata({ density: PROOF_PPI })
    .withIccProfile('srgb')
    .png({ compressionLevel: 6 })
    .toBuffer();
}
