import { type Random, seeded, shuffled } from '../../random.ts';
import { eyesOnPage } from '../cat/eyes.ts';
import { bust } from '../cat/head.ts';
import { greyCoat } from '../cat/markings.ts';
import { type Sitter, sit } from '../cat/sitter.ts';
import { type Camera, look, project } from '../cat/solid.ts';
import { type Canvas, canvas, type Field, halve, lay, toPixels } from '../engine/canvas.ts';
import { type Colour, hex } from '../engine/colour.ts';
import { blur, enlarge, union, without } from '../engine/fields.ts';
import { cloudNoise, type Noise } from '../engine/noise.ts';
import { clamp, type Point, smoothstep } from '../engine/numbers.ts';
import { printed, tooth } from '../engine/paper.ts';
import { curve, type Knot, knots, ribbon } from '../engine/shapes.ts';
import { BIG, drawEyes, shape } from './double.ts';
import { type Painter, SIZE } from './painter.ts';

const paper = hex('#f1e6cc');
const red = hex('#cf3f22');
const black = hex('#17161a');
const gold = hex('#eab53a');
const CAMERA: Camera = { turn: 0, nod: 0.1, roll: 0, scale: 196, x: 256, y: 292 };
/** Length of a step along a cut, px. */
const STEP = 1.5;

/** Two blocks and a gouge: a black cat whose fur is cut away where the light falls. */
export const linocut: Painter = (seed) => {
  const random = seeded(seed);
  const noise = cloudNoise(seed, 4);
  const head = bust();
  const sitter = sit(
    look(head, SIZE, CAMERA, 2.2),
    greyCoat({
      fur: 0.8,
      stripe: 0.35,
      pale: 0.9,
      innerEar: 0.12,
      nose: 0.5,
      iris: 1,
      irisRim: 1,
      dark: 0,
      stripes: 1,
    }),
    { from: [-0.75, 0.55, 0.32], light: [1, 1, 1], shade: [0, 0, 0], rim: [1, 1, 1], rimStrength: 0.75 },
  );
  const eyes = eyesOnPage(head, CAMERA, 0.2);
  const cat = enlarge(blur(sitter.hit, SIZE, 1), SIZE).map((value) => smoothstep(0.35, 0.65, value));
  const hairs = shape(...whiskers());
  const cut = union(shape(...furCuts(sitter, random)), hairs);
  const sheet = canvas(BIG, paper);
  lay(sheet, printed(shape(knots('11 11, 501 10, 502 501, 10 502')), BIG, noise, 0.5), red);
  lay(sheet, shape(...groundCuts(sitter.hit, random)), paper, 0.95);
  lay(sheet, cat, paper);
  const key = without(cat, union(cut, shape(...eyes.map((eye) => eye.almond))));
  lay(sheet, printed(key, BIG, noise, 0.14), black, 0.97);
  lay(sheet, without(hairs, cat), paper);
  drawEyes(sheet, eyes, black, worn(gold, noise), paper);
  muzzle(sheet);
  tooth(sheet, noise, 0.035);
  return toPixels(halve(sheet));
};

/** A colour with specks where the key block shows through. */
const worn = (colour: Colour, noise: Noise) => (x: number, y: number) =>
  noise(x / 4, y / 4) > 0.42 ? ([colour[0] * 0.75, colour[1] * 0.75, colour[2] * 0.75] as const) : colour;

function whiskers(): Point[][] {
  return [-1, 1].flatMap((side) =>
    [0, 1, 2, 3].map((i) => {
      const [x, y] = project(CAMERA, [side * 0.25, -0.3 - i * 0.05, 0.95]);
      const out = side * (150 + i * 6);
      const line = curve([
        [x, y],
        [x + out * 0.5, y - 16 + i * 13],
        [x + out * 1.35, y - 34 + i * 34],
      ]);
      return ribbon(line, (t) => 3.6 * (1 - t) ** 0.7 * Math.min(1, t * 8));
    }),
  );
}

