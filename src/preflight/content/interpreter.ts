import type { PDFDict, PDFObject } from 'pdf-lib';
import { type Matrix, multiply } from '../../press/matrix.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { ColourSpace, Layer, Paint, Subpath } from '../model.ts';
import { CMYK, GRAY, initialColour, paint, RGB } from './colour.ts';
import { placeOf } from './dispatch.ts';
import {
  boxOf,
  type Edges,
  edgesAround,
  grown,
  isEmpty,
  lineWidthPt,
  overlap,
  PathBuilder,
} from './geometry.ts';
import { applyParameters } from './graphics-state.ts';
import { inlineImage, xobjectImage } from './images.ts';
import { Lexer, type Operand } from './lexer.ts';
import type { Frame, State } from './state.ts';
import { TextObject } from './text.ts';
import type { Walk } from './walk.ts';

/** `q` within `q`; a page that goes deeper is not kept track of. */
const MAX_SAVED = 10_000;
const MM_PER_PT = 25.4 / 72;

/** The operand at `index` as a number, 0 where it is none or absurd. */
const number = (operands: readonly Operand[], index: number): number => {
  const value = operands[index];
  return typeof value === 'number' && Math.abs(value) < 1e15 ? value : 0;
};

const numbers = (operands: readonly Operand[]): number[] =>
  operands.filter((value) => typeof value === 'number').slice(0, 64);

/** Carries out one content stream: keeps the graphics state and tells the walk what is painted. */
export class Interpreter {
  readonly walk: Walk;
  readonly frame: Frame;
  state: State;
  /** Layers opened by marked content here, one for each `BMC` or `BDC`. */
  readonly #marked: (Layer | null)[] = [];
  readonly #saved: State[] = [];
  readonly #path = new PathBuilder();
  readonly #text = new TextObject();
  #clipNext: 'nonzero' | 'evenodd' | null = null;
  #lost = 0;

  constructor(walk: Walk, frame: Frame, state: State) {
    this.walk = walk;
    this.frame = frame;
    this.state = state;
  }

