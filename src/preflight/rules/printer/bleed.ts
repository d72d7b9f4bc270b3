import type { Box } from '../../../units.ts';
import type { PagePicture, Rule } from '../../model.ts';
import { CUT_PLACES, isCut } from '../dieline.ts';
import { everywhere } from '../levels.ts';

/** A pixel lighter than this in all lights is paper: 1 % of one ink is darker. */
const PAPER = 254;
/** What lies this far inside the trim belongs to what runs off the page, mm. */
const INSIDE_MM = 0.5;
/** The bleed's outermost edge is not looked at: half a pixel of it may be cut by the sheet, mm. */
const EDGE_MM = 0.3;
/** A gap in the bleed that is shorter is not seen once cut, mm. */
const LEAST_MM = 1;
/** From this part of a side's ink on, a gap is a strip that was forgotten; below it may be the design. */
const STRIP_SHARE = 0.05;

const SIDES = ['top', 'right', 'bottom', 'left'] as const;

/**
 * Where ink reaches the trim it has to go on to the end of the bleed: a cutter that is off by half a mm shows the
 * paper else. Where the design is white at the trim, paper in the bleed is right.
 * A page with a cut line is cut along that: without its order nothing says whether its art fills the bleed, and the
 * rules of dielines look at what lies along the cut.
 */
export const inkedBleed: Rule = {
  id: 'PR-WHITE',
  clause: 'the printer’s preset and the order',
  title: 'What is printed at the trim runs on through the whole bleed',
  hint: 'Extend the background to the end of the bleed: a strip of paper would show along the cut.',
  unit: 'mm',
  fails: 'above',
  levels: everywhere('error'),
  needs: ({ bleedMm = 0 }) => bleedMm > 0,
  check: ({ report, expect }) => {
    const isOrdered = expect.trim !== undefined;
    const cut = new Set<number>();
    return {
      sees: CUT_PLACES,
      path(mark) {
        if (!isOrdered && isCut(mark, expect)) cut.add(mark.page.number);
      },
      picture(picture) {
        const { trim, media, number } = picture.page;
        if (cut.has(number)) return;
        const bleedMm = expect.bleedMm!;
        const finished = trim ?? {
          x: bleedMm,
          y: bleedMm,
          width: media.width - 2 * bleedMm,
          height: media.height - 2 * bleedMm,
        };
        for (const side of SIDES) {
          const { inked, gaps } = sideOf(picture, finished, bleedMm, side);
          const missing = gaps.reduce((sum, gap) => sum + gap.length, 0);
          if (missing < LEAST_MM) continue;
          report({
            page: number,
            box: gaps.toSorted((a, b) => b.length - a.length)[0]!.box,
            message: `The bleed at the ${side} is white where the page is printed`,
            measured: missing,
            threshold: 0,
            severity: missing >= STRIP_SHARE * inked ? 'error' : 'warning',
            key: side,
          });
        }
      },
    };
  },
};

interface Side {
  /** Length of the side that is printed at the trim, mm. */
  readonly inked: number;
  /** Stretches of it with paper at the end of the bleed. */
  readonly gaps: readonly { readonly length: number; readonly box: Box }[];
}

/** Walks along a side of the trim, a pixel a step. */
function sideOf(picture: PagePicture, trim: Box, bleedMm: number, side: (typeof SIDES)[number]): Side {
  const across = side === 'top' || side === 'bottom';
  const step = across ? picture.area.width / picture.width : picture.area.height / picture.height;
  const length = across ? trim.width : trim.height;
  // From the side's middle line to a point so far outside the trim (inside, where negative).
  const point = (along: number, out: number): readonly [x: number, y: number] => {
    if (side === 'top') return [trim.x + along, trim.y - out];
    if (side === 'bottom') return [trim.x + along, trim.y + trim.height + out];
    return side === 'left' ? [trim.x - out, trim.y + along] : [trim.x + trim.width + out, trim.y + along];
  };
  const gaps: { length: number; box: Box }[] = [];
  let inked = 0;
  let start: number | null = null;
  const close = (end: number) => {
    if (start !== null && end - start >= step) gaps.push({ length: end - start, box: strip(start, end) });
    start = null;
  };
  const strip = (from: number, to: number): Box => {
    const [ax, ay] = point(from, 0);
    const [bx, by] = point(to, bleedMm);
    return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) };
  };
  // The corners belong to both sides; a pixel from each end they would be seen twice.
  for (let along = step; along < length - step; along += step) {
    const printed = isInked(picture, point(along, -INSIDE_MM));
    const bled = isInked(picture, point(along, Math.max(0, bleedMm - EDGE_MM)));
    if (printed) inked += step;
    if (printed && !bled) start ??= along;
    else close(along);
  }
  close(length - step);
  return { inked, gaps };
}

/** Whether there is ink at a place on the page, mm; outside the picture there is none. */
function isInked({ area, width, height, data }: PagePicture, [x, y]: readonly [number, number]): boolean {
  const px = Math.floor(((x - area.x) / area.width) * width);
  const py = Math.floor(((y - area.y) / area.height) * height);
  if (px < 0 || py < 0 || px >= width || py >= height) return false;
  const at = (py * width + px) * 4;
  return data[at]! < PAPER || data[at + 1]! < PAPER || data[at + 2]! < PAPER;
}
