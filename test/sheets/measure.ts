import type { PagePlacement } from '../../src/sheets/impose.ts';
import type { Box, Size } from '../../src/units.ts';
import { L } from './sources.ts';

/** A plate or a grey picture of a sheet: one byte a pixel. */
export interface Plate extends Size {
  readonly ink: Uint8Array;
}

/** The two bars of the L on a placed page, mm on the sheet: turned about the middle of the page. */
export function barsOf({ x, y, rotated }: PagePlacement, { width, height }: Size): Box[] {
  const radians = (rotated * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const lies = rotated % 180 !== 0;
  const [middleX, middleY] = [x + (lies ? height : width) / 2, y + (lies ? width : height) / 2];
  const place = (px: number, py: number) => {
    const [dx, dy] = [px - width / 2, py - height / 2];
    return [middleX + dx * cos - dy * sin, middleY + dx * sin + dy * cos] as const;
  };
  const bar = (left: number, top: number, w: number, h: number): Box => {
    const [ax, ay] = place(left, top);
    const [bx, by] = place(left + w, top + h);
    return {
      x: Math.min(ax, bx),
      y: Math.min(ay, by),
      width: Math.abs(bx - ax),
      height: Math.abs(by - ay),
    };
  };
  return [bar(L.x, L.y, L.thick, L.height), bar(L.x, L.y + L.height - L.thick, L.width, L.thick)];
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

const holds = (box: Box, x: number, y: number): boolean =>
  x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;

/**
 * Pixels of an area that are not as the bars say: solid inside of them, not solid outside.
 * @param tolerance mm on either side of a bar's edge where both are right
 */
export function offTheBars(
  { width, ink }: Plate,
  dpi: number,
  area: Box,
  bars: readonly Box[],
  tolerance: number,
): number {
  const px = (mm: number) => (mm / 25.4) * dpi;
  const inner = bars.map((bar) => grown(bar, -tolerance));
  const outer = bars.map((bar) => grown(bar, tolerance));
  let wrong = 0;
  for (let row = Math.ceil(px(area.y)); row < Math.floor(px(area.y + area.height)); row++) {
    const y = ((row + 0.5) * 25.4) / dpi;
    for (let column = Math.ceil(px(area.x)); column < Math.floor(px(area.x + area.width)); column++) {
      const x = ((column + 0.5) * 25.4) / dpi;
      const solid = ink[row * width + column]! > 250;
      if (solid && !outer.some((bar) => holds(bar, x, y))) wrong++;
      if (!solid && inner.some((bar) => holds(bar, x, y))) wrong++;
    }
  }
  return wrong;
}

/** The middles of inked runs along a line over the sheet, mm. */
export function runsAlong(
  { width, height, ink }: Plate,
  dpi: number,
  line: 'upright' | 'level',
  at: number,
  [from, to]: readonly [number, number],
): number[] {
  const px = (mm: number) => (mm / 25.4) * dpi;
  const across = Math.floor(px(at));
  const value = (i: number) => (line === 'level' ? ink[across * width + i]! : ink[i * width + across]!);
  const last = Math.min(line === 'level' ? width : height, Math.floor(px(to)));
  const runs: number[] = [];
  let start = -1;
  for (let i = Math.max(0, Math.ceil(px(from))); i <= last; i++) {
    const inked = i < last && value(i) > 100;
    if (inked && start < 0) start = i;
    if (!inked && start >= 0) {
      runs.push((((start + i) / 2) * 25.4) / dpi);
      start = -1;
    }
  }
  return runs;
}
