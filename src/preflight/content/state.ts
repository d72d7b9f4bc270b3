import type { PDFDict, PDFObject, PDFRawStream } from 'pdf-lib';
import { IDENTITY, type Matrix } from '../../press/matrix.ts';
import type { PdfPage } from '../document/pdf.ts';
import type { Clip, Layer, Mark, Paint, Place } from '../model.ts';
import { GRAY, paint } from './colour.ts';
import type { Font } from './fonts.ts';
import { type Edges, EVERYWHERE } from './geometry.ts';

/** The graphics state, as far as print is concerned (ISO 32000-1, 8.4 and 9.3). Copied by `q`. */
export interface State {
  ctm: Matrix;
  clip: Clip | null;
  clipEdges: Edges;
  fill: Paint;
  stroke: Paint;
  /** The pattern behind a pattern paint. */
  fillPattern: PDFObject | null;
  strokePattern: PDFObject | null;
  lineWidth: number;
  dashed: boolean;
  overprintFill: boolean;
  overprintStroke: boolean;
  overprintMode: 0 | 1;
  blend: string;
  alphaFill: number;
  alphaStroke: number;
  softMask: boolean;
  font: Font | null;
  size: number;
  charSpace: number;
  wordSpace: number;
  horizontal: number;
  leading: number;
  rise: number;
  renderMode: number;
}

export const initialState = (ctm: Matrix): State => ({
  ctm,
  clip: null,
  clipEdges: EVERYWHERE,
  fill: paint(GRAY, [0]),
  stroke: paint(GRAY, [0]),
  fillPattern: null,
  strokePattern: null,
  lineWidth: 1,
  dashed: false,
  overprintFill: false,
  overprintStroke: false,
  overprintMode: 0,
  blend: 'Normal',
  alphaFill: 1,
  alphaStroke: 1,
  softMask: false,
  font: null,
  size: 0,
  charSpace: 0,
  wordSpace: 0,
  horizontal: 1,
  leading: 0,
  rise: 0,
  renderMode: 0,
});

/** A transparency group begins without transparency of its own (ISO 32000-1, 11.6.6). */
export const groupState = (state: State): State => ({
  ...state,
  blend: 'Normal',
  alphaFill: 1,
  alphaStroke: 1,
  softMask: false,
});

/** A content stream at work: what it belongs to, and what of its surroundings counts for its marks. */
export interface Frame {
  readonly page: PdfPage;
  readonly resources: PDFDict | null;
  /** The matrix that patterns start from: that of the content they are named in, as it began. */
  readonly base: Matrix;
  readonly source: string;
  readonly within: Mark['within'];
  /** A soft mask's marks are light. */
  readonly place: Extract<Place, 'mask'> | null;
  /** Where all its marks are said to be: a pattern's cell repeats over what it fills. */
  readonly stands: Edges | null;
  /** The layers that it stands in. */
  readonly layers: readonly Layer[];
  /** The streams that are being drawn around it, itself among them. */
  readonly active: readonly PDFRawStream[];
}

export const pageFrame = (page: PdfPage): Frame => ({
  page,
  resources: page.resources,
  base: page.toMm ?? IDENTITY,
  source: 'page content',
  within: null,
  place: null,
  stands: null,
  layers: [],
  active: [],
});
