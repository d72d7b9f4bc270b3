import { PDFArray, type PDFDict, type PDFObject, type PDFRawStream } from 'pdf-lib';
import { type Matrix, matrixOf } from '../../press/matrix.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { FontFacts } from '../model.ts';
import { Lexer } from './lexer.ts';
import { standardWidths } from './standard-widths.ts';

/** Widths that are kept of one font. */
const MAX_WIDTHS = 70_000;
/** Glyphs that nobody knows the width of are taken for this wide, in em. */
const TYPICAL_WIDTH = 0.5;
/** Bytes of a glyph's description that are read for its first operators. */
const GLYPH_HEAD = 4096;

/** A font as text needs it; widths are in em (1 for the height of the type). */
export interface Font {
  readonly facts: FontFacts;
  /** Bytes a code. Composite fonts are taken for two, which nearly all have. */
  readonly bytes: 1 | 2;
  readonly vertical: boolean;
  width(code: number): number;
  readonly type3: Type3 | null;
}

export interface Type3 {
  readonly matrix: Matrix;
  readonly resources: PDFDict | null;
  /** The description of a glyph that has colours of its own (`d0`); others are type in the text's colour. */
  coloured(code: number): PDFRawStream | null;
}

const NO_FONT: Font = {
  facts: { name: '(none)', type: 'none', embedded: false },
  bytes: 1,
  vertical: false,
  width: () => TYPICAL_WIDTH,
  type3: null,
};

/** Reads fonts, each once. */
export class Fonts {
  readonly #pdf: Pdf;
  readonly #known = new Map<PDFDict, Font>();

  constructor(pdf: Pdf) {
    this.#pdf = pdf;
  }

  read(object: PDFObject | undefined): Font {
    const dict = this.#pdf.dict(object);
    if (!dict) return NO_FONT;
    const known = this.#known.get(dict);
    if (known) return known;
    const font = readFont(this.#pdf, dict);
    this.#known.set(dict, font);
    return font;
  }
}

/** A font's PostScript name without the tag of a subset. */
export const plainFontName = (base: string | null): string => (base ?? '(none)').replace(/^[A-Z]{6}\+/, '');

function readFont(pdf: Pdf, dict: PDFDict): Font {
  const type = nameOf(pdf.get(dict, 'Subtype')) ?? 'unknown';
  const base = nameOf(pdf.get(dict, 'BaseFont')) ?? nameOf(pdf.get(dict, 'Name'));
  if (type === 'Type0') return compositeFont(pdf, dict, plainFontName(base));
  const descriptor = pdf.dict(dict.get(name('FontDescriptor')));
  const type3 = type === 'Type3' ? readType3(pdf, dict) : null;
  const facts = {
    name: plainFontName(base),
    type,
    embedded: type3 !== null || isEmbedded(pdf, descriptor),
  };
  const first = numberOf(pdf.get(dict, 'FirstChar')) ?? 0;
  const widths = pdf.array(dict.get(name('Widths'))).slice(0, 256);
  const missing = descriptor ? numberOf(pdf.get(descriptor, 'MissingWidth')) : null;
  // A Type 3 font's widths are in its own glyph space.
  const scale = type3 ? Math.abs(type3.matrix[0]) : 0.001;
  const standard = widths.length === 0 && !type3 ? standardWidths(facts.name) : null;
  return {
    facts,
    bytes: 1,
    vertical: false,
    width: (code) => {
      const width = numberOf(widths[code - first]) ?? (widths.length > 0 ? (missing ?? 0) : null);
      return width === null ? (standard?.(code) ?? TYPICAL_WIDTH) : width * scale;
    },
    type3,
  };
}

function compositeFont(pdf: Pdf, dict: PDFDict, fontName: string): Font {
  const [first] = pdf.array(dict.get(name('DescendantFonts')));
  const descendant = pdf.dict(first);
  const encoding = nameOf(pdf.get(dict, 'Encoding'));
  const widths = new Map<number, number>();
  if (descendant) readCidWidths(pdf, pdf.array(descendant.get(name('W'))), widths);
  const standard = (descendant && numberOf(pdf.get(descendant, 'DW'))) ?? 1000;
  // Other encodings are maps from codes to CIDs: their glyphs are taken for the standard width.
  const identity = encoding?.startsWith('Identity') ?? false;
  return {
    facts: {
      name: fontName,
      type: 'Type0',
      embedded: isEmbedded(pdf, descendant && pdf.dict(descendant.get(name('FontDescriptor')))),
    },
    bytes: 2,
    vertical: encoding?.endsWith('-V') ?? false,
    width: (code) => ((identity ? widths.get(code) : undefined) ?? standard) / 1000,
    type3: null,
  };
}

/** ISO 32000-1, 9.7.4.3: `c [w1 w2 …]` or `first last w`. */
function readCidWidths(
  pdf: Pdf,
  items: readonly (PDFObject | undefined)[],
  widths: Map<number, number>,
): void {
  for (let i = 0; i + 1 < items.length && widths.size < MAX_WIDTHS; ) {
    const first = numberOf(items[i]) ?? 0;
    const next = items[i + 1];
    if (next instanceof PDFArray) {
      for (const [k, width] of pdf.array(next).slice(0, MAX_WIDTHS).entries()) {
        widths.set(first + k, numberOf(width) ?? 0);
      }
      i += 2;
    } else {
      const last = Math.min(numberOf(next) ?? 0, first + MAX_WIDTHS);
      const width = numberOf(items[i + 2]) ?? 0;
      for (let cid = first; cid <= last && widths.size < MAX_WIDTHS; cid++) widths.set(cid, width);
      i += 3;
    }
  }
}

const isEmbedded = (pdf: Pdf, descriptor: PDFDict | null): boolean =>
  ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor && pdf.streamOf(descriptor.get(name(key))));

function readType3(pdf: Pdf, dict: PDFDict): Type3 {
  const glyphs = pdf.dict(dict.get(name('CharProcs')));
  const encoding = pdf.dict(dict.get(name('Encoding')));
  const names = new Map<number, string>();
  if (encoding) {
    let code = 0;
    for (const item of pdf.array(encoding.get(name('Differences'))).slice(0, 1024)) {
      const number = numberOf(item);
      const glyph = nameOf(item);
      if (number !== null) code = number;
      else if (glyph !== null) names.set(code++, glyph);
    }
  }
  const coloured = new Map<number, PDFRawStream | null>();
  return {
    matrix: matrixOf(pdf.numbers(dict.get(name('FontMatrix')))),
    resources: pdf.dict(dict.get(name('Resources'))),
    coloured: (code) => {
      const known = coloured.get(code);
      if (known !== undefined) return known;
      const glyph = names.get(code);
      const stream = glyphs && glyph !== undefined ? pdf.streamOf(glyphs.get(name(glyph))) : null;
      const own = stream && hasColours(pdf.decode(stream).bytes) ? stream : null;
      coloured.set(code, own);
      return own;
    },
  };
}

/** A glyph that begins with `d0` brings its colours, one with `d1` takes the text's (ISO 32000-1, 9.6.5). */
function hasColours(bytes: Uint8Array): boolean {
  const lexer = new Lexer(bytes.subarray(0, GLYPH_HEAD));
  for (let operator = lexer.next(); operator !== null; operator = lexer.next()) {
    if (operator === 'd0') return true;
    if (operator === 'd1') return false;
  }
  return false;
}
