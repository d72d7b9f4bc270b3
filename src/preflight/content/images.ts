import type { PDFRawStream } from 'pdf-lib';
import { name, numberOf } from '../../press/pdf.ts';
import { effectivePpi } from '../../units.ts';
import type { Pdf } from '../document/pdf.ts';
import type { ColourSpace, ImageMark } from '../model.ts';
import { rectangleEdges } from './geometry.ts';
import type { Interpreter } from './interpreter.ts';
import { jpxSpace } from './jpx.ts';
import type { InlineImage, Operand } from './lexer.ts';

type Facts = Pick<
  ImageMark,
  'object' | 'widthPx' | 'heightPx' | 'bitsPerComponent' | 'space' | 'hasSoftMask' | 'stream'
> & { readonly isMask: boolean };

/** Tells of an image XObject; its pixels are not decoded. */
export function xobjectImage(interpreter: Interpreter, stream: PDFRawStream, object: string | null): void {
  const { pdf, spaces } = interpreter.walk;
  const { dict } = stream;
  const isMask = String(pdf.get(dict, 'ImageMask')) === 'true';
  const whole = (key: string) => numberOf(pdf.get(dict, key));
  const own = dict.get(name('ColorSpace'));
  send(interpreter, {
    object,
    widthPx: whole('Width') ?? 0,
    heightPx: whole('Height') ?? 0,
    bitsPerComponent: isMask ? 1 : (whole('BitsPerComponent') ?? 8),
    space: isMask
      ? null
      : (spaces.read(own, interpreter.frame.resources) ?? (own ? null : ofItsOwn(pdf, stream))),
    hasSoftMask: pdf.streamOf(dict.get(name('SMask'))) !== null || (whole('SMaskInData') ?? 0) > 0,
    stream: { dict, contents: stream.contents },
    isMask,
  });
}

/** The colour space that JPEG 2000 brings with it (ISO 32000-1, 7.4.9). */
function ofItsOwn(pdf: Pdf, stream: PDFRawStream): ColourSpace | null {
  const { bytes, picture } = pdf.decode(stream);
  const space = picture === 'JPXDecode' ? jpxSpace(bytes) : null;
  return space && { ...space, names: [], base: null };
}

/** Tells of an image that stands in the content. */
export function inlineImage(interpreter: Interpreter, { dict, data }: InlineImage): void {
  const whole = (key: string) => {
    const value: Operand | undefined = dict.get(key);
    return typeof value === 'number' ? value : null;
  };
  const isMask = dict.get('ImageMask') === true;
  const space: ColourSpace | null = isMask
    ? null
    : interpreter.walk.spaces.inline(dict.get('ColorSpace'), interpreter.frame.resources);
  send(interpreter, {
    object: null,
    widthPx: whole('Width') ?? 0,
    heightPx: whole('Height') ?? 0,
    bitsPerComponent: isMask ? 1 : (whole('BitsPerComponent') ?? 8),
    space,
    hasSoftMask: false,
    stream: { dict, contents: data },
    isMask,
  });
}

function send(interpreter: Interpreter, { isMask, ...facts }: Facts): void {
  const { state } = interpreter;
  const edges = rectangleEdges(state.ctm, 0, 0, 1, 1);
  const mark = interpreter.mark(edges, state.ctm);
  if (!mark || !edges) return;
  const [a, b, c, d] = state.ctm;
  const ppi = (px: number, mm: number) => (mm > 0 ? effectivePpi(px, mm) : Infinity);
  interpreter.walk.dispatch.send('image', {
    ...mark,
    ...facts,
    stencil: isMask ? state.fill : null,
    ppi: { x: ppi(facts.widthPx, Math.hypot(a, b)), y: ppi(facts.heightPx, Math.hypot(c, d)) },
  });
  if (isMask) interpreter.paintPatterns(interpreter.frame.stands ?? edges, true, false);
}
