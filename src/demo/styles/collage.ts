import { type Random, seeded } from '../../random.ts';
import { FRONT_EARS, FRONT_HEAD, mirrored } from '../cat/figures.ts';
import { canvas, type Field, halve, lay, type Paint, spreadColours, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex } from '../engine/colour.ts';
import { field, union } from '../engine/fields.ts';
import { fill } from '../engine/fill.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import {
  bothSides,
  circle,
  curve,
  type Knot,
  knots,
  outline,
  placed,
  ribbon,
  stretch,
} from '../engine/shapes.ts';
import { BIG, big } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const SHADOWS = 5;
const orange = hex('#e8862f');
const rust = hex('#c4551c');
const brown = hex('#b0481a');
const cream = hex('#f6ecd8');
const dark = hex('#2a201c');

/** Lays a piece of paper over what lies there. `lift` is how far it stands off, px. */
type Piece = (points: readonly Point[], paint: Paint, lift?: number) => void;

/** Coloured papers cut out and laid over each other, without any ground: a cat to stick anywhere. */
export const collage: Painter = (seed) => {
  const random = seeded(seed);
  const noise = cloudNoise(seed, 4);
  const sheet = canvas(BIG, cream);
  let alpha: Field = new Float32Array(BIG * BIG);
  const piece: Piece = (points, paint, lift = 7) => {
    const shape = snipped(big(points), random);
    for (let i = 1; i <= SHADOWS; i++) {
      const shadow = placed(shape, { x: (lift * 0.6 * i) / 3, y: (lift * i) / 3 });
      lay(sheet, fill(BIG, shadow), dark, 0.13);
    }
    const cover = fill(BIG, shape);
    lay(sheet, cover, (x, y) => {
      const colour = typeof paint === 'function' ? paint(x, y) : paint;
      const fibre = noise(x / 2.5, y / 2.5) * 0.05 + noise(x / 50, y / 50) * 0.05;
      return [clamp(colour[0] + fibre), clamp(colour[1] + fibre), clamp(colour[2] + fibre)];
    });
    alpha = union(alpha, cover);
  };
  body(piece, noise);
  head(piece);
  const opaque = field(SIZE, (x, y) => {
    const at = 2 * y * BIG + 2 * x;
    return (alpha[at]! + alpha[at + 1]! + alpha[at + BIG]! + alpha[at + BIG + 1]!) / 4;
  });
  const small = halve(sheet);
  spreadColours(small, opaque);
  return toPixels(small, opaque);
};

/** A curve as scissors follow it: straight snips of a few px. */
function snipped(points: readonly Point[], random: Random): Point[] {
  return points
    .filter((_, i) => i % 4 === 0)
    .map(([x, y]) => [x + random.bell() * 0.8, y + random.bell() * 0.8]);
}

function body(piece: Piece, noise: Noise): void {
  const at = (shape: readonly Knot[]): Point[] => placed(curve(shape, true), { x: 250 });
  const both = (text: string, paint: Paint, lift?: number) => {
    for (const shape of bothSides(text)) piece(at(shape), paint, lift);
  };
  const tail = stretch('330 452, 396 470, 446 436, 456 376, 430 326, 438 282');
  const tip = (t: number): number => (52 - 14 * t) * Math.sqrt(1 - clamp((t - 0.9) / 0.1) ** 2 * 0.9);
  piece(ribbon(tail, tip), striped(hex('#e2762c'), brown, 40, 0.1, noise));
  const torso = mirrored('0 214, -58 226, -84 290, -112 360, -128 430, -104 484, -40 492');
  piece(at(torso), striped(hex('#e2762c'), rust, 34, 0.42, noise));
  both('52 372, 110 372, 142 420, 138 474, 96 494, 48 484, 38 420', orange);
  piece(
    outline('196 240, 250 252, 304 240, 310 300, 288 360, 250 388, 212 360, 190 300'),
    dotted(cream, hex('#d8c6a0')),
  );
  both('6 330, 48 330, 50 410, 48 470, 30 480, 8 470', striped(orange, rust, 44, 0.02, noise));
  both('2 472, 22 456, 50 458, 64 476, 56 494, 8 494', cream, 5);
  piece(outline('182 232, 250 256, 318 232, 322 252, 250 280, 178 252'), hex('#1f6f78'));
  piece(circle(252, 284, 17), hex('#e8b83a'), 5);
  piece(
    ribbon(stretch('252 286, 252 300'), () => 4),
    dark,
    1,
  );
}

