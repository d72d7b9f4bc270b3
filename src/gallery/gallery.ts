import type { Template } from '../layout/template.ts';
import { type Made, make, type Workshop } from '../make.ts';
import type { Order } from '../order/order.ts';
import { sampleOrders } from '../order/sample.ts';
import { findProduct } from '../products/index.ts';
import type { Product } from '../products/product.ts';

/** A sample as it was made. */
export interface Exhibit {
  readonly template: Template;
  readonly product: Product;
  readonly order: Order;
  readonly made: Made;
  /** Small pictures of its pages, JPEGs. */
  readonly pages: readonly Uint8Array[];
}

/** Long side of a page's picture, px. */
const SIDE = 1100;

/**
 * Makes the samples of templates, one after the other.
 * @param onMade told of each as it is there
 */
export async function makeGallery(
  templates: readonly Template[],
  workshop: Workshop,
  onMade: (exhibit: Exhibit) => void = () => undefined,
): Promise<Exhibit[]> {
  const exhibits: Exhibit[] = [];
  for (const template of templates) {
    for (const order of await sampleOrders(template)) {
      const made = await make(order, workshop);
      const product = findProduct(order.product, workshop.workspace);
      const exhibit = { template, product, order, made, pages: await pagesOf(made) };
      exhibits.push(exhibit);
      onMade(exhibit);
    }
  }
  return exhibits;
}

async function pagesOf({ files }: Made): Promise<Uint8Array[]> {
  const { default: sharp } = await import('sharp');
  const proofs = files.filter(({ role }) => role === 'proof').map(({ path }) => path);
  return Promise.all(
    proofs.map((proof) =>
      sharp(proof)
        .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#fff' })
        .jpeg({ quality: 84 })
        .toBuffer(),
    ),
  );
}
