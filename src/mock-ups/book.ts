import type { BookMockUp, Face } from '../products/mock-up.ts';
import { type Colour, flat, LEAVES, type Material, type Mesh, surface } from './mesh.ts';
import type { Vector } from './vector.ts';

const PAPER: Colour = [243, 239, 228];
/** The inside of a cover, and a book that is covered only in part. */
const BOARD: Colour = [240, 238, 233];

/** Thickness of a paperback's cover and of a hardcover's boards, mm. */
const [SOFT, HARD] = [0.3, 2.4];
/** Where a cover is creased, or a case has its groove: from the spine, half as wide, and how deep, mm. */
const CREASE = { at: 7, wide: 0.9, deep: 0.1 };
const GROOVE = { at: 8, wide: 2.2, deep: 1 };
/** How far flaps stand towards the reader when they are open, radians from flat. */
const BEYOND = 0.25;

/** A book that stands on its bottom edge, its front towards z. Made as bound on the left, and mirrored. */
export function bookMeshes(book: BookMockUp, open: number): Mesh[] {
  const { height, depth, overhang, front, back, spine } = book;
  const width = front.box.width;
  const isHard = overhang > 0;
  const isPart = front.box.height < height - 1;
  const fold = isHard ? GROOVE : CREASE;
  const edge = Math.min(isHard ? 1.6 : 0.7, depth / 3);
  const mirror = ([x, y, z]: Vector): Vector => [book.binding === 'left' ? x : -x, y, z];

  /** A piece of the book as it is bound on the left, seen from outside. */
  const piece = (
    at: (s: number, t: number) => Vector,
    face: Face | null,
    { bare = BOARD, across = 12, bent = false, inside }: Piece = {},
  ): Mesh => {
    const isLeft = book.binding === 'left';
    // Columns are closer towards where s is 0: that is where it bends.
    const bend = (s: number) => (bent ? s * s : s);
    const material: Material = {
      ...{ colour: bare, page: face ? face.page : null },
      ...(inside && { inside }),
    };
    return surface({
      ...{ material, across, down: 12, ...(face && { box: face.box }) },
      at: (s, t) => (isLeft ? at(bend(s), t) : mirror(at(bend(1 - s), t))),
      mapped: (s, t) => [isLeft ? bend(s) : 1 - bend(1 - s), t],
    });
  };

  /** How far a board stands out at a distance from the spine, mm. */
  const stands = (from: number): number => {
    const round = from < edge ? edge - Math.sqrt(edge * edge - (edge - from) ** 2) : 0;
    return depth / 2 - round - fold.deep * Math.exp(-(((from - fold.at) / fold.wide) ** 2));
  };
  const bulge = isHard ? Math.min(2, depth / 12) : 0;
  const left = -width / 2;

  const boards = (high: number, out: number, faces: Pick<BookMockUp, 'front' | 'back' | 'spine'> | null) => {
    const y = (t: number) => high * (1 - t);
    return [
      piece((s, t) => [left + s * width, y(t), stands(s * width) + out], faces?.front ?? null, BENT),
      reversed((s, t) => [left + s * width, y(t), -stands(s * width) - out], faces?.back ?? null),
      piece(
        (s, t) => {
          const off = Math.abs(2 * s - 1) * (depth / 2);
          const near = depth / 2 - off;
          const round = near < edge ? edge - Math.sqrt(edge * edge - (edge - near) ** 2) : 0;
          return [left + round - bulge * (1 - (2 * s - 1) ** 2) - out, y(t), (s - 0.5) * (depth + 2 * out)];
        },
        faces?.spine ?? null,
        { across: 24 },
      ),
    ];
  };
  /** A piece whose bend lies where s is 1: the back, whose right side is the spine. */
  const reversed = (at: (s: number, t: number) => Vector, face: Face | null): Mesh => {
    const isLeft = book.binding === 'left';
    const bend = (s: number) => s * s;
    return surface({
      material: { colour: BOARD, page: face ? face.page : null },
      ...{ across: 40, down: 12, ...(face && { box: face.box }) },
      at: (s, t) => (isLeft ? at(bend(1 - s), t) : mirror(at(bend(s), t))),
      mapped: (s, t) => [isLeft ? 1 - bend(1 - s) : bend(s), t],
    });
  };

  const meshes = [
    ...block(book, isHard ? HARD : SOFT).map((mesh) => (book.binding === 'left' ? mesh : mirrored(mesh))),
    ...(isPart ? boards(height, 0, null) : []),
    ...boards(front.box.height, isPart ? 0.25 : 0, { front, back, spine }),
  ];
  if (open > 0.02) meshes.push(...flaps());
  return meshes;

  function flaps(): Mesh[] {
    const angle = Math.PI * (1 - open) - BEYOND * open;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const { flapFront, flapBack } = book;
    const y = (face: Face, t: number) => face.box.height * (1 - t);
    return [
      ...(flapFront
        ? [
            piece(
              (s, t) => {
                const out = s * flapFront.box.width;
                return [width / 2 + out * cos, y(flapFront, t), depth / 2 - out * sin];
              },
              flapFront,
              { inside: BOARD },
            ),
          ]
        : []),
      ...(flapBack
        ? [
            piece(
              (s, t) => {
                const out = (1 - s) * flapBack.box.width;
                return [width / 2 + out * cos, y(flapBack, t), out * sin - depth / 2];
              },
              flapBack,
              { inside: BOARD },
            ),
          ]
        : []),
    ];
  }
}

