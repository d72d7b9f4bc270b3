import type { Artwork } from '../artwork/artwork.ts';
import type { ExactColours } from '../colour/exact-colours.ts';
import { stopIfAborted } from '../errors.ts';
import type { FillWish } from '../fills/fill.ts';
import { fillOf } from '../fills/fill-of.ts';
import { makeFill } from '../fills/make-fill.ts';
import { refuseSeeThrough, seeThroughSlot } from '../layout/see-through.ts';
import { sheetHtml } from '../layout/sheet.ts';
import { SheetPage } from '../layout/sheet-page.ts';
import type { SlotBox } from '../layout/slot-box.ts';
import { TemplateColours } from '../layout/template-colours.ts';
import { refuseMixed } from '../layout/unmixed.ts';
import { bleedFillOf, cropOf, cropWish } from '../order/crop.ts';
import { exactColours, refuseSpots } from '../order/in-inks.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import type { DrawnPicture } from '../press/coarse.ts';
import { encodePictures } from '../press/output-colours.ts';
import type { PendingPicture } from '../press/pictures.ts';
import { standIn } from '../press/stand-ins.ts';
import { STANDARDS } from '../press/standards.ts';
import { drawGuides } from '../preview/guides.ts';
import type { ProofLook } from '../preview/proof.ts';
import type { Workshop } from './workshop.ts';

/** An order as the browser laid it out and printed it, and the pixels of its pictures. */
export interface Laid {
  /** An RGB PDF with stand-ins. */
  readonly printed: Uint8Array;
  readonly slots: readonly SlotBox[];
  /** By slot. */
  readonly artworks: readonly Artwork[];
  /** The same in the file's colours, on their way. */
  readonly encoded: readonly PendingPicture[];
  readonly exact: ExactColours;
  /** The elements that show pictures of the template's own. */
  readonly drawn: readonly DrawnPicture[];
  /** Guides by page, where they were asked for. */
  readonly overlays: readonly Uint8Array[] | null;
}

/**
 * Lays an order out, makes the pixels that its slots need, and prints it.
 * @param whilePrinting told when the browser prints: what is heavy to load may load
 * @throws PrintcatError where the layout cannot be printed as it is
 */
export async function layOut(
  job: ResolvedOrder,
  workshop: Workshop,
  look: ProofLook,
  whilePrinting: () => void,
): Promise<Laid> {
  const { template, geometry, colours, fields, settings, data, printer } = job;
  const { signal, onStage, cacheDir } = workshop;
  const edition = STANDARDS[job.standard];
  onStage('laying out');
  const exact = exactColours(colours);
  const own = new TemplateColours(template.colours, exact, printer.spots);
  const pictures = job.pictures.map((picture) => picture.facts);
  const html = await sheetHtml(template, geometry, { fields, pictures, options: settings, data }, own);
  if (edition.space === 'rgb') refuseSpots(edition, exact, geometry);
  // The heavy libraries load while the browser starts.
  const [browser] = await Promise.all([workshop.browser(), import('sharp')]);
  const sheet = await SheetPage.open(browser, template, geometry, html, pictures.length);
  try {
    if (!edition.live) refuseSeeThrough(template, edition.title, await sheet.seeThrough());
    const artworks: Artwork[] = [];
    for (const [i, slot] of sheet.slots.entries()) {
      stopIfAborted(signal);
      const nth = sheet.slots.length > 1 ? ` ${i + 1}/${sheet.slots.length}` : '';
      onStage(`preparing the picture${nth}`);
      const artwork = await artworkFor(job, slot, workshop);
      if (!edition.live && artwork.hasAlpha)
        refuseSeeThrough(template, edition.title, [seeThroughSlot(slot, geometry)]);
      artworks.push(artwork);
    }
    onStage('printing the page');
    // The pictures are converted while the browser prints; a picture stays as it is, pixel for pixel.
    const lossless = job.order.lossless || job.image !== null;
    const encoded = encodePictures(artworks, colours, cacheDir, { lossless });
    await sheet.place(await Promise.all(artworks.map((artwork, i) => standIn(artwork, i, cacheDir))));
    whilePrinting();
    const printed = await sheet.pdf();
    await refuseMixed(sheet, template, exact, printed);
    const drawn = await sheet.drawnPictures();
    const overlays = look.guides ? await drawGuides(browser, geometry) : null;
    return { printed, slots: sheet.slots, artworks, encoded, exact, drawn, overlays };
  } finally {
    void sheet.close();
    workshop.browserDone?.();
  }
}

/** Whether both the product and the template let a slot be filled so. */
const takes = (
  { product, template }: ResolvedOrder,
  { slot }: Pick<SlotBox, 'slot'>,
  fill: 'repeat' | 'mosaic',
): boolean =>
  product.declaration.fills.includes(fill) && (template.slots[slot]?.fills.includes(fill) ?? false);

/** Which of the order's pictures fill a slot: its own, or all where it may be a mosaic. */
export const picturesIn = (job: ResolvedOrder, slot: Pick<SlotBox, 'slot' | 'picture'>): number[] =>
  takes(job, slot, 'mosaic') ? [...job.images.keys()] : [slot.picture];

/** What is to fill a slot: its picture, or what the order makes of all pictures where the template lets it. */
export function slotWish(job: ResolvedOrder, place: SlotBox, catalogue: Workshop['catalogue']): FillWish {
  const { order, product, options, images, pictures, printer, ppi } = job;
  const { picture, box, bleed } = place;
  const { upscaler } = order;
  const { id } = images[picture]!;
  const tone = printer.file.tone?.value;
  const crop = cropOf(order, product.name, id, catalogue);
  const bleedFill = bleedFillOf(order, product.name, id, catalogue);
  const surface = {
    ...{ size: { width: box.width, height: box.height }, bleed, ppi, bleedFill, upscaler },
    ...(crop && cropWish(crop)),
    ...(tone !== undefined && { tone }),
  };
  if (!takes(job, place, 'repeat') && !takes(job, place, 'mosaic')) {
    return { kind: 'picture', ...surface, picture: pictures[picture]!.original };
  }
  const whole = picturesIn(job, place).map((i) => {
    const { id, file } = images[i]!;
    return { ...pictures[i]!.original, id, widthPx: file.widthPx, heightPx: file.heightPx };
  });
  return fillOf(options, whole, surface);
}

/** The pixels of a slot. */
export const artworkFor = (job: ResolvedOrder, slot: SlotBox, workshop: Workshop): Promise<Artwork> =>
  filledSlot(slotWish(job, slot, workshop.catalogue), workshop);

/** What a slot is filled with, as pixels. */
export function filledSlot(wish: FillWish, { cacheDir, signal, onStage }: Workshop): Promise<Artwork> {
  return makeFill(wish, {
    ...{ cacheDir, signal },
    onProgress: ({ stage, done, total }) =>
      onStage(
        stage === 'upscale' ? `enlarging the picture ${done}/${total}` : `laying pictures ${done}/${total}`,
      ),
  });
}
