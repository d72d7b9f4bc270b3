import { seeded, shuffled } from '../random.ts';
import type { Box, Size } from '../units.ts';
import type { Motif, Pattern, Placement, Surface } from './pattern.ts';
import { innerRadius, type Point, type Polygon, polygonDistance, WHOLE } from './polygon.ts';

/** A picture that has its place in the block, mm. */
interface Lying {
  readonly motif: Motif;
  readonly middle: Point;
  readonly width: number;
  readonly height: number;
  readonly turn: number;
  /** What is seen of it, about its middle. */
  readonly outline: Polygon;
  /** Of the circle about its middle that holds the outline. */
  readonly radius: number;
  /** Of the largest circle about its middle within the outline; 0 where its middle is not seen. */
  readonly inner: number;
}

/** Sizes that are tried, from 1 to the smallest: big ones first, then what fits between them. */
const LEVELS = 5;
/** Throws per place that a tile would take; beyond, hardly any finds room. */
const THROWS = 100;
/** The block itself and the copies around it, in blocks. */
const COPIES: readonly Point[] = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j): Point => [i, j]));

/** Corners of an outline, turned about the picture's middle. */
function turnedOutline({ outline = WHOLE }: Motif, width: number, height: number, degrees: number): Polygon {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return outline.map(([u, v]) => {
    const [x, y] = [(u - 0.5) * width, (v - 0.5) * height];
    return [x * cos - y * sin, x * sin + y * cos];
  });
}

function lyingAt(motif: Motif, tile: Size, scale: number, turn: number, middle: Point): Lying {
  const fit = Math.min(tile.width / motif.aspect, tile.height) * scale;
  const [width, height] = [fit * motif.aspect, fit];
  const outline = turnedOutline(motif, width, height, turn);
  return {
    motif,
    middle,
    width,
    height,
    turn,
    outline,
    radius: Math.max(...outline.map(([x, y]) => Math.hypot(x, y))),
    inner: innerRadius(outline),
  };
}

/** The block with what lies in it; its opposite edges are one. */
class Block {
  readonly size: Size;
  readonly lying: Lying[] = [];
  readonly #gap: number;
  /** What lies in the block by squares, so that a throw looks at those around it only. */
  readonly #squares: Lying[][];
  readonly #across: number;
  readonly #down: number;

  /** @param most no picture reaches farther from its middle, mm */
  constructor(size: Size, gap: number, most: number) {
    this.size = size;
    this.#gap = gap;
    // With fewer than three, the squares on both sides of one would be the same.
    const squares = (length: number) => {
      const count = Math.floor(length / (2 * most + gap));
      return count < 3 ? 1 : count;
    };
    this.#across = squares(size.width);
    this.#down = squares(size.height);
    this.#squares = Array.from({ length: this.#across * this.#down }, () => []);
  }

