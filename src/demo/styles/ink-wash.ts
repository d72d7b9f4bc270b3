import { type Random, seeded } from '../../random.ts';
import { eyesOnPage } from '../cat/eyes.ts';
import { greyCoat } from '../cat/markings.ts';
import { type Sitter, sit } from '../cat/sitter.ts';
import { sittingSolid } from '../cat/sitting.ts';
import { type Camera, look, project } from '../cat/solid.ts';
import { brush } from '../engine/brush.ts';
import { type Canvas, canvas, type Field, glaze, halve, lay, toPixels } from '../engine/canvas.ts';
import { type Colour, hex } from '../engine/colour.ts';
import { blur, edgeDistance, enlarge, field } from '../engine/fields.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { printed, tooth } from '../engine/paper.ts';
import { circle, curve, outline, ribbon, stretch } from '../engine/shapes.ts';
import { BIG, big, drawEyes, shape } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const paper = hex('#f3ecdb');
const ink: Colour = [0.1, 0.1, 0.12];
const black: Colour = [0.05, 0.05, 0.07];
const CAMERA: Camera = { turn: -0.3, nod: 0.08, roll: 0.05, scale: 84, x: 236, y: 142 };

type Brush = ReturnType<typeof brush>;

/** Ink on damp paper: a tabby under the bamboo looks round. */
export const inkWash: Painter = (seed) => {
  const random = seeded(seed);
  const noise = cloudNoise(seed, 4);
  const sheet = canvas(BIG, paper);
  const stroke = brush(BIG, random, cloudNoise(seed + 2, 3));
  wash(sheet, shape(circle(330, 170, 150, 0.8)), noise, 0.13, 60);
  bamboo(sheet, stroke, random);
  const floor = ribbon(stretch('40 470, 200 484, 360 480, 490 466'), (t) => 30 * Math.sin(Math.PI * t));
  wash(sheet, shape(floor), noise, 0.3, 20);
  cat(sheet, stroke, random, noise);
  seal(sheet, noise);
  tooth(sheet, noise, 0.028, 2.2);
  return toPixels(halve(sheet));
};

function cat(sheet: Canvas, stroke: Brush, random: Random, noise: Noise): void {
  const solid = sittingSolid(0.95);
  const sitter = sit(
    look(solid, SIZE, CAMERA, 4.6),
    greyCoat({
      fur: 0.62,
      stripe: 0.12,
      pale: 0.95,
      innerEar: 0.5,
      nose: 0.3,
      iris: 1,
      irisRim: 1,
      dark: 0,
      stripes: 1,
    }),
    {
      from: [-0.5, 0.8, 0.8],
      light: [1.25, 1.25, 1.25],
      shade: [0.12, 0.12, 0.12],
      rim: [1, 1, 1],
      rimStrength: 0,
    },
  );
  const darkness = sitter.hit.map((isCat, i) => isCat * (1 - sitter.rgb[i * 3]!));
  const tone = enlarge(blur(darkness, SIZE, 1), SIZE);
  wash(sheet, enlarge(sitter.hit, SIZE), noise, 0.2, 5);
  // From wet and pale to dry and dark: each wash covers what is darker than its threshold.
  for (const [from, to, density, bleed] of [
    [0.3, 0.5, 0.4, 16],
    [0.56, 0.7, 0.6, 6],
    [0.76, 0.84, 0.65, 3],
  ] as const) {
    const cover = tone.map((t) => smoothstep(from, to, t));
    wash(sheet, cover, noise, density, bleed);
  }
  hairs(sheet, stroke, sitter, random);
  const amber = (x: number, y: number): Colour => [
    0.84 + 0.1 * noise(x / 8, y / 8),
    0.72 + 0.1 * noise(x / 9, y / 9),
    0.24,
  ];
  drawEyes(sheet, eyesOnPage(solid, CAMERA, 0.24), black, amber, [1, 1, 0.96]);
  for (const side of [-1, 1]) {
    for (const rise of [0.12, 0, -0.12]) {
      const at = (x: number, y: number, z: number): Point => project(CAMERA, [side * x, y, z]);
      const root = at(0.26, -0.33 + rise * 0.3, 0.92);
      const line = curve(big([root, at(0.8, -0.26 + rise, 0.8), at(1.45, -0.36 + rise * 2.2, 0.5)]));
      stroke(sheet, { line, width: (t) => 4 * (1 - 0.75 * t), colour: black, opacity: 0.9, streaks: 0 });
    }
  }
}

/**
 * A wash that runs at its edge, pools darker there, and lies unevenly.
 * @param density how dark, 0…1
 * @param bleed how far the water carries it, px
 */
