import type { Eye } from '../cat/eyes.ts';
import { type Canvas, type Field, lay, type Paint } from '../engine/canvas.ts';
import type { Colour } from '../engine/colour.ts';
import { fill } from '../engine/fill.ts';
import { type Knot, placed } from '../engine/shapes.ts';
import { SIZE } from './painter.ts';

/** Styles with clean edges draw at twice the size and are halved at the end. */
export const BIG = SIZE * 2;

/** Points of the picture on the sheet of twice its size. */
export const big = <K extends Knot>(points: readonly K[]): K[] => placed(points, { scale: 2 });

/** The coverage, on that sheet, of outlines given in the picture's own px. */
export const shape = (...outlines: readonly (readonly Knot[])[]): Field => fill(BIG, ...outlines.map(big));

/** Draws eyes in flat colours: rim and pupil alike, iris, glint. */
export function drawEyes(
  sheet: Canvas,
  eyes: readonly Eye[],
  dark: Colour,
  iris: Paint,
  glint: Colour,
): void {
  for (const eye of eyes) {
    lay(sheet, shape(eye.almond), dark);
    lay(sheet, shape(eye.iris), iris);
    lay(sheet, shape(eye.pupil), dark);
    lay(sheet, shape(eye.glint), glint);
  }
}
