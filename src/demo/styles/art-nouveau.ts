import { sittingProfile } from '../cat/figures.ts';
import { type Canvas, canvas, halve, lay, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex } from '../engine/colour.ts';
import { blur, within, without } from '../engine/fields.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { tooth } from '../engine/paper.ts';
import { circle, curve, type Knot, knots, outline, placed, ribbon, stretch } from '../engine/shapes.ts';
import { BIG, shape } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const ink = hex('#3a2622');
const cream = hex('#f4e6c6');
const white = hex('#f6ead0');
const sage = hex('#8fa07a');
const deep = hex('#4f6a58');
const ochre = hex('#d6a552');
const rose = hex('#c8705a');
const poppy = hex('#bf4a32');
const flame = hex('#d9603c');

/** What this style draws with: flat colour, a contour that swells, a free line. */
interface Pens {
  flat(points: readonly Point[], colour: Colour): void;
  contour(points: readonly Point[], width?: number): void;
  trace(points: readonly Point[], width: number): void;
}

/** Whiplash lines: a pale cat before a halo, poppies, and a tail that becomes ornament. */
export const artNouveau: Painter = (seed) => {
  const noise = cloudNoise(seed, 4);
  const sheet = canvas(BIG, (x, y) =>
    blend(sage, hex('#b9bf94'), clamp(y / BIG + 0.25 * noise(x / 160, y / 160))),
  );
  const pens = pensFor(sheet, noise);
  halo(sheet, pens);
  tendrils(pens);
  for (const [x, y, turn, scale] of [
    [66, 270, -0.3, 0.66],
    [450, 390, 0.3, 0.98],
    [104, 458, -0.15, 0.86],
    [404, 462, -0.2, 0.7],
  ] as const) {
    bloom(pens, (text) => placed(knots(text), { x, y, turn, scale }));
  }
  cat(sheet, pens);
  frame(sheet);
  tooth(sheet, noise, 0.03);
  return toPixels(halve(sheet));
};

function pensFor(sheet: Canvas, noise: Noise): Pens {
  return {
    flat: (points, colour) =>
      lay(sheet, shape(points), (x, y) => blend(colour, cream, 0.08 + 0.1 * noise(x / 60, y / 60))),
    contour(points, width = 2.4) {
      const closed = [...points, points[0]!, points[1]!];
      lay(sheet, shape(ribbon(closed, (t) => width * (0.72 + 0.45 * Math.sin(t * 17)))), ink);
    },
    trace(points, width) {
      const swell = (t: number): number => width * Math.sin(Math.PI * clamp(0.1 + t * 0.88)) ** 0.7;
      lay(sheet, shape(ribbon(points, swell)), ink);
    },
  };
}

function halo(sheet: Canvas, { flat, contour }: Pens): void {
  flat(circle(256, 214, 192), ink);
  flat(circle(256, 214, 189), ochre);
  for (let i = 0; i < 40; i++) {
    const turn = (i / 40) * Math.PI * 2;
    const petal = placed(outline('0 -157!, 9 -171, 0 -187!, -9 -171'), { x: 256, y: 214, turn });
    flat(petal, i % 2 ? cream : poppy);
    contour(petal, 1.2);
  }
  flat(circle(256, 214, 153), ink);
  lay(sheet, shape(circle(256, 214, 150)), (x, y) =>
    blend(hex('#f0d49a'), deep, smoothstep(20, 330, Math.hypot(x - 512, y - 470)) * 0.9),
  );
  for (let i = 0; i < 24; i++) {
    const angle = (i / 24) * Math.PI * 2 + 0.13;
    flat(circle(256 + Math.cos(angle) * 138, 214 + Math.sin(angle) * 138, i % 2 ? 2.4 : 3.6), hex('#f6e2a6'));
  }
}

/** Stems, the long lines that the style is named for, with buds and leaves. */
function tendrils({ flat, contour, trace }: Pens): void {
  trace(stretch('66 280, 52 340, 70 420, 46 500'), 6);
  trace(stretch('450 408, 470 450, 456 500'), 7);
  trace(stretch('104 474, 112 490, 104 508'), 7);
  trace(stretch('404 476, 398 494, 408 508'), 6);
  trace(stretch('470 500, 494 410, 462 330, 478 240, 488 170, 462 110, 478 70'), 5);
  trace(stretch('480 230, 458 200, 462 170'), 3.4);

  trace(stretch('52 300, 30 220, 54 140, 36 76'), 4.4);
  trace(stretch('46 180, 66 160, 66 138'), 3);
  for (const [x, y, turn, scale] of [
    [478, 66, 0.2, 1],
    [462, 166, 0, 0.8],

    [36, 72, -0.2, 0.95],
    [67, 134, 0.2, 0.7],
  ] as const) {
    const bud = placed(outline('0 6!, -9 -6, -8 -18, 0 -30!, 8 -18, 9 -6'), { x, y, turn, scale });
    flat(bud, poppy);
    contour(bud, 1.8);
  }
  const leaf = '0 0!, 16 -18, 44 -22, 62 -6!, 34 2, 18 8';
  for (const [x, y, turn, scale, flip] of [
    [462, 462, 0.2, 0.7, false],
    [458, 462, -0.2, 1, true],
    [480, 330, 1.1, 0.6, true],
    [60, 396, -0.9, 0.7, false],
    [106, 488, 0.1, 0.8, false],
    [104, 488, -0.2, 0.9, true],
    [40, 230, -0.8, 0.5, false],
  ] as const) {
    const shape = placed(outline(leaf), { x, y, turn, scale, flip });
    flat(shape, deep);
    contour(shape, 1.8);
  }
}

