import { eyesOnPage } from '../cat/eyes.ts';
import { bust } from '../cat/head.ts';
import { greyCoat } from '../cat/markings.ts';
import { sit } from '../cat/sitter.ts';
import { look, project } from '../cat/solid.ts';
import { canvas, type Field, halve, lay, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex } from '../engine/colour.ts';
import { field, within } from '../engine/fields.ts';
import { cloudNoise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { printed, tooth } from '../engine/paper.ts';
import { circle, knots } from '../engine/shapes.ts';
import { BIG, drawEyes, shape } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const paper = hex('#ece0c4');
const red = hex('#c8281e');
const black = hex('#17171a');
const blue = hex('#5f8791');

/** A poster of the twenties: the cat as a coarse newspaper photograph, calling out along a red wedge. */
export const constructivist: Painter = (seed) => {
  const noise = cloudNoise(seed, 4);
  const camera = { turn: -0.58, nod: -0.12, roll: -0.14, scale: 150, x: 190, y: 286 };
  const head = bust();
  const sitter = sit(
    look(head, SIZE, camera, 2.2),
    greyCoat({
      fur: 0.74,
      stripe: 0.22,
      pale: 1,
      innerEar: 0.4,
      nose: 0.3,
      iris: 0.95,
      irisRim: 0.7,
      dark: 0,
      stripes: 1,
    }),
    {
      from: [0.75, 0.7, 0.5],
      light: [1.15, 1.15, 1.15],
      shade: [0.06, 0.06, 0.06],
      rim: [1, 1, 1],
      rimStrength: 0.2,
    },
  );
  const sheet = canvas(BIG, paper);
  const print = (cover: Field, colour: Colour, wear = 0.45) =>
    lay(sheet, printed(cover, BIG, noise, wear), colour, 0.97);
  print(shape(knots('0 0, 150 0, 0 236')), blue);
  print(shape(circle(196, 268, 206)), red);
  print(shape(knots('0 512, 0 452, 512 366, 512 512'), knots('0 446, 0 434, 512 346, 512 358')), black);

  const [x, y] = project(camera, [0.05, -0.42, 0.95]);
  /** A place in the wedge: 0 at the mouth, 1 at the right edge, where it spans from `top` to `bottom`. */
  const inWedge = (t: number, height: number): Point => [x + 10 + (502 - x) * t, y + (height - y) * t];
  lay(
    sheet,
    shape([
      [x + 4, y],
      [SIZE, 128],
      [SIZE, 330],
    ]),
    paper,
  );
  print(shape([inWedge(0, 0), inWedge(1, 150), inWedge(1, 306)]), red);
  for (const [from, to] of [
    [0.46, 0.52],
    [0.6, 0.69],
    [0.8, 0.93],
  ] as const) {
    print(shape([inWedge(from, 150), inWedge(to, 150), inWedge(to, 306), inWedge(from, 306)]), black);
  }

  const cut = shape(scissored(sitter.hit));
  lay(sheet, cut, paper);
  print(within(cut, halftone(sitter.rgb, sitter.hit)), black, 0.25);
  const hatched = (px: number, py: number): Colour =>
    blend(hex('#f0e8d4'), black, 0.18 * smoothstep(-0.2, 0.2, Math.sin((px + py) * 0.9)));
  drawEyes(sheet, eyesOnPage(head, camera, 0.24), black, hatched, paper);

  print(shape(knots('338 22, 490 0, 490 10, 338 34'), knots('352 48, 490 28, 490 34, 352 56')), black);
  print(shape(circle(446, 84, 26)), red);
  lay(sheet, shape(circle(446, 84, 12)), paper);
  tooth(sheet, noise, 0.04);
  return toPixels(halve(sheet));
};

/** Dots on a screen at 45°, their size after the tone; black is 1. */
function halftone(rgb: Float32Array, hit: Field): Field {
  const pitch = 9.5;
  return field(BIG, (x, y) => {
    const i = Math.floor(y / 2) * SIZE + Math.floor(x / 2);
    if (!hit[i]) return 0;
    const u = (x + y) / Math.SQRT2 / pitch;
    const v = (x - y) / Math.SQRT2 / pitch;
    const screen = 0.5 + 0.25 * (Math.cos(u * 2 * Math.PI) + Math.cos(v * 2 * Math.PI));
    const tone = clamp(rgb[i * 3]!) ** 0.85;
    return smoothstep(-0.09, 0.09, 1 - tone * 1.04 - screen);
  });
}

/** The scissors' way round the cat: straight cuts, a little outside of it. */
function scissored(hit: Field): Point[] {
  const [cx, cy]: Point = [200, 300];
  return Array.from({ length: 90 }, (_, i): Point => {
    const angle = (i / 90) * 2 * Math.PI;
    let reach = 0;
    for (let radius = 4; radius < 420; radius++) {
      const x = Math.floor(cx + Math.cos(angle) * radius);
      const y = Math.floor(cy + Math.sin(angle) * radius);
      if (x >= 0 && y >= 0 && x < SIZE && y < SIZE && hit[y * SIZE + x]) reach = radius;
    }
    return [cx + Math.cos(angle) * (reach + 6), cy + Math.sin(angle) * (reach + 6)];
  });
}
