import {
  PDFArray,
  PDFBool,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
} from 'pdf-lib';
import { operations, pdfNumber } from '../press/content.ts';
import { BENEATH } from '../press/dielines.ts';
import { name, nameOf, numberOf, Reader } from '../press/pdf.ts';
import type { Plates } from './draw-plates.ts';
import { drawable, onePage } from './one-page.ts';

/**
 * Makes the plates of a page of a press PDF visible to a renderer that knows no inks: the page in RGB, once with cyan, magenta
 * and yellow in the place of the missing red, green and blue, once with black as grey. Colour components do not mix in
 * the separable blend modes, so each channel is what its plate would be. Only for files that `press/` wrote; spot
 * colours are drawn through their alternate colour.
 * @param at the page's place in the file, from 0
 * @param shrink how much smaller, 0…1, the pictures may be made
 * @returns the variants one by one, each a PDF
 */
export async function* variants(
  file: PDFDocument,
  at: number,
  shrink: number,
): AsyncGenerator<{ plates: Plates; pdf: Uint8Array }> {
  const decoded: Decoded = new Map();
  for (const plates of ['cmy', 'k'] as const) {
    yield { plates, pdf: await variant(await onePage(file, at), plates, shrink, decoded) };
  }
}

/** Pictures as inks, by their object: both variants are made from one decoding. */
type Decoded = Map<string, { width: number; height: number; inks: Uint8Array }>;

/** Four inks as the RGB of a variant, 0…1. */
const shown = (inks: readonly number[], plates: Plates): [number, number, number] => {
  const [c = 0, m = 0, y = 0, k = 0] = inks;
  return plates === 'cmy' ? [1 - c, 1 - m, 1 - y] : [1 - k, 1 - k, 1 - k];
};

async function variant(
  doc: PDFDocument,
  plates: Plates,
  shrink: number,
  decoded: Decoded,
): Promise<Uint8Array> {
  const reader = new Reader(doc.context);
  const painted = contentStreams(reader, doc);
  for (const [ref, object] of doc.context.enumerateIndirectObjects()) {
    if (object instanceof PDFRawStream) {
      if (isCmykImage(reader, object)) {
        const key = ref.toString();
        const picture = decoded.get(key) ?? (await decodeImage(reader, object, shrink));
        decoded.set(key, picture);
        doc.context.assign(ref, redrawImage(reader, object, picture, plates));
      } else if (painted.has(ref.toString())) doc.context.assign(ref, repaint(reader, object, plates));
      else respace(reader, object.dict, plates);
    } else {
      respace(reader, object, plates);
    }
  }
  return drawable(doc);
}

/** References of all streams that hold operators. */
function contentStreams(reader: Reader, doc: PDFDocument): Set<string> {
  const found = new Set<string>();
  const add = (object: PDFObject | undefined) => {
    if (object instanceof PDFArray) object.asArray().forEach(add);
    else if (object) found.add(object.toString());
  };
  for (const page of doc.getPages()) add(page.node.get(name('Contents')));
  for (const [ref, object] of doc.context.enumerateIndirectObjects()) {
    const dict = reader.dict(object);
    if (!dict) continue;
    const tiling = numberOf(reader.get(dict, 'PatternType')) === 1;
    if (nameOf(reader.get(dict, 'Subtype')) === 'Form' || tiling) found.add(ref.toString());
    for (const [, glyph] of reader.dict(dict.get(name('CharProcs')))?.entries() ?? []) add(glyph);
  }
  return found;
}

const PAINT: Record<string, string> = { k: 'rg', K: 'RG' };

function repaint(reader: Reader, stream: PDFRawStream, plates: Plates): PDFRawStream {
  const lines: string[] = [];
  // White ink prints over the art's plates and is seen beneath it: this renderer knows no overprint.
  const beneath: string[] = [];
  let depth = 0;
  for (const { operator, operands } of operations(reader.bytes(stream))) {
    if (operator === 'MP' && operands[0] === `/${BENEATH}`) {
      depth = 1;
      continue;
    }
    const device = PAINT[operator];
    const values = device ? shown(operands.map(Number), plates).map(pdfNumber) : operands;
    (depth > 0 ? beneath : lines).push([...values, device ?? operator].join(' '));
    // The block is from its first q to the Q that belongs to it.
    if (depth > 0 && operator === 'q') depth++;
    if (depth > 0 && operator === 'Q' && --depth === 1) depth = 0;
  }
  const dict = reader.copy(stream.dict);
  dict.delete(name('Filter'));
  respace(reader, dict, plates);
  return PDFRawStream.of(dict, Buffer.from([...beneath, ...lines].join('\n'), 'latin1'));
}

