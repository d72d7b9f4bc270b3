import type { Random } from '../../random.ts';
import type { Field } from './canvas.ts';
import type { Colour } from './colour.ts';

interface Facet {
  /** The mean of the picture there. */
  readonly colour: Colour;
  /** Its middle and about its radius, px. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** The way its shading goes, radians. */
  readonly angle: number;
  /** A number of its own, for its texture. */
  readonly seed: number;
}

/** A straight cut: places with `ax + by < c` lie below it. */
interface Line {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A plane cut in two again and again. */
interface Cut extends Line {
  below: Cut | Leaf;
  above: Cut | Leaf;
}

interface Leaf {
  facet: Facet;
}

interface Piece {
  readonly pixels: Int32Array;
  readonly error: number;
  /** Hangs what the piece becomes into the tree. */
  readonly put: (node: Cut | Leaf) => void;
}

interface Source {
  readonly size: number;
  readonly rgb: Float32Array;
  /** How much each pixel matters. */
  readonly weight: Field;
}

/** Every third pixel each way is enough to find the cuts. */
const SAMPLE = 3;
/** Random cuts of which the best is taken. */
const TRIES = 28;

/** Cuts a picture into flat facets; every cut is the best of a few random ones for the piece that needs it most. */
export function facets(source: Source, count: number, random: Random): Cut | Leaf {
  let root: Cut | Leaf | undefined;
  const all: number[] = [];
  for (let y = 1; y < source.size; y += SAMPLE) {
    for (let x = 1; x < source.size; x += SAMPLE) all.push(y * source.size + x);
  }
  const pieces: Piece[] = [
    piece(source, Int32Array.from(all), (node) => {
      root = node;
    }),
  ];
  while (pieces.length < count) {
    let worst = 0;
    for (let i = 1; i < pieces.length; i++) if (pieces[i]!.error > pieces[worst]!.error) worst = i;
    const [chosen] = pieces.splice(worst, 1);
    pieces.push(...split(source, chosen!, random));
  }
  for (const { pixels, put } of pieces) put({ facet: describe(source, pixels, random) });
  return root!;
}

/** The facet at a place and the distance to its nearest edge, px. */
export function facetAt(tree: Cut | Leaf, x: number, y: number): { facet: Facet; edge: number } {
  let node = tree;
  let edge = Number.POSITIVE_INFINITY;
  while (!('facet' in node)) {
    const side: number = node.a * x + node.b * y - node.c;
    edge = Math.min(edge, Math.abs(side));
    node = side < 0 ? node.below : node.above;
  }
  return { facet: node.facet, edge };
}

/** The weighted mean of some pixels and how far they are from it. */
function spread({ rgb, weight }: Source, pixels: Int32Array): { mean: Colour; error: number } {
  let total = 1e-9;
  const sum = [0, 0, 0];
  let squares = 0;
  for (const i of pixels) {
    const w = weight[i]!;
    total += w;
    for (let c = 0; c < 3; c++) {
      sum[c]! += w * rgb[i * 3 + c]!;
      squares += w * rgb[i * 3 + c]! ** 2;
    }
  }
  const mean: Colour = [sum[0]! / total, sum[1]! / total, sum[2]! / total];
  return { mean, error: squares - total * (mean[0] ** 2 + mean[1] ** 2 + mean[2] ** 2) };
}

function piece(source: Source, pixels: Int32Array, put: Piece['put']): Piece {
  // A facet must be worth a brush: tiny ones are never cut again, large ones are even where they are of one colour.
  const error = pixels.length < 10 ? 0 : spread(source, pixels).error + pixels.length * 0.004;
  return { pixels, put, error };
}

function divide(pixels: Int32Array, { a, b, c }: Line, size: number): [below: Int32Array, above: Int32Array] {
  const isBelow = (p: number): boolean => a * (p % size) + b * Math.floor(p / size) < c;
  return [pixels.filter(isBelow), pixels.filter((p) => !isBelow(p))];
}

function split(source: Source, { pixels, put }: Piece, random: Random): [Piece, Piece] {
  const { size } = source;
  let best: Line = { a: 1, b: 0, c: pixels[0]! % size };
  let bestError = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES; i++) {
    const through = pixels[Math.floor(random.next() * pixels.length)]!;
    const angle = random.next() * Math.PI;
    const a = Math.cos(angle);
    const b = Math.sin(angle);
    const line = { a, b, c: a * (through % size) + b * Math.floor(through / size) + 0.01 };
    const [below, above] = divide(pixels, line, size);
    if (below.length < 4 || above.length < 4) continue;
    const lopsided = Math.abs(below.length - above.length) * 0.002;
    const error = spread(source, below).error + spread(source, above).error + lopsided;
    if (error < bestError) {
      best = line;
      bestError = error;
    }
  }
  const cut = { ...best } as Cut;
  put(cut);
  const [below, above] = divide(pixels, best, size);
  const putBelow: Piece['put'] = (node) => {
    cut.below = node;
  };
  const putAbove: Piece['put'] = (node) => {
    cut.above = node;
  };
  return [piece(source, below, putBelow), piece(source, above, putAbove)];
}

function describe(source: Source, pixels: Int32Array, random: Random): Facet {
  let x = 0;
  let y = 0;
  for (const p of pixels) {
    x += p % source.size;
    y += Math.floor(p / source.size);
  }
  const count = pixels.length || 1;
  return {
    colour: spread(source, pixels).mean,
    x: x / count,
    y: y / count,
    radius: Math.sqrt(count) * SAMPLE * 0.7 + 1,
    angle: random.between(-0.6, 1.2) + (random.next() < 0.3 ? Math.PI : 0),
    seed: random.between(0, 900),
  };
}
