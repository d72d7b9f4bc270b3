import { PDFArray, type PDFDict, type PDFObject, PDFRawStream } from 'pdf-lib';
import { PrintcatError } from '../errors.ts';
import { numberOf, type Reader } from './pdf.ts';
import { calculator, parseProgram } from './postscript.ts';

export type Evaluate = (...inputs: number[]) => number[];

const clampTo = (value: number, range: readonly number[], i: number): number =>
  Math.min(range[2 * i + 1] ?? value, Math.max(range[2 * i] ?? value, value));

/**
 * Turns a PDF function of type 2, 3 or 4 (ISO 32000-1, 7.10) into one of ours.
 * @param unbounded lets a program (type 4) go on outside its domain
 */
export function evaluator(reader: Reader, object: PDFObject | undefined, unbounded = false): Evaluate {
  const fn = reader.deref(object);
  const dict = reader.dict(fn) as PDFDict;
  const type = numberOf(reader.get(dict, 'FunctionType'));
  const domain = reader.numbers(reader.get(dict, 'Domain'));
  if (type === 2) {
    const c0 = reader.numbers(reader.get(dict, 'C0'));
    const c1 = reader.numbers(reader.get(dict, 'C1'));
    const exponent = numberOf(reader.get(dict, 'N')) ?? 1;
    return (x = 0) => c0.map((v, i) => v + clampTo(x, domain, 0) ** exponent * (c1[i]! - v));
  }
  if (type === 3) return stitching(reader, dict, domain);
  if (type === 4 && fn instanceof PDFRawStream) {
    const run = calculator(parseProgram(Buffer.from(reader.bytes(fn)).toString('latin1')));
    const range = reader.numbers(reader.get(dict, 'Range'));
    return (...inputs) => {
      const values = run(...(unbounded ? inputs : inputs.map((v, i) => clampTo(v, domain, i))));
      for (const [i, v] of values.entries()) values[i] = clampTo(v, range, i);
      return values;
    };
  }
  throw new PrintcatError(`The printed page has a colour function of an unexpected type (${type})`);
}

function stitching(reader: Reader, dict: PDFDict, domain: readonly number[]): Evaluate {
  const functions = reader.get(dict, 'Functions');
  const parts = functions instanceof PDFArray ? functions.asArray().map((f) => evaluator(reader, f)) : [];
  const bounds = reader.numbers(reader.get(dict, 'Bounds'));
  const encode = reader.numbers(reader.get(dict, 'Encode'));
  return (input = 0) => {
    const x = clampTo(input, domain, 0);
    let k = 0;
    while (k < bounds.length && x >= bounds[k]!) k++;
    const low = k > 0 ? bounds[k - 1]! : domain[0]!;
    const high = k < bounds.length ? bounds[k]! : domain[1]!;
    const [from, to] = [encode[2 * k] ?? 0, encode[2 * k + 1] ?? 1];
    return parts[k]!(high === low ? from : from + ((x - low) / (high - low)) * (to - from));
  };
}
