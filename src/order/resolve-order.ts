import { join } from 'node:path';
import type { BleedFill } from '../artwork/artwork.ts';
import type { Pictures } from '../catalogue/catalogue.ts';
import type { Crop, ImageRecord } from '../catalogue/image.ts';
import { requireAllMakeable } from '../catalogue/makeable.ts';
import { expected, PrintcatError } from '../errors.ts';
import { checkFields, type Template } from '../layout/template.ts';
import { prepare } from '../prepare/index.ts';
import type { ListRow } from '../prepare/preparation.ts';
import type { OutputColours } from '../press/output-colours.ts';
import { STANDARDS, type Standard, standardFor } from '../press/standards.ts';
import type { DocumentFacts } from '../press/xmp.ts';
import type { ProofLook } from '../preview/proof.ts';
import { type Geometry, withoutDielines } from '../products/geometry.ts';
import { findProduct } from '../products/index.ts';
import type { MockUp } from '../products/mock-up.ts';
import type { PresetNumber, PrinterPreset } from '../products/printer.ts';
import type { Given, ImageOutput, Product, ProductOrder, SummaryRow } from '../products/product.ts';
import { chooseTemplate } from './choose-template.ts';
import { documentFacts } from './document-facts.ts';
import { refuseWithoutInks } from './in-inks.ts';
import type { Order } from './order.ts';
import { lookAt, type OrderedPicture } from './pictures.ts';

/** Where an order's names are looked up. */
export interface Shelves {
  readonly catalogue: Pictures;
  /** The folder with the user's own products and printers. */
  readonly workspace?: string;
  /** The user's own templates, by folder. */
  readonly templateDirs: readonly string[];
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  onStage(stage: string): void;
}

/** An order with everything that it names looked up, and its geometry worked out. */
export interface ResolvedOrder {
  readonly order: Order;
  readonly product: Product;
  readonly template: Template;
  /** The product's own options, and the binding as the template reads. */
  readonly options: ProductOrder;
  /** The options as templates see them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  /** Of what stands where on a sheet of many; empty where that is no question. */
  readonly list: readonly ListRow[];
  readonly fields: Readonly<Record<string, string>>;
  readonly printer: PrinterPreset;
  readonly geometry: Geometry;
  readonly summary: readonly SummaryRow[];
  /** What decided about it, with sources. */
  readonly numbers: readonly PresetNumber[];
  /** What it looks like in the hand. */
  readonly mockUp: MockUp;
  /** `null` where it is a file for a press. */
  readonly image: ImageOutput | null;
  /** Of the order, the main one first. */
  readonly images: readonly ImageRecord[];
  /** Of each picture, as it was kept in the catalogue for the product; `null` where none was or the order says its own. */
  readonly keptCrops: readonly (Crop | null)[];
  /** The same of how each picture's bleed is filled. */
  readonly keptBleedFills: readonly (BleedFill | null)[];
  readonly pictures: readonly OrderedPicture[];
  readonly standard: Standard;
  readonly colours: OutputColours;
  /** Resolution of the pictures, px per inch. */
  readonly ppi: number;
  readonly facts: DocumentFacts;
}

/** An order with everything that it names looked up: what is quickly done for thousands. */
export interface NamedOrder
  extends Pick<
    ResolvedOrder,
    | 'order'
    | 'product'
    | 'template'
    | 'options'
    | 'printer'
    | 'fields'
    | 'images'
    | 'keptCrops'
    | 'keptBleedFills'
  > {}

/**
 * Looks up what an order names.
 * @param choose finds its template
 * @throws PrintcatError for a name that is none, or does not go with the others
 */
export async function nameOrder(
  order: Order,
  { catalogue, workspace, templateDirs }: Pick<Shelves, 'catalogue' | 'workspace' | 'templateDirs'>,
  choose: typeof chooseTemplate = chooseTemplate,
): Promise<NamedOrder> {
  const product = findProduct(order.product, workspace);
  const template = await choose(order, templateDirs);
  const options = { ...(template.binding && { binding: template.binding }), ...defined(order.options) };
  requirePictures(product, order);
  requireFills(template, options);
  const printer = product.printer(options);
  const fields = checkFields(template, order.fields);
  const images = await requireAllMakeable(catalogue, order.images, order);
  const says = order.focal !== undefined || order.zoom !== undefined;
  const keptCrops = images.map(({ id }) => (says ? null : catalogue.crop(id, product.name)));
  const keptBleedFills = images.map(({ id }) =>
    order.bleedFill === undefined ? catalogue.bleedFill(id, product.name) : null,
  );
  return { order, product, template, options, printer, fields, images, keptCrops, keptBleedFills };
}

