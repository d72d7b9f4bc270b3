import type { PDFDict, PDFObject, PDFRawStream } from 'pdf-lib';
import type { PressColours } from '../colour/press-colours.ts';
import { operations } from './content.ts';
import { type Field, fieldOf } from './fields.ts';
import { luminosity } from './inks.ts';
import { matrixOf, multiply } from './matrix.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import type { Painter, ShadingConverter } from './shadings.ts';
import { type GroupOpacity, isBlack, shade, veil } from './transparency.ts';

interface Parts {
  readonly reader: Reader;
  readonly colours: PressColours;
  readonly shadings: ShadingConverter;
}

/** A gradient whose stops differ in opacity. */
export interface AlphaGradient {
  /** Whether it is black all over: a scrim. */
  readonly isBlack: boolean;
  /** The shading of its colours. */
  readonly shading: PDFObject | undefined;
  /** An opaque gradient of black ink, to be multiplied: a pattern in the place of `tile`. */
  asShade(parts: Parts, tile: PDFDict): PDFDict;
  /** The same tile with inks and mask that are right over paper. */
  asVeil(parts: Parts, tile: PDFDict, group: GroupOpacity): PDFRawStream;
}

/** The only pattern that a stream paints with, if painting it is all that the stream does. */
function onlyPattern(reader: Reader, stream: PDFRawStream): { pattern: PDFDict; gs: string[] } | null {
  const names = new Set<string>();
  const gs: string[] = [];
  for (const { operator, operands } of operations(reader.bytes(stream))) {
    if (operator === 'scn' || operator === 'SCN') names.add(operands[0]!.slice(1));
    else if (operator === 'gs') gs.push(operands[0]!.slice(1));
    else if (!['cs', 'CS', 're', 'f', 'f*', 'q', 'Q'].includes(operator)) return null;
  }
  if (names.size !== 1) return null;
  const resources = reader.dict(stream.dict.get(name('Resources')));
  const patterns = resources && reader.dict(resources.get(name('Pattern')));
  const pattern = patterns && reader.dict(patterns.get(name([...names][0]!)));
  return pattern && numberOf(reader.get(pattern, 'PatternType')) === 2 ? { pattern, gs } : null;
}

/**
 * Recognises how Chromium writes a gradient with opacities: a tile as large as the page, in which a shading is
 * painted through a luminosity mask that is a shading itself.
 */
export function alphaGradient(reader: Reader, tile: PDFRawStream): AlphaGradient | null {
  const outer = onlyPattern(reader, tile);
  const resources = reader.dict(tile.dict.get(name('Resources')));
  const states = resources && reader.dict(resources.get(name('ExtGState')));
  if (outer?.gs.length !== 1 || !states) return null;
  const state = reader.dict(states.get(name(outer.gs[0]!)));
  const softMask = state && reader.dict(state.get(name('SMask')));
  if (!softMask || nameOf(reader.get(softMask, 'S')) !== 'Luminosity' || softMask.has(name('TR')))
    return null;
  const maskForm = reader.stream(softMask.get(name('G')));
  const inner = onlyPattern(reader, maskForm);
  if (!inner || inner.gs.length > 0) return null;
  const [colour, mask] = [outer.pattern, inner.pattern];
  const [colourAt, maskAt] = [fieldOf(reader, colour), fieldOf(reader, mask)];
  if (!colourAt || !maskAt) return null;
  const found: Found = { tile, maskForm, state, softMask, colour, mask, colourAt, maskAt };
  return {
    isBlack: isBlackOver(reader, tile, colourAt),
    shading: colour.get(name('Shading')),
    asShade: (parts, dict) => asShade(found, parts, dict),
    asVeil: (parts, dict, group) => asVeil(found, parts, dict, group),
  };
}

interface Found {
  readonly tile: PDFRawStream;
  readonly maskForm: PDFRawStream;
  readonly state: PDFDict;
  readonly softMask: PDFDict;
  readonly colour: PDFDict;
  readonly mask: PDFDict;
  readonly colourAt: Field;
  readonly maskAt: Field;
}

const alphaOf = ([r = 0, g = r, b = r]: readonly number[]): number => luminosity(r, g, b);

