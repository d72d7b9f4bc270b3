import { PDFArray, type PDFDict, PDFDocument, PDFRef } from 'pdf-lib';
import { ExactColours, type Spot } from '../colour/exact-colours.ts';
import type { Cmyk } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { type Dieline, type Geometry, type PageDesign, pageBoxes, pageName } from '../products/geometry.ts';
import { type SpotNames, spotNames } from '../products/spot-roles.ts';
import { type Box, mmToPt } from '../units.ts';
import { type Resolution, refuseCoarse } from './coarse.ts';
import { pdfNumber } from './content.ts';
import { PageConverter } from './convert.ts';
import { drawDielines } from './dielines.ts';
import { type FontUse, fontsOf } from './fonts.ts';
import { ImageConverter, type UnmanagedImage } from './images.ts';
import { cropMarks, MARK_WIDTH_PT } from './marks.ts';
import type { OutputColours } from './output-colours.ts';
import { name, packed, Reader } from './pdf.ts';
import { finishPdfX } from './pdfx.ts';
import type { PendingPicture } from './pictures.ts';
import { imagesOn } from './placements.ts';
import { Resources } from './resources.ts';
import { type ConvertedImages, type ConvertedPage, rgbImages, rgbPage } from './rgb-page.ts';
import { mergeSamePictures } from './same-pictures.ts';
import { Spots } from './spots.ts';
import { STANDARDS, type Standard } from './standards.ts';
import { documentBytes, type WrittenFile, writeDocumentTo } from './write-document.ts';
import type { DocumentFacts } from './xmp.ts';

export interface PressJob {
  /**
   * What the browser printed, as many pages as the geometry has: the art at the top left of each, as large as the media
   * box or larger.
   */
  readonly printed: Uint8Array;
  readonly geometry: Geometry;
  /** The artwork of each slot in the file's colours, in the order in which the stand-ins were numbered. */
  readonly pictures: readonly PendingPicture[];
  readonly colours: OutputColours;
  /** The exact colours that the template was filled with. */
  readonly exact?: ExactColours;
  /** What the printer calls the spots that the dielines are drawn in; usual names where they are not given. */
  readonly spotNames?: SpotNames;
  /** The inks of large black areas; without it they are black ink alone. */
  readonly richBlack?: Cmyk;
  readonly facts: DocumentFacts;
  /** PDF/X-4 where it is not given. */
  readonly standard?: Standard;
  /** Refuses what is coarser than this; without it pictures may be as coarse as they are. */
  readonly resolution?: Resolution;
}

export interface PressFile {
  readonly pdf: Uint8Array;
  /** Images that the browser brought into the page by itself. */
  readonly unmanaged: readonly UnmanagedImage[];
  readonly fonts: readonly FontUse[];
  /** The inks besides the four. */
  readonly spots: readonly Spot[];
}

/**
 * Turns printed pages into the press file: their colours, full-resolution pictures, boxes, marks, its standard.
 * @throws PrintcatError where a page holds something that has no press equivalent
 */
export async function press(job: PressJob): Promise<PressFile> {
  const { doc, ...facts } = await pressed(job);
  return { ...facts, pdf: await documentBytes(doc) };
}

/**
 * The same into a file, which must not be there: however many pages and pictures there are, no more than one of them
 * is held in memory.
 */
export async function pressInto(path: string, job: PressJob): Promise<Omit<PressFile, 'pdf'> & WrittenFile> {
  const { doc, ...facts } = await pressed(job);
  return { ...facts, ...(await writeDocumentTo(path, doc)) };
}

