import type { Face, SheetMockUp } from '../products/mock-up.ts';
import type { Box } from '../units.ts';
import { type Colour, type Mesh, surface } from './mesh.ts';
import { type Ring, ringsOf } from './outline.ts';
import type { Vector } from './vector.ts';

const WHITE: Colour = [252, 251, 248];

/** Cards lie beside each other, turned a little each its own way, radians. */
const [TURN, TURN_BACK] = [0.09, -0.13];

/** Sheets that lie on the table; two sides are two of them. */
export function sheetMeshes({ on, thickness, front, back, outline }: SheetMockUp): Mesh[] {
  const { width, height } = front.box;
  const least = Math.min(width, height);
  const rings = outline === null ? null : ringsOf(outline);
  if (back) {
    const apart = width * 0.5;
    const place = (side: number, turn: number, y: number) =>
      lying(y, turn, [side * apart, side * height * 0.05]);
    return [
      sheet(back, { at: place(1, TURN_BACK, thickness), level: 1, rings, bent: 0.012 * least }),
      sheet(front, {
        at: place(-1, TURN, thickness * 2 + 0.002 * least),
        level: 2,
        rings,
        bent: 0.02 * least,
      }),
    ];
  }
  if (on === 'table') {
    const isCut = rings !== null;
    const y = isCut ? thickness + 0.008 * least : thickness + 0.002 * least;
    return [sheet(front, { at: lying(y, 0, [0, 0]), level: 1, rings, bent: isCut ? 0 : 0.02 * least })];
  }
  const margin = Math.max(5, least * 0.14);
  const under: Box = { x: -margin, y: -margin, width: width + 2 * margin, height: height + 2 * margin };
  const ground = sheet(
    { page: -2, box: under },
    { at: lying(0.3, 0, [0, 0]), level: 1, rings: null, bent: 0 },
  );
  // A sticker stands out of its backing by more than its thickness: by the shadow one knows it.
  const rise = Math.max(thickness, 0.008 * least);
  return [ground, sheet(front, { at: lying(0.3 + rise, 0, [0, 0]), level: 2, rings, bent: 0 })];
}

type Lay = (x: number, z: number, lift: number) => Vector;

/** Puts something onto the table, its middle at a place. */
const lying = (y: number, turn: number, [dx, dz]: readonly [number, number]): Lay => {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return (x, z, lift) => [dx + x * cos + z * sin, y + lift, dz + z * cos - x * sin];
};

interface Laid {
  readonly at: Lay;
  readonly level: number;
  readonly rings: readonly Ring[] | null;
  /** How far its corners stand up, mm. */
  readonly bent: number;
}

function sheet({ page, box }: Face, { at, level, rings, bent }: Laid): Mesh {
  const { width, height } = box;
  // Two corners that lie across from each other, as paper does that was in a parcel.
  const lift = (s: number, t: number) =>
    bent * Math.max(0, s - t) ** 3 + 0.6 * bent * Math.max(0, t - s) ** 3;
  const place = (s: number, t: number) => at((s - 0.5) * width, (t - 0.5) * height, lift(s, t));
  const mesh = surface({
    material: { colour: WHITE, page: page < 0 ? null : page, clear: rings !== null },
    ...{ across: 20, down: 20, box, level, at: place },
  });
  if (!rings) return mesh;
  const outline = rings.map((ring) => ring.map(([x, y]) => place((x - box.x) / width, (y - box.y) / height)));
  return { ...mesh, outline };
}
