import type { Workshop } from '../make/workshop.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import { pageBoxes } from '../products/geometry.ts';
import type { PressRoom } from './press-room.ts';

/** Long side of a product's picture on a contact sheet, px. */
const SIDE = 900;

/**
 * The first page of an order as printed, cut at its trim, a JPEG to compare with others.
 * @throws PrintcatError as `make`
 */
export async function proofTile(room: PressRoom, job: ResolvedOrder, workshop: Workshop): Promise<Buffer> {
  const { proofs } = await room.pressOnce(job, workshop);
  const { default: sharp } = await import('sharp');
  const { media, trim } = pageBoxes(job.geometry);
  const { width = 1, height = 1 } = await sharp(proofs[0]).metadata();
  const [across, down] = [width / media.width, height / media.height];
  const [left, top] = [Math.round(trim.x * across), Math.round(trim.y * down)];
  return sharp(proofs[0])
    .extract({
      ...{ left, top },
      width: Math.max(1, Math.min(width - left, Math.round(trim.width * across))),
      height: Math.max(1, Math.min(height - top, Math.round(trim.height * down))),
    })
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 88 })
    .toBuffer();
}
