import { type Random, seeded } from '../../random.ts';
import { bust } from '../cat/head.ts';
import { onGround, type Sitter, sit } from '../cat/sitter.ts';
import { look } from '../cat/solid.ts';
import { type Canvas, canvas, halve, toPixels } from '../engine/canvas.ts';
import { blend, type Colour, hex, lighten, nearest } from '../engine/colour.ts';
import { edgeDistance, edgeFlow, field } from '../engine/fields.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, smoothstep } from '../engine/numbers.ts';
import { type Tessera, tesserae } from '../engine/tesserae.ts';
import { BIG } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

/** Width of the dark row inside the outline and of the pale one outside, px. */
const RIM = 7.5;
const stones = [
  '#1b1d22',
  '#3a2c26',
  '#5d4030',
  '#8a5a34',
  '#b5803f',
  '#d8ab5c',
  '#eed9a4',
  '#f6efdc',
  '#c9bda2',
  '#7f8577',
  '#0f4a56',
  '#1b6f78',
  '#3f9aa0',
  '#0b2e40',
  '#a8452f',
  '#d7dc6a',
  '#8fae3a',
].map(hex);

/** A floor of small stones laid along the fur, in the manner of a Roman emblema. */
export const mosaic: Painter = (seed) => {
  const random = seeded(seed);
  const view = look(bust(), SIZE, { turn: 0.22, nod: 0.04, roll: -0.05, scale: 172, x: 252, y: 282 }, 2.2);
  const sitter = sit(
    view,
    {
      fur: hex('#b08a58'),
      stripe: hex('#3a2418'),
      pale: hex('#fbf3e0'),
      innerEar: hex('#cf8a6a'),
      nose: hex('#b5523e'),
      iris: hex('#e4e66a'),
      irisRim: hex('#7fa030'),
      dark: hex('#15151a'),
      stripes: 1,
    },
    {
      from: [0.7, 0.6, 0.6],
      light: [1.1, 1.05, 0.95],
      shade: [0.46, 0.43, 0.48],
      rim: hex('#eed9a4'),
      rimStrength: 0.3,
    },
  );
  const { rgb, flow, zone } = cartoon(sitter, seed);
  const sheet = canvas(BIG, hex('#3b342d'));
  const grit = cloudNoise(seed + 3, 3);
  for (const stone of tesserae({ size: SIZE, flow, detail: sitter.detail, zone }, 8, random)) {
    const pixel = (Math.floor(stone.y) * SIZE + Math.floor(stone.x)) * 3;
    const seen: Colour = [rgb[pixel]!, rgb[pixel + 1]!, rgb[pixel + 2]!];
    const colour = lighten(blend(nearest(stones, seen), seen, 0.35), random.bell() * 0.025);
    setStone(sheet, stone, colour, random, grit);
  }
  return toPixels(halve(sheet));
};

/** What the mosaicist lays out before setting: colours, rows, and zones that no stone may straddle. */
function cartoon(sitter: Sitter, seed: number) {
  const noise = cloudNoise(seed, 3);
  const distance = edgeDistance(sitter.hit, SIZE);
  const outline = edgeFlow(distance, SIZE);
  const border = field(SIZE, (x, y) => Math.min(x, y, SIZE - x, SIZE - y));
  const zone = field(SIZE, (x, y) => {
    const d = distance[y * SIZE + x]!;
    if (d > 0) return d < RIM ? 1 : 2;
    return d > -RIM ? 3 : 0;
  });
  const rgb = onGround(sitter, (x, y) => {
    const i = y * SIZE + x;
    if (border[i]! < 9) return hex('#0b2e40');
    if (border[i]! < 18) return hex('#d8ab5c');
    if (zone[i] === 3) return hex('#eed9a4');
    const glow = 0.5 + noise(x / 70, y / 70) - 0.5 * smoothstep(120, 330, Math.hypot(x - 256, y - 270));
    return blend(hex('#0f4a56'), hex('#3f9aa0'), clamp(glow));
  });
  // Next to the outline, on both sides, the rows follow it: opus vermiculatum.
  const flow = distance.map((d, i) => {
    if (d <= 0 && border[i]! < 24) return 0;
    return d < RIM + 2 ? outline[i]! : sitter.flow[i]!;
  });
  zone.forEach((number, i) => {
    if (number === 1) for (let c = 0; c < 3; c++) rgb[i * 3 + c]! *= 0.45;
  });
  return { rgb, flow, zone };
}

/** Paints one stone: a little uneven, its upper left edge lit, its lower right one in shade. */
function setStone(sheet: Canvas, stone: Tessera, colour: Colour, random: Random, grit: Noise): void {
  const [tiltX, tiltY] = [random.bell() * 0.02, random.bell() * 0.02];
  for (const { pixel, edge } of stone.pixels) {
    const x = pixel % BIG;
    const y = Math.floor(pixel / BIG);
    const dx = x / 2 - stone.x;
    const dy = y / 2 - stone.y;
    const cover = smoothstep(0.35, 0.75, edge + 0.35 * grit(x / 5, y / 5));
    const bevel = 1 - smoothstep(0.5, 1.7, edge);
    const lit =
      (-bevel * (dx + dy * 1.3) * 0.2) / stone.half + tiltX * dx + tiltY * dy + grit(x / 3, y / 3) * 0.06;
    for (let c = 0; c < 3; c++) {
      const value = clamp(colour[c]! * (1 + lit) + Math.max(0, lit) * 0.2);
      sheet.rgb[pixel * 3 + c]! += (value - sheet.rgb[pixel * 3 + c]!) * cover;
    }
  }
}
