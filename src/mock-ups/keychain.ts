import type { KeychainMockUp } from '../products/mock-up.ts';
import { type Colour, type Material, type Mesh, surface } from './mesh.ts';
import { type Ring, ringsOf } from './outline.ts';
import type { Vector } from './vector.ts';

const EDGE: Colour = [226, 234, 236];
const METAL: Material = { colour: [188, 189, 192], page: null, gloss: 0.85, isSoft: true };
const SHINING: Material = { colour: EDGE, page: null, gloss: 0.5, isSoft: true };

/** The ring's wire passes below the acrylic, mm. */
const LIFT = 1.2;
/** Polished edges: how wide, mm. */
const BEVEL = 0.45;
/** How far the middle stands above the edge, mm: nothing is quite flat, and a window mirrored in it has an end. */
const DOME = 1.3;
/** A jump ring, mm: from its middle to the wire's, the wire's own radius, and how far it leans, radians. */
const JUMP = { radius: 4.4, wire: 0.6, lean: 0.9 };
/** A ball chain of 2.4 mm beads, as keychains are sold with: 11 cm closed to a loop; mm. */
const CHAIN = { bead: 1.2, step: 3.05, long: 37, wide: 19, links: 400 };

/** A keychain lying on the table, its ring and its chain above it. */
export function keychainMeshes({ thickness, front, outline, white }: KeychainMockUp): Mesh[] {
  const { box } = front;
  const top = LIFT + thickness;
  const place = ([x, y]: readonly [number, number], high: number): Vector => [
    x - box.x - box.width / 2,
    high,
    y - box.y - box.height / 2,
  ];
  const rings = ringsOf(outline).map(eachOnce);
  const dome = (s: number, t: number) => DOME * (1 - (2 * s - 1) ** 2) * (1 - (2 * t - 1) ** 2);
  const face = surface({
    material: { colour: EDGE, page: front.page, clear: true, gloss: 0.3 },
    ...{ across: 24, down: 24, box },
    at: (s, t) => place([box.x + s * box.width, box.y + t * box.height], top + dome(s, t)),
  });
  const printed = white === null ? rings : ringsOf(white);
  const hole = smallest(rings);
  return [
    ...rings.flatMap((ring) => rim(ring, (point, high) => place(point, high), top)),
    ...(hole ? hanging(place(middleOf(hole), LIFT + thickness / 2)) : []),
    { ...face, outline: printed.map((ring) => ring.map((point) => place(point, top))) },
  ];
}

/** Places of a ring, none twice. */
const eachOnce = (ring: Ring): Ring =>
  ring.filter(([x, y], i) => {
    const [px, py] = ring[(i + ring.length - 1) % ring.length]!;
    return Math.hypot(x - px, y - py) > 1e-6;
  });

/** The side that was cut, and the polished edge around the top. */
function rim(ring: Ring, place: (point: Ring[number], high: number) => Vector, top: number): Mesh[] {
  const inwards = insideOf(ring);
  const at = (s: number, off: number): Ring[number] => {
    const along = s * ring.length;
    const i = Math.floor(along);
    const [a, b] = [i % ring.length, (i + 1) % ring.length];
    const share = along - i;
    const between = (of: readonly (readonly [number, number])[], k: 0 | 1) =>
      of[a]![k] + (of[b]![k] - of[a]![k]) * share;
    return [between(ring, 0) + off * between(inwards, 0), between(ring, 1) + off * between(inwards, 1)];
  };
  const across = ring.length;
  return [
    surface({
      ...{ material: SHINING, across, down: 1 },
      at: (s, t) => place(at(s, 0), LIFT + (top - BEVEL - LIFT) * (1 - t)),
    }),
    surface({
      ...{ material: SHINING, across, down: 1 },
      at: (s, t) => place(at(s, BEVEL * t), top - BEVEL + BEVEL * t),
    }),
  ];
}

/** At each place of a ring the direction into the material: inside of an outline, outside of a hole. */
function insideOf(ring: Ring): (readonly [number, number])[] {
  return ring.map((_, i) => {
    const [ax, ay] = ring[(i + ring.length - 1) % ring.length]!;
    const [bx, by] = ring[(i + 1) % ring.length]!;
    const long = Math.hypot(bx - ax, by - ay) || 1;
    // Outlines run clockwise as they are seen, holes the other way round.
    return [-(by - ay) / long, (bx - ax) / long] as const;
  });
}

const areaOf = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]!;
    return sum + (x * ny - nx * y) / 2;
  }, 0);

/** The hole: the smallest of the rings, where there are several. */
const smallest = (rings: readonly Ring[]): Ring | undefined =>
  rings.length < 2
    ? undefined
    : rings.reduce((least, ring) => (Math.abs(areaOf(ring)) < Math.abs(areaOf(least)) ? ring : least));

