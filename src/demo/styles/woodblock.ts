import { type Random, seeded } from '../../random.ts';
import { sittingProfile } from '../cat/figures.ts';
import { type Canvas, canvas, halve, lay, toPixels } from '../engine/canvas.ts';
import { blend, hex, ramp } from '../engine/colour.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { printed, tooth, woodGrain } from '../engine/paper.ts';
import { circle, outline, placed, ribbon, stretch } from '../engine/shapes.ts';
import { BIG, shape } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const sky = ['#101d3c', '#1a3560', '#2c5a86', '#6f9bb0', '#d8c9a0'].map(hex);
const ink = hex('#12141f');
const indigo = hex('#1c2f55');
const plum = hex('#c8584e');

/** A print in the manner of ukiyo-e: the cat on the ridge before the full moon, a plum branch, shaded sky. */
export const woodblock: Painter = (seed) => {
  const random = seeded(seed);
  const noise = cloudNoise(seed, 4);
  const grain = woodGrain(cloudNoise(seed + 1, 3));
  const sheet = canvas(BIG, (x, y) => {
    // Bokashi: the sky's colour is wiped thinner towards the horizon.
    const bokashi = smoothstep(0, 0.86, y / BIG) + 0.015 * noise(x / 90, y / 30);
    return blend(ramp(sky, bokashi), [0, 0, 0], 0.05 * grain(x, y) + 0.02);
  });
  lay(sheet, shape(circle(268, 226, 168)), (x, y) => {
    const stain = clamp(0.25 + 0.5 * noise(x / 90, y / 60) + 0.06 * grain(x, y));
    return blend(hex('#f3e6c4'), hex('#dfc79a'), stain);
  });
  mist(sheet, noise);
  roof(sheet, noise, grain);
  cat(sheet, grain);
  branch(sheet, random);
  tooth(sheet, noise, 0.03);
  return toPixels(halve(sheet));
};

/** Banks of mist: long bars with round ends. */
function mist(sheet: Canvas, noise: Noise): void {
  for (const [x, y, length, radius] of [
    [-30, 150, 190, 7],
    [40, 172, 150, 6],
    [372, 96, 200, 7],
    [330, 118, 150, 5],
    [420, 300, 160, 7],
    [-20, 322, 120, 6],
  ] as const) {
    const bar = ribbon(stretch(`${x} ${y}, ${x + length} ${y}`), () => radius * 2);
    const bank = shape(bar, circle(x, y, radius), circle(x + length, y, radius));
    const tint = (px: number) => blend(hex('#e8d9b4'), hex('#8fb0b8'), clamp(px / BIG));
    lay(sheet, printed(bank, BIG, noise, 0.2), tint, 0.82);
  }
}

function cat(sheet: Canvas, grain: Noise): void {
  const figure = sittingProfile();
  const put = (points: readonly Point[]): Point[] => placed(points, { x: 92, y: 64, scale: 0.74 });
  lay(sheet, shape(put(figure.tail), put(figure.body), put(figure.head)), (x, y) => {
    const light = clamp(0.3 + 0.2 * grain(x * 0.8, y) + smoothstep(500, 860, y) * 0.5);
    return blend(ink, hex('#2b3350'), light);
  });
  const swell = (t: number): number => 3.4 * Math.sin(Math.PI * clamp(t * 0.9 + 0.06));
  const creases = figure.creases.map((line) => put(ribbon(line, swell)));
  lay(sheet, shape(...creases, ...figure.innerEars.map(put)), hex('#7d88a0'), 0.7);
  lay(sheet, shape(put(outline('140 126!, 150 115, 163 119!, 154 129, 146 131'))), hex('#f0c04a'));
  lay(sheet, shape(put(circle(149.5, 122, 6.2, 0.36, Math.PI / 2))), ink);
  const whiskers = ['140 156, 119 138, 98 132', '140 156, 116 146, 92 148', '140 156, 119 154, 98 164'];
  lay(
    sheet,
    shape(...whiskers.map((line) => put(ribbon(stretch(line), (t) => 2 * (1 - t * 0.7))))),
    ink,
    0.9,
  );
  lay(sheet, shape(put(ribbon(stretch('164 192, 190 205, 220 198, 246 170'), () => 9))), plum);
  lay(sheet, shape(put(circle(186, 212, 7))), hex('#e0b040'));
}

function roof(sheet: Canvas, noise: Noise, grain: Noise): void {
  const ridge = (x: number): number => 412 + 0.00016 * (x - 240) ** 2;
  const line = Array.from({ length: 66 }, (_, i): Point => [i * 8 - 4, ridge(i * 8 - 4)]);
  const below = (
    cover: ReturnType<typeof shape>,
    light: string,
    dark: typeof ink,
    from: number,
    to: number,
  ) =>
    lay(sheet, cover, (x, y) =>
      blend(hex(light), dark, clamp(0.1 + smoothstep(from, to, y) * 0.8 + 0.14 * grain(x, y))),
    );
  below(shape([...line, [SIZE + 4, SIZE + 4], [-4, SIZE + 4]]), '#1c2f55', ink, 780, 1060);
  for (let x = -20; x < SIZE + 40; x += 27) {
    const lean = (x - 256) * 0.16;
    const row = ribbon(stretch(`${x} ${ridge(x) + 20}, ${x + lean} ${SIZE + 10}`), () => 15);
    below(printed(shape(row), BIG, noise, 0.3), '#3c5f8a', indigo, 850, 1040);
    for (const step of [0, 1, 2]) {
      const tileX = x + lean * (step + 1) * 0.26;
      const tileY = ridge(x) + 42 + step * 26;
      const lip = stretch(`${tileX - 8} ${tileY}, ${tileX} ${tileY + 5}, ${tileX + 8} ${tileY}`);
      lay(sheet, shape(ribbon(lip, () => 2)), ink, 0.8);
    }
  }
  below(shape(ribbon(line, () => 20)), '#2c4a74', ink, 780, 1100);
  const edge = line.map(([x, y]): Point => [x, y - 8]);
  lay(sheet, shape(ribbon(edge, () => 3)), hex('#8fb0b8'), 0.8);
  for (let x = 10; x < SIZE; x += 27) {
    lay(sheet, shape(circle(x, ridge(x) + 18, 8.5)), hex('#4a6f98'));
    lay(sheet, shape(circle(x, ridge(x) + 18, 5)), indigo);
  }
}

/** Plum in blossom, in the upper right corner. */
function branch(sheet: Canvas, random: Random): void {
  const boughs = [
    ribbon(stretch('530 30, 470 62, 430 60, 384 92, 352 86'), (t) => 13 - 10 * t),
    ribbon(stretch('452 62, 420 30, 388 22'), (t) => 6 - 4 * t),
    ribbon(stretch('412 74, 404 110, 380 132'), (t) => 5 - 3.5 * t),
  ];
  lay(sheet, shape(...boughs), ink);
  for (const [x, y, radius] of [
    [352, 84, 11],
    [384, 92, 8],
    [388, 24, 10],
    [420, 34, 7],
    [380, 132, 10],
    [404, 108, 7],
    [446, 58, 12],
    [484, 40, 8],
  ] as const) {
    const turn = random.between(0, 6);
    const petals = [0, 1, 2, 3, 4].map((i) => {
      const angle = turn + (i / 5) * Math.PI * 2;
      const reach = radius * 0.62;
      return circle(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach, radius * 0.52);
    });
    lay(sheet, shape(...petals), plum);
    lay(sheet, shape(circle(x, y, radius * 0.28)), hex('#f0d28a'));
  }
}
