import { PDFArray, PDFDict, PDFDocument, type PDFObject, PDFRef } from 'pdf-lib';
import { name, nameOf } from '../press/pdf.ts';
import { documentBytes } from '../press/write-document.ts';
import { Prover } from '../preview/proof.ts';
import { mmToInch } from '../units.ts';
import type { Pressed } from './press-room.ts';

/** Long side of a page's picture, px: a front on a mock-up of 2000 px has half of it. */
const SIDE = 2400;
/** Finer than this is no paper, px per inch. */
const MOST_PPI = 600;

/** Pages that a mock-up shows at most: the two sides of a card. */
const MOST_PAGES = 2;

/** Pictures of press files, drawn when somebody wants to see them. */
const drawn = new WeakMap<Pressed, Map<number, Promise<Buffer>>>();

/**
 * A trimmed page as printed, finer than its proof: what lies on a mock-up.
 * @param page from 1
 * @returns a PNG in sRGB, `null` where there is no such page
 */
export async function facePicture(pressed: Pressed, page: number): Promise<Buffer | null> {
  if (page < 1 || page > Math.min(MOST_PAGES, pressed.proofs.length)) return null;
  const known = drawn.get(pressed) ?? new Map<number, Promise<Buffer>>();
  drawn.set(pressed, known);
  let face = known.get(page);
  if (!face) {
    face = pressed.images ? small(pressed.images[page - 1]!) : fine(pressed, page);
    face.catch(() => known.delete(page));
    known.set(page, face);
  }
  return face;
}

/** Goods that are PNGs, clear ground and all. */
async function small(image: Buffer): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(image)
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 4 })
    .toBuffer();
}

async function fine({ job, pdf }: Pressed, page: number): Promise<Buffer> {
  const { geometry, colours, ppi } = job;
  const { width, height } = geometry.trim;
  const prover = new Prover(colours);
  try {
    // A prover draws pages from the first on.
    const proofs = await prover.proofs({
      ...{ pdf: await withoutCuts(pdf), picturePpi: ppi },
      geometry: { ...geometry, pages: geometry.pages.slice(0, page) },
      ppi: Math.min(MOST_PPI, Math.floor(SIDE / mmToInch(Math.max(width, height)))),
    });
    return proofs[page - 1]!.png;
  } finally {
    prover.close();
  }
}

/** The file with its cuts, creases and perforations hidden: they are for the knife, and not on what it leaves. */
async function withoutCuts(pdf: Uint8Array): Promise<Uint8Array> {
  const doc = await PDFDocument.load(pdf, { updateMetadata: false });
  const { context } = doc;
  const dict = (object: PDFObject | undefined): PDFDict | undefined => {
    const found = object instanceof PDFRef ? context.lookup(object) : object;
    return found instanceof PDFDict ? found : undefined;
  };
  const layers = dict(doc.catalog.get(name('OCProperties')));
  const groups = layers?.lookup(name('OCGs'));
  if (!layers || !(groups instanceof PDFArray)) return pdf;
  const cuts = groups.asArray().filter((group) => {
    const step = dict(dict(group)?.get(name('GTS_Metadata')))?.get(name('GTS_ProcStepsType'));
    return KNIVES.has(nameOf(step) ?? '');
  });
  dict(layers.get(name('D')))?.set(name('OFF'), context.obj(cuts));
  return documentBytes(doc);
}

/** Types of processing steps in ISO 19593-1:2018 that leave nothing to see; foil, of the same group, is seen. */
const KNIVES: ReadonlySet<string> = new Set(['Cutting', 'Perforating', 'Creasing']);
