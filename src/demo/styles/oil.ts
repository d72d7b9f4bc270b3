import { type Random, seeded } from '../../random.ts';
import { bust } from '../cat/head.ts';
import { onGround, type Sitter, sit } from '../cat/sitter.ts';
import { type Camera, look, project } from '../cat/solid.ts';
import { brush } from '../engine/brush.ts';
import { type Canvas, canvas, relief, toPixels } from '../engine/canvas.ts';
import { blend, hex, ramp } from '../engine/colour.ts';
import { edgeDistance, edgeFlow, field } from '../engine/fields.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { type Point, smoothstep } from '../engine/numbers.ts';
import { overpaint } from '../engine/overpaint.ts';
import { curve } from '../engine/shapes.ts';
import { type Painter, SIZE } from './painter.ts';

const night = ['#0d2b33', '#12414a', '#1d6268', '#3c8f86', '#7fb9a0'].map(hex);

/** Thick paint: a ginger tom, three-quarter face, strokes of the ground circling him. */
export const oil: Painter = (seed) => {
  const random = seeded(seed);
  const grain = cloudNoise(seed, 3);
  const camera = { turn: -0.34, nod: 0.06, roll: 0.09, scale: 188, x: 258, y: 288 };
  const view = look(bust(), SIZE, camera, 2.2);
  const sitter = sit(
    view,
    {
      fur: hex('#e0892c'),
      stripe: hex('#8d3c12'),
      pale: hex('#fff0d8'),
      innerEar: hex('#c9786a'),
      nose: hex('#d2685c'),
      iris: hex('#e8e25a'),
      irisRim: hex('#5f9436'),
      dark: hex('#1a100e'),
      stripes: 1,
    },
    {
      from: [-0.7, 0.65, 0.55],
      light: [1.06, 1, 0.9],
      shade: [0.27, 0.2, 0.33],
      rim: hex('#58b0a6'),
      rimStrength: 0.75,
    },
  );
  const model = withGround(sitter, seed);
  const sheet = canvas(SIZE, hex('#4a2a1a'));
  const face = sitter.detail.map((value) => (value > 0.6 ? 1 : value > 0.25 ? 0.8 : 0));
  const cat = sitter.hit;
  overpaint(
    sheet,
    model,
    [
      { width: 30, length: 3.5, spacing: 0.5, tolerance: 0.02, jitter: 0.03 },
      { width: 15, length: 3.5, spacing: 0.55, tolerance: 0.05, jitter: 0.035 },
      { width: 8, length: 4, spacing: 0.6, tolerance: 0.05, jitter: 0.035, where: cat },
      { width: 4.5, length: 4.5, spacing: 0.7, tolerance: 0.05, jitter: 0.03, where: cat },
      { width: 2.6, length: 4, spacing: 0.7, tolerance: 0.04, jitter: 0.015, where: face },
      {
        width: 1.6,
        length: 3,
        spacing: 0.7,
        tolerance: 0.04,
        jitter: 0,
        where: sitter.detail.map((d) => (d > 0.6 ? 1 : 0)),
      },
    ],
    random,
    grain,
  );
  whiskers(sheet, camera, random, grain);
  relief(sheet, 0.16);
  return toPixels(sheet);
};

/** Behind the cat the strokes run around him, lighter on the shadow side so that the dark cheek stands out. */
function withGround(sitter: Sitter, seed: number) {
  const noise = cloudNoise(seed + 5, 4);
  const distance = edgeDistance(sitter.hit, SIZE);
  const circling = edgeFlow(distance, SIZE);
  const rgb = onGround(sitter, (x, y) => {
    const side = smoothstep(120, 480, x + 0.3 * y) * smoothstep(-190, -10, distance[y * SIZE + x]!);
    const teal = ramp(night, 0.12 + 0.62 * side + 0.22 * noise(x / 60, y / 60));
    return blend(teal, hex('#c8562b'), 0.35 * smoothstep(0.35, 0.6, noise(x / 38 + 9, y / 38)));
  });
  const flow = field(SIZE, (x, y) => {
    const i = y * SIZE + x;
    return sitter.hit[i] ? sitter.flow[i]! : circling[i]! + noise(x / 90, y / 90) * 0.9;
  });
  return { size: SIZE, rgb, flow };
}

function whiskers(sheet: Canvas, camera: Camera, random: Random, grain: Noise): void {
  const stroke = brush(SIZE, random, grain);
  for (const side of [-1, 1]) {
    for (const rise of [0.14, 0.02, -0.1, -0.2]) {
      const at = (x: number, y: number, z: number): Point => project(camera, [side * x, y, z]);
      const line = curve([
        at(0.24, -0.33 + rise * 0.35, 0.96),
        at(0.75, -0.28 + rise * 0.85, 0.88),
        at(1.35, -0.38 + rise * 2, 0.7),
      ]);
      stroke(sheet, {
        line,
        colour: [1, 0.97, 0.9],
        width: (t) => 2.2 * (1 - t * 0.72),
        opacity: 0.9,
        body: 1.2,
        streaks: 0,
      });
    }
  }
}
