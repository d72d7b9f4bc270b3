import type { ShirtMockUp } from '../products/mock-up.ts';
import { drape, type Fold } from './folds.ts';
import { type Colour, type Material, type Mesh, surface } from './mesh.ts';
import { clamp, smooth, type Vector } from './vector.ts';

const WHITE: Colour = [246, 245, 242];
const BLACK: Colour = [54, 54, 58];

/**
 * A T-shirt of size M laid flat, mm: x to the wearer's left, z from the top of the shoulders down. Widths are from the
 * middle. Usual measures of a unisex shirt: 520 mm across the chest, 715 mm long.
 */
const NECK = { wide: 96, front: 98, back: 20, rib: 19 };
const SHOULDER = { wide: 236, drop: 44 };
const UNDERARM = { wide: 262, drop: 248 };
const HEM = { wide: 258, drop: 712 };
const CUFF = { top: [408, 190], bottom: [318, 322] } as const;
/** From the neck's seam to the print's top edge: four fingers under the collar. */
const BELOW_NECK = 62;
/** Share of the chest's width that a print takes at most; a wider one is on a larger shirt. */
const MOST_WIDE = 0.78;
/** How far its edges are rounded, and how high the two layers of cloth stand, mm. */
const [ROUND, THICK] = [20, 5];
/** Print, ribs and seams stand above the cloth, mm: too little to be seen, enough to be in front. */
const ABOVE = 0.6;

/** Ribs of the collar from shoulder to shoulder. */
const RIBS = 84;

type Place = readonly [x: number, z: number];

/** Long soft ones from the shoulders and the underarms, short ones where the arms bend. Each half has its own. */
const FOLDS: readonly Fold[] = [
  { from: [-236, 262], to: [-60, 372], high: 5.5, wide: 17 },
  { from: [-246, 300], to: [-120, 470], high: 4, wide: 20 },
  { from: [-205, 120], to: [-168, 300], high: 3.5, wide: 18 },
  { from: [-150, 520], to: [-186, 712], high: 4.5, wide: 22 },
  { from: [-64, 560], to: [-86, 712], high: 3.5, wide: 20 },
  { from: [-88, 60], to: [-176, 158], high: 3, wide: 17 },
  { from: [232, 258], to: [82, 340], high: 5, wide: 18 },
  { from: [246, 322], to: [150, 436], high: 5, wide: 17 },
  { from: [206, 112], to: [176, 268], high: 3, wide: 19 },
  { from: [196, 470], to: [118, 712], high: 5, wide: 24 },
  { from: [40, 600], to: [22, 712], high: 3, wide: 18 },
  { from: [228, 560], to: [250, 690], high: 3, wide: 14 },
  { from: [98, 68], to: [158, 176], high: 2.6, wide: 16 },
  { from: [-40, 470], to: [70, 500], high: 1.6, wide: 30 },
  { from: [250, 250], to: [352, 190], high: 4, wide: 15 },
  { from: [262, 262], to: [330, 262], high: 3.5, wide: 11 },
  { from: [-252, 246], to: [-356, 204], high: 4.5, wide: 14 },
  { from: [-262, 270], to: [-318, 276], high: 3, wide: 11 },
];