  run(bytes: Uint8Array): void {
    const lexer = new Lexer(bytes);
    for (let operator = lexer.next(); operator !== null; operator = lexer.next()) {
      if (!this.walk.spend(this.frame.page)) return;
      if (operator === 'BI') {
        if (lexer.image) inlineImage(this, lexer.image);
      } else this.#execute(operator, lexer.operands);
    }
    const { page, source } = this.frame;
    if (lexer.garbage > 0) this.walk.pdf.damaged(`The ${source} has tokens that mean nothing`, page.number);
    if (this.#path.tooLong) this.walk.pdf.damaged(`The ${source} has a path that is too long`, page.number);
  }

  /** The layers around what is painted now. */
  get layers(): readonly Layer[] {
    return this.#marked.length === 0
      ? this.frame.layers
      : [...this.frame.layers, ...this.#marked.filter((layer) => layer !== null)];
  }

  /** The entry of a kind of resource, reference kept. */
  resource(kind: string, key: Operand | undefined): PDFObject | undefined {
    const { resources } = this.frame;
    const dict = resources && this.walk.pdf.dict(resources.get(name(kind)));
    return typeof key === 'string' ? dict?.get(name(key)) : undefined;
  }

  /**
   * What all marks have; `null` where nothing of the mark is inside the clip.
   * @param edges about the mark's own shape
   * @param reach how far a line's width goes beyond it, mm
   */
  mark(edges: Edges | null, matrix: Matrix, reach = 0) {
    const { state, frame } = this;
    const shape = frame.stands ?? edges;
    if (!shape) return null;
    // A pattern's cell has its own place and clip; where it stands was cut already.
    const clip = frame.stands ?? state.clipEdges;
    const visible = overlap(grown(shape, reach), clip);
    if (isEmpty(visible)) return null;
    const layers = this.layers;
    return {
      page: frame.page,
      place: frame.place ?? placeOf(frame.page, overlap(shape, clip), layers),
      box: boxOf(visible),
      matrix,
      clip: state.clip,
      overprintFill: state.overprintFill,
      overprintStroke: state.overprintStroke,
      overprintMode: state.overprintMode,
      blend: state.blend,
      alphaFill: state.alphaFill,
      alphaStroke: state.alphaStroke,
      softMask: state.softMask,
      layer: layers.at(-1) ?? null,
      within: frame.within,
      source: frame.source,
    };
  }

  /** Draws what a pattern paint consists of, over `edges`. */
  paintPatterns(edges: Edges, fills: boolean, strokes: boolean): void {
    const { fillPattern, strokePattern, fill, stroke } = this.state;
    if (fills && fillPattern) this.walk.pattern(this, fillPattern, fill, edges);
    if (strokes && strokePattern) this.walk.pattern(this, strokePattern, stroke, edges);
  }

  #execute(operator: string, operands: readonly Operand[]): void {
    const { state } = this;
    const n = (index: number) => number(operands, index);
    switch (operator) {
      case 'q':
        if (this.#saved.length < MAX_SAVED) this.#saved.push({ ...state });
        else this.#lost++;
        return;
      case 'Q':
        if (this.#lost > 0) this.#lost--;
        else this.state = this.#saved.pop() ?? state;
        return;
      case 'cm':
        state.ctm = multiply([n(0), n(1), n(2), n(3), n(4), n(5)], state.ctm);
        return;
      case 'w':
        state.lineWidth = n(0);
        return;
      case 'd':
        state.dashed = Array.isArray(operands[0]) && operands[0].length > 0;
        return;
      case 'gs':
        this.#graphicsState(operands[0]);
        return;
      case 'm':
        this.#path.move(state.ctm, n(0), n(1));
        return;
      case 'l':
        this.#path.line(state.ctm, n(0), n(1));
        return;
      case 'c':
        this.#path.curve(state.ctm, [n(0), n(1), n(2), n(3), n(4), n(5)]);
        return;
      case 'v':
        this.#path.curveFromHere(state.ctm, [n(0), n(1), n(2), n(3)]);
        return;
      case 'y':
        this.#path.curve(state.ctm, [n(0), n(1), n(2), n(3), n(2), n(3)]);
        return;
      case 'h':
        this.#path.close();
        return;
      case 're':
        this.#path.rectangle(state.ctm, n(0), n(1), n(2), n(3));
        return;
      case 'W':
        this.#clipNext = 'nonzero';
        return;
      case 'W*':
        this.#clipNext = 'evenodd';
        return;
      case 'n':
        this.#paintPath(false, false, false);
        return;
      case 'S':
      case 's':
        if (operator === 's') this.#path.close();
        this.#paintPath(false, true, false);
        return;
      case 'f':
      case 'F':
      case 'f*':
        this.#paintPath(true, false, operator === 'f*');
        return;
      case 'B':
      case 'B*':
      case 'b':
      case 'b*':
        if (operator[0] === 'b') this.#path.close();
        this.#paintPath(true, true, operator.endsWith('*'));
        return;
      case 'Do':
        this.#do(operands[0]);
        return;
      case 'sh':
        this.#shade(operands[0]);
        return;
      case 'BMC':
        this.#marked.push(null);
        return;
      case 'BDC':
        this.#marked.push(
          operands[0] === 'OC' ? this.walk.layers.read(this.resource('Properties', operands[1])) : null,
        );
        return;
      case 'EMC':
        this.#marked.pop();
        return;
      default:
        if (!this.#colour(operator, operands)) this.#text.execute(this, operator, operands);
    }
  }

  /** @returns whether it was a colour operator */
  #colour(operator: string, operands: readonly Operand[]): boolean {
    const { spaces } = this.walk;
    const { resources } = this.frame;
    switch (operator) {
      case 'g':
      case 'G':
        this.#setColour(operator === 'G', spaces.named('DeviceGray', resources) ?? GRAY, operands);
        return true;
      case 'rg':
      case 'RG':
        this.#setColour(operator === 'RG', spaces.named('DeviceRGB', resources) ?? RGB, operands);
        return true;
      case 'k':
      case 'K':
        this.#setColour(operator === 'K', spaces.named('DeviceCMYK', resources) ?? CMYK, operands);
        return true;
      case 'cs':
      case 'CS': {
        const [text] = operands;
        const space = typeof text === 'string' ? spaces.named(text, resources) : null;
        if (!space) {
          const { page, source } = this.frame;
          this.walk.pdf.damaged(`The ${source} names a colour space that is missing (${text})`, page.number);
        }
        const next = space ?? GRAY;
        this.#setColour(operator === 'CS', next, initialColour(next));
        return true;
      }
      case 'sc':
      case 'scn':
        this.#setColour(false, this.state.fill.space, operands);
        return true;
      case 'SC':
      case 'SCN':
        this.#setColour(true, this.state.stroke.space, operands);
        return true;
      default:
        return false;
    }
  }

  #setColour(stroking: boolean, space: ColourSpace, operands: readonly Operand[]): void {
    const { state, walk } = this;
    let next: Paint;
    let pattern: PDFObject | null = null;
    if (space.family === 'Pattern') {
      pattern = this.resource('Pattern', operands.at(-1)) ?? null;
      const dict = walk.pdf.dict(pattern ?? undefined);
      const shading = dict !== null && numberOf(walk.pdf.get(dict, 'PatternType')) === 2;
      next = paint(space, numbers(operands), pattern ? (shading ? 'shading' : 'tiling') : null);
    } else next = paint(space, numbers(operands));
    if (stroking) {
      state.stroke = next;
      state.strokePattern = pattern;
    } else {
      state.fill = next;
      state.fillPattern = pattern;
    }
  }

  #graphicsState(key: Operand | undefined): void {
    const { pdf, fonts } = this.walk;
    const dict = pdf.dict(this.resource('ExtGState', key));
    const mask = dict && applyParameters(pdf, fonts, dict, this.state);
    if (mask) this.walk.softMask(this, mask);
  }

