import type { Catalogue } from '../catalogue/catalogue.ts';
import { PrintcatError } from '../errors.ts';
import { prepare } from '../prepare/index.ts';
import type { Geometry } from '../products/geometry.ts';
import type { Product } from '../products/product.ts';
import { readOrder } from './read-order.ts';

/** What an example is worked out with. */
interface ExampleContext {
  readonly catalogue: Catalogue;
  readonly workspace?: string;
  readonly cacheDir: string;
  readonly signal: AbortSignal;
}

/**
 * A product's example order with the first pictures of a catalogue: as many as it takes at least.
 * @throws PrintcatError where the catalogue has none
 */
export async function exampleOf(
  product: Product,
  { catalogue, workspace, cacheDir, signal }: ExampleContext,
): Promise<{ images: string[]; geometry: Geometry }> {
  const ids = catalogue.ids();
  if (ids.length === 0) {
    throw new PrintcatError('Expected a picture in the catalogue but there is none', {
      hint: 'printcat import adds some.',
    });
  }
  const images = Array.from({ length: product.pictures.min }, (_, i) => ids[i % ids.length]!);
  const json = { product: product.name, images, ...product.declaration.example };
  const { options } = readOrder(json, `the example of ${product.name}`, workspace);
  const { values, cuts } = await prepare(product.prepares, {
    ...{ product: product.name, options, printer: product.printer(options), cacheDir, signal },
    size: product.size(options)?.size ?? null,
    onStage: () => undefined,
    pictures: images.map((id) => {
      const image = catalogue.get(id)!;
      const { widthPx, heightPx, hasAlpha } = image.file;
      return { id, path: catalogue.originalPath(image), sha256: image.sha256, widthPx, heightPx, hasAlpha };
    }),
  });
  return { images, geometry: product.geometry(options, { pictures: images.length, values, cuts }) };
}
