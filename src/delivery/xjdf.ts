import { hashOf } from '../files.ts';
import { escapeMarkup } from '../markup.ts';
import { SPOT_ROLES } from '../products/spot-roles.ts';
import { mmToPt } from '../units.ts';
import { VERSION } from '../version.ts';
import type { FileEntry } from './file-entry.ts';
import type { Manifest } from './manifest-schema.ts';

/** An order as a job ticket knows it: its manifest, and where its files lie beside the ticket. */
export interface TicketOrder {
  readonly manifest: Manifest;
  /** Its files, with paths from the ticket's folder. */
  readonly files: readonly FileEntry[];
}

/** What CIP4 calls our products (XJDF, A.3.18 Product Types); others have no type. */
const PRODUCT_TYPES: Readonly<Record<string, string>> = {
  'book-cover': 'WrapAroundCover',
  'dust-jacket': 'Jacket',
  postcard: 'Postcard',
  'business-card': 'BusinessCard',
  poster: 'Poster',
};

/** What the product is printed on, where its group leaves no doubt (XJDF, MediaType). */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  covers: 'Paper',
  paper: 'Paper',
  stickers: 'SelfAdhesive',
};

const MIME: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
};

const PROCESS = ['Cyan', 'Magenta', 'Yellow', 'Black'];

/** What the run list names: art and cuts in files of their own are the print file again, the rest is for people. */
const isPrinted = ({ role }: Pick<FileEntry, 'role'>): boolean => role === 'print' || role === 'white';

/**
 * A job ticket for a printer's MIS or workflow, XJDF 2.1 by CIP4: what the print buyer wants (`Types="Product"`), a
 * product for each order with quantity, size, bleed and inks, the files with checksums. Attributes of an element stand
 * in alphabetical order, child elements in the order of the specification. The date is the latest of the orders', so
 * that the same orders give the same bytes.
 * @param orders with keys that differ
 */