async function pressed(job: PressJob): Promise<Omit<PressFile, 'pdf'> & { doc: PDFDocument }> {
  const { geometry, pictures, colours, exact = new ExactColours(), facts, standard = 'x4', resolution } = job;
  const profile = colours.packedProfile();
  const doc = await PDFDocument.load(job.printed, { updateMetadata: false });
  const pages = doc.getPages();
  refuseOverrun(pages.length, geometry.pages.length);
  const reader = new Reader(doc.context);
  const spots = new Spots(reader, STANDARDS[standard].pdf[1] >= 5);
  const convert = converterFor(reader, { ...job, exact }, spots);
  const { height } = pageBoxes(geometry).media;
  for (const [index, page] of pages.entries()) {
    const design = geometry.pages[index]!;
    const contents = reader.contents(page.node);
    const source = page.node.Resources();
    if (resolution) {
      const place = { index, height: page.getHeight(), name: pageName(geometry, index) };
      refuseCoarse(reader, imagesOn(reader, contents, source), pictures, resolution, place);
    }
    // The browser's paper is a little higher; its art hangs from the top.
    const shift = mmToPt(height) - page.getHeight();
    const converted = convert.page(contents, source, [0, shift]);
    dropContents(reader, page.node);
    const { dielines } = design;
    if (colours.space === 'rgb') refuseDielines(dielines);
    const lines = drawDielines(dielines, geometry, {
      ...{ reader, spots, exact, names: job.spotNames ?? spotNames.parse({}) },
      resources: new Resources(reader, null, converted.resources),
    });
    furnish(reader, page.node, converted, { geometry, design, space: colours.space, shift, lines });
  }
  const { unmanaged, placed } = await convert.images();
  refuseLostPictures(pictures, placed);
  const layers = spots.properties();
  if (layers) doc.catalog.set(name('OCProperties'), layers);
  mergeSamePictures(doc);
  finishPdfX(doc, { ...colours.condition, space: colours.space, profile: await profile }, facts, standard);
  return { doc, unmanaged, fonts: fontsOf(doc), spots: spots.used };
}

/** How pages and their images come into the file's colours. */
interface Conversion {
  page(
    contents: readonly Uint8Array[],
    source: PDFDict | undefined,
    shift: readonly [number, number],
  ): ConvertedPage;
  /** Carried out when all pages have been converted. */
  images(): Promise<ConvertedImages>;
}

function converterFor(
  reader: Reader,
  { colours, pictures, exact, richBlack }: PressJob & { readonly exact: ExactColours },
  spots: Spots,
): Conversion {
  if (colours.space === 'rgb') {
    return {
      page: (...page) => rgbPage(reader, ...page),
      images: () => rgbImages(reader, pictures),
    };
  }
  const images = new ImageConverter(reader, colours, pictures);
  const converter = new PageConverter(
    reader,
    { colours, exact, spots, richBlack: richBlack ?? null },
    images,
  );
  return {
    page: (...page) => converter.page(...page),
    images: async () => {
      await images.finish();
      return images;
    },
  };
}

function refuseOverrun(found: number, wanted: number): void {
  if (found === wanted) return;
  const pages = (n: number) => (n === 1 ? 'one page' : `${n} pages`);
  throw new PrintcatError(`The template comes out on ${pages(found)} instead of ${pages(wanted)}`, {
    hint: 'Keep every element within the trim box, position what stands free, and break no page in it.',
  });
}

interface Furniture {
  readonly geometry: Geometry;
  readonly design: PageDesign;
  readonly space: OutputColours['space'];
  /** How far the art is moved up, pt. */
  readonly shift: number;
  /** The dielines as operators. */
  readonly lines: string;
}

/** A plate of its own is what a dieline is for: in sRGB it would be printed. */
function refuseDielines(dielines: readonly Dieline[]): void {
  if (dielines.length === 0) return;
  throw new PrintcatError('The product has dielines, which a file in sRGB cannot hold', {
    hint: 'Choose --standard x4, or leave the dielines out.',
  });
}