  #square([x, y]: Point, dx = 0, dy = 0): Lying[] {
    const column = Math.floor((x / this.size.width) * this.#across) + dx + this.#across;
    const row = Math.floor((y / this.size.height) * this.#down) + dy + this.#down;
    return this.#squares[(row % this.#down) * this.#across + (column % this.#across)]!;
  }

  /** All that may be met from here. */
  around(middle: Point): Lying[] {
    const steps = (count: number) => (count === 1 ? [0] : [-1, 0, 1]);
    return steps(this.#across).flatMap((dx) =>
      steps(this.#down).flatMap((dy) => this.#square(middle, dx, dy)),
    );
  }

  add(one: Lying): void {
    this.lying.push(one);
    this.#square(one.middle).push(one);
  }

  /** From one middle to the other the shortest way, which may lead over an edge. */
  way([ax, ay]: Point, [bx, by]: Point): Point {
    const short = (d: number, length: number) => d - Math.round(d / length) * length;
    return [short(bx - ax, this.size.width), short(by - ay, this.size.height)];
  }

  /** Whether no picture, whatever its size, can have its middle here. */
  isTaken(middle: Point, around: readonly Lying[]): boolean {
    return around.some((other) => {
      const [dx, dy] = this.way(middle, other.middle);
      return dx * dx + dy * dy < (other.inner + this.#gap) ** 2;
    });
  }

  /** Whether it keeps the gap to the others, and to its own copies in the blocks beside. */
  hasRoom(thrown: Lying, around: readonly Lying[]): boolean {
    const { width, height } = this.size;
    const gap = this.#gap;
    const apart = (other: Lying, dx: number, dy: number) =>
      dx * dx + dy * dy >= (thrown.radius + other.radius + gap) ** 2 ||
      polygonDistance(
        thrown.outline,
        other.outline.map(([x, y]) => [x + dx, y + dy]),
      ) >= gap;
    return (
      COPIES.every(([i, j]) => (i === 0 && j === 0) || apart(thrown, i * width, j * height)) &&
      around.every((other) => {
        const [dx, dy] = this.way(thrown.middle, other.middle);
        return COPIES.every(([i, j]) => apart(other, dx + i * width, dy + j * height));
      })
    );
  }

  /** The picture whose nearest copy is farthest from here; of those that lie nowhere yet, the first. */
  rarest(motifs: readonly Motif[], middle: Point): Motif {
    if (motifs.length === 1) return motifs[0]!;
    const nearest = new Map(motifs.map((motif) => [motif, Number.POSITIVE_INFINITY]));
    for (const other of this.lying) {
      const distance = Math.hypot(...this.way(middle, other.middle));
      if (distance < nearest.get(other.motif)!) nearest.set(other.motif, distance);
    }
    return motifs.reduce((best, motif) => (nearest.get(motif)! > nearest.get(best)! ? motif : best));
  }
}

function strew({ motifs, tile, gap, seed, turn = 0, smallest = 1 }: Pattern, size: Size): readonly Lying[] {
  const random = seeded(seed);
  const order = shuffled(motifs, random);
  const most = Math.max(...motifs.map((motif) => lyingAt(motif, tile, 1, 0, [0, 0]).radius));
  const block = new Block(size, gap, most);
  const levels = smallest < 1 ? LEVELS : 1;
  for (let level = 0; level < levels; level++) {
    const scale = levels === 1 ? 1 : smallest ** (level / (levels - 1));
    const places = (size.width * size.height) / (tile.width * tile.height * scale ** 2);
    for (let thrown = 0; thrown < THROWS * places; thrown++) {
      const middle: Point = [random.between(0, size.width), random.between(0, size.height)];
      const degrees = random.between(-turn, turn);
      const around = block.around(middle);
      if (block.isTaken(middle, around)) continue;
      const one = lyingAt(block.rarest(order, middle), tile, scale, degrees, middle);
      if (block.hasRoom(one, around)) block.add(one);
    }
  }
  return block.lying;
}

/**
 * Strews pictures over a surface and its bleed: by the outlines of what is seen of them they keep the gap, and equal ones
 * keep away from each other. The pattern is a block that joins its own copies on all sides.
 */
export function scatter(pattern: Pattern, { size }: Surface): Placement[] {
  const block = pattern.block ?? size;
  const placements: Placement[] = [];
  for (const { motif, middle, width, height, turn, outline } of strew(pattern, block)) {
    const reach = (axis: 0 | 1): [number, number] => {
      const all = outline.map((point) => point[axis] + middle[axis]);
      return [Math.min(...all), Math.max(...all)];
    };
    for (const dx of copiesOn(reach(0), block.width, size.width)) {
      for (const dy of copiesOn(reach(1), block.height, size.height)) {
        const box: Box = { x: middle[0] - width / 2 + dx, y: middle[1] - height / 2 + dy, width, height };
        placements.push({
          ...{ picture: motif.id, box, turn },
          ...{ flipX: false, flipY: false, wrapX: false, wrapY: false },
        });
      }
    }
  }
  return placements;
}

/** How far to move a span so that its copies, a period apart, touch `0…length`: each such distance. */
function copiesOn([from, to]: readonly [number, number], period: number, length: number): number[] {
  const first = Math.floor(-to / period) + 1;
  const last = Math.ceil((length - from) / period) - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * period);
}