function middleOf(ring: Ring): readonly [number, number] {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

/** A jump ring through the hole, and a chain through the ring. @param at the middle of the hole */
function hanging([x, y, z]: Vector): Mesh[] {
  const { radius, wire, lean } = JUMP;
  const [sin, cos] = [Math.sin(lean), Math.cos(lean)];
  const high = radius * cos + wire;
  // How far below its middle the ring goes through the hole.
  const below = (high - y) / cos;
  const behind = Math.sqrt(Math.max(0, radius * radius - below * below));
  const middle: Vector = [x + below * sin, high, z - behind];
  const jump = tube(
    (s) => {
      const angle = s * 2 * Math.PI;
      const [up, back] = [radius * Math.sin(angle), radius * Math.cos(angle)];
      return [middle[0] + up * sin, middle[1] + up * cos, middle[2] + back];
    },
    wire,
    48,
  );
  return [jump, ...chain([middle[0], middle[1], middle[2] - radius + 1.2])];
}

/** Beads on a line in the form of a drop that lies, from the ring and back to it. */
function chain([x, y, z]: Vector): Mesh[] {
  const { bead, step, long, wide, links } = CHAIN;
  const at = (s: number): Vector => {
    const angle = s * 2 * Math.PI;
    const away = (1 - Math.cos(angle)) / 2;
    const aside = wide * Math.sin(angle) * Math.sin(angle / 2) ** 1.1;
    const low = Math.min(1, (away * long) / 9);
    return [
      x + aside + 0.22 * long * away + 2.4 * Math.sin(2.2 * angle) * away,
      y * (1 - low) + bead * low + 0.4,
      z - long * away,
    ];
  };
  const points = Array.from({ length: links + 1 }, (_, i) => at(i / links));
  const lengths = [0];
  for (let i = 1; i <= links; i++) lengths.push(lengths[i - 1]! + distance(points[i - 1]!, points[i]!));
  const count = Math.round(lengths[links]! / step);
  const place = (n: number): Vector => {
    const wanted = ((n + 0.5) / count) * lengths[links]!;
    const next = Math.max(
      1,
      lengths.findIndex((length) => length >= wanted),
    );
    const share = (wanted - lengths[next - 1]!) / (lengths[next]! - lengths[next - 1]!);
    return mixed(points[next - 1]!, points[next]!, share);
  };
  // Its two ends meet in a clasp, on the side that is nearer to who looks.
  const clasp = Math.round(count * 0.3);
  const isInClasp = (n: number) => Math.abs(n - clasp) <= 1;
  return [
    tube(at, bead * 0.3, 160, false),
    ...Array.from({ length: count }, (_, n) => n)
      .filter((n) => !isInClasp(n))
      .map((n) => ball(place(n), bead)),
    capsule(place(clasp - 1), place(clasp + 1), bead * 1.35),
  ];
}

const distance = (a: Vector, b: Vector): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const mixed = (a: Vector, b: Vector, share: number): Vector => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

const ball = ([x, y, z]: Vector, radius: number): Mesh =>
  surface({
    ...{ material: METAL, across: 14, down: 9 },
    at: (s, t) => {
      const [around, down] = [s * 2 * Math.PI, t * Math.PI];
      const wide = radius * Math.sin(down);
      return [x + wide * Math.sin(around), y + radius * Math.cos(down), z + wide * Math.cos(around)];
    },
  });

/** A short rod with round ends, level. */
function capsule(from: Vector, to: Vector, radius: number): Mesh {
  const long = distance(from, to);
  const [dx, dz] = [(to[0] - from[0]) / long, (to[2] - from[2]) / long];
  return surface({
    ...{ material: METAL, across: 18, down: 16 },
    at: (s, t) => {
      const around = s * 2 * Math.PI;
      const along = (t - 0.5) * (long + 2 * radius);
      const beyond = Math.max(0, Math.abs(along) - long / 2);
      const wide = Math.sqrt(Math.max(0, radius * radius - beyond * beyond));
      const [x, y, z] = mixed(from, to, 0.5);
      const aside = wide * Math.cos(around);
      return [x + dx * along - dz * aside, y + wide * Math.sin(around), z + dz * along + dx * aside];
    },
  });
}

/** A wire along a line. */
function tube(line: (s: number) => Vector, radius: number, pieces: number, isClosed = true): Mesh {
  const near = 1 / (pieces * 4);
  const wrap = (s: number) => (isClosed ? (s + 1) % 1 : Math.min(1, Math.max(0, s)));
  return surface({
    ...{ material: METAL, across: pieces, down: 10 },
    at: (s, t) => {
      const [x, y, z] = line(s);
      const [a, b] = [line(wrap(s - near)), line(wrap(s + near))];
      const long = distance(a, b);
      const [dx, dy, dz] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long, (b[2] - a[2]) / long];
      // Two directions across the line: one level, one upright to both.
      const level = Math.hypot(dx, dz) || 1;
      const [ux, uz] = [dz / level, -dx / level];
      const [vx, vy, vz] = [dy * uz, dz * ux - dx * uz, -dy * ux];
      const [cos, sin] = [radius * Math.cos(t * 2 * Math.PI), radius * Math.sin(t * 2 * Math.PI)];
      return [x + ux * cos + vx * sin, y + vy * sin, z + uz * cos + vz * sin];
    },
  });
}
