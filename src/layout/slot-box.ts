import { expected, PrintcatError } from '../errors.ts';
import type { Geometry } from '../products/geometry.ts';
import { type Box, type Edges, scaled } from '../units.ts';
import type { MeasuredSlot } from './in-page.ts';
import { atPage, onPage } from './page-name.ts';
import type { Template } from './template.ts';

/** A place for a picture, as the layout came out. */
export interface SlotBox {
  readonly slot: string;
  /** Its page's place among the product's, from 0. */
  readonly page: number;
  /** Which of the order's pictures stands there, from 0. */
  readonly picture: number;
  /** mm from the trim box's top left corner of its page. */
  readonly box: Box;
  /** How much of `box` on each side lies outside the trim, mm; 0 where the place is turned or lies inside. */
  readonly bleed: Edges;
}

const NO_BLEED: Edges = { top: 0, right: 0, bottom: 0, left: 0 };

/**
 * A measured place in mm, with the order's picture that belongs there.
 * @param pictures how many the order has
 * @throws PrintcatError where it has no size, the template does not declare it, or there is no such picture
 */
export function slotBox(
  { slot, page, picture: named, box: measured, upright }: MeasuredSlot,
  {
    template,
    geometry,
    mmPerPx,
    pictures,
  }: { template: Template; geometry: Geometry; mmPerPx: number; pictures: number },
): SlotBox {
  const where = atPage(template, geometry, page);
  if (!template.slots[slot]) {
    throw new PrintcatError(`${where}: data-slot="${slot}" is not among its slots`, {
      hint: 'Declare it under "slots" in template.json.',
    });
  }
  const box = scaled(measured, mmPerPx);
  if (!(box.width > 0.5 && box.height > 0.5)) {
    throw new PrintcatError(
      `The picture place "${slot}"${onPage(geometry, page)} has no size on this product`,
      {
        hint: "Give img[data-slot] a width and a height in the template's style sheet.",
      },
    );
  }
  const picture = pictureOf(named, pictures, `${where}: data-picture of the slot ${slot}`);
  return { slot, page, picture, box, bleed: upright ? outside(box, geometry) : NO_BLEED };
}

function pictureOf(named: string, pictures: number, what: string): number {
  if (!/^\d{1,4}$/.test(named)) throw expected('a whole number from 0', what, named);
  const picture = Number(named);
  if (picture < pictures) return picture;
  const [has, numbers] =
    pictures === 1 ? ['one picture', '0'] : [`${pictures} pictures`, `0…${pictures - 1}`];
  throw expected(
    numbers,
    what,
    named,
    `The order has ${has}: name as many IDs as the template shows, or let it ask for pictures.size.`,
  );
}

/** How much of an upright box lies outside the trim, no more than the product's bleed. */
function outside(box: Box, { trim, bleed }: Geometry): Edges {
  const past = (length: number, limit: number) => Math.max(0, Math.min(length, limit));
  return {
    top: past(-box.y, bleed.top),
    left: past(-box.x, bleed.left),
    right: past(box.x + box.width - trim.width, bleed.right),
    bottom: past(box.y + box.height - trim.height, bleed.bottom),
  };
}
