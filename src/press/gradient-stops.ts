import { PDFArray, type PDFObject, PDFRawStream } from 'pdf-lib';
import { type Evaluate, evaluator } from './functions.ts';
import { name, numberOf, type Reader } from './pdf.ts';
import { calculator, type Program, parseProgram } from './postscript.ts';

/** A stop's colour as the printed function holds it: r, g, b, or r·a, g·a, b·a, a where opacities differ. */
export type StopColour = readonly number[];

/** A part of a gradient between two neighbouring stops, between which it runs straight. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly start: StopColour;
  readonly end: StopColour;
}

/** A gradient's colours along its one parameter. */
export interface Stops {
  /** The parameter at a place: of one input for axial and radial gradients, of two for functions of the plane. */
  readonly at: Evaluate;
  readonly segments: readonly Segment[];
}

/** Half a step of 16 bits: a function that bends more between two stops is none that is understood here. */
const STRAIGHT = 1e-3;

/**
 * The stops of a gradient's function as Chromium writes it: exponential functions (type 2), stitched ones (type
 * 3), or a program (type 4) that finds its parameter, then its segment by comparing.
 * @returns `null` for any other form
 */
export function stopsOf(reader: Reader, object: PDFObject | undefined): Stops | null {
  const fn = reader.deref(object);
  const dict = reader.dict(fn);
  if (!dict) return null;
  const type = numberOf(reader.get(dict, 'FunctionType'));
  if (type === 4 && fn instanceof PDFRawStream) {
    return stopsOfProgram(parseProgram(Buffer.from(reader.bytes(fn)).toString('latin1')));
  }
  const [low = 0, high = 1] = reader.numbers(reader.get(dict, 'Domain'));
  const at: Evaluate = (x = 0) => [Math.min(high, Math.max(low, x))];
  if (type === 2) {
    if ((numberOf(reader.get(dict, 'N')) ?? 1) !== 1) return null;
    const [start, end] = [reader.numbers(reader.get(dict, 'C0')), reader.numbers(reader.get(dict, 'C1'))];
    return { at, segments: [{ from: low, to: high, start, end }] };
  }
  const parts = reader.get(dict, 'Functions');
  if (type !== 3 || !(parts instanceof PDFArray)) return null;
  const bounds = [low, ...reader.numbers(reader.get(dict, 'Bounds')), high];
  const encode = reader.numbers(reader.get(dict, 'Encode'));
  const segments = parts.asArray().map((part, i): Segment => {
    const evaluate = evaluator(reader, part);
    const [first, last] = [evaluate(encode[2 * i] ?? 0), evaluate(encode[2 * i + 1] ?? 1)];
    return { from: bounds[i]!, to: bounds[i + 1]!, start: first, end: last };
  });
  const isStraight = parts.asArray().every((part) => {
    const inner = reader.dict(part);
    return inner?.has(name('C0')) && (numberOf(reader.get(inner, 'N')) ?? 1) === 1;
  });
  return isStraight ? { at, segments } : null;
}

/** `dup 0 le {pop C 0} if dup dup 0 gt exch 1 le and {… 0} if 1 gt {C} if`, after whatever finds the parameter. */
function stopsOfProgram(program: Program): Stops | null {
  const from = program.findIndex((item, i) => {
    const block = program[i + 3];
    return item === 'dup' && program[i + 2] === 'le' && Array.isArray(block) && block[0] === 'pop';
  });
  const body = program.slice(from);
  const [low, high, middle] = [body[1], body[10], body[13]];
  if (from === -1 || typeof low !== 'number' || typeof high !== 'number' || !isBlock(middle)) return null;
  if (body[5] !== 'dup' || body[12] !== 'and' || middle.at(-1) !== 0) return null;
  const segments = segmentsOf(middle.slice(0, -1), low, high);
  if (!segments) return null;
  const parameter = calculator(program.slice(0, from));
  const at: Evaluate = (...inputs) => {
    const t = parameter(...inputs).at(-1)!;
    return [Math.min(high, Math.max(low, t))];
  };
  return { at, segments };
}

const isBlock = (item: unknown): item is Program => Array.isArray(item);

/** A tree of comparisons, `dup M le {…} {…} ifelse`, whose leaves are straight in the parameter. */
function segmentsOf(program: Program, from: number, to: number): Segment[] | null {
  const [first, bound, compares, below, above, choice] = program;
  if (program.length === 6 && first === 'dup' && compares === 'le' && choice === 'ifelse') {
    if (typeof bound !== 'number' || !isBlock(below) || !isBlock(above)) return null;
    const [left, right] = [segmentsOf(below, from, bound), segmentsOf(above, bound, to)];
    return left && right && [...left, ...right];
  }
  const colourAt = calculator(program);
  const [start, middle, end] = [colourAt(from), colourAt((from + to) / 2), colourAt(to)];
  const straight = start.every((v, i) => Math.abs((v + end[i]!) / 2 - middle[i]!) < STRAIGHT);
  return straight && [3, 4].includes(start.length) ? [{ from, to, start, end }] : null;
}
