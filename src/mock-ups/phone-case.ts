import type { PhoneCaseMockUp } from '../products/mock-up.ts';
import type { Box, Size } from '../units.ts';
import { type Colour, type Material, type Mesh, surface } from './mesh.ts';
import type { Vector } from './vector.ts';

const SHELL: Colour = [246, 246, 246];
const GLASS: Material = { colour: [20, 20, 23], page: null, gloss: 0.4 };
const MODULE: Material = { colour: [52, 53, 57], page: null, gloss: 0.2 };
const METAL: Material = { colour: [150, 151, 155], page: null, gloss: 0.6 };
const LENS: Material = { colour: [14, 15, 20], page: null, gloss: 0.55 };

/** Radius by which the back rolls over into its sides, mm. */
const ROLL = 3.2;
/** The camera stands out of the back, and its lenses out of that, mm. */
const [BUMP, BARREL] = [0.6, 1.5];
/** Corners of the opening for the camera, in shares of its shorter side. */
const OPENING_CORNER = 0.27;
/** Rings end just before their middle, where they would have no direction. */
const INWARDS = 0.9999;
/** Pieces around a rounded rectangle. */
const AROUND = 128;

/** A telephone in its case, upright, its back towards z. */
export function phoneCaseMeshes({ face, side, thickness, corner, camera }: PhoneCaseMockUp): Mesh[] {
  const { box, page } = face;
  const back: Size = { width: box.width - 2 * side, height: box.height - 2 * side };
  const flat: Size = { width: back.width - 2 * ROLL, height: back.height - 2 * ROLL };
  const radius = Math.max(0.5, corner - ROLL);
  const edge = (s: number) => onRounded(flat, radius, s);
  const arc = (ROLL * Math.PI) / 2;
  const printed = Math.min(ROLL + side, arc + thickness - ROLL);
  /** A place so far beyond the flat part, mm along the print. */
  const over = (s: number, along: number): Vector => {
    const { x, y, nx, ny } = edge(s);
    const angle = Math.min(along, arc) / ROLL;
    const out = ROLL * Math.sin(angle);
    const deep = ROLL * (1 - Math.cos(angle)) + Math.max(0, along - arc);
    return [x + nx * out, back.height / 2 - y - ny * out, thickness / 2 - deep];
  };
  const art: Material = { colour: SHELL, page, gloss: 0.16 };
  const onPage = (x: number, y: number) => [x / box.width + 0.5, y / box.height + 0.5] as const;
  // Clockwise and inwards, so that its outside is towards who looks.
  const meshes = [
    surface({
      ...{ material: art, across: AROUND, down: 8, box },
      at: (s, t) => {
        const { x, y } = edge(s);
        const share = 1 - t * INWARDS;
        return [x * share, back.height / 2 - y * share, thickness / 2];
      },
      mapped: (s, t) => {
        const { x, y } = edge(s);
        return onPage(x * (1 - t), y * (1 - t));
      },
    }),
    surface({
      ...{ material: art, across: AROUND, down: 16, box },
      at: (s, t) => over(s, printed * (1 - t)),
      mapped: (s, t) => {
        const { x, y, nx, ny } = edge(s);
        return onPage(x + nx * printed * (1 - t), y + ny * printed * (1 - t));
      },
    }),
    surface({
      ...{ material: { colour: SHELL, page: null, gloss: 0.16 }, across: AROUND, down: 4 },
      at: (s, t) => over(s, printed + (arc + thickness - ROLL - printed) * (1 - t)),
    }),
    plate({ x: 0, y: 0, ...back }, corner, GLASS, ([x, y]) => [x, back.height / 2 - y, -thickness / 2]),
  ];
  if (camera)
    meshes.push(
      ...cameraMeshes(camera, box, ([x, y], high) => [x, back.height / 2 - y, thickness / 2 + high]),
    );
  return meshes;
}

type Stand = (place: readonly [x: number, y: number], high: number) => Vector;

