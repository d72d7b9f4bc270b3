import * as z from 'zod';
import type { ImageRecord } from '../catalogue/image.ts';
import { hashOf } from '../files.ts';
import type { Template } from '../layout/template.ts';
import type { Geometry } from '../products/geometry.ts';
import type { Product } from '../products/product.ts';
import { formatMm } from '../units.ts';
import type { Order } from './order.ts';

/** `20220912034858`, or `20220912034858-and-2-more`. */
const picturesIn = ({ images: [main, ...more] }: Order): string =>
  more.length === 0 ? main! : `${main}-and-${more.length}-more`;

/** What the names say otherwise, what the spine says, and what is written beside the goods without changing them. */
const NAMED = ['printer', 'size', 'spine', 'pages', 'paper', 'override', 'credits'];
/** Longer than this, a name is read by nobody. */
const MOST_LETTERS = 40;

/** The product's options that are not as usual: `landscape`, `flap-90`; a short hash where they are many. */
function ownSettings({ options }: Order, { options: declared }: Product): string[] {
  const usual = z.object(declared).safeParse({}).data ?? {};
  const parts = Object.entries(options).flatMap(([name, value]) => {
    const isUsual = value === undefined || JSON.stringify(value) === JSON.stringify(usual[name]);
    if (isUsual || NAMED.includes(name)) return [];
    if (value === true) return [name];
    if (Array.isArray(value)) return [`${name}-${hashOf(JSON.stringify(value)).slice(0, 6)}`];
    if (typeof value === 'object' && value !== null) {
      const known = Object.values(value).filter((part) => part !== null);
      return [`${name}-${known.join('x')}`];
    }
    return [typeof value === 'string' && /^[a-z-]+$/.test(value) ? value : `${name}-${value}`];
  });
  const joined = parts.join('-');
  return joined.length > MOST_LETTERS ? [hashOf(joined).slice(0, 8)] : parts;
}

/**
 * `20220912034858-book-cover-6x9-kdp-15.1mm-quarter`: what makes another product, makes another file.
 * @param made the printer, and the standard where it is not the printer's own
 */
export function fileStem(
  order: Order,
  product: Product,
  template: Template,
  { sizeName, spine }: Pick<Geometry, 'sizeName' | 'spine'>,
  made: string[],
): string {
  if (order.name !== undefined) return order.name;
  const thickness = spine ? [formatMm(spine.value).replace(' ', '')] : [];
  const settings = ownSettings(order, product);
  return [picturesIn(order), order.product, sizeName, ...made, ...thickness, ...settings, template.name]
    .filter((part) => part !== '')
    .map((part) => part.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, '-'))
    .join('-');
}

/**
 * The date that the file carries: the main picture's own, from its ID, so that the same order gives the same bytes
 * on every day; SOURCE_DATE_EPOCH (seconds) takes its place where it is set.
 */
export function dateOf(image: ImageRecord): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch && /^\d+$/.test(epoch)) return new Date(Number(epoch) * 1000);
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/.exec(image.id)!;
  return new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}
