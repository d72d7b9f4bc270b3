import type { Tile } from '../gallery/contact-sheet.ts';
import type { SheetWords } from '../gallery/contact-sheet-html.ts';
import type { Workshop } from '../make/workshop.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import { pageBoxes } from '../products/geometry.ts';
import { formatMm } from '../units.ts';
import type { PressRoom } from './press-room.ts';

/** An order's proof, to be compared with others, and what it shows. */
export interface ComparedProof {
  /** The first page cut at its trim, a JPEG. */
  readonly picture: Buffer;
  readonly images: readonly string[];
  /** The product's title. */
  readonly product: string;
  readonly template: string;
  /** Trimmed, flat: `210 × 148 mm`. */
  readonly size: string;
}

/** Long side of a product's picture on a contact sheet, px. */
const SIDE = 900;

/**
 * The first page of an order as printed.
 * @throws PrintcatError as `make`
 */
export async function comparedProof(
  room: PressRoom,
  job: ResolvedOrder,
  workshop: Workshop,
): Promise<ComparedProof> {
  const { proofs } = await room.pressOnce(job, workshop);
  const { default: sharp } = await import('sharp');
  const { media, trim } = pageBoxes(job.geometry);
  const { width = 1, height = 1 } = await sharp(proofs[0]).metadata();
  const [across, down] = [width / media.width, height / media.height];
  const [left, top] = [Math.round(trim.x * across), Math.round(trim.y * down)];
  const picture = await sharp(proofs[0])
    .extract({
      ...{ left, top },
      width: Math.max(1, Math.min(width - left, Math.round(trim.width * across))),
      height: Math.max(1, Math.min(height - top, Math.round(trim.height * down))),
    })
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 88 })
    .toBuffer();
  const { trim: cut } = job.geometry;
  return {
    ...{ picture, images: job.order.images, product: job.product.title, template: job.template.name },
    // A line breaks before it, never in it.
    size: `${Number(cut.width.toFixed(1))} × ${formatMm(cut.height, 1)}`.replaceAll(' ', '\u00a0'),
  };
}

/** What is said on a sheet of proofs: of one product which picture each shows, else which product. */
export function sheetOf(proofs: readonly ComparedProof[]): SheetWords & { tiles: Tile[] } {
  const facts = ({ template, size }: ComparedProof) => `${template}, ${size}`;
  const [first] = proofs;
  const isOneProduct = proofs.length > 1 && proofs.every(({ product }) => product === first!.product);
  if (isOneProduct) {
    const all = new Set(proofs.map(facts));
    return {
      title: first!.product,
      details: all.size === 1 ? facts(first!) : '',
      tiles: proofs.map((proof) => ({
        ...{ picture: proof.picture, title: namesOf(proof) },
        details: all.size === 1 ? '' : facts(proof),
      })),
    };
  }
  const most = proofs.reduce((a, b) => (b.images.length > a.images.length ? b : a));
  return {
    title: namesOf(most),
    details: `${proofs.length} products`,
    tiles: proofs.map((proof) => ({
      ...{ picture: proof.picture, title: proof.product, details: facts(proof) },
    })),
  };
}

/** The pictures of an order; of many the first. */
const namesOf = ({ images: [first, ...others] }: ComparedProof): string =>
  others.length > 1 ? `${first} and ${others.length} more` : [first, ...others].join(', ');