/** A T-shirt laid on the table, its print on the chest. */
export function shirtMeshes({ dark, print }: ShirtMockUp): Mesh[] {
  const size = Math.max(1, print.box.width / (2 * UNDERARM.wide * MOST_WIDE));
  const colour = dark ? BLACK : WHITE;
  const cloth: Material = { colour, page: null, isSoft: true };
  const [shaded, seam] = [dimmed(colour, dark ? 0.62 : 0.86), dimmed(colour, dark ? 0.7 : 0.87)];
  /** A place of the shirt in the scene: as large as its print asks for, in the middle of the table. */
  const stand = ([x, z]: Place, y: number): Vector => [x * size, y * size, (z - HEM.drop / 2) * size];
  const on = ([x, z]: Place, above = 0): Vector => stand([x, z], heightOf(x, z) + above);

  const strip = (
    line: (s: number) => readonly [Place, Place],
    material: Material,
    across: number,
    above: (s: number, t: number) => number,
  ): Mesh =>
    surface({
      ...{ material, across, down: 4 },
      at: (s, t) => {
        const [[ax, az], [bx, bz]] = line(s);
        const place: Place = [ax + (bx - ax) * t, az + (bz - az) * t];
        return on(place, above(s, t));
      },
    });

  const inside = surface({
    ...{ material: { ...cloth, colour: shaded }, across: 40, down: 6 },
    at: (s, t) => {
      const angle = (s - 0.5) * Math.PI;
      const [x, z] = opening(angle, NECK.back);
      return stand([x, z + t * (neck(x, NECK.front) - z)], 0.8);
    },
  });
  const rib = (colour: Colour, from: (angle: number) => Place, to: (angle: number) => Place, y: number) =>
    surface({
      ...{ material: { ...cloth, colour }, across: 420, down: 4 },
      at: (s, t) => {
        const angle = (s - 0.5) * Math.PI;
        const [[ax, az], [bx, bz]] = [from(angle), to(angle)];
        const knit = 0.22 * Math.sin(angle * 2 * RIBS);
        return stand([ax + (bx - ax) * t, az + (bz - az) * t], y + 1.5 * Math.sin(Math.PI * t) + knit);
      },
    });
  const body = surface({
    ...{ material: cloth, across: 150, down: 150 },
    at: (s, t) => on(bodyAt(s, t)),
  });
  const sleeves = [-1, 1].map((side) =>
    surface({
      ...{ material: cloth, across: 60, down: 60 },
      at: (s, t) => {
        const [x, z] = sleeveAt(side === 1 ? s : 1 - s, t);
        return stand([side * x, z], sleeveHeight(side * x, z, t));
      },
    }),
  );
  const seams = [-1, 1].flatMap((side) => [
    // The sleeve is sewn in; its cuff and the hem are turned in and stitched.
    strip(
      (s) => around(([x, z]) => [side * x, z], armhole(s), 0.9),
      { ...cloth, colour: seam },
      60,
      () => ABOVE,
    ),
    ...[0, 4.5].map((off) =>
      surface({
        ...{ material: { ...cloth, colour: seam }, across: 60, down: 1 },
        at: (s, t) => {
          const [x, z] = sleeveAt(1 - (17 + off + t) / 190, s);
          return stand([side * x, z], sleeveHeight(side * x, z, s) + ABOVE);
        },
      }),
    ),
  ]);
  const hems = [0, 4.5].map((off) =>
    surface({
      ...{ material: { ...cloth, colour: seam }, across: 120, down: 1 },
      at: (s, t) => {
        const [x, z] = bodyAt(s, 1);
        return on([x, z - 20 - off - t], ABOVE);
      },
    }),
  );
  return [
    inside,
    rib(
      shaded,
      (angle) => opening(angle, 3),
      (angle) => opening(angle, NECK.back + 4),
      1.6,
    ),
    ...sleeves,
    body,
    rib(
      colour,
      (angle) => opening(angle, NECK.front - NECK.rib),
      (angle) => [NECK.wide * Math.sin(angle), neck(NECK.wide * Math.sin(angle), NECK.front)],
      4.5,
    ),
    strip(collarSeam, { ...cloth, colour: seam }, 120, () => ABOVE),
    ...seams,
    ...hems,
    printed(),
  ];

  function printed(): Mesh {
    const { width, height } = print.box;
    const top = NECK.front + BELOW_NECK;
    return surface({
      material: { colour, page: print.page, clear: true, isSoft: true },
      ...{ across: 110, down: 140, box: print.box },
      at: (s, t) => on([((s - 0.5) * width) / size, top + (t * height) / size], ABOVE),
    });
  }
}

/** How high the cloth of the body lies, mm. */
function heightOf(x: number, z: number): number {
  const side = halfWidth(z) - Math.abs(x);
  const hem = HEM.drop + 4 - z;
  // Sleeves lie on the body's level: its edge is round only below them.
  const edge = Math.min(z > UNDERARM.drop ? side : ROUND, hem, ROUND);
  return THICK * roundOff(edge) + drape(FOLDS, x, z);
}

const roundOff = (from: number): number => {
  const off = 1 - clamp(from, 0, ROUND) / ROUND;
  return 1 - off * off;
};

