import type { Matrix } from '../press/matrix.ts';
import { type Grid, printable } from './grid.ts';
import type { Legend } from './legends.ts';
import type { Band, SideName } from './sheet-marks.ts';
import type { Sheet } from './sheet-sizes.ts';

/** Between a legend and the marks or the next legend, mm. */
const AIR = 0.4;

/** A legend on the sheet. */
export interface PlacedLegend {
  readonly legend: Legend;
  /** From the legend's mm to the sheet's, y downwards in both. */
  readonly matrix: Matrix;
}

/** What is left of a side's band beyond the marks. */
interface Strip {
  /** mm inwards from what the printer reaches. */
  depth: number;
  taken: number;
  readonly length: number;
}

/** The paper beside the marks, which legends are laid on one after the other, from the sheet's edge inwards. */
export class FreeStrips {
  readonly #grid: Pick<Grid, 'block'>;
  readonly #sheet: Sheet;
  readonly #strips: Record<SideName, Strip>;

  constructor(grid: Pick<Grid, 'block'>, sheet: Sheet, bands: Readonly<Record<SideName, Band>>) {
    this.#grid = grid;
    this.#sheet = sheet;
    const area = printable(sheet);
    // The strips at the sides end where those above and below begin.
    const strip = ({ free, to }: Band, length: number): Strip => ({ depth: free - to, taken: 0, length });
    this.#strips = {
      top: strip(bands.top, area.width),
      bottom: strip(bands.bottom, area.width),
      left: strip(bands.left, grid.block.height),
      right: strip(bands.right, grid.block.height),
    };
  }

  /** Lays the first of these legends that finds room on the first side that has it; `null` where none does. */
  placeFirst(legends: readonly Legend[], sides: readonly SideName[]): PlacedLegend | null {
    for (const legend of legends) {
      const placed = this.#place(legend, sides);
      if (placed) return placed;
    }
    return null;
  }

  #place(legend: Legend, sides: readonly SideName[]): PlacedLegend | null {
    for (const side of sides) {
      const strip = this.#strips[side];
      const needs = legend.height + AIR;
      if (needs > strip.depth + 1e-6 || legend.width > strip.length) continue;
      const matrix = this.#matrix(side, legend, strip.taken);
      strip.depth -= needs;
      strip.taken += needs;
      return { legend, matrix };
    }
    return null;
  }

  /** Level above and below the block, read upwards at its sides; flush with the block where that leaves room. */
  #matrix(side: SideName, { width, height }: Legend, taken: number): Matrix {
    const area = printable(this.#sheet);
    const { block } = this.#grid;
    const right = area.x + area.width;
    const bottom = area.y + area.height;
    if (side === 'top' || side === 'bottom') {
      const x = Math.max(area.x, Math.min(block.x, right - width));
      const y = side === 'top' ? area.y + taken : bottom - taken - height;
      return [1, 0, 0, 1, x, y];
    }
    const x = side === 'left' ? area.x + taken : right - taken - height;
    return [0, -1, 1, 0, x, block.y + block.height];
  }
}
