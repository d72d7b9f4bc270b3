import { type PDFDict, PDFDocument } from 'pdf-lib';
import { ExactColours, type Spot } from '../colour/exact-colours.ts';
import type { Cmyk } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { type Box, mmToPt } from '../units.ts';
import { type Resolution, refuseCoarse } from './coarse.ts';
import { pdfNumber } from './content.ts';
import { PageConverter } from './convert.ts';
import { type FontUse, fontsOf } from './fonts.ts';
import { ImageConverter, type UnmanagedImage } from './images.ts';
import type { Plates } from './laying.ts';
import { cropMarks, MARK_WIDTH_PT } from './marks.ts';
import type { OutputColours } from './output-colours.ts';
import { name, packed, Reader } from './pdf.ts';
import { finishPdfX } from './pdfx.ts';
import type { PendingPicture } from './pictures.ts';
import { imagesOn } from './placements.ts';
import { rgbPage } from './rgb-page.ts';
import { mergeSamePictures } from './same-pictures.ts';
import { Spots } from './spots.ts';
import { STANDARDS, type Standard } from './standards.ts';
import type { DocumentFacts } from './xmp.ts';

export interface PressJob {
  /** What the browser printed: one page, its art at the top left, as large as the media box or larger. */
  readonly printed: Uint8Array;
  readonly geometry: Geometry;
  /** The artwork of each slot in the file's colours, in the order in which the stand-ins were numbered. */
  readonly pictures: readonly PendingPicture[];
  readonly colours: OutputColours;
  /** The exact colours that the template was filled with. */
  readonly exact?: ExactColours;
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
 * Turns a printed page into the press file: its colours, full-resolution pictures, boxes, marks, its standard.
 * @throws PrintcatError where the page holds something that has no press equivalent
 */
export async function press({
  printed,
  geometry,
  pictures,
  colours,
  exact = new ExactColours(),
  richBlack,
  facts,
  standard = 'x4',
  resolution,
}: PressJob): Promise<PressFile> {
  const profile = colours.packedProfile();
  const doc = await PDFDocument.load(printed, { updateMetadata: false });
  const pages = doc.getPages();
  if (pages.length !== 1) {
    throw new PrintcatError(`The template runs over onto ${pages.length} pages; a cover is one`, {
      hint: 'Keep every element within the body, and position what stands free.',
    });
  }
  const page = pages[0]!;
  const { context } = doc;
  const reader = new Reader(context);
  const contents = pageContents(reader, page.node);
  if (resolution) {
    const placed = imagesOn(reader, contents, page.node.Resources());
    refuseCoarse(reader, placed, pictures, resolution, page.getHeight());
  }
  const [, minor] = STANDARDS[standard].pdf;
  const spots = new Spots(reader, minor >= 5);
  const boxes = pageBoxes(geometry);
  const height = mmToPt(boxes.media.height);
  // The browser's paper is a little higher; its art hangs from the top.
  const shift = height - page.getHeight();
  const source = page.node.Resources();
  const {
    content: art,
    resources,
    unmanaged,
    placed,
  } = colours.space === 'cmyk'
    ? await inkPage(reader, contents, source, shift, pictures, {
        ...{ colours, exact, spots },
        richBlack: richBlack ?? null,
      })
    : await rgbPage(reader, contents, source, [0, shift], pictures);
  refuseLostPictures(pictures, placed);

  const bleed = toPdfBox(boxes.bleed, height);
  const [left, bottom, right, top] = bleed;
  const clip = `${[left, bottom, right - left, top - bottom].map(pdfNumber).join(' ')} re W n`;
  const content = Buffer.concat([
    Buffer.from(`q ${clip}\n1 0 0 1 0 ${pdfNumber(shift)} cm\n`),
    art,
    Buffer.from('\nQ\n'),
    Buffer.from(marks(geometry, height, colours.space)),
  ]);
  if (geometry.marks !== 'none' && colours.space === 'cmyk') addRegistration(reader, resources);
  const dict = page.node;
  for (const [key] of dict.entries()) {
    if (!['Type', 'Parent'].includes(key.decodeText())) dict.delete(key);
  }
  dict.set(name('Resources'), resources);
  dict.set(name('Contents'), context.register(packed(context, content)));
  dict.set(name('MediaBox'), context.obj([0, 0, mmToPt(boxes.media.width), height].map(round)));
  dict.set(name('BleedBox'), context.obj(bleed.map(round)));
  dict.set(name('TrimBox'), context.obj(toPdfBox(boxes.trim, height).map(round)));
  dict.set(
    name('Group'),
    context.obj({
      ...{ Type: 'Group', S: 'Transparency', I: true, K: false },
      CS: colours.space === 'cmyk' ? 'DeviceCMYK' : 'DeviceRGB',
    }),
  );
  const layers = spots.properties();
  if (layers) doc.catalog.set(name('OCProperties'), layers);
  mergeSamePictures(doc);
  finishPdfX(doc, { ...colours.condition, space: colours.space, profile: await profile }, facts, standard);
  const pdf = await doc.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
  });
  return { pdf, unmanaged, fonts: fontsOf(doc), spots: spots.used };
}

/** The page's art in inks. */
async function inkPage(
  reader: Reader,
  contents: readonly Uint8Array[],
  source: PDFDict | undefined,
  shift: number,
  pictures: readonly PendingPicture[],
  inks: Plates,
) {
  const images = new ImageConverter(reader, inks.colours, pictures);
  const page = new PageConverter(reader, inks, images).page(contents, source, [0, shift]);
  await images.finish();
  return { ...page, unmanaged: images.unmanaged, placed: images.placed };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** A box in mm from the top left as PDF's lower-left and upper-right corners in pt. */
function toPdfBox(box: Box, heightPt: number): [number, number, number, number] {
  return [
    mmToPt(box.x),
    heightPt - mmToPt(box.y + box.height),
    mmToPt(box.x + box.width),
    heightPt - mmToPt(box.y),
  ];
}

function pageContents(reader: Reader, page: PDFDict): Uint8Array[] {
  const contents = reader.get(page, 'Contents');
  const list = contents && 'asArray' in contents ? (contents as { asArray(): [] }).asArray() : [contents];
  return list.map((item) => reader.bytes(reader.stream(item)));
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
function addRegistration(reader: Reader, resources: PDFDict): void {
  const { context } = reader;
  const tint = context.obj({ FunctionType: 2, Domain: [0, 1], N: 1, C0: [0, 0, 0, 0], C1: [1, 1, 1, 1] });
  const space = context.obj(['Separation', 'All', 'DeviceCMYK', tint]);
  const spaces = reader.dict(resources.get(name('ColorSpace'))) ?? (context.obj({}) as PDFDict);
  spaces.set(name('Registration'), context.register(space));
  resources.set(name('ColorSpace'), spaces);
}

function marks(geometry: Geometry, heightPt: number, space: OutputColours['space']): string {
  const lines = cropMarks(geometry);
  if (lines.length === 0) return '';
  const x = (mm: number) => pdfNumber(mmToPt(mm));
  const y = (mm: number) => pdfNumber(heightPt - mmToPt(mm));
  const strokes = lines.map((line) => `${x(line.x1)} ${y(line.y1)} m ${x(line.x2)} ${y(line.y2)} l S`);
  const colour = space === 'cmyk' ? '/Registration CS 1 SCN' : '0 G';
  return ['q', colour, `${MARK_WIDTH_PT} w 0 J`, ...strokes, 'Q', ''].join('\n');
}
