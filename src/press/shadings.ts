import { deflateSync } from 'node:zlib';
import { PDFArray, type PDFDict, type PDFObject, PDFRawStream } from 'pdf-lib';
import type { ExactColours } from '../colour/exact-colours.ts';
import { isNeutral, type PressColours } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { type ExactGradient, exactGradient } from './exact-gradients.ts';
import { type Field, type Shape, shapeOf } from './fields.ts';
import { type Evaluate, evaluator } from './functions.ts';
import { componentsOf, convertRgb, type Mode, maskGrey, sampledFunction, spaceOf } from './inks.ts';
import { apply, type Matrix, type Point } from './matrix.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import type { Spots } from './spots.ts';

/** Samples along a gradient: a conversion through a profile bends it, so its ends are not enough. */
const STEPS = 65;
const FINE_STEPS = 1025;
/** Of a gradient that may repeat many times within its domain. */
const FINEST_STEPS = 4 * FINE_STEPS;
/** Samples of a gradient that varies in both directions, each way. */
const GRID = 512;
/** Triangles of a conic gradient's fan. */
const WEDGES = 720;

/** Half the step of the 8-bit samples that are written: neighbours that end in the same one are converted once. */
const stepped = (value: number): number => Math.round(value * 510) / 510;

/** What a gradient's colour becomes at a place in the space that its pattern lies in. */
export type Painter = (rgb: readonly number[], at: Point) => readonly number[];

/** A painter for some shading, with the map from the shading's own space to the pattern's parent. */
export interface Painting {
  readonly paint: Painter;
  readonly matrix: Matrix;
  /** What the painter looks at besides the colour: it may vary where the colour does not. */
  readonly beside?: Field;
}

/** How one gradient's RGB colours become components. */
interface Target {
  readonly space: PDFObject;
  readonly components: number;
  /** The colours of a function by place, as `of` takes them. */
  readonly evaluate: (fn: PDFObject | undefined, unbounded?: boolean) => Evaluate;
  readonly of: (rgb: readonly number[], at: Point) => readonly number[];
  /** Whether the result depends on the place, so that parts of a stitched function cannot stand alone. */
  readonly placed: boolean;
}

/** Converts gradients: the RGB function is sampled through the profile, hard stops keep their bounds. */
export class ShadingConverter {
  readonly #reader: Reader;
  readonly #colours: PressColours;
  readonly #exact: ExactColours;
  readonly #spots: Spots;
  readonly #gradients = new Map<PDFDict, ExactGradient | null>();
  readonly #grey = new Map<PDFDict, boolean>();

  constructor(reader: Reader, colours: PressColours, exact: ExactColours, spots: Spots) {
    this.#reader = reader;
    this.#colours = colours;
    this.#exact = exact;
    this.#spots = spots;
  }