function wash(sheet: Canvas, cover: Field, noise: Noise, density: number, bleed: number): void {
  const distance = edgeDistance(cover, BIG);
  const depth = field(BIG, (x, y) => {
    const from = distance[y * BIG + x]!;
    if (from < -3 * bleed) return 0;
    const d = from + bleed * (1.3 * noise(x / 34, y / 34) + 0.6 * noise(x / 7, y / 7));
    const inside = smoothstep(-bleed, bleed, d);
    if (inside <= 0) return 0;
    const pool = 0.3 * smoothstep(bleed * 2 + 6, 0, Math.abs(d - bleed));
    const cloud = 0.76 + 0.6 * noise(x / 130 + 3, y / 130) + 0.14 * noise(x / 5, y / 5);
    return clamp(inside * density * (cloud + pool));
  });
  glaze(sheet, depth, ink);
}

/** A dry brush along the fur, where it is dark, and over the outline so that it is not a cut-out. */
function hairs(sheet: Canvas, stroke: Brush, sitter: Sitter, random: Random): void {
  const distance = edgeDistance(sitter.hit, SIZE);
  for (let n = 0; n < 2600; n++) {
    const x = random.between(0, SIZE - 1);
    const y = random.between(0, SIZE - 1);
    const i = Math.floor(y) * SIZE + Math.floor(x);
    if (!sitter.hit[i] || sitter.detail[i]! > 0.25) continue;
    const dark = 1 - sitter.rgb[i * 3]!;
    const atEdge = distance[i]! < 7;
    if (random.next() > dark ** 2 * 0.8 + (atEdge ? 0.35 : 0)) continue;
    const angle = sitter.flow[i]! + random.bell() * 0.18;
    const length = random.between(9, 20) * (atEdge ? 0.7 : 1);
    const thick = random.between(2, 3.6);
    const along = (reach: number, bend: number): Point => [
      x + Math.cos(angle + bend) * reach,
      y + Math.sin(angle + bend) * reach,
    ];
    stroke(sheet, {
      line: curve(big([[x, y], along(length / 2, 0), along(length, 0.1)])),
      width: (t) => thick * (1 - t * 0.85),
      colour: black,
      opacity: 0.35 + dark * 0.4,
      streaks: 0.04,
      dryness: 0.4,
    });
  }
}

/** Stem by joints, then leaves, each one press of the brush; in px of the sheet. */
function bamboo(sheet: Canvas, stroke: Brush, random: Random): void {
  let y = -20;
  for (const length of [150, 190, 210, 240, 200]) {
    const x = 900 - y * 0.05;
    stroke(sheet, {
      line: stretch(`${x} ${y}, ${x - 6} ${y + length / 2}, ${x - 10} ${y + length - 14}`),
      width: (t) => 34 + 7 * Math.abs(t - 0.5),
      colour: [0.47, 0.49, 0.47],
      streaks: 0.16,
      dryness: 0.4,
      opacity: 0.62,
      soft: 3,
    });
    const joint = stretch(`${x - 30} ${y + length - 6}, ${x + 12} ${y + length - 8}`);
    stroke(sheet, { line: joint, width: (t) => 7 - 3 * t, colour: ink, opacity: 0.7, soft: 3 });
    y += length;
  }
  for (const [x, fromY, angle, length, dark] of [
    [870, 150, 2.5, 250, 0.75],
    [866, 150, 2.95, 230, 0.5],
    [872, 150, 2.15, 200, 0.85],
    [860, 148, 3.3, 190, 0.35],
    [882, 330, 2.3, 210, 0.6],
    [884, 330, 1.95, 190, 0.8],
    [900, 130, 0.7, 190, 0.55],
    [900, 330, 0.9, 170, 0.5],
  ] as const) {
    const bend = random.between(0.1, 0.3);
    const tone = 0.42 - dark * 0.34;
    stroke(sheet, {
      line: Array.from({ length: 24 }, (_, i): Point => {
        const reach = (i / 23) * length;
        const heading = angle - (bend * i) / 23;
        return [x + Math.cos(heading) * reach, fromY + Math.sin(heading) * reach];
      }),
      width: (t) => 40 * Math.sin(Math.PI * clamp(t * 0.94 + 0.05)) ** 0.8 * (1 - t * 0.55),
      colour: [tone, tone + 0.01, tone + 0.01],
      opacity: 0.86,
      streaks: 0.07,
      dryness: 0.3,
      soft: 2,
    });
  }
}

/** The painter's seal: a paw. */
function seal(sheet: Canvas, noise: Noise): void {
  const stone = shape(outline('446 420!, 486 419!, 487 460!, 445 461!'));
  lay(sheet, printed(stone, BIG, noise, 0.8), hex('#b5281c'), 0.92);
  const toes = [
    circle(454.5, 436, 3.9, 1.3),
    circle(462, 429.5, 4, 1.3),
    circle(470, 429.5, 4, 1.3),
    circle(477.5, 436, 3.9, 1.3),
  ];
  lay(sheet, shape(circle(466, 446, 8.5, 0.8), ...toes), paper, 0.95);
}