function isBlackOver(reader: Reader, tile: PDFRawStream, colourAt: Field): boolean {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = reader.numbers(reader.get(tile.dict, 'BBox'));
  for (let i = 0; i <= 24; i++) {
    for (let j = 0; j <= 24; j++) {
      if (!isBlack(colourAt([x0 + ((x1 - x0) * i) / 24, y0 + ((y1 - y0) * j) / 24]))) return false;
    }
  }
  return true;
}

const ownMatrix = (reader: Reader, pattern: PDFDict) =>
  matrixOf(reader.numbers(reader.get(pattern, 'Matrix')));

function asShade({ mask }: Found, { reader, colours, shadings }: Parts, dict: PDFDict): PDFDict {
  const matrix = multiply(ownMatrix(reader, mask), matrixOf(reader.numbers(reader.get(dict, 'Matrix'))));
  const paint: Painter = (rgb) => shade(colours, alphaOf(rgb));
  const shading = shadings.convert(mask.get(name('Shading')), 'inks', { paint, matrix });
  return reader.context.obj({
    Type: 'Pattern',
    PatternType: 2,
    Matrix: [...matrix],
    Shading: shading,
  }) as PDFDict;
}

function asVeil(found: Found, { reader, shadings }: Parts, dict: PDFDict, group: GroupOpacity): PDFRawStream {
  const { tile, maskForm, state, softMask, colour, mask, colourAt, maskAt } = found;
  const { context } = reader;
  const convert = shadings.converterFor(reader.dict(colour.get(name('Shading')))!);
  const inksAt: Painter = (rgb, at) => veil(rgb, alphaOf(maskAt(at)), group, convert).inks;
  const coverAt: Painter = (grey, at) => [veil(colourAt(at), alphaOf(grey), group, convert).alpha];
  // Exact inks are laid down as they are, by the mask as it is.
  const isExact = shadings.exact(colour.get(name('Shading'))) !== null;
  const painted = (pattern: PDFDict, mode: 'inks' | 'light', paint: Painter, beside: Field): PDFDict => {
    const copy = reader.copy(pattern);
    const painting = { paint, matrix: ownMatrix(reader, pattern), beside };
    const shading = pattern.get(name('Shading'));
    copy.set(name('Shading'), shadings.convert(shading, mode, isExact ? undefined : painting));
    return copy;
  };
  const form = withResource(reader, maskForm, 'Pattern', painted(mask, 'light', coverAt, colourAt));
  const formGroup = reader.copy(reader.dict(maskForm.dict.get(name('Group')))!);
  formGroup.set(name('CS'), name('DeviceGray'));
  form.dict.set(name('Group'), formGroup);
  const newMask = reader.copy(softMask);
  newMask.set(name('G'), context.register(form));
  newMask.delete(name('BC'));
  const newState = reader.copy(state);
  newState.set(name('SMask'), newMask);
  const pattern = withResource(reader, tile, 'Pattern', painted(colour, 'inks', inksAt, maskAt));
  const resources = reader.dict(pattern.dict.get(name('Resources')))!;
  resources.set(name('ExtGState'), sameNames(reader, tile, 'ExtGState', newState));
  const matrix = dict.get(name('Matrix'));
  if (matrix) pattern.dict.set(name('Matrix'), matrix);
  return pattern;
}

/** A copy of a stream that has one kind of resource replaced. */
function withResource(reader: Reader, stream: PDFRawStream, kind: string, value: PDFDict): PDFRawStream {
  const copy = reader.context.flateStream(reader.bytes(stream)) as PDFRawStream;
  for (const [key, entry] of stream.dict.entries()) {
    if (!['Filter', 'Length', 'DecodeParms'].includes(key.decodeText())) copy.dict.set(key, entry);
  }
  const resources = reader.context.obj({}) as PDFDict;
  resources.set(name(kind), sameNames(reader, stream, kind, value));
  copy.dict.set(name('Resources'), resources);
  return copy;
}

/** Every name of a kind of resource, leading to one value. */
function sameNames(reader: Reader, stream: PDFRawStream, kind: string, value: PDFDict): PDFDict {
  const entries = reader.dict(reader.dict(stream.dict.get(name('Resources')))?.get(name(kind)));
  const target = reader.context.obj({}) as PDFDict;
  const ref: PDFObject = reader.context.register(value);
  for (const [key] of entries?.entries() ?? []) target.set(key, ref);
  return target;
}