/** Nose and mouth, cut as clear shapes. */
function muzzle(sheet: Canvas): void {
  const at = (x: number, y: number): Knot => project(CAMERA, [x, y, 1]);
  const corner = (x: number, y: number): Knot => [...project(CAMERA, [x, y, 1]), 1];
  const nose = [
    corner(-0.135, -0.1),
    at(0, -0.085),
    corner(0.135, -0.1),
    at(0.045, -0.235),
    at(-0.045, -0.235),
  ];
  lay(sheet, shape(curve(nose, true)), red);
  for (const side of [-1, 1]) {
    const nostril = [
      at(side * 0.035, -0.17),
      at(side * 0.07, -0.15),
      at(side * 0.095, -0.165),
      at(side * 0.06, -0.195),
    ];
    lay(sheet, shape(curve(nostril, true)), black);
    const lip = [
      at(side * 0.012, -0.25),
      at(side * 0.02, -0.38),
      at(side * 0.12, -0.47),
      at(side * 0.25, -0.42),
    ];
    const swell = (t: number): number => 4.4 * Math.sin(Math.PI * clamp(0.2 + t * 0.75));
    lay(sheet, shape(ribbon(curve(lip), swell)), paper);
  }
}

/** The gouge's strokes in the fur: along the hair, wide where the light is strong, none in the dark. */
function furCuts(sitter: Sitter, random: Random): Point[][] {
  const taken = new Uint8Array(SIZE * SIZE);
  const spacing = 2.5;
  const starts: Point[] = [];
  for (let y = 0; y < SIZE; y += spacing) {
    for (let x = 0; x < SIZE; x += spacing) {
      starts.push([x + random.next() * spacing, y + random.next() * spacing]);
    }
  }
  const result: Point[][] = [];
  for (const start of shuffled(starts, random)) {
    const tone = toneAt(sitter, start);
    if (tone < 0.2 + random.next() * 0.12) continue;
    const line: Point[] = [];
    let [x, y] = start;
    const steps = random.between(8, 25);
    for (let step = 0; step < steps; step++) {
      const i = Math.floor(y) * SIZE + Math.floor(x);
      if (toneAt(sitter, [x, y]) < 0.16 || taken[i]) break;
      line.push([x, y]);
      x += Math.cos(sitter.flow[i]!) * STEP;
      y += Math.sin(sitter.flow[i]!) * STEP;
    }
    if (line.length < 5) continue;
    const width = 0.7 + 3.1 * smoothstep(0.18, 0.8, tone);
    claim(taken, line, 1.6 + width * 0.62);
    result.push(ribbon(line, (t) => width * Math.sin(Math.PI * t ** 0.6) ** 0.8));
  }
  return result;
}

/** How light the fur is, 0…1; 0 outside the cat and on eyes and nose, which are cut by themselves. */
function toneAt({ hit, detail, rgb }: Sitter, [x, y]: Point): number {
  if (x < 0 || y < 0 || x >= SIZE || y >= SIZE) return 0;
  const i = Math.floor(y) * SIZE + Math.floor(x);
  return hit[i] && detail[i]! <= 0.6 ? rgb[i * 3]! : 0;
}

/** Leaves a ridge of lino beside a cut. */
function claim(taken: Uint8Array, line: readonly Point[], radius: number): void {
  for (const [x, y] of line) {
    for (let py = Math.max(0, Math.floor(y - radius)); py <= Math.min(SIZE - 1, y + radius); py++) {
      for (let px = Math.max(0, Math.floor(x - radius)); px <= Math.min(SIZE - 1, x + radius); px++) {
        if (Math.hypot(px - x, py - y) < radius) taken[py * SIZE + px] = 1;
      }
    }
  }
}

/** Chatter marks that the gouge leaves in the ground, circling the head. */
function groundCuts(hit: Field, random: Random): Point[][] {
  const margin = 16;
  const result: Point[][] = [];
  for (let radius = 150; radius < 430; radius += 13) {
    for (let angle = random.next(); angle < Math.PI * 2; angle += random.between(26, 70) / radius) {
      const length = random.between(10, 30) / radius;
      const width = random.between(1.6, 2.8);
      const line = Array.from({ length: 8 }, (_, i): Point => {
        const a = angle + (length * i) / 7;
        return [CAMERA.x + Math.cos(a) * radius, CAMERA.y + Math.sin(a) * radius];
      });
      const [x, y] = line[4]!;
      const inside = Math.min(x, y, SIZE - x, SIZE - y) > margin;
      if (!inside || hit[Math.floor(y) * SIZE + Math.floor(x)]) continue;
      result.push(ribbon(line, (t) => width * Math.sin(Math.PI * t)));
    }
  }
  return result;
}
