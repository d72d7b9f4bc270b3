import type { Operation } from './content.ts';

/** What fills or strokes: an sRGB colour or a pattern by its name. */
export type Paint = { readonly rgb: readonly number[] } | { readonly pattern: string };

/** How a paint is put on the plates. */
export interface Laid {
  /** The colour operators with their operands. */
  readonly operators: string;
  readonly alpha: number;
  readonly blend: string;
  /** Whether it prints over what lies below instead of knocking it out. */
  readonly overprint?: boolean;
  /** The layer that holds it, by its name among the resources. */
  readonly layer?: string | null;
}

/** The parameters of a graphics state that decide how a paint mixes with what lies below it. */
export interface Mixing {
  readonly fillAlpha: number;
  readonly strokeAlpha: number;
  readonly blend: string;
  readonly fillOverprint: boolean;
  readonly strokeOverprint: boolean;
}

/** What stands around something painted. */
export interface Frame {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface PaintKit {
  /** Plans a paint of the given opacity under the given blend mode. */
  lay(paint: Paint, stroking: boolean, alpha: number, blend: string): Laid;
  /** The name of a graphics state with these parameters. */
  mixing(mixing: Mixing): string;
}

interface State {
  fill: Paint | null;
  stroke: Paint | null;
  mixing: Mixing;
  masked: boolean;
  /** What the output has set at this point; `null` where nothing has been set yet. */
  readonly set: { fill: string | null; stroke: string | null; mixing: Mixing };
}

const PLAIN: Mixing = {
  fillAlpha: 1,
  strokeAlpha: 1,
  blend: 'Normal',
  fillOverprint: false,
  strokeOverprint: false,
};
const sameMixing = (a: Mixing, b: Mixing): boolean =>
  (Object.keys(PLAIN) as (keyof Mixing)[]).every((key) => a[key] === b[key]);

/**
 * Follows colours and opacities through a content stream and sets them only where something is painted: a paint's
 * inks depend on its opacity, whichever of the two the stream sets first.
 */
export class PaintState {
  readonly #kit: PaintKit;
  #state: State = {
    fill: null,
    stroke: null,
    mixing: PLAIN,
    masked: false,
    set: { fill: null, stroke: null, mixing: PLAIN },
  };
  readonly #stack: State[] = [];

  constructor(kit: PaintKit) {
    this.#kit = kit;
  }

  get mixing(): Mixing {
    return this.#state.mixing;
  }

  /** Whether a soft mask lies on what is painted. */
  get masked(): boolean {
    return this.#state.masked;
  }

  mask(masked: boolean): void {
    this.#state.masked = masked;
  }

  save(): void {
    this.#stack.push({ ...this.#state, set: { ...this.#state.set } });
  }

  restore(): void {
    this.#state = this.#stack.pop() ?? this.#state;
  }

  fill(paint: Paint): void {
    this.#state.fill = paint;
  }

  stroke(paint: Paint): void {
    this.#state.stroke = paint;
  }

  /** A graphics state of the stream itself, which is passed on: what it sets holds now. */
  passed(change: Partial<Mixing>): void {
    const state = this.#state;
    state.mixing = { ...state.mixing, ...change };
    state.set.mixing = { ...state.set.mixing, ...change };
  }

  /** The operators that must stand around something that is filled, stroked or both. */
  around(fills: boolean, strokes: boolean): Frame {
    if (!fills && !strokes) return { before: [], after: [] };
    const { fill, stroke, mixing } = this.#state;
    const filled = fills && fill ? this.#kit.lay(fill, false, mixing.fillAlpha, mixing.blend) : null;
    const stroked = strokes && stroke ? this.#kit.lay(stroke, true, mixing.strokeAlpha, mixing.blend) : null;
    const out = this.mix({
      fillAlpha: filled?.alpha ?? mixing.fillAlpha,
      strokeAlpha: stroked?.alpha ?? mixing.strokeAlpha,
      blend: filled?.blend ?? stroked?.blend ?? mixing.blend,
      fillOverprint: filled?.overprint ?? false,
      strokeOverprint: stroked?.overprint ?? false,
    });
    const { set } = this.#state;
    if (filled && set.fill !== filled.operators) {
      set.fill = filled.operators;
      out.push(filled.operators);
    }
    if (stroked && set.stroke !== stroked.operators) {
      set.stroke = stroked.operators;
      out.push(stroked.operators);
    }
    const layer = filled?.layer ?? stroked?.layer;
    return layer ? { before: [...out, `/OC /${layer} BDC`], after: ['EMC'] } : { before: out, after: [] };
  }

  /** The operators that set a mixing where it is not set already. */
  mix(wanted: Mixing): string[] {
    const { set } = this.#state;
    if (sameMixing(set.mixing, wanted)) return [];
    set.mixing = wanted;
    return [`/${this.#kit.mixing(wanted)} gs`];
  }
}

/** What each painting operator does (ISO 32000-1, tables 60 and 109); others are set by the text render mode. */
const PATHS: Record<string, readonly [fills: boolean, strokes: boolean]> = {
  f: [true, false],
  F: [true, false],
  'f*': [true, false],
  S: [false, true],
  s: [false, true],
  B: [true, true],
  'B*': [true, true],
  b: [true, true],
  'b*': [true, true],
  n: [false, false],
};
const TEXT = new Set(['Tj', 'TJ', "'", '"']);
const isConstruction = (operator: string): boolean =>
  ['m', 're', 'l', 'c', 'v', 'y', 'h', 'W', 'W*'].includes(operator);

/** A stretch of a stream that is painted at once: a path with its operator, or a piece of text. */
export interface Stretch {
  readonly operations: readonly Operation[];
  readonly fills: boolean;
  readonly strokes: boolean;
}

/** Gathers path construction with the operator that paints it: nothing may be set between the two. */
export function* stretches(operations: Iterable<Operation>): Generator<Stretch> {
  let path: Operation[] = [];
  let textMode = 0;
  for (const operation of operations) {
    const { operator, operands } = operation;
    if (isConstruction(operator)) {
      path.push(operation);
      continue;
    }
    const painted = PATHS[operator];
    if (painted) {
      const [fills, strokes] = painted;
      yield { operations: [...path, operation], fills, strokes };
      path = [];
      continue;
    }
    if (operator === 'Tr') textMode = Number(operands[0]);
    // Text render modes: 0 fill, 1 stroke, 2 both, 3 neither, 4…7 the same with clipping.
    const mode = textMode % 4;
    const text = TEXT.has(operator);
    yield {
      operations: [...path, operation],
      fills: text ? mode === 0 || mode === 2 : operator === 'sh',
      strokes: text && (mode === 1 || mode === 2),
    };
    path = [];
  }
  if (path.length > 0) yield { operations: path, fills: false, strokes: false };
}
