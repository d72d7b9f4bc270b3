import type { BagMockUp } from '../products/mock-up.ts';
import { type Colour, type Mesh, surface } from './mesh.ts';

const CANVAS: Colour = [233, 226, 211];
/** Width of a strap, mm. */
const STRAP = 26;

/** A bag that stands with its straps up, a little filled. */
export function bagMeshes({ front, back }: BagMockUp): Mesh[] {
  const { width, height } = front.box;
  const thick = width * 0.13;
  /** Half of the thickness: nothing at the sides, most of it low down, little at the top. */
  const half = (s: number, t: number) =>
    (thick / 2) *
    Math.sin(Math.PI * s) ** 0.55 *
    (0.16 + 0.84 * Math.sin((Math.min(1, t / 0.86) * Math.PI) / 2) ** 1.4) *
    Math.sqrt(Math.max(0, 1 - Math.max(0, (t - 0.86) / 0.14) ** 2));
  /** Cloth sags: sides come in where the bag is thick. */
  const x = (s: number, t: number) => (s - 0.5) * width * (1 - 0.035 * Math.sin(Math.PI * t));
  const cloth = { across: 40, down: 40 };
  return [
    surface({
      ...{ ...cloth, material: { colour: CANVAS, page: front.page }, box: front.box },
      at: (s, t) => [x(s, t), height * (1 - t), half(s, t)],
    }),
    surface({
      ...{ ...cloth, material: { colour: CANVAS, page: back.page }, box: back.box },
      at: (s, t) => [x(s, 1 - t), height * t, -half(s, 1 - t)],
    }),
    ...[1, -1].map((side) => strap(width, height, side * half(0.3, 0.04))),
  ];
}

function strap(width: number, height: number, z: number): Mesh {
  const [apart, high] = [width * 0.19, width * 0.62];
  return surface({
    ...{ material: { colour: CANVAS, page: null }, across: 6, down: 60 },
    at: (s, t) => {
      // Sewn on inside: it begins a hand below the edge, and is hidden there.
      const along = (t - 0.5) * Math.PI * 1.06;
      const [cos, sin] = [Math.cos(along), Math.sin(along)];
      const off = (s - 0.5) * STRAP;
      const [dx, dy] = [apart * cos, -high * 0.8 * sin];
      const long = Math.hypot(dx, dy);
      return [
        apart * sin + (off * -dy) / long,
        height - 14 + high * Math.sign(cos) * Math.abs(cos) ** 0.8 + (off * dx) / long,
        z * (1 - 0.5 * cos) + Math.sign(z) * 6 * cos * (s - 0.5),
      ];
    },
  });
}
