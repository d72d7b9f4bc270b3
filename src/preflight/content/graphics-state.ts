import type { PDFDict } from 'pdf-lib';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { Fonts } from './fonts.ts';
import type { State } from './state.ts';

/**
 * Sets what a graphics state parameter dictionary says (ISO 32000-1, table 58), as far as print is concerned.
 * @returns the soft mask that it sets, or `null`
 */
export function applyParameters(pdf: Pdf, fonts: Fonts, dict: PDFDict, state: State): PDFDict | null {
  const get = (entry: string) => pdf.get(dict, entry);
  const flag = (entry: string) => (dict.has(name(entry)) ? String(get(entry)) === 'true' : null);
  // `OP` alone counts for fills too.
  const stroke = flag('OP');
  const fill = flag('op') ?? stroke;
  if (stroke !== null) state.overprintStroke = stroke;
  if (fill !== null) state.overprintFill = fill;
  const mode = numberOf(get('OPM'));
  if (mode !== null) state.overprintMode = mode === 1 ? 1 : 0;
  state.lineWidth = numberOf(get('LW')) ?? state.lineWidth;
  state.alphaStroke = numberOf(get('CA')) ?? state.alphaStroke;
  state.alphaFill = numberOf(get('ca')) ?? state.alphaFill;
  const blend = get('BM');
  const blendName = nameOf(blend) ?? nameOf(pdf.array(blend)[0]);
  if (blendName !== null) state.blend = blendName === 'Compatible' ? 'Normal' : blendName;
  const dash = pdf.array(get('D'));
  if (dash.length > 0) state.dashed = pdf.array(dash[0]).length > 0;
  const font = pdf.array(get('Font'));
  if (font.length === 2) {
    state.font = fonts.read(font[0]);
    state.size = numberOf(font[1]) ?? 0;
  }
  if (!dict.has(name('SMask'))) return null;
  const mask = pdf.dict(get('SMask'));
  state.softMask = mask !== null;
  return mask;
}
