import { type Random, seeded } from '../../random.ts';
import { FRONT_EARS, FRONT_HEAD } from '../cat/figures.ts';
import { brush } from '../engine/brush.ts';
import { type Canvas, canvas, type Field, lay, relief, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex, ramp } from '../engine/colour.ts';
import { blur, edgeDistance, field, within } from '../engine/fields.ts';
import { fill } from '../engine/fill.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { overpaint } from '../engine/overpaint.ts';
import { tooth } from '../engine/paper.ts';
import { circle, curve, type Knot, knots, outline, placed, ribbon, stretch } from '../engine/shapes.ts';
import { type Painter, SIZE } from './painter.ts';

const furs = ['#4c4a63', '#77748c', '#a8a3b2', '#d3cbd0'].map(hex);
const stripe = hex('#3a3650');
const night = hex('#231d2c');
const cream = hex('#f6ead4');
const coral = hex('#e0603f');
const ochre = hex('#e0a83a');
const CUSHION = { x: 262, y: 286, radius: 226, squash: 0.84 } as const;

/** A drawing in flat colours with, for each place, the way the brush should go there. */
interface Sketch extends Canvas {
  readonly flow: Field;
}

/** Opaque, matt paint: a grey tabby asleep in a coral cushion on a blue carpet. */
export const gouache: Painter = (seed) => {
  const random = seeded(seed);
  const noise = cloudNoise(seed, 4);
  const grain = cloudNoise(seed + 3, 3);
  const sketch: Sketch = {
    ...canvas(SIZE, hex('#1f3f78')),
    flow: field(SIZE, (x, y) => noise(x / 80, y / 80) * 1.5 + 0.4),
  };
  const cushion = drawCushion(sketch);
  drawBody(sketch, noise);
  drawHead(sketch, noise);
  const sheet = canvas(SIZE, hex('#c9a27a'));
  overpaint(
    sheet,
    { size: SIZE, rgb: sketch.rgb, flow: sketch.flow },
    [
      { width: 22, length: 3, spacing: 0.45, tolerance: 0.015, jitter: 0.02 },
      { width: 10, length: 3.5, spacing: 0.5, tolerance: 0.035, jitter: 0.022 },
      { width: 5, length: 3.5, spacing: 0.6, tolerance: 0.03, jitter: 0.022 },
      { width: 3, length: 4, spacing: 0.7, tolerance: 0.035, jitter: 0.025, where: cushion },
    ],
    random,
    grain,
  );
  leaves(sheet, cushion, random, grain);
  relief(sheet, 0.05);
  drawFace(sheet, random, grain);
  tooth(sheet, noise, 0.03, 1.6);
  return toPixels(sheet);
};

function direct({ flow }: Sketch, cover: Field, angle: (x: number, y: number) => number): void {
  cover.forEach((value, i) => {
    if (value > 0.5) flow[i] = angle(i % SIZE, Math.floor(i / SIZE));
  });
}

/** Round the cushion, as the cat lies. */
const around = (x: number, y: number): number => Math.atan2((y - 272) / 0.8, x - 262) + Math.PI / 2;

/** The shadow of a shape, moved and softened; `on` limits it to another shape. */
function shade(
  sheet: Canvas,
  cover: Field,
  [dx, dy]: Point,
  soft: number,
  colour: Colour,
  opacity: number,
  on?: Field,
): void {
  const blurred = blur(cover, SIZE, soft);
  const inside = (value: number): number => clamp(value, 0, SIZE - 1);
  const shadow = field(SIZE, (x, y) => blurred[inside(y - dy) * SIZE + inside(x - dx)]!);
  lay(sheet, on ? within(shadow, on) : shadow, colour, opacity);
}