/** Rewrites colour spaces, shadings and spot alternates inside a direct object. */
function respace(reader: Reader, object: PDFObject, plates: Plates): void {
  if (object instanceof PDFArray) {
    if (nameOf(object.get(0)) === 'Separation') respaceSpot(reader, object, plates);
    else for (const item of object.asArray()) respace(reader, item, plates);
    return;
  }
  if (!(object instanceof PDFDict)) return;
  if (object.has(name('ShadingType')) && nameOf(reader.get(object, 'ColorSpace')) === 'DeviceCMYK') {
    object.set(name('Function'), resample(reader, object.get(name('Function'))!, plates));
    object.set(name('ColorSpace'), name('DeviceRGB'));
    object.delete(name('Background'));
    return;
  }
  showOverprint(reader, object);
  for (const [key, value] of object.entries()) {
    if (value instanceof PDFName && value.decodeText() === 'DeviceCMYK') object.set(key, name('DeviceRGB'));
    else respace(reader, value, plates);
  }
}

/**
 * What fills and overprints is drawn darkening: inks that it lacks are white in a variant, and leave what lies below.
 * Strokes stay as they are, since the lines of a die are to be seen over the art.
 */
function showOverprint(reader: Reader, state: PDFDict): void {
  if (numberOf(reader.get(state, 'OPM')) !== 1 || nameOf(reader.get(state, 'BM')) !== 'Normal') return;
  if (reader.get(state, 'op') === PDFBool.True) state.set(name('BM'), name('Darken'));
}

function respaceSpot(reader: Reader, space: PDFArray, plates: Plates): void {
  const tint = reader.dict(space.get(3));
  if (nameOf(reader.deref(space.get(2))) !== 'DeviceCMYK' || !tint) return;
  space.set(2, name('DeviceRGB'));
  const converted = reader.copy(tint);
  for (const key of ['C0', 'C1']) {
    converted.set(name(key), reader.context.obj(shown(reader.numbers(tint.get(name(key))), plates)));
  }
  space.set(3, converted);
}

/** A sampled CMYK function, or a stitching of such, in the RGB of the variant. */
function resample(reader: Reader, object: PDFObject, plates: Plates): PDFRef {
  const fn = reader.deref(object)!;
  const dict = reader.copy(reader.dict(fn)!);
  const parts = reader.get(dict, 'Functions');
  if (parts instanceof PDFArray) {
    dict.set(
      name('Functions'),
      reader.context.obj(parts.asArray().map((part) => resample(reader, part, plates))),
    );
    return reader.context.register(dict);
  }
  const samples = reader.bytes(reader.stream(fn));
  const converted = new Uint8Array((samples.length / 4) * 3);
  for (let i = 0; i < samples.length / 4; i++) {
    const inks = [0, 1, 2, 3].map((j) => samples[4 * i + j]! / 255);
    converted.set(
      shown(inks, plates).map((v) => Math.round(v * 255)),
      3 * i,
    );
  }
  dict.delete(name('Filter'));
  dict.set(name('Range'), reader.context.obj([0, 1, 0, 1, 0, 1]));
  return reader.context.register(PDFRawStream.of(dict, converted));
}

const isCmykImage = (reader: Reader, { dict }: PDFRawStream): boolean =>
  nameOf(reader.get(dict, 'Subtype')) === 'Image' && nameOf(reader.get(dict, 'ColorSpace')) === 'DeviceCMYK';

async function decodeImage(reader: Reader, stream: PDFRawStream, shrink: number) {
  const side = (key: string) => numberOf(reader.get(stream.dict, key)) ?? 1;
  const [width, height] = [side('Width'), side('Height')];
  if (nameOf(reader.get(stream.dict, 'Filter')) !== 'DCTDecode')
    return { width, height, inks: reader.bytes(stream) };
  const { default: sharp } = await import('sharp');
  const reduced = {
    width: Math.max(1, Math.round(width * shrink)),
    height: Math.max(1, Math.round(height * shrink)),
  };
  const inks = await sharp(stream.contents, { limitInputPixels: false })
    .pipelineColourspace('cmyk')
    .resize({ ...reduced, fit: 'fill' })
    .toColourspace('cmyk')
    .raw()
    .toBuffer();
  return { ...reduced, inks };
}

function redrawImage(
  reader: Reader,
  stream: PDFRawStream,
  { width, height, inks }: { width: number; height: number; inks: Uint8Array },
  plates: Plates,
): PDFRawStream {
  const rgb = new Uint8Array(width * height * 3);
  const [first, second, third] = plates === 'cmy' ? ([0, 1, 2] as const) : ([3, 3, 3] as const);
  for (let to = 0, from = 0; to < rgb.length; to += 3, from += 4) {
    rgb[to] = 255 - inks[from + first]!;
    rgb[to + 1] = 255 - inks[from + second]!;
    rgb[to + 2] = 255 - inks[from + third]!;
  }
  const dict = reader.copy(stream.dict);
  for (const key of ['Filter', 'Decode', 'Length']) dict.delete(name(key));
  dict.set(name('Width'), PDFNumber.of(width));
  dict.set(name('Height'), PDFNumber.of(height));
  dict.set(name('ColorSpace'), name('DeviceRGB'));
  return PDFRawStream.of(dict, rgb);
}