  #paintPath(fills: boolean, strokes: boolean, evenOdd: boolean): void {
    const { state } = this;
    const clipping = this.#clipNext;
    this.#clipNext = null;
    const path = this.#path.take();
    const edges = edgesAround(path.map(({ points }) => points));
    if (fills || strokes) this.#sendPath(path, edges, fills, strokes, evenOdd);
    if (!clipping) return;
    const around = edges ?? { x0: 0, y0: 0, x1: -1, y1: -1 };
    state.clipEdges = overlap(state.clipEdges, around);
    state.clip = { path, evenOdd: clipping === 'evenodd', within: state.clip };
  }

  #sendPath(
    path: readonly Subpath[],
    edges: Edges | null,
    fills: boolean,
    strokes: boolean,
    evenOdd: boolean,
  ): void {
    const { state } = this;
    const widthPt = strokes ? lineWidthPt(state.ctm, state.lineWidth) : 0;
    const mark = this.mark(edges, state.ctm, (widthPt * MM_PER_PT) / 2);
    if (!mark || !edges) return;
    // A hundred thousand marks: a spread of this many properties takes twice the time.
    this.walk.dispatch.send(
      'path',
      Object.assign(mark, {
        path,
        fill: fills ? state.fill : null,
        evenOdd,
        stroke: strokes ? state.stroke : null,
        lineWidthPt: widthPt,
        dashed: state.dashed,
      }),
    );
    this.paintPatterns(this.frame.stands ?? edges, fills, strokes);
  }

  #do(key: Operand | undefined): void {
    const { pdf } = this.walk;
    const object = this.resource('XObject', key);
    const stream = pdf.streamOf(object);
    const { page, source } = this.frame;
    if (!stream) {
      pdf.damaged(`The ${source} draws something that is missing (${String(key)})`, page.number);
      return;
    }
    const layer = this.walk.layers.read(stream.dict.get(name('OC')));
    const reference = pdf.reference(object);
    const label = `/${String(key)}${reference ? ` (${reference})` : ''}`;
    if (layer) this.#marked.push(layer);
    const subtype = nameOf(pdf.get(stream.dict, 'Subtype'));
    if (subtype === 'Image') xobjectImage(this, stream, reference);
    else if (subtype === 'Form') this.walk.form(this, stream, `form ${label}`);
    if (layer) this.#marked.pop();
  }

  #shade(key: Operand | undefined): void {
    const dict = this.walk.pdf.dict(this.resource('Shading', key));
    if (!dict) return;
    this.shading(dict, this.state.clipEdges, 'sh');
  }

  /** Tells of a shading that covers `edges`. */
  shading(dict: PDFDict, edges: Edges, by: 'sh' | 'pattern', matrix: Matrix = this.state.ctm): void {
    const { pdf, spaces } = this.walk;
    const mark = this.mark(overlap(edges, this.walk.sheet(this.frame.page)), matrix);
    if (!mark) return;
    this.walk.dispatch.send('shading', {
      ...mark,
      type: numberOf(pdf.get(dict, 'ShadingType')) ?? 0,
      space: spaces.read(dict.get(name('ColorSpace')), this.frame.resources),
      by,
    });
  }

  /** A name's resource within the state: used by the text operators for `Tf`. */
  setFont(key: Operand | undefined, size: number): void {
    this.state.font = this.walk.fonts.read(this.resource('Font', key));
    this.state.size = size;
  }
}
