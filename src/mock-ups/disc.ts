import type { DiscMockUp } from '../products/mock-up.ts';
import { type Mesh, surface } from './mesh.ts';

/** Rings from the middle to the edge. */
const RINGS = 64;
/** Where the face begins to roll over its edge, in fractions of the radius. */
const ROLL = 0.86;
/** How steep the face is there, and the edge at its end, radians. */
const [DOME, SIDE] = [0.16, 1.5];

/** A tin badge that lies on its back: film over a face that is a little domed and rolls down at its edge. */
export function badgeMeshes({ diameter, face }: DiscMockUp): Mesh[] {
  const { box, page } = face;
  const outline = profile(diameter / 2, box.width / 2);
  return [
    surface({
      material: { colour: [250, 250, 250], page, gloss: 0.42 },
      ...{ across: 96, down: RINGS, box },
      at: (s, t) => {
        const at = t * RINGS;
        const i = Math.min(RINGS - 1, Math.floor(at));
        const [a, b] = [outline[i]!, outline[i + 1]!];
        const r = a.radius + (b.radius - a.radius) * (at - i);
        const angle = -s * 2 * Math.PI;
        return [r * Math.sin(angle), a.height + (b.height - a.height) * (at - i), -r * Math.cos(angle)];
      },
      mapped: (s, t) => {
        const at = Math.min(RINGS, Math.round(t * RINGS));
        const share = outline[at]!.along / box.width;
        const angle = -s * 2 * Math.PI;
        return [0.5 + share * Math.sin(angle), 0.5 - share * Math.cos(angle)];
      },
    }),
  ];
}

interface Ring {
  /** From the axis and from the ground, mm. */
  readonly radius: number;
  readonly height: number;
  /** From the middle along the film, mm: where it is on the page. */
  readonly along: number;
}

function profile(radius: number, film: number): Ring[] {
  const length = Math.min(film, radius * 1.1);
  const step = length / RINGS;
  const rings: Ring[] = [{ radius: 0, height: 0, along: 0 }];
  for (let i = 0; i < RINGS; i++) {
    const share = (i + 0.5) / RINGS;
    const roll = Math.max(0, (share - ROLL) / (1 - ROLL));
    const steep = DOME * Math.min(1, share / ROLL) + (SIDE - DOME) * roll ** 1.3;
    const last = rings.at(-1)!;
    rings.push({
      radius: last.radius + step * Math.cos(steep),
      height: last.height - step * Math.sin(steep),
      along: last.along + step,
    });
  }
  const end = rings.at(-1)!;
  const scale = radius / end.radius;
  return rings.map((ring) => ({
    ...ring,
    radius: ring.radius * scale,
    height: (ring.height - end.height) * scale,
  }));
}
