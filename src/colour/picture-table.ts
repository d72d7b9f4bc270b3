/** Nodes along red, green and blue: every fifth of the 255 steps, so that no place between two nodes is rounded. */
const SIDE = 52;
const STEP = 5;
const NODES = SIDE ** 3;
/** Sub-steps of an 8-bit ink level: 5 × 51 × 255 just fits 16 bits, two inks share one 32-bit number. */
const FINE = 51;

/** From one node to the next along a component, in the table's numbers: two a node. */
const RED = 2 * SIDE * SIDE;
const GREEN = 2 * SIDE;
const BLUE = 2;
const LAST = RED + GREEN + BLUE;

/** Of a level, 0…255: the node below it, and how many fifths past that it is. */
const cell = (level: number): number => Math.min(SIDE - 2, Math.floor(level / STEP));
const past = (level: number): number => level - STEP * cell(level);
const byLevel = (of: (level: number) => number): Int32Array =>
  Int32Array.from({ length: 256 }, (_, level) => of(level));
const [RED_CELL, GREEN_CELL, BLUE_CELL] = [RED, GREEN, BLUE].map((by) => byLevel((v) => by * cell(v))) as [
  Int32Array,
  Int32Array,
  Int32Array,
];

/** Numbers that PATHS has for a place. */
const ENTRY = 8;
/** Places that a component can have between two nodes. */
const PLACES = STEP + 1;
const [RED_PLACE, GREEN_PLACE, BLUE_PLACE] = [PLACES * PLACES, PLACES, 1].map((by) =>
  byLevel((v) => ENTRY * by * past(v)),
) as [Int32Array, Int32Array, Int32Array];

/**
 * The tetrahedron around every place of a cell: its way from the cell's first corner to the last by two others, the
 * steepest edge first. An entry holds where the two are, then the weights of all four, in fifths.
 */
const PATHS = new Int32Array(PLACES ** 3 * ENTRY);
for (let place = 0; place < PLACES ** 3; place++) {
  const edges = [
    { past: Math.floor(place / PLACES ** 2), by: RED },
    { past: Math.floor(place / PLACES) % PLACES, by: GREEN },
    { past: place % PLACES, by: BLUE },
  ];
  const [high, middle, low] = edges.sort((a, b) => b.past - a.past) as [Edge, Edge, Edge];
  const weights = [STEP - high.past, high.past - middle.past, middle.past - low.past, low.past];
  PATHS.set([high.by, high.by + middle.by, ...weights], place * ENTRY);
}
interface Edge {
  readonly past: number;
  readonly by: number;
}

const fine = (ink: number): number => Math.round(ink * 255 * FINE);

/**
 * A conversion from RGB to four inks as a table: what is in it (profiles, intent, ink limit) makes no difference to
 * its speed. Between the nodes it is tetrahedral, so an ink sum that no node exceeds is exceeded nowhere.
 */
export class PictureTable {
  /** In memory that threads share. Node by node, blue fastest: cyan and magenta in one number, yellow and black in the next. */
  readonly nodes: Uint32Array;

  /** Length of a table's nodes, bytes. */
  static readonly BYTES = NODES * 2 * Uint32Array.BYTES_PER_ELEMENT;

  private constructor(nodes: Uint32Array) {
    this.nodes = nodes;
  }

  /** @param nodes another table's */
  static of(nodes: Uint32Array): PictureTable {
    return new PictureTable(nodes);
  }

  /** @param inks of the nodes that `colours` lists, four numbers 0…1 each */
  static ofInks(inks: Float64Array): PictureTable {
    const nodes = new Uint32Array(new SharedArrayBuffer(PictureTable.BYTES));
    for (let i = 0; i < nodes.length; i++) nodes[i] = fine(inks[2 * i]!) * 65536 + fine(inks[2 * i + 1]!);
    return new PictureTable(nodes);
  }

  /** The RGB colours whose inks the table is made of, 16 bits a component. */
  static colours(): Uint16Array {
    const rgb = new Uint16Array(NODES * 3);
    for (let node = 0; node < NODES; node++) {
      rgb[3 * node] = Math.floor(node / SIDE ** 2) * STEP * 257;
      rgb[3 * node + 1] = (Math.floor(node / SIDE) % SIDE) * STEP * 257;
      rgb[3 * node + 2] = (node % SIDE) * STEP * 257;
    }
    return rgb;
  }
}

/** Of v + 128: v / 255, rounded, for all v up to 255². */
const rounded = (v: number): number => (v + (v >>> 8)) >>> 8;

/** Converts a picture's samples through a table, and takes note of the ink. */
export class PictureConverter {
  readonly #nodes: Uint32Array;
  #most = 0;

  constructor(table: PictureTable) {
    this.#nodes = table.nodes;
  }

  /** The most ink that a pixel was given so far, percent (400 = all four solid). */
  get coverage(): number {
    return this.#most / 2.55;
  }

  /**
   * @param samples 8-bit RGB, or RGB with alpha, pixel by pixel
   * @param channels 4 passes over the alpha channel
   * @param into receives the inks, four bytes a pixel (255 = solid); it begins at a multiple of four bytes
   * @returns `into`
   */
  run(
    samples: Uint8Array,
    channels: 3 | 4 = 3,
    into: Uint8Array = new Uint8Array((samples.length / channels) * 4),
  ): Uint8Array {
    const nodes = this.#nodes;
    let most = this.#most;
    // A pixel's inks are stored as one number, cyan in its lowest byte: machines are little-endian.
    const inks = new Uint32Array(into.buffer, into.byteOffset, into.length / 4);
    for (let at = 0, out = 0; at < samples.length; at += channels, out++) {
      const red = samples[at]!;
      const green = samples[at + 1]!;
      const blue = samples[at + 2]!;
      const path = RED_PLACE[red]! + GREEN_PLACE[green]! + BLUE_PLACE[blue]!;
      const first = RED_CELL[red]! + GREEN_CELL[green]! + BLUE_CELL[blue]!;
      const second = first + PATHS[path]!;
      const third = first + PATHS[path + 1]!;
      const last = first + LAST;
      const w0 = PATHS[path + 2]!;
      const w1 = PATHS[path + 3]!;
      const w2 = PATHS[path + 4]!;
      const w3 = PATHS[path + 5]!;
      const cm =
        Math.imul(nodes[first]!, w0) +
        Math.imul(nodes[second]!, w1) +
        Math.imul(nodes[third]!, w2) +
        Math.imul(nodes[last]!, w3);
      const yk =
        Math.imul(nodes[first + 1]!, w0) +
        Math.imul(nodes[second + 1]!, w1) +
        Math.imul(nodes[third + 1]!, w2) +
        Math.imul(nodes[last + 1]!, w3);
      const c = rounded((cm >>> 16) + 128);
      const m = rounded((cm & 0xffff) + 128);
      const y = rounded((yk >>> 16) + 128);
      const k = rounded((yk & 0xffff) + 128);
      const sum = c + m + y + k;
      if (sum > most) most = sum;
      inks[out] = c | (m << 8) | (y << 16) | (k << 24);
    }
    this.#most = most;
    return into;
  }
}
