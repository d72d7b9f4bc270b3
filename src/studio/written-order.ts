import { stringify } from 'yaml';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { cropOf } from '../order/crop.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import type { WrittenOrder } from './protocol.ts';

/** Places of a focal point that are written: a thousandth of a picture is no pixel of a crop. */
const DIGITS = 4;

/** A focal point as the option takes it: `0.5,0.3125`. */
export const focalText = ({ x, y }: { x: number; y: number }): string =>
  [x, y].map((value) => String(Number(value.toFixed(DIGITS)))).join(',');

/**
 * An order as a file that makes the same bytes: with the template that was chosen for it, and with the crop and the
 * bleed fill that the catalogue keeps where the order has one picture (of several, each has its own, which the catalogue
 * keeps).
 * @param given as the page has it
 */
export function writtenOrder(
  given: WrittenOrder,
  { order, product, template }: ResolvedOrder,
  catalogue: Catalogue,
): string {
  const { product: _, images, template: __, fields, ...options } = given;
  const filled = Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
  const said = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
  const crop = images.length === 1 ? cropOf(order, product.name, images[0]!, catalogue) : null;
  const bleedFill = images.length === 1 ? catalogue.bleedFill(images[0]!, product.name) : null;
  return stringify({
    product: product.name,
    ...(images.length === 1 ? { image: images[0] } : { images }),
    template: template.name,
    ...(bleedFill && { bleedFill }),
    ...said,
    ...(crop?.focal && { focal: focalText(crop.focal) }),
    ...(crop?.zoom !== undefined && crop.zoom !== 1 && { zoom: crop.zoom }),
    fields: filled,
  });
}