  /** How a gradient with exact colours runs in their inks; `null` for any other. */
  exact(object: PDFObject | undefined): ExactGradient | null {
    const dict = this.#reader.dict(object);
    if (!dict) return null;
    const known = this.#gradients.get(dict);
    if (known !== undefined) return known;
    const found = exactGradient(this.#reader, this.#exact, this.#colours, dict);
    this.#gradients.set(dict, found);
    return found;
  }

  /**
   * A shading in the components of the mode.
   * @param painting converts the colours in its own way; without it they are opaque. Exact ones stay as they are.
   */
  convert(object: PDFObject | undefined, mode: Mode, painting?: Painting): PDFObject {
    const reader = this.#reader;
    const dict = reader.dict(object);
    const type = dict && numberOf(reader.get(dict, 'ShadingType'));
    if (!dict || type === null || type > 3) {
      throw new PrintcatError(`The template has a gradient of an unexpected kind (${type})`);
    }
    const space = nameOf(reader.get(dict, 'ColorSpace'));
    if (space !== 'DeviceRGB') {
      throw new PrintcatError(`The template has a gradient in an unexpected colour space (${space})`);
    }
    const converted = reader.copy(dict);
    const to = this.#target(dict, mode, painting);
    converted.set(name('ColorSpace'), to.space);
    const background = reader.numbers(reader.get(dict, 'Background'));
    if (background.length === 3) {
      converted.set(name('Background'), reader.context.obj(convertRgb(this.#colours, background, mode)));
    }
    if (type === 1) return this.#functionBased(dict, converted, to, to.placed ? painting : undefined);
    converted.set(name('Function'), this.#along(dict, type, to));
    return converted;
  }

  /** Converts the colours of a gradient that stand for opaque ones: grey ones black alone, see `#target`. */
  converterFor(dict: PDFDict): (r: number, g: number, b: number) => readonly number[] {
    const { rgb, throughProfile } = this.#colours;
    const isGrey = this.#grey.get(dict) ?? this.#isGrey(dict);
    this.#grey.set(dict, isGrey);
    const convert = (isGrey ? rgb : throughProfile).bind(this.#colours);
    return (r, g, b) => convert(stepped(r), stepped(g), stepped(b));
  }

  /**
   * Where the gradient's colours go. A grey gradient is black ink alone; in a coloured one a neutral stop
   * goes through the profile like its neighbours, or the last step into black would show as an edge.
   */
  #target(dict: PDFDict, mode: Mode, painting?: Painting): Target {
    const exact = mode === 'inks' ? this.exact(dict) : null;
    if (exact) return this.#exactTarget(exact, dict);
    const evaluate: Target['evaluate'] = (fn, unbounded) => evaluator(this.#reader, fn, unbounded);
    const plain = { space: name(spaceOf(mode)), components: componentsOf(mode), evaluate, placed: false };
    if (painting) {
      const { paint, matrix } = painting;
      return { ...plain, of: (rgb, at) => paint(rgb, apply(matrix, at)), placed: true };
    }
    if (mode !== 'inks') return { ...plain, of: (rgb) => [maskGrey(rgb, mode)] };
    const convert = this.converterFor(dict);
    return { ...plain, of: ([r = 0, g = 0, b = 0]) => convert(r, g, b) };
  }

  #exactTarget({ spot, at, part }: ExactGradient, dict: PDFDict): Target {
    const whole = dict.get(name('Function'));
    return {
      space: spot ? this.#spots.of(spot).space : name(spaceOf('inks')),
      components: spot ? 1 : componentsOf('inks'),
      evaluate: (fn) => (fn === whole || !fn ? at : part(fn)),
      of: (inks) => inks,
      placed: false,
    };
  }

  #isGrey(dict: PDFDict): boolean {
    const fn = this.#reader.dict(dict.get(name('Function')))!;
    const evaluate = evaluator(this.#reader, dict.get(name('Function')));
    const [x0 = 0, x1 = 1, y0 = 0, y1 = 0] = this.#reader.numbers(this.#reader.get(fn, 'Domain'));
    for (let i = 0; i <= 32; i++) {
      for (let j = 0; j <= (y1 > y0 ? 32 : 0); j++) {
        if (!isNeutral(evaluate(x0 + ((x1 - x0) * i) / 32, y0 + ((y1 - y0) * j) / 32))) return false;
      }
    }
    return true;
  }

  /** The function of an axial or a radial gradient. */
  #along(dict: PDFDict, type: number, to: Target): PDFObject {
    const reader = this.#reader;
    if (!to.placed) return this.#function(dict.get(name('Function')), to);
    const coords = reader.numbers(reader.get(dict, 'Coords'));
    const domain = reader.numbers(reader.get(dict, 'Domain'));
    const [low = 0, high = 1] = domain;
    const [x0 = 0, y0 = 0, a = 0, b = 0, , r1 = 0] = coords;
    const place = (t: number): Point => {
      const k = (t - low) / (high - low || 1);
      return type === 2 ? [x0 + (a - x0) * k, y0 + (b - y0) * k] : [x0 + a + (r1 - a) * k, y0];
    };
    const evaluate = to.evaluate(dict.get(name('Function')));
    return this.#sampled((t = 0) => evaluate(t), [low, high], FINEST_STEPS, to, place);
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
    const evaluate = to.evaluate(object);
    const domain = reader.numbers(reader.get(dict, 'Domain'));
    return this.#sampled((x) => evaluate(x), domain, type === 2 ? STEPS : FINE_STEPS, to);
  }

  #sampled(
    at: Evaluate,
    domain: readonly number[],
    steps: number,
    to: Target,
    place: (t: number) => Point = () => [0, 0],
  ): PDFObject {
    const [low = 0, high = 1] = domain;
    const samples: number[] = [];
    for (let i = 0; i < steps; i++) {
      const t = low + ((high - low) * i) / (steps - 1);
      samples.push(...to.of(at(t), place(t)));
    }
    return sampledFunction(this.#reader.context, samples, [steps], [low, high], to.components);
  }

  /**
   * A function of the plane. Where it varies along one line, around a point or with the angle only, it becomes
   * an axial or radial shading or a fan of triangles, which every renderer draws exactly (Ghostscript 10.00 drops
   * type 1 inside patterns); else it is sampled on a grid.
   */
  #functionBased(dict: PDFDict, converted: PDFDict, to: Target, painting?: Painting): PDFObject {
    const reader = this.#reader;
    const { context } = reader;
    const evaluate = to.evaluate(dict.get(name('Function')), true);
    const own = reader.numbers(reader.get(dict, 'Domain'));
    const domain = (own.length === 4 ? own : [0, 1, 0, 1]) as [number, number, number, number];
    const [x0, x1, y0, y1] = domain;
    const reach = Math.hypot(Math.max(Math.abs(x0), Math.abs(x1)), Math.max(Math.abs(y0), Math.abs(y1)));
    const beside = painting?.beside;
    const whole: Evaluate = beside
      ? (...at) => [...evaluate(...at), ...beside(apply(painting.matrix, at as unknown as Point))]
      : evaluate;
    const shape: Shape = dict.has(name('Matrix')) ? 'both' : shapeOf(whole, domain);
    if (shape === 'both') {
      const samples: number[] = [];
      for (let j = 0; j < GRID; j++) {
        for (let i = 0; i < GRID; i++) {
          const at: Point = [x0 + ((x1 - x0) * i) / (GRID - 1), y0 + ((y1 - y0) * j) / (GRID - 1)];
          samples.push(...to.of(evaluate(...at), at));
        }
      }
      const fn = sampledFunction(context, samples, [GRID, GRID], domain, to.components);
      converted.set(name('Function'), fn);
      return converted;
    }
    const lines = {
      x: { along: (t: number): Point => [t, y0], range: [x0, x1], type: 2, coords: [x0, 0, x1, 0] },
      y: { along: (t: number): Point => [x0, t], range: [y0, y1], type: 2, coords: [0, y0, 0, y1] },
      radius: {
        along: (t: number): Point => [t, 0],
        range: [0, reach],
        type: 3,
        coords: [0, 0, 0, 0, 0, reach],
      },
      angle: {
        along: (t: number): Point => [reach * Math.cos(2 * Math.PI * t), reach * Math.sin(2 * Math.PI * t)],
        range: [0, 1],
        type: 4,
        coords: [],
      },
    } as const;
    const { along, range, type, coords } = lines[shape];
    const fn = this.#sampled((t = 0) => evaluate(...along(t)), range, FINEST_STEPS, to, along);
    converted.set(name('Function'), fn);
    converted.set(name('ShadingType'), context.obj(type));
    converted.delete(name('Domain'));
    if (type === 4) return context.register(fan(converted, reach));
    converted.set(name('Domain'), context.obj([...range]));
    converted.set(name('Coords'), context.obj([...coords]));
    converted.set(name('Extend'), context.obj([true, true]));
    return converted;
  }
}

/**
 * A conic gradient as a fan of triangles around the origin (ISO 32000-1, 8.7.4.5.5, type 4), whose corners carry
 * the share of a turn that the function takes.
 * @param reach how far it goes out at least
 */
function fan(shading: PDFDict, reach: number): PDFRawStream {
  const out = reach / Math.cos(Math.PI / WEDGES);
  const bytes = Buffer.alloc(WEDGES * 3 * 11);
  let at = 0;
  const corner = (x: number, y: number, t: number) => {
    // The flag: every triangle stands alone.
    at = bytes.writeUInt8(0, at);
    for (const v of [x, y]) at = bytes.writeUInt32BE(Math.round(((v / out + 1) / 2) * 0xffffffff), at);
    at = bytes.writeUInt16BE(Math.round(t * 0xffff), at);
  };
  const outer = (i: number) => {
    const angle = (2 * Math.PI * i) / WEDGES;
    corner(out * Math.cos(angle), out * Math.sin(angle), i / WEDGES);
  };
  for (let i = 0; i < WEDGES; i++) {
    corner(0, 0, (i + 0.5) / WEDGES);
    outer(i);
    outer(i + 1);
  }
  const entries = shading.context.obj({
    BitsPerCoordinate: 32,
    BitsPerComponent: 16,
    BitsPerFlag: 8,
    Decode: [-out, out, -out, out, 0, 1],
    Filter: 'FlateDecode',
  }) as PDFDict;
  for (const [key, value] of entries.entries()) shading.set(key, value);
  return PDFRawStream.of(shading, deflateSync(bytes));
}