/** Gives a page its converted art, its dielines, boxes and marks; all else that the browser left on it goes. */
function furnish(
  reader: Reader,
  page: PDFDict,
  { content: art, resources }: ConvertedPage,
  { geometry, design, space, shift, lines }: Furniture,
): void {
  const { context } = reader;
  const boxes = pageBoxes(geometry);
  const height = mmToPt(boxes.media.height);
  const bleed = toPdfBox(boxes.bleed, height);
  const [left, bottom, right, top] = bleed;
  const clip = `${[left, bottom, right - left, top - bottom].map(pdfNumber).join(' ')} re W n`;
  const content = Buffer.concat([
    Buffer.from(`q ${clip}\n1 0 0 1 0 ${pdfNumber(shift)} cm\n`),
    art,
    // A cut may run beside the art: the bleed's clip does not hold for it.
    Buffer.from(`\nQ\n${lines}`),
    Buffer.from(marks(geometry, design, space)),
  ]);
  if (geometry.marks !== 'none' && space === 'cmyk') addRegistration(reader, resources);
  for (const [key] of page.entries()) {
    if (!['Type', 'Parent'].includes(key.decodeText())) page.delete(key);
  }
  page.set(name('Resources'), resources);
  page.set(name('Contents'), context.register(packed(context, content)));
  page.set(name('MediaBox'), context.obj([0, 0, mmToPt(boxes.media.width), height].map(round)));
  page.set(name('BleedBox'), context.obj(bleed.map(round)));
  page.set(name('TrimBox'), context.obj(toPdfBox(boxes.trim, height).map(round)));
  const group = { Type: 'Group', S: 'Transparency', I: true, K: false };
  page.set(name('Group'), context.obj({ ...group, CS: space === 'cmyk' ? 'DeviceCMYK' : 'DeviceRGB' }));
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** A box in mm from the top left as PDF's lower-left and upper-right corners in pt. */
export function toPdfBox(box: Box, heightPt: number): [number, number, number, number] {
  return [
    mmToPt(box.x),
    heightPt - mmToPt(box.y + box.height),
    mmToPt(box.x + box.width),
    heightPt - mmToPt(box.y),
  ];
}

/** Frees a page's own streams: they have been converted. */
function dropContents({ context }: Reader, page: PDFDict): void {
  const contents = page.get(name('Contents'));
  const list = contents instanceof PDFArray ? contents.asArray() : [contents];
  for (const item of list) if (item instanceof PDFRef) context.delete(item);
}

/** A picture that the page does not show was lost on the way: the file must not pass for whole. */
function refuseLostPictures(pictures: readonly PendingPicture[], placed: ReadonlySet<number>): void {
  const lost = pictures.findIndex((_, i) => !placed.has(i));
  if (lost === -1) return;
  throw new PrintcatError('A picture did not arrive in the printed page: the browser drew it anew', {
    hint: 'Keep filters, masks, 3D transforms and border-image off elements with data-slot.',
  });
}

/** The registration colour: a colourant on every separation (ISO 32000-1, 8.6.6.4, `All`). */
export function addRegistration(reader: Reader, resources: PDFDict): void {
  const { context } = reader;
  const tint = context.obj({ FunctionType: 2, Domain: [0, 1], N: 1, C0: [0, 0, 0, 0], C1: [1, 1, 1, 1] });
  const space = context.obj(['Separation', 'All', 'DeviceCMYK', tint]);
  const spaces = reader.dict(resources.get(name('ColorSpace'))) ?? (context.obj({}) as PDFDict);
  spaces.set(name('Registration'), context.register(space));
  resources.set(name('ColorSpace'), spaces);
}

/** The operators that draw a page's marks, the last of its content; none where it has no marks. */
export function marks(geometry: Geometry, design: PageDesign, space: OutputColours['space']): string {
  const lines = cropMarks(geometry, design);
  if (lines.length === 0) return '';
  const heightPt = mmToPt(pageBoxes(geometry).media.height);
  const x = (mm: number) => pdfNumber(mmToPt(mm));
  const y = (mm: number) => pdfNumber(heightPt - mmToPt(mm));
  const strokes = lines.map((line) => `${x(line.x1)} ${y(line.y1)} m ${x(line.x2)} ${y(line.y2)} l S`);
  const colour = space === 'cmyk' ? '/Registration CS 1 SCN' : '0 G';
  return ['q', colour, `${MARK_WIDTH_PT} w 0 J`, ...strokes, 'Q', ''].join('\n');
}
