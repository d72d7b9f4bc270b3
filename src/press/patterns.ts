import type { PDFDict, PDFObject, PDFRawStream, PDFRef } from 'pdf-lib';
import { alphaGradient } from './alpha-gradients.ts';
import type { ExactGradient } from './exact-gradients.ts';
import { type Place, type Plates, UNPLACED } from './laying.ts';
import { IDENTITY } from './matrix.ts';
import { name, numberOf, type Reader } from './pdf.ts';
import { ShadingConverter } from './shadings.ts';
import { veil } from './transparency.ts';

/** Writes a converted content stream with its resources under the reference. */
type WriteContent = (stream: PDFRawStream, dict: PDFDict, place: Place, ref: PDFRef) => void;

/** Converts patterns: gradients, and tiles with content of their own. */
export class PatternConverter {
  readonly shadings: ShadingConverter;
  readonly #reader: Reader;
  readonly #plates: Plates;
  readonly #writeContent: WriteContent;
  readonly #multiplying = new Set<PDFObject>();

  constructor(reader: Reader, plates: Plates, writeContent: WriteContent) {
    this.#reader = reader;
    this.#plates = plates;
    this.#writeContent = writeContent;
    this.shadings = new ShadingConverter(reader, plates.colours, plates.exact, plates.spots);
  }

  /** Whether a converted pattern must be painted by multiplication. */
  multiplies(ref: PDFObject): boolean {
    return this.#multiplying.has(ref);
  }

  /** The exact gradient that a printed pattern is, if it is one. */
  exact(value: PDFObject): ExactGradient | null {
    const dict = this.#reader.dict(value);
    if (!dict || this.#plates.exact.size === 0) return null;
    if (numberOf(this.#reader.get(dict, 'PatternType')) === 2) {
      return this.shadings.exact(dict.get(name('Shading')));
    }
    const gradient = alphaGradient(this.#reader, this.#reader.stream(value));
    return gradient && this.shadings.exact(gradient.shading);
  }

  /** Writes a converted pattern under the reference. */
  convert(value: PDFObject, place: Place, ref: PDFRef): void {
    const { context } = this.#reader;
    const dict = this.#reader.copy(this.#reader.dict(value)!);
    if (place.shift) {
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = this.#reader.numbers(dict.get(name('Matrix')));
      const [x, y] = place.shift;
      dict.set(name('Matrix'), context.obj([a, b, c, d, e + x, f + y]));
    }
    const { mode, group, blended } = place;
    const inner: Place = { ...UNPLACED, mode, group, blended };
    if (numberOf(this.#reader.get(dict, 'PatternType')) === 2) {
      dict.set(name('Shading'), this.#shading(dict.get(name('Shading')), inner));
      context.assign(ref, dict);
      return;
    }
    const stream = this.#reader.stream(value);
    const gradient = mode === 'inks' ? alphaGradient(this.#reader, stream) : null;
    if (!gradient) {
      this.#writeContent(stream, dict, inner, ref);
      return;
    }
    const parts = { reader: this.#reader, colours: this.#plates.colours, shadings: this.shadings };
    if (place.multiplies && gradient.isBlack) {
      this.#multiplying.add(ref);
      context.assign(ref, gradient.asShade(parts, dict));
    } else {
      context.assign(ref, gradient.asVeil(parts, dict, group));
    }
  }

  #shading(value: PDFObject | undefined, { mode, group }: Place): PDFObject {
    const dict = this.#reader.dict(value);
    const asItIs = mode !== 'inks' || group.shown === 1 || !dict || this.shadings.exact(dict) !== null;
    if (asItIs) return this.shadings.convert(value, mode);
    const convert = this.shadings.converterFor(dict);
    return this.shadings.convert(value, mode, {
      paint: (rgb) => veil(rgb, 1, group, convert).inks,
      matrix: IDENTITY,
    });
  }
}
