import type { CylinderMockUp } from '../products/mock-up.ts';
import { type Colour, type Mesh, surface } from './mesh.ts';

const CHINA: Colour = [249, 248, 245];
/** Thickness of the wall and radius of the rounded foot, mm. */
const [WALL, FOOT] = [3.6, 5];
const GLOSS = 0.34;

/** A mug that stands on its foot, the middle of its print towards z, its handle behind. */
export function mugMeshes({ diameter, height, wrap }: CylinderMockUp): Mesh[] {
  const radius = diameter / 2;
  const china = { colour: CHINA, page: null, gloss: GLOSS };
  const outline = profile(radius, height);
  const around = (s: number) => (s - 0.5) * 2 * Math.PI;
  const { width, height: high } = wrap.box;
  const body = surface({
    ...{ material: china, across: 120, down: outline.length - 1 },
    at: (s, t) => {
      const at = t * (outline.length - 1);
      const i = Math.min(outline.length - 2, Math.floor(at));
      const [[r0, y0], [r1, y1]] = [outline[i]!, outline[i + 1]!];
      const r = r0 + (r1 - r0) * (at - i);
      return [r * Math.sin(around(s)), y0 + (y1 - y0) * (at - i), r * Math.cos(around(s))];
    },
  });
  const print = surface({
    ...{ material: { colour: CHINA, page: wrap.page, gloss: GLOSS }, across: 120, down: 8, box: wrap.box },
    at: (s, t) => {
      const angle = ((s - 0.5) * width) / radius;
      const r = radius + 0.06;
      return [r * Math.sin(angle), height / 2 + high * (0.5 - t), r * Math.cos(angle)];
    },
  });
  return [body, handle(radius, height), print];
}

/** From the middle of the inner ground up over the rim and down to the foot: distance from the axis and height, mm. */
function profile(radius: number, height: number): (readonly [number, number])[] {
  const inner = radius - WALL;
  const turn = (count: number, at: (t: number) => readonly [number, number]) =>
    Array.from({ length: count + 1 }, (_, i) => at((i / count) * (Math.PI / 2)));
  return [
    [0, FOOT],
    [inner - FOOT, FOOT],
    ...turn(6, (a) => [inner - FOOT + FOOT * Math.sin(a), 2 * FOOT - FOOT * Math.cos(a)] as const),
    [inner, height - WALL / 2],
    ...turn(
      5,
      (a) => [inner + (WALL / 2) * (1 - Math.cos(a)), height - WALL / 2 + (WALL / 2) * Math.sin(a)] as const,
    ),
    ...turn(
      5,
      (a) => [radius - (WALL / 2) * (1 - Math.sin(a)), height - (WALL / 2) * (1 - Math.cos(a))] as const,
    ),
    ...Array.from({ length: 6 }, (_, i) => [radius, height - 3 - ((height - 3 - FOOT) * i) / 5] as const),
    ...turn(6, (a) => [radius - FOOT * 0.6 * (1 - Math.cos(a)), FOOT * (1 - Math.sin(a))] as const),
  ];
}

/** An ear behind the mug. */
function handle(radius: number, height: number): Mesh {
  const [reach, high] = [radius * 0.72, height * 0.31];
  return surface({
    ...{ material: { colour: CHINA, page: null, gloss: GLOSS }, across: 24, down: 40 },
    at: (s, t) => {
      const along = (t - 0.5) * Math.PI;
      const [cos, sin] = [Math.cos(along), Math.sin(along)];
      const around = s * 2 * Math.PI;
      // Square-shouldered, as hands like them: a superellipse.
      const [out, up] = [reach * Math.abs(cos) ** 0.75, -high * Math.sign(sin) * Math.abs(sin) ** 0.85];
      const thick = 4.6 * Math.cos(around);
      return [7 * Math.sin(around), height * 0.51 + up - thick * sin, -(radius - 3 + out + thick * cos)];
    },
  });
}
