import { type Random, seeded } from '../../random.ts';
import { FRONT_EARS, FRONT_HEAD, sittingFront } from '../cat/figures.ts';
import { type Canvas, canvas, type Field, halve, lay, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex, lighten } from '../engine/colour.ts';
import { edgeDistance, field } from '../engine/fields.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { bothSides, circle, curve, type Knot, knots, placed, ribbon, stretch } from '../engine/shapes.ts';
import { BIG, shape } from './double.ts';
import type { Painter } from './painter.ts';

const FRAME = 15;
const dark = hex('#14121a');
const white = ['#e9e2f4', '#d4c8ea', '#f6f2fb'];
const fur = ['#4a2a6a', '#5d3a86', '#3a2058', '#6f4a9c'];

/** How the glazier cuts a kind of glass: places with the same whole number (below 1000) are one pane. */
type Cut = (x: number, y: number) => number;

interface Window {
  /** The pane's number at each place: its kind × 1000 and its number within. */
  readonly panes: Int32Array;
  /** The glasses of each kind. */
  readonly kinds: (readonly Colour[])[];
}

const HEAD = { x: 256, y: 176, scale: 0.83 } as const;
const onHead = (points: readonly Knot[]): Knot[] => placed(points, HEAD);

/** A window: the cat before the rising sun, rays behind, a meadow in front. */
export const stainedGlass: Painter = (seed) => {
  const random = seeded(seed);
  const window: Window = { panes: new Int32Array(BIG * BIG), kinds: [] };
  glazeGround(window);
  glazeCat(window);
  const sheet = lit(window, cloudNoise(seed, 4), random);
  leads(sheet, window.panes);
  for (const side of [-1, 1]) {
    const [pupil, glint] = onHead([
      [side * 43, -4],
      [side * 43 - 8, -12],
    ]);
    lay(sheet, shape(circle(pupil![0], pupil![1], 15, 0.3, Math.PI / 2)), dark);
    lay(sheet, shape(circle(glint![0], glint![1], 3.2)), hex('#fdfbe8'));
    const whiskers = [-10, 10, 30].map((rise) => {
      const line = onHead([
        [side * 40, 54 + rise * 0.2],
        [side * 84, 46 + rise * 0.7],
        [side * 132, 50 + rise * 1.3],
      ]);
      return ribbon(curve(line), (t) => 2.3 * (1 - 0.6 * t));
    });
    lay(sheet, shape(...whiskers), dark, 0.9);
  }
  return toPixels(halve(sheet));
};

/** Sets a kind of glass into a shape, over what was there. */
function set({ panes, kinds }: Window, cover: Field | null, colours: readonly string[], cut: Cut): void {
  kinds.push(colours.map(hex));
  for (let i = 0; i < panes.length; i++) {
    if (cover && cover[i]! < 0.5) continue;
    panes[i] = kinds.length * 1000 + cut((i % BIG) / 2, Math.floor(i / BIG) / 2);
  }
}

function glazeGround(window: Window): void {
  const [cx, cy]: Point = [256, 214];
  const ray = (x: number, y: number, count: number): number => {
    const turn = (Math.atan2(y - cy, x - cx) / Math.PI + 1) / 2;
    return Math.floor(turn * count + 0.25) % count;
  };
  set(window, null, ['#16418c', '#1d5fb0', '#123070', '#2f86c4', '#1a4f9c', '#4aa3d0'], (x, y) => {
    const band = Math.hypot(x - cx, y - cy) > 268 + 18 * Math.cos(ray(x, y, 22) * 2);
    return ray(x, y, 22) * 4 + (band ? 1 : 0);
  });
  const ring = ['#f0a028', '#f6c445', '#e57a1e', '#f8d870'];
  set(window, shape(circle(cx, cy, 206)), ring, (x, y) => ray(x, y, 22));
  set(window, shape(circle(cx, cy, 150)), ['#f9e08a', '#fbedb4', '#f6cf5a'], (x, y) => ray(x, y, 11));
  const hill = [...stretch('-4 412, 110 384, 256 398, 400 380, 516 410'), ...knots('516 516, -4 516')];
  set(window, shape(hill), ['#1f7a4a', '#2f9a52', '#15603f', '#6ab04a'], (x, y) => {
    const column = Math.floor((x + 26 * Math.sin(y / 40)) / 74);
    return column * 2 + (y > 452 + 8 * Math.sin(x / 50) ? 1 : 0) + 40;
  });
}

