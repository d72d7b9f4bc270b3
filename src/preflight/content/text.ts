import { IDENTITY, type Matrix, multiply } from '../../press/matrix.ts';
import type { Font } from './fonts.ts';
import { type Edges, edgesAround, emHeightPt, lineWidthPt, rectangleEdges } from './geometry.ts';
import type { Interpreter } from './interpreter.ts';
import type { Operand } from './lexer.ts';

/** Codes that one mark keeps. */
const MAX_CODES = 100_000;
/** How far type is taken to reach below and above its line, em: boxes come from widths, not from outlines. */
const DESCENT = -0.22;
const ASCENT = 0.92;
const MM_PER_PT = 25.4 / 72;

const numeric = (value: Operand | undefined): number => (typeof value === 'number' ? value : 0);

/** The text matrices and the text operators (ISO 32000-1, 9.4). */
export class TextObject {
  #matrix: Matrix = IDENTITY;
  #line: Matrix = IDENTITY;
  /** What the rendering modes that clip have gathered since `BT`. */
  #clip: Edges[] = [];

  execute(interpreter: Interpreter, operator: string, operands: readonly Operand[]): void {
    const { state } = interpreter;
    const n = (index: number) => numeric(operands[index]);
    switch (operator) {
      case 'BT':
        this.#matrix = IDENTITY;
        this.#line = IDENTITY;
        this.#clip = [];
        return;
      case 'ET':
        this.#endClip(interpreter);
        return;
      case 'Tc':
        state.charSpace = n(0);
        return;
      case 'Tw':
        state.wordSpace = n(0);
        return;
      case 'Tz':
        state.horizontal = n(0) / 100;
        return;
      case 'TL':
        state.leading = n(0);
        return;
      case 'Ts':
        state.rise = n(0);
        return;
      case 'Tr':
        state.renderMode = n(0);
        return;
      case 'Tf':
        interpreter.setFont(operands[0], n(1));
        return;
      case 'Tm':
        this.#line = [n(0), n(1), n(2), n(3), n(4), n(5)];
        this.#matrix = this.#line;
        return;
      case 'Td':
        this.#move(n(0), n(1));
        return;
      case 'TD':
        state.leading = -n(1);
        this.#move(n(0), n(1));
        return;
      case 'T*':
        this.#move(0, -state.leading);
        return;
      case 'Tj':
        this.#show(interpreter, operands.slice(0, 1));
        return;
      case "'":
        this.#move(0, -state.leading);
        this.#show(interpreter, operands.slice(0, 1));
        return;
      case '"':
        state.wordSpace = n(0);
        state.charSpace = n(1);
        this.#move(0, -state.leading);
        this.#show(interpreter, operands.slice(2, 3));
        return;
      case 'TJ':
        this.#show(interpreter, Array.isArray(operands[0]) ? operands[0] : []);
        return;
    }
  }

  #move(x: number, y: number): void {
    this.#line = multiply([1, 0, 0, 1, x, y], this.#line);
    this.#matrix = this.#line;
  }

  /** Shows strings, with numbers between them that move on by thousandths of an em. */
  #show(interpreter: Interpreter, items: readonly Operand[]): void {
    const { state, walk } = interpreter;
    const font = state.font ?? walk.fonts.read(undefined);
    const start = multiply([1, 0, 0, 1, 0, state.rise], multiply(this.#matrix, state.ctm));
    const codes: number[] = [];
    let along = 0;
    // Adjustments before the first glyph and after the last are not part of the type's own box.
    let first: number | null = null;
    let last = 0;
    for (const item of items) {
      if (typeof item === 'number')
        along -= (item / 1000) * state.size * (font.vertical ? 1 : state.horizontal);
      if (!(item instanceof Uint8Array)) continue;
      for (let i = 0; i + font.bytes <= item.length; i += font.bytes) {
        const code = font.bytes === 2 ? item[i]! * 256 + item[i + 1]! : item[i]!;
        first ??= along;
        if (codes.length < MAX_CODES) codes.push(code);
        along += this.#advance(interpreter, font, code);
        last = along;
      }
    }
    const [dx, dy] = font.vertical ? [0, -along] : [along, 0];
    this.#matrix = multiply([1, 0, 0, 1, dx, dy], this.#matrix);
    if (first === null) return;
    const { size } = state;
    const edges = font.vertical
      ? rectangleEdges(start, -size / 2, -last, size / 2, -first)
      : rectangleEdges(start, first, DESCENT * size, last, ASCENT * size);
    if (edges) this.#send(interpreter, font, codes, start, edges);
  }

  #advance({ state }: Interpreter, font: Font, code: number): number {
    const word = font.bytes === 1 && code === 32 ? state.wordSpace : 0;
    if (font.vertical) return state.size + state.charSpace + word;
    return (font.width(code) * state.size + state.charSpace + word) * state.horizontal;
  }

  #send(interpreter: Interpreter, font: Font, codes: readonly number[], matrix: Matrix, edges: Edges): void {
    const { state, walk } = interpreter;
    const mode = state.renderMode & 3;
    const [fills, strokes] = [mode === 0 || mode === 2, mode === 1 || mode === 2];
    if (state.renderMode >= 4) this.#clip.push(edges);
    const lineWidth = lineWidthPt(state.ctm, state.lineWidth);
    const mark = interpreter.mark(edges, matrix, strokes ? (lineWidth * MM_PER_PT) / 2 : 0);
    if (!mark) return;
    const type3 = font.type3;
    walk.dispatch.send(
      'text',
      Object.assign(mark, {
        font: font.facts,
        sizePt: emHeightPt(matrix, state.size),
        lineWidthPt: lineWidth,
        // A Type 3 glyph is drawn whatever the mode says (ISO 32000-1, 9.3.6), but 3 hides it.
        fill: fills || (type3 && mode !== 3) ? state.fill : null,
        stroke: strokes && !type3 ? state.stroke : null,
        codes,
      }),
    );
    if (mode === 3) return;
    interpreter.paintPatterns(interpreter.frame.stands ?? edges, fills, strokes);
    if (type3) walk.glyphs(interpreter, type3, codes, matrix, edges);
  }

  #endClip({ state }: Interpreter): void {
    const around = edgesAround(this.#clip.map(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1]));
    this.#clip = [];
    if (!around) return;
    const { x0, y0, x1, y1 } = state.clipEdges;
    state.clipEdges = {
      x0: Math.max(x0, around.x0),
      y0: Math.max(y0, around.y0),
      x1: Math.min(x1, around.x1),
      y1: Math.min(y1, around.y1),
    };
  }
}
