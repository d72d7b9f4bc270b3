import { PDFDict, type PDFObject, type PDFRawStream, PDFRef } from 'pdf-lib';
import type { PressColours } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { operations, pdfNumber } from './content.ts';
import type { ImageConverter } from './images.ts';
import { convertRgb, type Mode, spaceOf } from './inks.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import { ShadingConverter } from './shadings.ts';

const FILL_OR_STROKE: Record<string, { gray: string; cmyk: string }> = {
  rg: { gray: 'g', cmyk: 'k' },
  RG: { gray: 'G', cmyk: 'K' },
};

/** Names that stand for device colours in `cs`/`CS` operators. */
const PATTERN = '/Pattern';

/**
 * Turns what Chromium printed into press colours: content streams, forms, patterns, gradients, soft masks and
 * Type 3 glyphs, each once for every mode it is used in.
 */
export class PageConverter {
  readonly #reader: Reader;
  readonly #colours: PressColours;
  readonly #images: ImageConverter;
  readonly #shadings: ShadingConverter;
  readonly #done = new Map<string, PDFRef>();

  constructor(reader: Reader, colours: PressColours, images: ImageConverter) {
    this.#reader = reader;
    this.#colours = colours;
    this.#images = images;
    this.#shadings = new ShadingConverter(reader, colours);
  }