function glazeCat(window: Window): void {
  const half: Cut = (x) => (x < 256 ? 0 : 1);
  const whole: Cut = () => 0;
  const put = (points: readonly Point[]): Point[] => placed(points, { x: 5, y: 14, scale: 0.98 });
  const head = (points: readonly Knot[]): Field => shape(curve(onHead(points), true));
  const tail = ribbon(stretch('300 448, 356 466, 408 446, 428 400, 414 352, 380 344'), (t) => 36 - 12 * t);
  set(window, shape(put(tail)), fur, (x, y) => Math.floor((Math.atan2(y - 400, x - 360) + Math.PI) * 1.7));
  set(window, shape(put(sittingFront().body)), fur, bodyCut);
  set(window, head(FRONT_HEAD), fur, (x, y) => headCut((x - HEAD.x) / HEAD.scale, (y - HEAD.y) / HEAD.scale));
  for (const ear of FRONT_EARS) set(window, head(ear), ['#d98aa8', '#c06a90'], whole);
  const bib = knots('-30 96, 0 108, 30 96, 44 150, 20 214, 0 236, -20 214, -44 150');
  set(window, head(bib), white, (x, y) => Math.floor((y - 240) / 44) * 2 + half(x, y));
  set(window, head(knots('0 24, 24 34, 46 48, 38 70, 0 80, -38 70, -46 48, -24 34')), white, half);
  for (const eye of bothSides('16 8!, 28 -16, 48 -24, 70 -16!, 62 8, 40 17')) {
    set(window, head(eye), ['#c8e84a', '#a6d838'], whole);
  }
  set(window, head(knots('-15 30!, 0 26, 15 30!, 4 46, -4 46')), ['#e0567a'], whole);
}

function bodyCut(x: number, y: number): number {
  const side = x < 256 ? 0 : 1;
  const out = Math.abs(x - 256);
  const haunch = Math.hypot((out - 92) / 70, (y - 452) / 92) < 1;
  if (haunch) return 50 + side * 4 + (y > 430 ? 1 : 0);
  return side * 20 + Math.floor((y + out * 0.55 - 190) / 58) + (out < 34 ? 8 : 0);
}

/** The face's cut, with the tabby's M on the brow. */
function headCut(x: number, y: number): number {
  const side = x < 0 ? 0 : 1;
  const out = Math.abs(x);
  if (y < -14 && out < 9 + (-14 - y) * 0.32) return 40;
  if (y < -26 && out < 30 + (-26 - y) * 0.42) return 42 + side;
  if (y < 14 - out * 0.12) return side * 10 + (out > 74 - (y + 40) * 0.12 ? 1 : 2);
  return side * 10 + (out > 48 ? 4 : 5) + (y > 44 ? 2 : 0);
}

/** The glass with the light behind it, strongest about the cat's head: streaked, seedy, each pane of one melt. */
function lit({ panes, kinds }: Window, noise: Noise, random: Random): Canvas {
  const melts = new Map<number, Colour>();
  return canvas(BIG, (x, y) => {
    const pane = panes[y * BIG + x]!;
    let melt = melts.get(pane);
    if (!melt) {
      melt = lighten(random.pick(kinds[Math.floor(pane / 1000) - 1]!), random.bell() * 0.025);
      melts.set(pane, melt);
    }
    const streaks = noise(x / 26 + pane, y / 60) * 0.13 + noise(x / 5, y / 5) * 0.035;
    const light = 0.8 + 0.42 * smoothstep(620, 60, Math.hypot(x - 512, y - 400)) + streaks;
    return [clamp(melt[0] * light), clamp(melt[1] * light), clamp(melt[2] * light)];
  });
}

/** Lead cames where panes meet, with the dirt beside them, and the frame. */
function leads(sheet: Canvas, panes: Int32Array): void {
  const seam = field(BIG, (x, y) => {
    const right = panes[y * BIG + Math.min(BIG - 1, x + 1)];
    const below = panes[Math.min(BIG - 1, y + 1) * BIG + x];
    const pane = panes[y * BIG + x];
    return pane !== right || pane !== below ? 1 : 0;
  });
  const distance = edgeDistance(seam, BIG);
  const dirt = distance.map((d) => 0.5 * smoothstep(-13, -3, d));
  lay(sheet, dirt, (x, y) => {
    const i = (y * BIG + x) * 3;
    return [sheet.rgb[i]! * 0.55, sheet.rgb[i + 1]! * 0.5, sheet.rgb[i + 2]! * 0.55];
  });
  const lead = hex('#17161b');
  const came = distance.map((d) => smoothstep(-4.6, -3.6, d));
  lay(sheet, came, (x, y) => {
    const slope =
      distance[Math.min(BIG - 1, y + 1) * BIG + Math.min(BIG - 1, x + 1)]! - distance[y * BIG + x]!;
    return blend(lead, hex('#5a5c66'), clamp(0.12 + slope * 0.35));
  });
  const border = field(BIG, (x, y) => Math.min(x, y, BIG - 1 - x, BIG - 1 - y));
  const frame = border.map((d) => (d < FRAME ? 1 : 0));
  lay(sheet, frame, (x, y) => {
    const round = Math.sin((border[y * BIG + x]! / FRAME) * Math.PI);
    return blend(lead, hex('#4a4c56'), smoothstep(0.6, 1, round));
  });
}