function drawCushion(sketch: Sketch): Field {
  const shape = fill(SIZE, circle(CUSHION.x, CUSHION.y, CUSHION.radius, CUSHION.squash));
  shade(sketch, shape, [0, 14], 14, hex('#0f2148'), 0.8);
  const depth = edgeDistance(shape, SIZE);
  lay(sketch, shape, (x, y) => {
    const rim = blend(hex('#b23a30'), coral, smoothstep(0, 60, depth[y * SIZE + x]!));
    return blend(rim, hex('#f08a5a'), smoothstep(420, 120, x + y) * 0.6);
  });
  const piping = depth.map((d) => smoothstep(5, 7, d) * smoothstep(14, 12, d));
  lay(sketch, piping, (x, y) => {
    const twist = Math.sin(Math.atan2(y - CUSHION.y, x - CUSHION.x) * 90);
    return blend(ochre, hex('#a8641e'), smoothstep(0.2, 0.6, twist));
  });
  direct(sketch, shape, around);
  return shape;
}

function drawBody(sketch: Sketch, noise: Noise): void {
  const body = fill(
    SIZE,
    outline(
      `112 300, 112 240, 144 176, 212 128, 298 112, 380 140, 428 208, 438 290, 410 362, 346 404, 262 414, 180 402, 130 360`,
    ),
  );
  shade(sketch, body, [6, 16], 12, hex('#6e1f2c'), 0.75);
  fur(sketch, body, noise, (x, y) => {
    const radius = Math.hypot(x - 268, (y - 286) * 1.15);
    const bars = Math.cos(
      Math.atan2(y - 286, x - 268) * 15 + noise((x - 268) / 60, (y - 286) / 60) * 3 + radius / 60,
    );
    return smoothstep(0.15, 0.65, bars) * smoothstep(66, 108, radius);
  });
  direct(sketch, body, around);
  const haunch = within(body, fill(SIZE, circle(346, 306, 96, 0.86, 0.5)));
  shade(sketch, haunch, [0, 0], 9, furs[0]!, 0.55, body);
  fur(sketch, haunch, noise, (x, y) => {
    const rings = Math.cos(Math.hypot(x - 300, y - 360) / 9.5 + noise(x / 40, y / 40) * 3);
    return 0.8 * smoothstep(0.25, 0.7, rings) * smoothstep(300, 390, x);
  });
  direct(sketch, haunch, (x, y) => Math.atan2(y - 360, x - 300) + Math.PI / 2);
  const line = stretch('430 300, 424 344, 406 390, 352 424, 276 438, 200 434, 138 412, 104 380');
  const tail = fill(
    SIZE,
    ribbon(line, (t) => (44 - 10 * t) * smoothstep(-0.02, 0.16, t)),
  );
  shade(sketch, tail, [0, -7], 7, furs[0]!, 0.8, body);
  fur(
    sketch,
    tail,
    noise,
    (x, y) => 0.9 * smoothstep(0.1, 0.6, Math.cos(Math.atan2(y - 250, x - 262) * 17 + 1)),
  );
  direct(sketch, tail, around);
}

const HEAD = { x: 176, y: 316, scale: 0.86, turn: -0.42 } as const;
const onHead = (shape: readonly Knot[]): Knot[] => placed(shape, HEAD);

function drawHead(sketch: Sketch, noise: Noise): void {
  const head = fill(SIZE, curve(onHead(FRONT_HEAD), true));
  shade(sketch, head, [8, 8], 10, hex('#3a2a44'), 0.6);
  fur(sketch, head, noise, (x, y) => {
    const [dx, dy] = [(x - HEAD.x) / HEAD.scale, (y - HEAD.y) / HEAD.scale];
    const u = dx * Math.cos(HEAD.turn) + dy * Math.sin(HEAD.turn);
    const v = -dx * Math.sin(HEAD.turn) + dy * Math.cos(HEAD.turn);
    const brow =
      smoothstep(-16, -34, v) *
      smoothstep(-90, -70, v) *
      smoothstep(0.3, 0.8, Math.cos(u / (3.2 - v * 0.02)));
    const sweep = smoothstep(0.2, 0.7, Math.cos(v / 3.6 - Math.abs(u) * 0.05));
    return Math.max(brow, smoothstep(52, 72, Math.abs(u)) * smoothstep(-6, 4, v) * sweep);
  });
  direct(sketch, head, (x, y) => Math.atan2(y - 330, x - 186));
  for (const ear of FRONT_EARS) lay(sketch, fill(SIZE, curve(onHead(ear), true)), hex('#e59a8e'), 0.9);
  const muzzle = knots('0 4, 12 20, 44 34, 50 56, 26 78, 0 84, -26 78, -50 56, -44 34, -12 20');
  lay(sketch, blur(fill(SIZE, curve(onHead(muzzle), true)), SIZE, 2), cream);
}