export function jobTicket(orders: readonly TicketOrder[]): string {
  const inOrder = orders.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const manifests = inOrder.map(({ manifest }) => manifest);
  const spots = [
    ...new Map(manifests.flatMap((m) => m.colours.spots).map((spot) => [spot.name, spot])).values(),
  ];
  const root = element(
    'XJDF',
    {
      DescriptiveName: `${orders.length === 1 ? nameOf(manifests[0]!) : `${orders.length} products`} for ${manifests[0]!.provider.title}`,
      JobID: `printcat-${hashOf(...manifests.map((m) => m.idempotencyKey)).slice(0, 16)}`,
      Types: 'Product',
      Version: '2.1',
      xmlns: 'http://www.CIP4.org/JDFSchema_2_0',
    },
    element('AuditPool', {}, element('AuditCreated', {}, element('Header', headerOf(manifests)))),
    element('ProductList', {}, ...manifests.map(productOf)),
    ...(spots.length > 0 ? [resourceSet('Color', spots.map(colourOf))] : []),
    resourceSet('ColorantControl', manifests.map(colorantsOf)),
    resourceSet('RunList', inOrder.flatMap(runsOf)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** The date that a set of orders carries: the latest of theirs. */
export const latestDate = (manifests: readonly Pick<Manifest, 'date'>[]): Date =>
  new Date(Math.max(...manifests.map(({ date }) => Date.parse(date))));

const keyOf = ({ manifest }: TicketOrder): string => manifest.idempotencyKey;

const nameOf = ({ product, template, images }: Manifest): string =>
  `${product}, ${template}, ${images.map(({ id }) => id).join(', ')}`;

const headerOf = (manifests: readonly Manifest[]): Attributes => ({
  AgentName: 'printcat',
  AgentVersion: VERSION,
  DeviceID: 'printcat',
  Time: latestDate(manifests).toISOString().replace('.000Z', 'Z'),
});

function productOf(manifest: Manifest, index: number): string {
  const { product, group, quantity, provider, idempotencyKey } = manifest;
  const media = MEDIA_TYPES[group];
  return element(
    'Product',
    {
      Amount: quantity,
      DescriptiveName: nameOf(manifest),
      ExternalID: idempotencyKey,
      ID: `P${index + 1}`,
      IsRoot: true,
      ProductType: PRODUCT_TYPES[product],
    },
    ...(provider.sku === null
      ? []
      : [element('GeneralID', { DataType: 'xs:string', IDUsage: 'SKU', IDValue: provider.sku })]),
    ...(manifest.colours.space === 'cmyk' ? [intent('ColorIntent', {}, ...surfacesOf(manifest))] : []),
    intent('LayoutIntent', layoutOf(manifest)),
    ...(media ? [intent('MediaIntent', { MediaType: media })] : []),
  );
}

/** Which sides are printed, where the file says it: one page is one side, front and back are two. */
function sidesOf({ pages }: Manifest): 'OneSided' | 'TwoSidedHeadToHead' | undefined {
  if (pages.length === 1) return 'OneSided';
  const kinds = pages.map(({ kind }) => kind).join(' ');
  return kinds === 'front back' ? 'TwoSidedHeadToHead' : undefined;
}

function surfacesOf(manifest: Manifest): string[] {
  const { spots, condition, registered } = manifest.colours;
  const attributes = {
    ColorsUsed: [...PROCESS, ...spots.map(({ name }) => tokenOf(name))].join(' '),
    // A reference name of characterisation data; those with blanks are no NMTOKEN.
    PrintStandard: registered && isToken(condition) ? condition : undefined,
  };
  const sides = sidesOf(manifest) === 'OneSided' ? ['Front'] : ['Front', 'Back'];
  return sides.map((Surface) => element('SurfaceColor', { ...attributes, Surface }));
}

/** Lengths are pt; pages are surfaces, an even number; a bleed that differs by side is named by its smallest. */
function layoutOf(manifest: Manifest): Attributes {
  const { boxes, pages, spine } = manifest;
  const { bleed, trim } = boxes;
  const bleeds = [
    ...[trim.x - bleed.x, trim.y - bleed.y],
    ...[bleed.x + bleed.width - trim.x - trim.width, bleed.y + bleed.height - trim.y - trim.height],
  ];
  return {
    Bleed: points(Math.min(...bleeds)),
    Dimensions: `${points(trim.width)} ${points(trim.height)}`,
    Pages: pages.length + (pages.length % 2),
    Sides: sidesOf(manifest),
    SpreadType: spine ? 'Spread' : 'SinglePage',
  };
}

type SpotEntry = Manifest['colours']['spots'][number];

/** Cutters' ways are no inks; white covers, varnish does not. */
function colourTypeOf({ step }: SpotEntry): 'DieLine' | 'Normal' | 'Opaque' | 'Transparent' {
  const role = Object.values(SPOT_ROLES).find(({ title }) => title === step);
  if (!role) return 'Normal';
  if (role.step.group === 'White') return 'Opaque';
  return role.step.group === 'Varnish' ? 'Transparent' : 'DieLine';
}

const colourOf = (spot: SpotEntry): string =>
  resource(
    { Separation: tokenOf(spot.name) },
    element('Color', {
      ActualColorName: spot.name,
      ColorType: colourTypeOf(spot),
      ColorTypeDetails: spot.step ?? undefined,
    }),
  );

/** The inks of a product; a spot whose name is no NMTOKEN is known by an alias. */
function colorantsOf({ idempotencyKey, colours: { space, spots } }: Manifest): string {
  const aliases = spots.filter(({ name }) => !isToken(name));
  return resource(
    { Product: idempotencyKey },
    element(
      'ColorantControl',
      {
        ColorantParams: spots.length > 0 ? spots.map(({ name }) => tokenOf(name)).join(' ') : undefined,
        ProcessColorModel: space === 'cmyk' ? 'DeviceCMYK' : 'DeviceRGB',
      },
      ...aliases.map(({ name }) =>
        element('ColorantAlias', { ColorantName: name, ReplacementColorantName: tokenOf(name) }),
      ),
    ),
  );
}

/** `NPage` belongs to the run list in XJDF 2.1; only from 2.2 on a file has one too. */
const runsOf = ({ manifest, files }: TicketOrder): string[] =>
  files.filter(isPrinted).map((file, i) =>
    resource(
      {
        ...{ Product: manifest.idempotencyKey, Run: `R${i + 1}` },
        Separation: file.role === 'white' ? 'White' : undefined,
      },
      element(
        'RunList',
        { NPage: file.pages ?? 1 },
        element('FileSpec', {
          CheckSum: file.md5,
          FileSize: file.bytes,
          MimeType: MIME[file.path.split('.').at(-1)!],
          URL: file.path.split('/').map(encodeURIComponent).join('/'),
        }),
      ),
    ),
  );

const resourceSet = (name: string, resources: readonly string[]): string =>
  element('ResourceSet', { Name: name, Usage: 'Input' }, ...resources);

const resource = (part: Attributes, specific: string): string =>
  element('Resource', {}, element('Part', part), specific);

const intent = (name: string, attributes: Attributes, ...children: readonly string[]): string =>
  element('Intent', { Name: name }, element(name, attributes, ...children));

/** pt with as many digits as 0.001 mm needs. */
const points = (mm: number): number => Number(mmToPt(mm).toFixed(3));

/** NMTOKEN (XML 1.0, 2.3), of the letters that every program takes. */
const isToken = (text: string): boolean => /^[\p{L}\p{N}._-]+$/u.test(text);

/** A name as an NMTOKEN: `PANTONE 871 C` is `PANTONE_871_C`. */
const tokenOf = (name: string): string => name.replace(/[^\p{L}\p{N}._-]/gu, '_');

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  // XML has no control characters, not even escaped.
  const text = (value: unknown) => escapeMarkup(String(value).replace(/\p{Cc}/gu, ' '));
  const start = [name, ...given.map(([key, value]) => `${key}="${text(value)}"`)].join(' ');
  if (children.length === 0) return `<${start}/>`;
  return [`<${start}>`, ...children.map((child) => child.replace(/^/gm, '  ')), `</${name}>`].join('\n');
}