function sleeveHeight(x: number, z: number, t: number): number {
  const wide = Math.hypot(CUFF.top[0] - CUFF.bottom[0], CUFF.top[1] - CUFF.bottom[1]);
  return THICK * roundOff(Math.min(t, 1 - t) * wide) + drape(FOLDS, x, z);
}

/** Half of the body's width: the armhole runs in a little, the waist too. */
function halfWidth(z: number): number {
  if (z <= SHOULDER.drop) return SHOULDER.wide;
  if (z >= UNDERARM.drop) {
    const t = (z - UNDERARM.drop) / (HEM.drop - UNDERARM.drop);
    return UNDERARM.wide + (HEM.wide - UNDERARM.wide) * t - 7 * Math.sin(Math.PI * t);
  }
  const t = (z - SHOULDER.drop) / (UNDERARM.drop - SHOULDER.drop);
  return SHOULDER.wide + (UNDERARM.wide - SHOULDER.wide) * t ** 2.2 - 9 * Math.sin(Math.PI * t);
}

/** The neckline, a little fuller than an ellipse. */
const neck = (x: number, drop: number): number =>
  drop * Math.max(0, 1 - (Math.abs(x) / NECK.wide) ** 2.3) ** (1 / 1.9);

/** The collar's inner edge, from the wearer's right shoulder (−π/2) to the left. */
const opening = (angle: number, drop: number): Place => [
  (NECK.wide - NECK.rib) * Math.sin(angle),
  drop * Math.max(0, Math.cos(angle)) ** 0.9,
];

/** Where the collar is sewn on, 1 mm wide. */
function collarSeam(s: number): readonly [Place, Place] {
  const x = NECK.wide * Math.sin((s - 0.5) * Math.PI);
  const z = neck(x, NECK.front);
  return [
    [x, z],
    [x * 1.012, z + 1.2],
  ];
}

/** Across the body from seam to seam, and from its top edge (shoulder, neck, shoulder) down to the hem. */
function bodyAt(s: number, t: number): Place {
  const x = across(s);
  const top =
    Math.abs(x) < NECK.wide
      ? neck(x, NECK.front)
      : (SHOULDER.drop * (Math.abs(x) - NECK.wide)) / (SHOULDER.wide - NECK.wide);
  const bottom = HEM.drop + 4 - 8 * (x / SHOULDER.wide) ** 4;
  const z = top + (bottom - top) * t;
  return [(x * halfWidth(z)) / SHOULDER.wide, z];
}

/** Columns of the body: closer where the neckline is steep. */
function across(s: number): number {
  const at = 2 * s - 1;
  const share = 0.44;
  if (Math.abs(at) <= share) return NECK.wide * Math.sin(((at / share) * Math.PI) / 2);
  return Math.sign(at) * (NECK.wide + ((Math.abs(at) - share) / (1 - share)) * (SHOULDER.wide - NECK.wide));
}

/** The seam between sleeve and body, from the shoulder down. */
function armhole(t: number): Place {
  const z = SHOULDER.drop + (UNDERARM.drop - SHOULDER.drop) * t;
  return [halfWidth(z), z];
}

/** A sleeve on the right of the picture, from its seam out to the cuff and from its upper edge down. */
function sleeveAt(s: number, t: number): Place {
  const [ax, az] = armhole(t);
  const [tx, tz] = CUFF.top;
  const [bx, bz] = CUFF.bottom;
  const [cx, cz] = [tx + (bx - tx) * t, tz + (bz - tz) * t];
  // The upper edge runs round over the arm, the lower one falls straight; the cuff is a little bowed.
  const over = Math.sin(Math.PI * s) * (1 - smooth(0, 1, t)) * 9;
  const bow = 5 * Math.sin(Math.PI * t) * s;
  return [ax + (cx - ax) * s + over * 0.6 + bow * 0.8, az + (cz - az) * s - over * 0.8 + bow * 0.5];
}

/** A line of a width along a place of the armhole. */
const around = (mirror: (place: Place) => Place, [x, z]: Place, half: number): readonly [Place, Place] => [
  mirror([x - half, z]),
  mirror([x + half, z]),
];

const dimmed = ([red, green, blue]: Colour, by: number): Colour => [red * by, green * by, blue * by];