/** Grey fur, lighter to the upper left and darker to the edge, with a pattern of stripes (0…1). */
function fur(sketch: Sketch, cover: Field, noise: Noise, pattern: (x: number, y: number) => number): void {
  const distance = edgeDistance(cover, SIZE);
  lay(sketch, cover, (x, y) => {
    const d = distance[y * SIZE + x]!;
    const right = distance[y * SIZE + Math.min(SIZE - 1, x + 4)]! - d;
    const down = distance[Math.min(SIZE - 1, y + 4) * SIZE + x]! - d;
    const round = smoothstep(70, 0, d) * (right + down * 1.2) * 0.085;
    const tone = clamp(0.52 + round + 0.16 * noise(x / 50, y / 50));
    return blend(ramp(furs, tone), stripe, pattern(x, y) * 0.85);
  });
}

/** The carpet's pattern: sprigs, a stroke for each leaf, where the cushion leaves room. */
function leaves(sheet: Canvas, cushion: Field, random: Random, grain: Noise): void {
  const stroke = brush(SIZE, random, grain);
  const free = edgeDistance(cushion, SIZE);
  for (let row = 0; row < 7; row++) {
    for (let column = 0; column < 7; column++) {
      const x = column * 92 + (row % 2) * 46 - 20 + random.between(-4, 4);
      const y = row * 80 + 26;
      const turn = random.between(-0.5, 0.5);
      const colour = [ochre, hex('#7fb0a4'), cream][(row + column) % 3]!;
      for (const angle of [-2, -1, 0, 1, 2]) {
        const reach = 32 - Math.abs(angle) * 4;
        const heading = turn + angle * 0.62 - Math.PI / 2;
        const line = [5, reach * 0.6, reach].map(
          (r): Point => [
            x + Math.cos(heading + r * 0.006 * angle) * r,
            y + Math.sin(heading + r * 0.006 * angle) * r,
          ],
        );
        if (
          line.some(
            ([px, py]) =>
              (free[clamp(Math.round(py), 0, SIZE - 1) * SIZE + clamp(Math.round(px), 0, SIZE - 1)] ?? 0) >
              -9,
          )
        )
          continue;
        stroke(sheet, {
          line,
          width: (t) => 10.5 * Math.sin(Math.PI * clamp(0.1 + t * 0.86)) ** 0.8,
          colour,
          opacity: 0.94,
          dryness: 0.25,
          streaks: 0.07,
        });
      }
    }
  }
}

function drawFace(sheet: Canvas, random: Random, grain: Noise): void {
  const stroke = brush(SIZE, random, grain);
  const drawn = (shape: readonly Knot[], thick: number, colour: Colour) =>
    stroke(sheet, {
      line: curve(onHead(shape)),
      width: (t) => thick * (0.5 + 0.5 * Math.sin(Math.PI * clamp(0.12 + t * 0.8))),
      colour,
      opacity: 0.95,
      streaks: 0.02,
    });
  for (const side of [-1, 1]) {
    drawn(
      [
        [side * 20, 2],
        [side * 32, 11],
        [side * 46, 11],
        [side * 62, -2],
      ],
      4.6,
      night,
    );
    drawn(
      [
        [side * 58, 2],
        [side * 70, 0],
      ],
      2.4,
      night,
    );
    drawn(
      [
        [0, 46],
        [side * 6, 58],
        [side * 18, 61],
        [side * 27, 54],
      ],
      3,
      night,
    );
    for (const rise of [-8, 8, 24]) {
      drawn(
        [
          [side * 36, 50 + rise * 0.3],
          [side * 86, 44 + rise],
          [side * 134, 52 + rise * 1.5],
        ],
        2,
        cream,
      );
    }
  }
  lay(
    sheet,
    fill(SIZE, curve(onHead(knots('-13 32!, 0 29, 13 32!, 4 44, -4 44')), true)),
    hex('#d0685c'),
    0.95,
  );
}
