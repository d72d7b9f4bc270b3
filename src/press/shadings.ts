import { PDFArray, type PDFDict, type PDFObject } from 'pdf-lib';
import { isNeutral, type PressColours } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { type Evaluate, evaluator } from './functions.ts';
import { componentsOf, convertRgb, luminosity, type Mode, sampledFunction, spaceOf } from './inks.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';

/** Samples along a gradient: a conversion through a profile bends it, so its ends are not enough. */
const STEPS = 65;
const FINE_STEPS = 1025;
/** Samples of a gradient that varies in both directions (conic), each way. */
const GRID = 512;

/** How one gradient's RGB colours become components. */
interface Target {
  readonly components: number;
  readonly of: (rgb: readonly number[]) => readonly number[];
}

/** Converts gradients: the RGB function is sampled through the profile, hard stops keep their bounds. */
export class ShadingConverter {
  readonly #reader: Reader;
  readonly #colours: PressColours;

  constructor(reader: Reader, colours: PressColours) {
    this.#reader = reader;
    this.#colours = colours;
  }

  /** A shading dictionary in the components of the mode. */
  convert(object: PDFObject | undefined, mode: Mode): PDFDict {
    const reader = this.#reader;
    const dict = reader.dict(object);
    const type = dict && numberOf(reader.get(dict, 'ShadingType'));
    if (!dict || type === null || type > 3) {
      throw new PrintcatError(`The template has a gradient of an unexpected kind (${type})`);
    }
    const space = nameOf(reader.get(dict, 'ColorSpace'));
    if (space === 'DeviceGray') return dict;
    if (space !== 'DeviceRGB') {
      throw new PrintcatError(`The template has a gradient in an unexpected colour space (${space})`);
    }
    const converted = reader.copy(dict);
    converted.set(name('ColorSpace'), name(spaceOf(mode)));
    const background = reader.numbers(reader.get(dict, 'Background'));
    if (background.length === 3) {
      converted.set(name('Background'), reader.context.obj(convertRgb(this.#colours, background, mode)));
    }
    const to = this.#target(dict, mode);
    if (type === 1) this.#functionBased(dict, converted, to);
    else converted.set(name('Function'), this.#function(dict.get(name('Function')), to));
    return converted;
  }

  /**
   * Where the gradient's colours go. A grey gradient is black ink alone; in a coloured one a neutral stop
   * goes through the profile like its neighbours, or the last step into black would show as an edge.
   */
  #target(dict: PDFDict, mode: Mode): Target {
    const components = componentsOf(mode);
    if (mode === 'light') return { components, of: ([r = 0, g = 0, b = 0]) => [luminosity(r, g, b)] };
    const evaluate = evaluator(this.#reader, dict.get(name('Function')));
    const fn = this.#reader.dict(dict.get(name('Function')))!;
    const [x0 = 0, x1 = 1, y0 = 0, y1 = 0] = this.#reader.numbers(this.#reader.get(fn, 'Domain'));
    let grey = true;
    for (let i = 0; i <= 32 && grey; i++) {
      for (let j = 0; j <= (y1 > y0 ? 32 : 0) && grey; j++) {
        grey = isNeutral(evaluate(x0 + ((x1 - x0) * i) / 32, y0 + ((y1 - y0) * j) / 32));
      }
    }
    const { rgb, throughProfile } = this.#colours;
    const convert = (grey ? rgb : throughProfile).bind(this.#colours);
    return { components, of: ([r = 0, g = 0, b = 0]) => convert(r, g, b) };
  }

  #function(object: PDFObject | undefined, to: Target): PDFObject {
    const reader = this.#reader;
    const dict = reader.dict(object)!;
    const type = numberOf(reader.get(dict, 'FunctionType'));
    if (type === 3) {
      const parts = reader.get(dict, 'Functions');
      const converted = reader.copy(dict);
      const list = parts instanceof PDFArray ? parts.asArray() : [];
      converted.set(name('Functions'), reader.context.obj(list.map((part) => this.#function(part, to))));
      return converted;
    }
    const evaluate = evaluator(reader, object);
    const domain = reader.numbers(reader.get(dict, 'Domain'));
    return this.#sampled((x) => evaluate(x), domain, type === 2 ? STEPS : FINE_STEPS, to);
  }

  #sampled(at: Evaluate, domain: readonly number[], steps: number, to: Target): PDFObject {
    const [low = 0, high = 1] = domain;
    const samples: number[] = [];
    for (let i = 0; i < steps; i++) {
      samples.push(...to.of(at(low + ((high - low) * i) / (steps - 1))));
    }
    return sampledFunction(this.#reader.context, samples, [steps], [low, high], to.components);
  }

  /**
   * A function of two inputs. Where it varies in one only it becomes an axial shading, which every renderer
   * draws (Ghostscript 10.00 drops type 1 inside patterns); else it is sampled on a grid.
   */
  #functionBased(dict: PDFDict, converted: PDFDict, to: Target): void {
    const reader = this.#reader;
    const evaluate = evaluator(reader, dict.get(name('Function')));
    const own = reader.numbers(reader.get(dict, 'Domain'));
    const [x0, x1, y0, y1] = (own.length === 4 ? own : [0, 1, 0, 1]) as [number, number, number, number];
    const at = (u: number, v: number) => evaluate(x0 + (x1 - x0) * u, y0 + (y1 - y0) * v);
    const axis = dict.has(name('Matrix')) ? null : axisOf(at);
    if (axis) {
      const [low, high] = axis === 'x' ? [x0, x1] : [y0, y1];
      const along: Evaluate = (t = 0) => (axis === 'x' ? evaluate(t, y0) : evaluate(x0, t));
      converted.set(name('ShadingType'), reader.context.obj(2));
      converted.set(name('Coords'), reader.context.obj(axis === 'x' ? [low, 0, high, 0] : [0, low, 0, high]));
      converted.set(name('Domain'), reader.context.obj([low, high]));
      converted.set(name('Extend'), reader.context.obj([true, true]));
      converted.set(name('Function'), this.#sampled(along, [low, high], 4 * FINE_STEPS, to));
      return;
    }
    const samples: number[] = [];
    for (let y = 0; y < GRID; y++) {
      for (let x = 0; x < GRID; x++) samples.push(...to.of(at(x / (GRID - 1), y / (GRID - 1))));
    }
    converted.set(
      name('Function'),
      sampledFunction(reader.context, samples, [GRID, GRID], [x0, x1, y0, y1], to.components),
    );
  }
}

/** The only input a function of the unit square depends on, tried on a lattice; `null` where it needs both. */
function axisOf(at: (u: number, v: number) => number[]): 'x' | 'y' | null {
  const differs = (a: number[], b: number[]) => a.some((value, i) => Math.abs(value - b[i]!) > 1e-6);
  let x = false;
  let y = false;
  for (let i = 0; i < 17; i++) {
    for (let j = 0; j < 17; j++) {
      const here = at(i / 16, j / 16);
      x ||= differs(here, at(((i + 5) % 17) / 16, j / 16));
      y ||= differs(here, at(i / 16, ((j + 5) % 17) / 16));
      if (x && y) return null;
    }
  }
  return y ? 'y' : 'x';
}
