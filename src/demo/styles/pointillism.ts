import { seeded, shuffled } from '../../random.ts';
import { onGround, sit } from '../cat/sitter.ts';
import { FLOOR, sittingSolid } from '../cat/sitting.ts';
import { look, project } from '../cat/solid.ts';
import { type Canvas, canvas, halve, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex, nearest, ramp } from '../engine/colour.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { BIG } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const tubes = [
  '#fff8e2',
  '#fbe08a',
  '#f4b73f',
  '#ea7f2c',
  '#d9532f',
  '#b23a48',
  '#e9a3a0',
  '#6a4a8c',
  '#3a3f86',
  '#2c6fb0',
  '#7fb8dc',
  '#2f8f7a',
  '#6aa84a',
  '#b8cf5a',
  '#1f4a3a',
  '#2a2238',
  '#c9b4d8',
].map(hex);

/** Layers of dots: their distance in px, radius in px of the sheet, and how far a dot's colour may stray. */
const LAYERS = [
  [6.2, 5.9, 0.12],
  [4.6, 4.1, 0.11],
  [3.4, 3, 0.08],
  [2.4, 2, 0.04],
] as const;

/** Points of pure colour that mix in the eye: a cream cat in the noon of a garden. */
export const pointillism: Painter = (seed) => {
  const random = seeded(seed);
  const noise = cloudNoise(seed, 4);
  const camera = { turn: -0.42, nod: 0.13, roll: 0, scale: 88, x: 280, y: 136 };
  const sitter = sit(
    look(sittingSolid(0.35), SIZE, camera, 4.5),
    {
      fur: hex('#fff1d6'),
      stripe: hex('#e9a860'),
      pale: hex('#fffaf0'),
      innerEar: hex('#e9a3a0'),
      nose: hex('#d97a70'),
      iris: hex('#b8cf5a'),
      irisRim: hex('#2f8f7a'),
      dark: hex('#2a2238'),
      stripes: 0.8,
    },
    {
      from: [-0.75, 0.75, 0.45],
      light: [1.08, 1.03, 0.92],
      shade: [0.5, 0.42, 0.72],
      rim: hex('#7fb8dc'),
      rimStrength: 0.5,
    },
  );
  const feet = project(camera, [0, FLOOR, -0.6]);
  const model = onGround(sitter, (x, y) => garden(x, y, feet, noise));
  const sheet = canvas(BIG, hex('#e8d9b4'));
  for (const [pitch, radius, spread] of LAYERS) {
    const spots: Point[] = [];
    for (let y = 0; y < SIZE; y += pitch) {
      for (let x = 0; x < SIZE; x += pitch)
        spots.push([x + random.next() * pitch, y + random.next() * pitch]);
    }
    for (const [x, y] of shuffled(spots, random)) {
      const i = Math.min(SIZE - 1, Math.floor(y)) * SIZE + Math.min(SIZE - 1, Math.floor(x));
      if (pitch < 4 && !sitter.hit[i]) continue;
      if (pitch < 3 && sitter.detail[i]! < 0.25) continue;
      const wanted: Colour = [
        model[i * 3]! + random.bell() * spread,
        model[i * 3 + 1]! + random.bell() * spread,
        model[i * 3 + 2]! + random.bell() * spread,
      ];
      dot(sheet, x * 2, y * 2, radius * random.between(0.75, 1.1), nearest(tubes, wanted));
    }
  }
  return toPixels(halve(sheet));
};

/** Hedge, flower bed, sunlit path and the cat's blue shadow. */
function garden(x: number, y: number, feet: Point, noise: Noise): Colour {
  const leaf = noise(x / 26, y / 26);
  const edge = 318 + 10 * noise(x / 50, 3);
  if (y < edge) {
    const sky = smoothstep(70, 20, y + 40 * noise(x / 60, y / 40) + (x - 130) * 0.12);
    const hedge = ramp(
      [hex('#1f4a3a'), hex('#2f6f4a'), hex('#6aa84a'), hex('#c8d468')],
      clamp(0.42 + leaf * 0.9 + (180 - x) / 900),
    );
    const bloom = noise(x / 9 + 40, y / 9) > 0.42 && y > 180 ? 0.85 : 0;
    const flower = noise(x / 60, y / 60 + 9) > 0 ? hex('#d9532f') : hex('#e9a3a0');
    return blend(blend(hedge, hex('#9fcbe4'), sky), flower, bloom);
  }
  const path = ramp([hex('#d99a4a'), hex('#ecb95e'), hex('#f4cf86')], clamp(0.5 + leaf * 0.6));
  const shadow = smoothstep(1.1, 0.85, Math.hypot((x - feet[0] - 95) / 150, (y - feet[1] + 4) / 30));
  const grass = smoothstep(edge + 26, edge + 4, y + leaf * 24);
  return blend(blend(path, hex('#6aa84a'), grass * 0.8), hex('#5a5a9c'), shadow * 0.8);
}

function dot(sheet: Canvas, x: number, y: number, radius: number, colour: Colour): void {
  for (let py = Math.max(0, Math.floor(y - radius)); py <= Math.min(sheet.size - 1, y + radius); py++) {
    for (let px = Math.max(0, Math.floor(x - radius)); px <= Math.min(sheet.size - 1, x + radius); px++) {
      const cover = clamp(radius - Math.hypot(px + 0.5 - x, py + 0.5 - y) + 0.5);
      const i = (py * sheet.size + px) * 3;
      for (let c = 0; c < 3; c++) sheet.rgb[i + c]! += (colour[c]! - sheet.rgb[i + c]!) * cover * 0.96;
    }
  }
}