/**
 * The geometry of an order whose product has nothing worked out from its pictures, and how it is written.
 * @throws PrintcatError for whatever cannot be made
 */
export function shapeOrder(
  { order, product, options, printer, images }: NamedOrder,
  look: ProofLook,
  prepared: Pick<Given, 'values' | 'cuts'> = {},
): { geometry: Geometry; image: ImageOutput | null; standard: Standard; given: Given } {
  const given = { pictures: images.length, ...prepared };
  const shape = product.geometry(options, given);
  const image = product.image(options, given);
  const standard = standardOf(order, printer, image);
  refuseSheets(order, image);
  refuseWithoutInks(STANDARDS[standard], order, look);
  // A knife's way is no part of a picture.
  return { geometry: image ? withoutDielines(shape) : shape, image, standard, given };
}

/**
 * Looks up what an order names and works out its geometry.
 * @throws PrintcatError for whatever the order cannot be made with
 */
export async function resolveOrder(
  order: Order,
  { catalogue, workspace, templateDirs, cacheDir, signal, onStage }: Shelves,
  look: ProofLook,
): Promise<ResolvedOrder> {
  const named = await nameOrder(order, { catalogue, templateDirs, ...(workspace && { workspace }) });
  const { product, options, printer, fields, images } = named;
  const originals = await lookAt(images, catalogue, cacheDir);
  const prepared = await prepare(product.prepares, {
    ...{ product: product.name, options, printer, cacheDir, signal, onStage },
    size: product.size(options)?.size ?? null,
    pictures: images.map((image, i) => ({
      ...{ id: image.id, ...originals[i]!.original, hasAlpha: image.file.hasAlpha },
      ...{ widthPx: image.file.widthPx, heightPx: image.file.heightPx },
    })),
  });
  const { openColours } = await import('../press/output-colours.ts');
  const { given, ...shape } = shapeOrder(named, look, { values: prepared.values, cuts: prepared.cuts });
  return {
    ...named,
    ...shape,
    summary: product.summary(options, given),
    numbers: product.numbers(options, given),
    mockUp: product.mockUp(options, given),
    settings: { ...options, ...product.settings(options, given) },
    data: { ...prepared.data, ...order.data },
    list: prepared.list,
    pictures: originals.map((picture, i) => {
      const instead = prepared.pictures[i];
      return instead ? { ...picture, original: instead } : picture;
    }),
    colours: await openColours(order, shape.standard, printer.file, join(cacheDir, 'tables')),
    ppi: order.ppi ?? shape.image?.ppi ?? printer.file.ppi.value,
    facts: documentFacts(images, fields),
  };
}

/** What in the names of an order's files tells its printer, and its standard where that is not the printer's own. */
export const nameParts = (
  printer: PrinterPreset,
  standard: Standard,
  image: ImageOutput | null,
): string[] => [
  printer.name,
  ...(image || standard === standardFor(printer.file.pdf?.value) ? [] : [standard]),
];

function standardOf({ standard }: Order, printer: PrinterPreset, image: ImageOutput | null): Standard {
  if (!image) return standard ?? standardFor(printer.file.pdf?.value);
  if (standard === undefined || standard === 'rgb') return 'rgb';
  throw expected('nothing for this product, which is a PNG in sRGB,', '--standard', standard);
}

/** A PNG is for a provider who lays it on goods of his own. */
function refuseSheets({ sheet }: Order, image: ImageOutput | null): void {
  if (sheet !== undefined && image)
    throw expected('nothing for this product, which is a PNG,', '--sheet', sheet);
}

function requirePictures({ name, pictures: { min, max } }: Product, { images }: Order): void {
  if (images.length >= min && images.length <= max) return;
  const wanted = min === max ? `${min}` : `${min} to ${max}`;
  throw new PrintcatError(
    `Expected ${wanted} ${max === 1 ? 'picture' : 'pictures'} for ${name} but received ${images.length}`,
    { hint: `printcat products ${name} says what it takes.` },
  );
}

/** What is asked of a picture place must have one that can be filled so. */
function requireFills({ name, slots }: Template, { repeat, dark, columns, link }: ProductOrder): void {
  const takes = (fill: 'repeat' | 'mosaic') => Object.values(slots).some(({ fills }) => fills.includes(fill));
  const hint = 'printcat templates lists what there is.';
  if (repeat !== undefined && repeat !== 'none' && !takes('repeat'))
    throw expected(`a template with a place for a pattern`, `--repeat ${repeat}`, name, hint);
  const isMosaic = dark !== undefined || columns !== undefined || (Array.isArray(link) && link.length > 0);
  if (isMosaic && !takes('mosaic'))
    throw expected('a template with a place for a mosaic', '--dark, --columns and --link', name, hint);
}

const defined = (options: ProductOrder): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
