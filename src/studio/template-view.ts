import type { Artwork, ArtworkWish } from '../artwork/artwork.ts';
import { toSvgData } from '../contours/path-text.ts';
import { stopIfAborted } from '../errors.ts';
import { sheetHtml } from '../layout/sheet.ts';
import { SheetPage } from '../layout/sheet-page.ts';
import type { SlotBox } from '../layout/slot-box.ts';
import { filledSlot, slotWish } from '../make/lay-out.ts';
import type { Workshop } from '../make/workshop.ts';
import { bleedFillOf } from '../order/crop.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import { resolutionLevels } from '../preflight/rule-set.ts';
import { guidesOf } from '../preview/guides.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { MM_PER_INCH } from '../units.ts';
import type { Chooser, ShownPage, ShownSlot, View } from './protocol.ts';
import type { Renderings } from './renderings.ts';

/** Long side of a slot's picture on the screen, px. */
const SCREEN_PX = 1400;
/** Coarser than this no picture is shown, px per inch. */
const LEAST_PPI = 20;

/** What the studio remembers from one view to the next. */
export interface Remembered {
  readonly renderings: Renderings;
  /** Which part of its picture a slot shows, by everything that this depends on. */
  readonly plans: Map<string, Promise<ShownPart>>;
}

/** Part of a picture in fractions of its size: its point in the middle of the trim, and how much is seen each way. */
type ShownPart = Pick<ShownSlot, 'focus' | 'span' | 'ppi'>;

/** Of patterns and mosaics each tile is a whole picture. */
const WHOLE = { focus: { x: 0.5, y: 0.5 }, span: { x: 1, y: 1 } } as const;

/** Plans that are remembered. */
const KEPT_PLANS = 500;

/**
 * Lays an order out as `make` does, and keeps the document to be seen in a frame: the same HTML, fitted by the same
 * rules, with screen-sized pictures at the crop that will be printed.
 * @throws PrintcatError where `make` would refuse the layout
 */
export async function templateView(
  job: ResolvedOrder,
  workshop: Workshop,
  { renderings, plans }: Remembered,
): Promise<Omit<View, 'took'>> {
  const { template, geometry, fields, settings, data } = job;
  const { file } = job.printer;
  const pictures = job.pictures.map((picture) => picture.facts);
  const html = await sheetHtml(template, geometry, { fields, pictures, options: settings, data });
  stopIfAborted(workshop.signal);
  const browser = await workshop.browser();
  const sheet = await SheetPage.open(browser, template, geometry, html, pictures.length);
  const address = renderings.newPath();
  try {
    const art = Promise.all(sheet.slots.map((slot) => screenArtwork(job, slot, workshop)));
    const parts = Promise.all(sheet.slots.map((slot) => shownPart(job, slot, workshop, plans)));
    const [document, artworks, shown] = await Promise.all([sheet.document(address.slice(0, -1)), art, parts]);
    renderings.keep(address, {
      html: document,
      resources: sheet.resources,
      art: artworks.map(({ path }) => path),
    });
    return {
      ...{ address, template: template.name, ...pageBoxes(geometry), pages: shownPages(geometry) },
      slots: sheet.slots.map((slot, i) => ({
        ...shownSlot(job, slot, workshop),
        ...(shown[i] ?? { ...WHOLE, ppi: artworks[i]!.sourcePpi }),
      })),
      ppi: { printed: job.ppi, asked: file.ppi.value, levels: resolutionLevels(file) },
      ...{ summary: job.summary, notes: geometry.notes, spine: geometry.spine?.value ?? null },
      isImage: job.image !== null,
      unreleased: job.images.filter(({ decision }) => decision !== 'released').map(({ id }) => id),
      mockUp: job.mockUp,
    };
  } finally {
    void sheet.close();
  }
}

/** The picture of a slot at the size of a screen: planned as the printed one, without a network. */
function screenArtwork(job: ResolvedOrder, slot: SlotBox, workshop: Workshop): Promise<Artwork> {
  const inches = Math.max(slot.box.width, slot.box.height) / MM_PER_INCH;
  const ppi = Math.min(job.ppi, Math.max(LEAST_PPI, Math.floor(SCREEN_PX / inches)));
  const wish = slotWish(job, slot, workshop.catalogue);
  const small = { ppi, upscaler: 'lanczos' } as const;
  // A pattern's tiles have the size that their pixels give them in print.
  return filledSlot(
    wish.kind === 'picture' ? { ...wish, ...small } : { ...wish, ...small, printedPpi: job.ppi },
    workshop,
  );
}

/** @returns `null` where a slot shows more than one picture, or one more than once */
async function shownPart(
  job: ResolvedOrder,
  slot: SlotBox,
  workshop: Workshop,
  plans: Remembered['plans'],
): Promise<ShownPart | null> {
  const wish = slotWish(job, slot, workshop.catalogue);
  if (wish.kind !== 'picture') return null;
  const { picture, size, bleed, ppi, bleedFill, focal, zoom } = wish;
  const key = JSON.stringify([picture.sha256, size, bleed, ppi, bleedFill, focal, zoom]);
  let plan = plans.get(key);
  if (!plan) {
    plan = partOf(wish);
    plans.set(key, plan);
    plan.catch(() => plans.delete(key));
    for (const old of [...plans.keys()].slice(0, -KEPT_PLANS)) plans.delete(old);
  }
  return plan;
}

async function partOf(wish: ArtworkWish): Promise<ShownPart> {
  const { planFor } = await import('../artwork/compute-artwork.ts');
  const { plan, original } = await planFor(wish);
  const { source, sourcePpi } = plan;
  const { size, bleed } = wish;
  const middle = (start: number, length: number, before: number, after: number, box: number, whole: number) =>
    (start + (length * (before + (box - before - after) / 2)) / box) / whole;
  return {
    focus: {
      x: middle(source.x, source.width, bleed.left, bleed.right, size.width, original.width),
      y: middle(source.y, source.height, bleed.top, bleed.bottom, size.height, original.height),
    },
    span: { x: source.width / original.width, y: source.height / original.height },
    ppi: sourcePpi,
  };
}

function shownSlot(job: ResolvedOrder, slot: SlotBox, { catalogue }: Workshop) {
  const { order, product, images } = job;
  const wish = slotWish(job, slot, catalogue);
  const { slot: name, page, picture, box } = slot;
  const id = images[picture]!.id;
  const chooser = (isOrdered: boolean, kept: unknown): Chooser | null =>
    isOrdered ? 'order' : kept === null ? null : 'kept';
  return {
    ...{ slot: name, page, picture, image: id, box },
    zoom: wish.kind === 'picture' ? (wish.zoom ?? 1) : 1,
    movable: wish.kind === 'picture',
    chosen: chooser(order.focal !== undefined || order.zoom !== undefined, catalogue.crop(id, product.name)),
    bleedFill: bleedFillOf(order, product.name, id, catalogue),
    bleedFillChosen: chooser(order.bleedFill !== undefined, catalogue.bleedFill(id, product.name)),
  };
}

const shownPages = (geometry: Geometry): ShownPage[] =>
  geometry.pages.map((page) => ({
    kind: page.kind,
    guides: guidesOf(geometry, page).map(({ kind, line, box, name }) => ({
      ...{ kind, box, name },
      ...(line !== undefined && { line }),
    })),
    dielines: page.dielines.map(({ role, path, paint }) => ({
      role,
      path: toSvgData(path),
      stroke: paint === 'fill' ? null : paint.stroke,
    })),
  }));
