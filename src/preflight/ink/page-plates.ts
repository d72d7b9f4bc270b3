import type { PDFiumLibrary } from '@hyzyla/pdfium';
import { pdfium } from '../../pdfium.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import { MM_PER_INCH, type Size } from '../../units.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import { userSpaceBox } from '../document/user-space.ts';
import type { InkBound } from '../model.ts';
import { Conversions } from './conversions.ts';
import { type Drawing, MOST_SPOTS, type Plates, PROCESS } from './plates.ts';
import { Redrawing } from './redraw.ts';
import { InkSpaces } from './spaces.ts';
import { type Shared, TooMuch } from './stream-kit.ts';

/** px per inch that small pages are drawn at: a square of 15 mm is 85 pixels wide, and PDFium moves edges by up to one. */
const PPI = 144;
/**
 * Pixels that are enough for a page: A5 has them at 144 ppi, A4 at 101, where a square of 15 mm is 60 pixels wide. More
 * of them cost time in proportion, and a pixel's shift of one edge moves a mean over 15 mm by less than 2 %.
 */
const ENOUGH_PX = 1_000_000;
/** Coarser no page is drawn, however large: a pixel is then a third of a mm, a square of 15 mm 43 pixels wide. */
const LEAST_PPI = 72;
/** But for memory: a page of more pixels than this, one and a half square metres at 72 ppi, is drawn as coarsely as it must be. */
const MOST_PX = 12_000_000;

/** Decoded pictures that are kept for the next page, where a background comes again; each is some 4 MB. */
const KEPT_PICTURES = 8;

/** px per mm that a page of that size is drawn at. */
function resolution({ width, height }: Size): number {
  const forPixels = (pixels: number) => Math.sqrt(pixels / (width * height));
  const enough = Math.max(LEAST_PPI / MM_PER_INCH, forPixels(ENOUGH_PX));
  return Math.min(PPI / MM_PER_INCH, enough, forPixels(MOST_PX));
}

/** The profile of the file's output intent, decoded; `null` where it names none for CMYK. */
export function outputProfile(pdf: Pdf): Uint8Array | null {
  const intents = pdf.catalog ? pdf.array(pdf.catalog.get(name('OutputIntents'))) : [];
  for (const intent of intents) {
    const dict = pdf.dict(intent);
    const stream = dict && pdf.streamOf(dict.get(name('DestOutputProfile')));
    if (
      stream &&
      numberOf(pdf.get(stream.dict, 'N')) === 4 &&
      nameOf(pdf.get(dict, 'S'))?.startsWith('GTS_')
    ) {
      return pdf.bytes(stream);
    }
  }
  return null;
}

/**
 * Reads the plates of pages with PDFium, which knows no inks: a page is written anew with up to three plates in the
 * place of red, green and blue, each 1 − ink, and drawn once for each such group. Components do not mix in separable
 * blend modes, so each channel is what its plate would be. Cyan, magenta and yellow are drawn together, since the
 * other blend modes mix them and them alone. Where an object overprints one of them and not another, each is drawn
 * by itself.
 */
export class PlateReader {
  readonly #pdf: Pdf;
  readonly #conversions: Conversions;
  readonly #library: PDFiumLibrary;
  readonly #pictures: Shared['pictures'] = new Map();

  private constructor(pdf: Pdf, conversions: Conversions, library: PDFiumLibrary) {
    this.#pdf = pdf;
    this.#conversions = conversions;
    this.#library = library;
  }

  static async open(pdf: Pdf): Promise<PlateReader> {
    return new PlateReader(pdf, await Conversions.open(outputProfile(pdf)), await pdfium());
  }

  /**
   * The plates of what is printed of a page, `page.printed`.
   * @param bound what inks there can be at all, where that is known: only their plates are drawn
   * @throws TooMuch for a page that would take minutes to draw
   */
  async page(page: PdfPage, bound: InkBound | null = null): Promise<Plates> {
    const perMm = resolution(page.printed);
    const px = (mm: number) => Math.max(1, Math.round(mm * perMm));
    const size = { width: px(page.printed.width), height: px(page.printed.height) };
    if (this.#pictures.size > KEPT_PICTURES) this.#pictures.clear();
    const isThere = (ink: string) => !bound || (bound.inks.get(ink) ?? 0) > 0;
    const cmy = PROCESS.slice(0, 3);
    // The first drawing tells the spots, so there is always one.
    const start = cmy.some(isThere) ? cmy : ['Black'];
    let shared = this.#shared();
    let first = await redraw(shared, page, start);
    // Profiles that were met have to be opened first; then all is read again with them.
    while (await this.#conversions.settle()) {
      shared = this.#shared();
      first = await redraw(shared, page, start);
    }
    const spots = [...shared.spaces.spots];
    const drawn = spots.filter(isThere);
    if (drawn.length > MOST_SPOTS) throw new TooMuch(`${drawn.length} spot colours`);
    const groups: Drawing[] = start === cmy && isThere('Black') ? [['Black']] : [];
    for (let i = 0; i < drawn.length; i += 3) groups.push(drawn.slice(i, i + 3));

    const empty = new Uint8Array(size.width * size.height);
    const inks = new Map<string, Uint8Array>([...PROCESS, ...spots].map((ink) => [ink, empty]));
    const draw = async ({ bytes, mixed }: Redrawn, group: Drawing): Promise<void> => {
      if (mixed && group.length > 1) {
        for (const plate of group) await draw(await redraw(shared, page, [plate]), [plate]);
        return;
      }
      const pixels = await this.#draw(bytes, size);
      for (const [channel, plate] of group.entries()) inks.set(plate, channelOf(pixels, channel));
    };
    await draw(first, start);
    for (const group of groups) await draw(await redraw(shared, page, group), group);
    return { ...size, perMm, inks, uncounted: [...shared.spaces.notes, ...shared.uncounted] };
  }

  #shared(): Shared {
    const spaces = new InkSpaces(this.#pdf, this.#conversions);
    return { pdf: this.#pdf, spaces, uncounted: new Set(), pictures: this.#pictures, converted: new Map() };
  }

  async #draw(bytes: Uint8Array, size: { width: number; height: number }): Promise<Uint8Array> {
    const document = await this.#library.loadDocument(bytes);
    try {
      const page = document.getPage(0);
      return (await page.render({ ...size, render: 'bitmap', renderFormFields: false })).data;
    } finally {
      document.destroy();
    }
  }
}

interface Redrawn {
  readonly bytes: Uint8Array;
  readonly mixed: boolean;
}

async function redraw(shared: Shared, page: PdfPage, drawing: Drawing): Promise<Redrawn> {
  const redrawing = await Redrawing.start(shared, drawing);
  const bytes = await redrawing.page(page, userSpaceBox(page, page.printed));
  return { bytes, mixed: redrawing.mixed };
}

/** A channel of RGBA pixels as ink. */
function channelOf(rgba: Uint8Array, channel: number): Uint8Array {
  const plate = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < plate.length; i++) plate[i] = 255 - rgba[4 * i + channel]!;
  return plate;
}