function head(piece: Piece): void {
  const put = (shape: readonly Knot[]): Knot[] => placed(shape, { x: 250, y: 166, scale: 1.03, turn: 0.07 });
  const shape = (cut: readonly Knot[], paint: Paint, lift: number) =>
    piece(curve(put(cut), true), paint, lift);
  const both = (text: string, paint: Paint, lift: number) => {
    for (const cut of bothSides(text)) shape(cut, paint, lift);
  };
  const thread = (cut: readonly Knot[], width: (t: number) => number, lift: number) =>
    piece(ribbon(curve(put(cut)), width), dark, lift);
  shape(FRONT_HEAD, orange, 9);
  for (const ear of FRONT_EARS) shape(ear, hex('#e9a8a0'), 4);
  shape(knots('-8 -66!, 8 -66!, 4 -34, 0 -24!, -4 -34'), brown, 2);
  both('36 -64!, 22 -66!, 18 -40, 20 -30!, 26 -40', brown, 2);
  both('100 -4!, 98 10!, 76 12, 66 10!, 78 2', brown, 2);
  both('104 22!, 108 34!, 80 32, 68 26!, 82 22', brown, 2);
  shape(
    knots('-12 -10, 0 -22, 12 -10, 22 24, 50 34, 54 58, 28 76, 0 82, -28 76, -54 58, -50 34, -22 24'),
    cream,
    4,
  );
  both('14 10!, 24 -16, 46 -26, 76 -16!, 66 10, 42 20', dark, 3);
  both('19 8!, 28 -12, 46 -20, 70 -13!, 61 7, 42 14', dotted(hex('#d8dc5a'), hex('#c0c840')), 1);
  for (const side of [-1, 1]) {
    const [pupil, glint] = put([
      [side * 43, -3],
      [side * 43 - 7, -10],
    ]);
    piece(circle(pupil![0], pupil![1], 18, 0.34, Math.PI / 2 + 0.07), dark, 1);
    piece(circle(glint![0], glint![1], 5), hex('#fffaf0'), 1);
    for (const rise of [-12, 6, 24]) {
      thread(
        [
          [side * 34, 50 + rise * 0.3],
          [side * 84, 46 + rise],
          [side * 136, 52 + rise * 1.6],
        ],
        (t) => 3.6 - 1.4 * t,
        2,
      );
    }
  }
  shape(knots('-15 32!, 0 28, 15 32!, 5 46, -5 46'), hex('#c85a5a'), 3);
  thread(knots('-26 58, -12 64, 0 46!, 12 64, 26 58'), () => 3.4, 1);
}

/** Paper with painted bars, `pitch` px apart; `lean` is their slope away from the middle. */
const striped = (ground: Colour, bar: Colour, pitch: number, lean: number, noise: Noise): Paint => {
  return (x, y) => {
    const place = y + Math.abs(x - 500) * lean + 14 * noise(x / 50, y / 50);
    return blend(ground, bar, smoothstep(0.45, 0.6, Math.sin((place / pitch) * Math.PI)));
  };
};

/** Paper with a printed dot pattern. */
const dotted = (ground: Colour, dot: Colour): Paint => {
  return (x, y) => {
    const row = Math.floor(y / 14);
    const across = ((x + (row % 2) * 8) % 16) - 8;
    return blend(ground, dot, smoothstep(4.2, 3.2, Math.hypot(across, (y % 14) - 7)));
  };
};