interface Piece {
  readonly bare?: Colour;
  readonly across?: number;
  readonly bent?: boolean;
  readonly inside?: Colour;
}

const BENT: Piece = { across: 40, bent: true };

/** The pages: their head, tail and fore edge. */
function block({ front, height, depth, overhang }: BookMockUp, board: number): Mesh[] {
  const width = front.box.width;
  const [top, bottom] = [height - Math.max(overhang, 0.15), overhang];
  const [left, right] = [-width / 2 + board, width / 2 - Math.max(overhang, 0.15)];
  const thick = Math.max(0.2, depth - 2 * board);
  const z = thick / 2;
  const leaves: Material = { colour: PAPER, page: LEAVES };
  const box = { x: 0, y: 0, width: right - left, height: thick };
  const pieces = [
    flat(
      [
        [left, top, -z],
        [right, top, -z],
        [left, top, z],
      ],
      leaves,
      box,
    ),
    // Lines run up the fore edge: its page is turned.
    surface({
      ...{ material: leaves, across: 4, down: 4, box: { ...box, width: top - bottom } },
      at: (s, t) => [right, top - t * (top - bottom), z - 2 * z * s],
      mapped: (s, t) => [t, s],
    }),
  ];
  if (overhang === 0) return pieces;
  // The insides of the boards, where they stand out beyond the pages.
  const boards = [z, -z].flatMap((at) =>
    flat(
      [
        [-width / 2, height, at],
        [width / 2, height, at],
        [-width / 2, 0, at],
      ],
      { colour: BOARD, page: null },
    ),
  );
  const rims = [1, -1].flatMap((sign) => {
    const [inner, outer] = [sign * z, (sign * depth) / 2];
    const material = { colour: BOARD, page: null };
    return [
      flat(
        [
          [-width / 2, height, inner],
          [width / 2, height, inner],
          [-width / 2, height, outer],
        ],
        material,
      ),
      flat(
        [
          [width / 2, height, inner],
          [width / 2, height, outer],
          [width / 2, 0, inner],
        ],
        material,
      ),
    ];
  });
  return [...pieces, ...boards, ...rims];
}

/** The other way round; which side of a surface is its outside does not matter to who looks at it. */
const mirrored = (mesh: Mesh): Mesh => ({
  ...mesh,
  corners: mesh.corners.map((value, i) => (i % 8 === 0 || i % 8 === 3 ? -value : value)),
});
