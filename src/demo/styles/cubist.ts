import { seeded } from '../../random.ts';
import { eyesOnPage } from '../cat/eyes.ts';
import { bust } from '../cat/head.ts';
import { onGround, sit } from '../cat/sitter.ts';
import { type Camera, look, project } from '../cat/solid.ts';
import { type Canvas, canvas, halve, lay, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex, lighten, luma, nearest, ramp } from '../engine/colour.ts';
import { facetAt, facets } from '../engine/facets.ts';
import { blur } from '../engine/fields.ts';
import { cloudNoise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { curve, type Knot, ribbon } from '../engine/shapes.ts';
import { BIG, drawEyes, shape } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const palette = [
  '#14171f',
  '#20353f',
  '#2f6470',
  '#7fa6a0',
  '#e9dcc0',
  '#e0a83e',
  '#c4552a',
  '#7a2a1e',
  '#f4ead4',
].map(hex);
const ground = ['#1b2a33', '#27505a', '#5d8e8b', '#c9b98f', '#dcca9e'].map(hex);

const irises = [
  ['#f2cf4a', '#d9a92e', '#f7e9a0', '#4f9a8c', '#8fb85a'].map(hex),
  ['#c9b24a', '#a8862e', '#e0d28a', '#2f7a70', '#6f9850'].map(hex),
] as const;

/** Cubo-futurist planes: a face cut into facets along its own edges, each with its own light. */
export const cubist: Painter = (seed) => {
  const random = seeded(seed);
  const head = bust();
  const camera = { turn: -0.2, nod: 0.03, roll: 0.06, scale: 190, x: 258, y: 286 };
  const view = look(head, SIZE, camera, 2.2);
  const sitter = sit(
    view,
    {
      fur: hex('#e0a83e'),
      stripe: hex('#7a2a1e'),
      pale: hex('#f4ead4'),
      innerEar: hex('#c4552a'),
      nose: hex('#c4552a'),
      iris: hex('#c4552a'),
      irisRim: hex('#e0a83e'),
      dark: hex('#7a2a1e'),
      stripes: 1,
    },
    {
      from: [-0.8, 0.5, 0.5],
      light: [1.05, 1.02, 0.95],
      shade: [0.2, 0.3, 0.4],
      rim: hex('#7fa6a0'),
      rimStrength: 0.6,
    },
  );
  const noise = cloudNoise(seed, 3);
  const model = onGround(sitter, (x, y) => {
    const ray = Math.cos(Math.atan2(y - 300, x - 256) * 9 + 1) * 0.25;
    return ramp(ground, 0.15 + 0.55 * smoothstep(60, 500, x) + ray + 0.2 * noise(x / 90, y / 90));
  });
  const weight = blur(sitter.detail, SIZE, 3).map((d, i) => 0.25 + 0.75 * sitter.hit[i]! + 4 * d);
  const tree = facets({ size: SIZE, rgb: model, weight }, 230, random);
  const sheet = canvas(BIG, [0, 0, 0]);
  const fibres = cloudNoise(seed + 1, 3);
  lay(sheet, null, (px, py) => {
    const x = px / 2;
    const y = py / 2;
    const { facet, edge } = facetAt(tree, x, y);
    const flat = nearest(palette, facet.colour);
    const base = blend(flat, facet.colour, 0.25);
    const cos = Math.cos(facet.angle);
    const sin = Math.sin(facet.angle);
    const u = ((x - facet.x) * cos + (y - facet.y) * sin) / facet.radius;
    const v = (-(x - facet.x) * sin + (y - facet.y) * cos) / facet.radius;
    const bristle = fibres(u * facet.radius * 0.9 + facet.seed, v * facet.radius * 0.07);
    const toward: Colour =
      luma(base) > 0.45 ? blend(base, hex('#7a2a1e'), 0.55) : blend(base, hex('#7fa6a0'), 0.5);
    const shaded = blend(base, toward, clamp(0.5 * smoothstep(-0.4, 1.3, u) + bristle * 0.22 - 0.02));
    const line = smoothstep(1.1, 0.3, edge) * 0.55;
    return blend(shaded, luma(base) > 0.3 ? hex('#14171f') : hex('#3a5a60'), line);
  });
  for (const [i, eye] of eyesOnPage(head, camera, 0.19).entries()) {
    const [px, py] = middle(eye.pupil);
    // The iris is cut into planes too: five wedges about the pupil, the far eye in the colder light.
    const iris = (x: number, y: number): Colour => {
      const turn = Math.atan2(y / 2 - py, x / 2 - px) + Math.PI + 0.5;
      const wedge = Math.floor((turn / (2 * Math.PI)) * 5) % 5;
      return lighten(irises[i]![wedge]!, fibres(x / 5 + wedge * 40, y / 40) * 0.1);
    };
    drawEyes(sheet, [eye], palette[0]!, iris, palette[8]!);
  }
  muzzle(sheet, camera);
  return toPixels(halve(sheet));
};

const middle = (points: readonly Point[]): Point => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/** Nose, mouth and whiskers, drawn as the ruler draws: planes and straight pieces. */
function muzzle(sheet: Canvas, camera: Camera): void {
  const at = (x: number, y: number, z = 0.98): Point => project(camera, [x, y, z]);
  const plane = (points: readonly Point[], colour: Colour) => lay(sheet, shape(points), colour);
  const rule = (points: readonly Point[], width: number, colour: Colour) => {
    const corners = points.map(([x, y]): Knot => [x, y, 1]);
    plane(
      ribbon(curve(corners), (t) => width * (1 - 0.6 * t)),
      colour,
    );
  };
  const tip = at(0, -0.26, 1.05);
  plane([at(-0.17, -0.085), at(0.17, -0.085), tip], palette[0]!);
  plane([at(-0.135, -0.1), at(0.01, -0.075, 1.05), at(0, -0.225, 1.05)], palette[6]!);
  plane([at(0.01, -0.075, 1.05), at(0.135, -0.1), at(0, -0.225, 1.05)], palette[7]!);
  for (const side of [-1, 1]) {
    rule([tip, at(0, -0.37), at(side * 0.13, -0.46), at(side * 0.27, -0.4)], 4, palette[0]!);
    for (const rise of [0.1, 0, -0.1]) {
      const bend = at(side * 0.8, -0.3 + rise * 1.4, 0.8);
      rule(
        [at(side * 0.28, -0.33 + rise * 0.4, 0.9), bend, at(side * 1.45, -0.38 + rise * 3, 0.6)],
        2.4,
        palette[8]!,
      );
    }
  }
}
