import { PDFDict, type PDFObject, type PDFRawStream } from 'pdf-lib';
import { operations } from './content.ts';
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from './matrix.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';

/** An image as it stands on the page. */
export interface PlacedImage {
  readonly stream: PDFRawStream;
  /** From the image's unit square to the page, pt from the bottom left. */
  readonly matrix: Matrix;
  /** Whether it is drawn inside a glyph: a colour font's bitmap. */
  readonly inGlyph: boolean;
}

interface Spot {
  readonly resources: PDFDict | null;
  readonly matrix: Matrix;
  /** Where patterns of this stream start from: its own coordinate system, not the one that holds at the moment. */
  readonly base: Matrix;
  readonly inGlyph: boolean;
}

/** Every image that a page shows, through forms, patterns, soft masks and drawn glyphs, once for each place. */
export function imagesOn(reader: Reader, contents: readonly Uint8Array[], resources: PDFObject | undefined) {
  const found: PlacedImage[] = [];
  const spot = { resources: reader.dict(resources), matrix: IDENTITY, base: IDENTITY, inGlyph: false };
  walk(reader, Buffer.concat(contents.flatMap((part) => [part, Buffer.from('\n')])), spot, found);
  return found;
}

function walk(reader: Reader, bytes: Uint8Array, spot: Spot, found: PlacedImage[]): void {
  const { resources, base, inGlyph } = spot;
  let matrix = spot.matrix;
  const stack: Matrix[] = [];
  const entry = (category: string, key: string): PDFObject | undefined =>
    resources ? reader.dict(resources.get(name(category)))?.get(name(key)) : undefined;
  const into = (stream: PDFRawStream, from: Matrix, glyph = inGlyph) => {
    const own = multiply(matrixOf(reader.numbers(stream.dict.get(name('Matrix')))), from);
    const inner = reader.dict(stream.dict.get(name('Resources'))) ?? resources;
    walk(reader, reader.bytes(stream), { resources: inner, matrix: own, base: own, inGlyph: glyph }, found);
  };
  const seen = new Set<string>();
  for (const { operator, operands } of operations(bytes)) {
    const key = operands[0]?.slice(1) ?? '';
    if (operator === 'q') stack.push(matrix);
    else if (operator === 'Q') matrix = stack.pop() ?? matrix;
    else if (operator === 'cm') matrix = multiply(matrixOf(operands.map(Number)), matrix);
    else if (operator === 'Do') {
      const stream = reader.stream(entry('XObject', key));
      if (nameOf(reader.get(stream.dict, 'Subtype')) === 'Image') found.push({ stream, matrix, inGlyph });
      else into(stream, matrix);
    } else if (operator === 'scn' || operator === 'SCN') {
      const pattern = entry('Pattern', key);
      const dict = reader.dict(pattern);
      if (dict && numberOf(reader.get(dict, 'PatternType')) === 1) into(reader.stream(pattern), base);
    } else if (operator === 'gs') {
      const mask = reader.get(reader.dict(entry('ExtGState', key)) ?? reader.context.obj({}), 'SMask');
      if (mask instanceof PDFDict) into(reader.stream(mask.get(name('G'))), matrix);
    } else if (operator === 'Tf' && !seen.has(key)) {
      seen.add(key);
      const font = reader.dict(entry('Font', key));
      if (!font || nameOf(reader.get(font, 'Subtype')) !== 'Type3') continue;
      for (const [, glyph] of reader.dict(font.get(name('CharProcs')))?.entries() ?? []) {
        const inner = reader.dict(font.get(name('Resources')));
        const proc = { resources: inner, matrix, base: matrix, inGlyph: true };
        walk(reader, reader.bytes(reader.stream(glyph)), proc, found);
      }
    }
  }
}

/** Effective resolution in the worse direction, px per inch. */
export function ppiOf([a, b, c, d]: Matrix, widthPx: number, heightPx: number): number {
  const [width, height] = [Math.hypot(a, b) / 72, Math.hypot(c, d) / 72];
  return Math.min(widthPx / width, heightPx / height);
}

/** The hull of an image's place, pt from the bottom left. */
export function hullOf(matrix: Matrix): { x0: number; y0: number; x1: number; y1: number } {
  const corners = (
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const
  ).map((corner) => apply(matrix, corner));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}