function bloom({ flat, contour, trace }: Pens, put: (text: string) => Knot[]): void {
  for (const [text, colour] of [
    ['0 24, -34 12, -52 -18, -40 -44, -14 -40, 0 -8', poppy],
    ['0 24, 34 12, 52 -18, 40 -44, 14 -40, 0 -8', poppy],
    ['-6 22, -26 -6, -20 -42, 2 -52, 24 -42, 28 -6, 8 22', flame],
  ] as const) {
    const petal = curve(put(text), true);
    flat(petal, colour);
    contour(petal, 2);
  }
  for (const bend of [-14, -5, 5, 14])
    trace(curve(put(`${bend * 0.3} 16, ${bend * 0.8} -8, ${bend * 1.1} -30`)), 1.5);
  const cup = curve(put('-9 20, 0 14, 9 20, 7 32, -7 32'), true);
  flat(cup, deep);
  contour(cup, 1.8);
}

function cat(sheet: Canvas, pens: Pens): void {
  const { flat, contour, trace } = pens;
  const tail = stretch(
    `236 428, 190 456, 140 470, 88 456, 58 410, 62 356, 96 322, 136 326, 153 352, 146 378, 126 388, 110 378, 111 362, 124 357`,
  );
  const tailShape = ribbon(tail, (t) => 36 - 32 * t ** 0.9);
  flat(tailShape, white);
  contour(tailShape);
  const figure = sittingProfile();
  const put = (points: readonly Point[]): Point[] =>
    placed(points, { x: 468, y: 58, scale: 0.86, flip: true });
  const head = shape(put(figure.head));
  for (const [points, edge] of [
    [put(figure.body), 26],
    [put(figure.head), 20],
  ] as const) {
    const cover = shape(points);
    const outside = cover.map((value) => 1 - value);
    contour(points, 5);
    lay(sheet, cover, white);
    lay(sheet, within(cover, blur(outside, BIG, edge)), ochre, 0.75);
    if (edge === 26) lay(sheet, within(cover, blur(head, BIG, 10)), ochre, 0.4);
  }
  for (const crease of figure.creases) trace(put(crease), 3);
  for (const ear of figure.innerEars) {
    flat(put(ear), rose);
    contour(put(ear), 1.4);
  }
  const collar = put(stretch('162 190, 186 204, 214 200, 246 172'));
  lay(sheet, shape(ribbon(collar, () => 13)), ink);
  lay(sheet, shape(ribbon(collar, () => 9)), poppy);
  flat(put(circle(182, 212, 9)), ochre);
  contour(put(circle(182, 212, 9)), 1.8);
  face(sheet, pens, put);
}

function face(sheet: Canvas, { trace }: Pens, put: (points: readonly Point[]) => Point[]): void {
  const paint = (points: readonly Point[], colour: Colour) => lay(sheet, shape(put(points)), colour);
  paint(outline('139 127!, 148 111, 167 117!, 156 131, 146 132'), ink);
  paint(outline('142 125!, 149 114, 163 118!, 154 128, 147 129'), hex('#7fae5a'));
  paint(circle(149.5, 121.5, 7.2, 0.36, Math.PI / 2), ink);
  paint(circle(147, 118, 1.8), cream);
  paint(outline('124 145!, 127 137, 132 135, 136 141, 131 148'), rose);
  for (const [text, width] of [
    ['124 145, 131 149, 137 141', 1.6],
    ['130 149, 133 155, 142 159, 153 155', 2],
    ['144 153, 118 142, 90 138', 1.7],
    ['144 153, 115 148, 84 156', 1.7],
    ['144 153, 120 158, 92 174', 1.7],
    ['178 92, 190 104, 194 120', 2],
    ['200 84, 210 98, 212 116', 2],
    ['226 128, 214 140, 196 144', 2],
    ['232 146, 218 158, 200 160', 2],
  ] as const) {
    trace(put(stretch(text)), width);
  }
}

function frame(sheet: Canvas): void {
  const square = (inset: number): Point[] => {
    const far = SIZE - inset;
    return [
      [inset, inset],
      [far, inset],
      [far, far],
      [inset, far],
    ];
  };
  for (const [outer, inner, colour] of [
    [-1, 14, cream],
    [10, 12, ink],
    [13.5, 17, ink],
  ] as const) {
    lay(sheet, without(shape(square(outer)), shape(square(inner))), colour);
  }
}