/** What is seen in the opening: the module, two lenses and a lamp, or three lenses where there is room. */
function cameraMeshes(opening: Box, page: Box, stand: Stand): Mesh[] {
  const { width, height } = opening;
  const least = Math.min(width, height);
  const module: Box = {
    ...{ width, height },
    x: opening.x + width / 2 - page.x - page.width / 2,
    y: opening.y + height / 2 - page.y - page.height / 2,
  };
  const lens = least * 0.185;
  const at = (dx: number, dy: number) => [module.x + dx * width, module.y + dy * height] as const;
  const barrel = (place: readonly [number, number], radius: number): Mesh[] => [
    surface({
      ...{ material: METAL, across: 40, down: 3 },
      at: (s, t) => stand(onCircle(place, radius * (1 - 0.1 * (1 - t)), s), BUMP + BARREL * (1 - t)),
    }),
    disc(place, radius * 0.92, LENS, stand, BUMP + BARREL),
    disc(place, radius * 0.5, { ...LENS, colour: [34, 38, 56] }, stand, BUMP + BARREL + 0.05),
  ];
  return [
    plate(module, least * OPENING_CORNER, MODULE, (place) => stand(place, BUMP)),
    surface({
      ...{ material: METAL, across: AROUND, down: 2 },
      at: (s, t) => {
        const { x, y } = onRounded(module, least * OPENING_CORNER, s);
        return stand([module.x + x, module.y + y], BUMP * (1 - t));
      },
    }),
    ...barrel(at(-0.22, -0.22), lens),
    ...barrel(at(-0.22, 0.22), lens),
    ...barrel(at(0.22, 0), lens),
    disc(at(0.24, -0.32), lens * 0.34, { colour: [248, 240, 214], page: null }, stand, BUMP + 0.1),
  ];
}

const onCircle = ([x, y]: readonly [number, number], radius: number, s: number) =>
  [x + radius * Math.sin(s * 2 * Math.PI), y - radius * Math.cos(s * 2 * Math.PI)] as const;

const disc = (
  place: readonly [number, number],
  radius: number,
  material: Material,
  stand: Stand,
  high: number,
): Mesh =>
  surface({
    ...{ material, across: 40, down: 2 },
    at: (s, t) => stand(onCircle(place, radius * (1 - t * INWARDS), s), high),
  });

/** A flat rounded rectangle around the middle of a box. */
const plate = (
  { x, y, ...size }: Box,
  radius: number,
  material: Material,
  stand: (place: readonly [x: number, y: number]) => Vector,
): Mesh =>
  surface({
    ...{ material, across: AROUND, down: 2 },
    at: (s, t) => {
      const on = onRounded(size, radius, s);
      const share = 1 - t * INWARDS;
      return stand([x + on.x * share, y + on.y * share]);
    },
  });

/** A place on a rounded rectangle around 0, clockwise from its top right corner's beginning, and the way out of it. */
function onRounded({ width, height }: Size, radius: number, s: number) {
  const round = Math.min(radius, width / 2, height / 2);
  const [w, h] = [width / 2 - round, height / 2 - round];
  // A quarter of the pieces a corner with the side before it: as many for the bend as for the side.
  const quarter = Math.min(3, Math.floor(s * 4));
  const share = s * 4 - quarter;
  const turn = Math.max(0, share - 0.5) * Math.PI;
  const side = Math.min(1, share * 2);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  // In the top right quarter: along the top to the right, then around the corner.
  const corners = [
    { x: -w + 2 * w * side, y: -h, nx: sin, ny: -cos },
    { x: w, y: -h + 2 * h * side, nx: cos, ny: sin },
    { x: w - 2 * w * side, y: h, nx: -sin, ny: cos },
    { x: -w, y: h - 2 * h * side, nx: -cos, ny: -sin },
  ] as const;
  const { x, y, nx, ny } = corners[quarter as 0 | 1 | 2 | 3];
  return { x: x + nx * round, y: y + ny * round, nx, ny };
}
