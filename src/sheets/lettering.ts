import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { pdfNumber } from '../press/content.ts';

/** The fonts in which a sheet's own words are set: the second for what the first has no glyph for. */
const FONTS = [
  '@fontsource/jost/files/jost-latin-400-normal.woff',
  '@fontsource/zen-kaku-gothic-new/files/zen-kaku-gothic-new-japanese-400-normal.woff',
] as const;

/** What stands for a character that none of the fonts has. */
const UNKNOWN = '?';

type FontLib = typeof import('bwip-js/node')['FontLib'];
type GlyphPath = ReturnType<FontLib['getpaths']>;

interface Font {
  readonly id: number;
  /** The library scales by the ascender: ascender over em. */
  readonly ascender: number;
}

const require = createRequire(import.meta.url);

/** The library takes widths from 8 on: outlines are fetched for an em of 1000. */
const EM = 1000;

/**
 * Type as outlines: a sheet's ruler and slug need no font in the file, which PDF/X would ask to be embedded. Outlines
 * are read by bwip-js, which has a reader of TrueType (stb_truetype) for the digits below bar codes.
 */
export class Lettering {
  readonly #library: FontLib;
  readonly #fonts: readonly Font[];

  private constructor(library: FontLib, fonts: readonly Font[]) {
    this.#library = library;
    this.#fonts = fonts;
  }

  static async open(): Promise<Lettering> {
    const { default: bwipjs } = await import('bwip-js/node');
    const fonts = await Promise.all(
      FONTS.map(async (path): Promise<Font> => {
        const font = unpackWoff(await readFile(require.resolve(path)));
        bwipjs.loadFont(path, font.bytes);
        return { id: bwipjs.FontLib.lookup(path), ascender: font.ascender };
      }),
    );
    return new Lettering(bwipjs.FontLib, fonts);
  }

  /** Width of a line of type, mm, at a size in mm. */
  width(text: string, size: number): number {
    return [...text].reduce((sum, character) => sum + (this.#glyph(character).advance / EM) * size, 0);
  }

  /**
   * A line of type as a filled path, y downwards.
   * @param x its left end, mm
   * @param baseline mm
   * @param size mm from ascender to descender (1 pt = 0.353 mm)
   */
  outlines(text: string, x: number, baseline: number, size: number): string {
    const operators: string[] = [];
    let pen = x;
    for (const character of text) {
      const glyph = this.#glyph(character);
      operators.push(...contours(glyph, pen, baseline, size / EM));
      pen += (glyph.advance / EM) * size;
    }
    return operators.length > 0 ? `${operators.join('\n')}\nf\n` : '';
  }

  #glyph(character: string): GlyphPath {
    const code = character.codePointAt(0)!;
    for (const { id, ascender } of this.#fonts) {
      // The library's types do not say that it gives null for what a font lacks.
      const glyph = this.#library.getpaths(id, code, EM * ascender, EM * ascender) as GlyphPath | null;
      if (glyph) return glyph;
    }
    return this.#glyph(UNKNOWN);
  }
}

/** A glyph's contours as path operators; PDF has no quadratic curves, so those are raised to cubic ones. */
function* contours(glyph: GlyphPath, x: number, baseline: number, scale: number): Generator<string> {
  const point = (px: number, py: number) =>
    `${pdfNumber(x + px * scale)} ${pdfNumber(baseline - py * scale)}`;
  let [fromX, fromY] = [0, 0];
  for (const piece of glyph) {
    if (piece.type === 'M') yield `${point(piece.x, piece.y)} m`;
    else if (piece.type === 'L') yield `${point(piece.x, piece.y)} l`;
    else if (piece.type === 'Q') {
      const toward = (end: number, control: number) => end + ((control - end) * 2) / 3;
      const first = point(toward(fromX, piece.cx), toward(fromY, piece.cy));
      const second = point(toward(piece.x, piece.cx), toward(piece.y, piece.cy));
      yield `${first} ${second} ${point(piece.x, piece.y)} c`;
    } else {
      yield `${point(piece.cx1, piece.cy1)} ${point(piece.cx2, piece.cy2)} ${point(piece.x, piece.y)} c`;
    }
    [fromX, fromY] = [piece.x, piece.y];
  }
}

/** A font out of its WOFF package (W3C WOFF 1.0, 3 to 5): a table of tables, each deflated by itself. */
function unpackWoff(woff: Buffer): { bytes: Uint8Array; ascender: number } {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const parts: Buffer[] = [head];
  const tables = new Map<string, Buffer>();
  let at = head.length;
  for (let i = 0; i < count; i++) {
    const entry = 44 + 20 * i;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [
      number,
      number,
      number,
    ];
    const stored = woff.subarray(offset, offset + packed);
    const table = packed < length ? inflateSync(stored) : stored;
    tables.set(woff.toString('latin1', entry, entry + 4), table);
    woff.copy(head, 12 + 16 * i, entry, entry + 4);
    woff.copy(head, 16 + 16 * i, entry + 16, entry + 20);
    head.writeUInt32BE(at, 20 + 16 * i);
    head.writeUInt32BE(length, 24 + 16 * i);
    const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
    table.copy(padded);
    parts.push(padded);
    at += padded.length;
  }
  // OpenType: unitsPerEm in `head`, the ascender in `hhea`.
  const ascender = tables.get('hhea')!.readInt16BE(4) / tables.get('head')!.readUInt16BE(18);
  return { bytes: Buffer.concat(parts), ascender };
}