  /** Converts a content stream's operators. */
  content(bytes: Uint8Array, mode: Mode): Buffer {
    const out: string[] = [];
    for (const { operator, operands } of operations(bytes))
      out.push(this.#operation(operator, operands, mode));
    return Buffer.from(out.join('\n'), 'latin1');
  }

  #operation(operator: string, operands: readonly string[], mode: Mode): string {
    const device = FILL_OR_STROKE[operator];
    if (device) {
      const inks = convertRgb(this.#colours, operands.map(Number), mode);
      return `${inks.map(pdfNumber).join(' ')} ${mode === 'inks' ? device.cmyk : device.gray}`;
    }
    if (operator === 'g' || operator === 'G') {
      // Chromium's greys are sRGB greys: black ink alone, at the same lightness.
      const [value = 0] = operands.map(Number);
      const inks = convertRgb(this.#colours, [value, value, value], mode);
      const device = FILL_OR_STROKE[operator === 'g' ? 'rg' : 'RG']!;
      return `${inks.map(pdfNumber).join(' ')} ${mode === 'inks' ? device.cmyk : device.gray}`;
    }
    if ((operator === 'cs' || operator === 'CS') && operands[0] !== PATTERN)
      throw unexpected(`colour space ${operands[0]}`);
    if (operator === 'sc' || operator === 'SC' || operator === 'k' || operator === 'K') {
      throw unexpected(`colour operator ${operator}`);
    }
    if ((operator === 'scn' || operator === 'SCN') && operands.length !== 1) {
      throw unexpected('uncoloured pattern');
    }
    if (operator === 'BI') throw unexpected('inline image');
    return operands.length > 0 ? `${operands.join(' ')} ${operator}` : operator;
  }

  /**
   * Converts a resource dictionary.
   * @param shift moves patterns of the page itself by (x, y) pt: a pattern's matrix does not see the page's
   *   own translation
   */
  resources(object: PDFObject | undefined, mode: Mode, shift?: readonly [number, number]): PDFDict {
    const source = this.#reader.dict(object);
    const converted = this.#reader.context.obj({}) as PDFDict;
    if (!source) return converted;
    const kinds: Record<string, (value: PDFObject) => PDFObject> = {
      XObject: (value) => this.#xObject(value, mode),
      Pattern: (value) => this.#pattern(value, mode, shift),
      Shading: (value) => this.#shadings.convert(value, mode),
      ExtGState: (value) => this.#graphicsState(value, mode),
      Font: (value) => this.#font(value, mode),
    };
    for (const [key, convert] of Object.entries(kinds)) {
      const entries = this.#reader.dict(source.get(name(key)));
      if (!entries) continue;
      const target = this.#reader.context.obj({}) as PDFDict;
      for (const [entry, value] of entries.entries()) target.set(entry, convert(value));
      converted.set(name(key), target);
    }
    if (source.has(name('ColorSpace'))) throw unexpected('named colour space');
    return converted;
  }

  /** Converts an object once for each use; the reference is known before its parts are, as forms may nest. */
  #once(value: PDFObject, kind: string, make: (ref: PDFRef) => void): PDFRef {
    const key = value instanceof PDFRef ? `${value.toString()} ${kind}` : '';
    const known = key ? this.#done.get(key) : undefined;
    if (known) return known;
    const ref = this.#reader.context.nextRef();
    if (key) this.#done.set(key, ref);
    make(ref);
    return ref;
  }

  #xObject(value: PDFObject, mode: Mode): PDFRef {
    const stream = this.#reader.stream(value);
    const subtype = nameOf(this.#reader.get(stream.dict, 'Subtype'));
    if (subtype === 'Image')
      return this.#once(value, `image ${mode}`, (ref) => this.#images.convert(stream, mode, ref));
    if (subtype === 'Form') return this.#form(value, mode);
    throw unexpected(`object ${subtype}`);
  }

  #form(value: PDFObject, mode: Mode): PDFRef {
    return this.#once(value, `form ${mode}`, (ref) => {
      const stream = this.#reader.stream(value);
      const dict = this.#reader.copy(stream.dict);
      const group = this.#reader.dict(dict.get(name('Group')));
      if (group) {
        const converted = this.#reader.copy(group);
        converted.set(name('CS'), name(spaceOf(mode)));
        dict.set(name('Group'), converted);
      }
      this.#contentStream(stream, dict, mode, ref);
    });
  }

  /** Writes a converted content stream with its resources under the reference. */
  #contentStream(stream: PDFRawStream, dict: PDFDict, mode: Mode, ref: PDFRef): void {
    if (dict.has(name('Resources')))
      dict.set(name('Resources'), this.resources(dict.get(name('Resources')), mode));
    for (const key of ['Filter', 'DecodeParms', 'Length', 'StructParents']) dict.delete(name(key));
    const packed = this.#reader.context.flateStream(this.content(this.#reader.bytes(stream), mode));
    for (const [key, entry] of dict.entries()) packed.dict.set(key, entry);
    this.#reader.context.assign(ref, packed);
  }

  #pattern(value: PDFObject, mode: Mode, shift?: readonly [number, number]): PDFRef {
    return this.#once(value, `pattern ${mode}${shift ? ' page' : ''}`, (ref) => {
      const source = this.#reader.dict(value)!;
      const dict = this.#reader.copy(source);
      if (shift) {
        const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = this.#reader.numbers(dict.get(name('Matrix')));
        dict.set(name('Matrix'), this.#reader.context.obj([a, b, c, d, e + shift[0], f + shift[1]]));
      }
      if (numberOf(this.#reader.get(dict, 'PatternType')) === 2) {
        dict.set(name('Shading'), this.#shadings.convert(dict.get(name('Shading')), mode));
        this.#reader.context.assign(ref, dict);
      } else {
        this.#contentStream(this.#reader.stream(value), dict, mode, ref);
      }
    });
  }

  #graphicsState(value: PDFObject, mode: Mode): PDFObject {
    const dict = this.#reader.dict(value);
    const mask = dict && this.#reader.get(dict, 'SMask');
    if (!dict || !(mask instanceof PDFDict)) return value;
    return this.#once(value, `gs ${mode}`, (ref) => {
      const state = this.#reader.copy(dict);
      const converted = this.#reader.copy(mask);
      const luminosity = nameOf(this.#reader.get(mask, 'S')) === 'Luminosity';
      converted.set(name('G'), this.#form(mask.get(name('G'))!, luminosity ? 'light' : mode));
      const backdrop = this.#reader.numbers(mask.get(name('BC')));
      if (luminosity && backdrop.length === 3) {
        converted.set(name('BC'), this.#reader.context.obj(convertRgb(this.#colours, backdrop, 'light')));
      }
      state.set(name('SMask'), converted);
      this.#reader.context.assign(ref, state);
    });
  }

  #font(value: PDFObject, mode: Mode): PDFObject {
    const font = this.#reader.dict(value);
    if (!font || nameOf(this.#reader.get(font, 'Subtype')) !== 'Type3') return value;
    return this.#once(value, `type3 ${mode}`, (ref) => {
      const dict = this.#reader.copy(font);
      const glyphs = this.#reader.dict(font.get(name('CharProcs')));
      const converted = this.#reader.context.obj({}) as PDFDict;
      for (const [glyph, proc] of glyphs?.entries() ?? []) {
        const target = this.#reader.context.nextRef();
        const stream = this.#reader.stream(proc);
        this.#contentStream(stream, this.#reader.copy(stream.dict), mode, target);
        converted.set(glyph, target);
      }
      dict.set(name('CharProcs'), converted);
      if (font.has(name('Resources')))
        dict.set(name('Resources'), this.resources(font.get(name('Resources')), mode));
      this.#reader.context.assign(ref, dict);
    });
  }
}

function unexpected(what: string): PrintcatError {
  return new PrintcatError(
    `The printed page uses something that printcat cannot turn into press colours: ${what}`,
    {
      hint: 'Simplify the template where it is used, and please report it.',
    },
  );
}
