import type { PDFDict, PDFObject, PDFRawStream } from 'pdf-lib';
import type { PressColours } from '../../colour/press-colours.ts';
import { type Operation, operations, pdfNumber } from '../../press/content.ts';
import { IDENTITY, type Matrix, matrixOf, multiply } from '../../press/matrix.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import { lineWidthPt } from '../content/geometry.ts';
import type { Pdf } from '../document/pdf.ts';
import { hasRgb, isRgbInline } from './has-rgb.ts';
import { type Kind, kindOf } from './kinds.ts';

/** The thinnest line that is printed safely (GWG 2022 R0018, R0019), pt. */
export const THINNEST_PT = 0.25;
export interface State {
  /** To mm on the page. */
  readonly matrix: Matrix;
  readonly width: number;
  /** The width that the stream now has, where it is another. */
  readonly laid: number;
  readonly fill: Kind;
  readonly stroke: Kind;
  readonly textMode: number;
}

/** Where a stream's colours go, and what its lines may be; a pattern's own space is not the page's. */
export interface Place {
  readonly hairlines: boolean;
  readonly depth: number;
}

/** What a stream asks for what it names, and tells what was done. */
export interface Fixes {
  change(what: string): void;
  leave(what: string): void;
  overprints(): void;
  image(stream: PDFRawStream): PDFObject | null;
  shading(object: PDFObject): PDFObject | null;
  stream(
    stream: PDFRawStream,
    inherited: PDFDict | null,
    state: State,
    place: Place,
    kind: 'form' | 'tile',
  ): PDFObject | null;
}

const CONSTRUCTION = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're', 'W', 'W*']);
const STROKING = new Set(['S', 's', 'B', 'B*', 'b', 'b*']);
const FILLING = new Set(['f', 'F', 'f*', 'n']);

/** One stream's rewriting. */
export class StreamFixer {
  readonly resources: PDFDict;
  readonly #fixer: Fixes;
  readonly #pdf: Pdf;
  readonly #colours: PressColours | null;
  readonly #source: PDFDict | null;
  readonly #place: Place;
  #state: State;
  readonly #stack: State[] = [];
  readonly #out: string[] = [];
  #path: string[] = [];
  readonly #copied = new Set<string>();

  constructor(
    fixer: Fixes,
    pdf: Pdf,
    colours: PressColours | null,
    source: PDFDict | null,
    state: State,
    place: Place,
  ) {
    this.#fixer = fixer;
    this.#pdf = pdf;
    this.#colours = colours;
    this.#source = source;
    this.#state = state;
    this.#place = place;
    this.resources = source ? pdf.copy(source) : (pdf.context.obj({}) as PDFDict);
  }

  rewrite(bytes: Uint8Array): string {
    for (const operation of operations(bytes)) this.#one(operation);
    this.#flush();
    return this.#out.join('\n');
  }

  #entry(kind: string, key: string): PDFObject | undefined {
    return this.#pdf.dict(this.#source?.get(name(kind)))?.get(name(key));
  }

  /** Puts an object under a name of its own; the stream's resources are copied first, as others may use them too. */
  #put(kind: string, key: string, object: PDFObject): string {
    let entries = this.#pdf.dict(this.resources.get(name(kind)));
    if (!entries || !this.#copied.has(kind)) {
      entries = entries ? this.#pdf.copy(entries) : (this.#pdf.context.obj({}) as PDFDict);
      this.resources.set(name(kind), entries);
      this.#copied.add(kind);
    }
    const same = [...entries.entries()].find(
      ([known, value]) => value === object && known.decodeText() !== key,
    );
    if (same) return same[0].decodeText();
    let free = key;
    for (let i = 1; entries.has(name(free)); i++) free = `${key}.${i}`;
    entries.set(name(free), object);
    return free;
  }

  #flush(): void {
    this.#out.push(...this.#path);
    this.#path = [];
  }

  #pass({ operator, operands, data }: Operation): void {
    this.#flush();
    if (operator === 'BI') {
      this.#out.push(`BI ${operands.join(' ')} ID ${Buffer.from(data ?? []).toString('latin1')}\nEI`);
    } else this.#out.push([...operands, operator].join(' '));
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
  }

  #one(operation: Operation): void {
    const { operator, operands } = operation;
    const numbers = operands.map(Number);
    const key = (operands[0] ?? '').slice(1);
    const state = this.#state;
    switch (operator) {
      case 'q':
        this.#stack.push(state);
        break;
      case 'Q':
        this.#state = this.#stack.pop() ?? state;
        break;
      case 'cm':
        this.#set({ matrix: multiply(matrixOf(numbers), state.matrix) });
        break;
      case 'w':
        this.#set({ width: numbers[0] ?? 1, laid: numbers[0] ?? 1 });
        break;
      case 'Tr':
        this.#set({ textMode: numbers[0] ?? 0 });
        break;
      case 'gs':
        this.#graphicsState(key);
        break;
      case 'rg':
      case 'RG':
        if (this.#inks(operator === 'RG', numbers)) return;
        break;
      case 'g':
      case 'k':
        this.#set({ fill: 'other' });
        break;
      case 'G':
      case 'K':
        this.#set({ stroke: 'other' });
        break;
      case 'cs':
      case 'CS': {
        const kind = kindOf(this.#pdf, this.#entry('ColorSpace', key) ?? name(key));
        this.#set(operator === 'cs' ? { fill: kind } : { stroke: kind });
        if (kind === 'rgb' && this.#inks(operator === 'CS', [0, 0, 0])) return;
        break;
      }
      case 'sc':
      case 'scn':
      case 'SC':
      case 'SCN': {
        const strokes = operator.startsWith('S');
        if (this.#pattern(operation)) return;
        if ((strokes ? state.stroke : state.fill) === 'rgb' && this.#inks(strokes, numbers)) return;
        break;
      }
      case 'sh': {
        const made = this.#colours && this.#fixer.shading(this.#entry('Shading', key) ?? name('None'));
        if (made) {
          this.#pass({ operator, operands: [`/${this.#put('Shading', key, made)}`] });
          return;
        }
        break;
      }
      case 'Do': {
        const made = this.#xobject(key);
        if (made) {
          this.#pass({ operator, operands: [`/${this.#put('XObject', key, made)}`] });
          return;
        }
        break;
      }
      case 'BI':
        if (this.#colours && isRgbInline(this.#pdf, operation, this.#source)) {
          this.#fixer.leave('An inline picture in RGB');
        }
        break;
      case 'Tf':
        this.#glyphs(key);
        break;
    }
    if (CONSTRUCTION.has(operator)) this.#path.push([...operands, operator].join(' '));
    else {
      if (STROKING.has(operator)) this.#line();
      else if (['Tj', 'TJ', "'", '"'].includes(operator) && [1, 2].includes(this.#state.textMode % 4))
        this.#line();
      if (FILLING.has(operator) || STROKING.has(operator)) this.#flush();
      this.#pass(operation);
    }
  }

  /** Sets the width of the line that is stroked next, before its path. */
  #line(): void {
    if (!this.#place.hairlines) return;
    const { matrix, width, laid, stroke } = this.#state;
    const unit = lineWidthPt(matrix, 1);
    const isThin = stroke !== 'spot' && unit > 0 && unit * Math.abs(width) < THINNEST_PT * (1 - 1e-4);
    const wanted = isThin ? THINNEST_PT / unit : width;
    if (isThin) this.#fixer.change(`Lines below ${THINNEST_PT} pt made ${THINNEST_PT} pt wide`);
    if (wanted === laid) return;
    this.#out.push(`${Number(wanted.toPrecision(8))} w`);
    this.#set({ laid: wanted });
  }

  /** @returns whether the colour was set as inks */
  #inks(strokes: boolean, [r = 0, g = 0, b = 0]: readonly number[]): boolean {
    this.#set(strokes ? { stroke: 'rgb' } : { fill: 'rgb' });
    if (!this.#colours) return false;
    this.#flush();
    const inks = this.#colours.rgb(
      ...([r, g, b].map((v) => Math.min(1, Math.max(0, v))) as [number, number, number]),
    );
    this.#out.push(`${inks.map(pdfNumber).join(' ')} ${strokes ? 'K' : 'k'}`);
    this.#fixer.change('RGB colours converted to the press profile');
    return true;
  }

  #graphicsState(key: string): void {
    const pdf = this.#pdf;
    const dict = pdf.dict(this.#entry('ExtGState', key));
    if (!dict) return;
    const width = numberOf(pdf.get(dict, 'LW'));
    if (width !== null) this.#set({ width, laid: width });
    const mask = pdf.streamOf(pdf.dict(dict.get(name('SMask')))?.get(name('G')));
    if (this.#colours && mask && hasRgb(pdf, mask, this.#source)) {
      this.#fixer.leave('RGB in a soft mask, which is light and not ink');
    }
    const overprints = ['OP', 'op'].some((entry) => String(pdf.get(dict, entry)) === 'true');
    if (overprints && numberOf(pdf.get(dict, 'OPM')) === 1) this.#fixer.overprints();
  }

  /** Glyphs of a Type 3 font keep colours of their own. */
  #glyphs(key: string): void {
    const pdf = this.#pdf;
    const font = this.#colours && pdf.dict(this.#entry('Font', key));
    if (!font || nameOf(pdf.get(font, 'Subtype')) !== 'Type3') return;
    const resources = pdf.dict(font.get(name('Resources'))) ?? this.#source;
    const glyphs = pdf.dict(font.get(name('CharProcs')))?.values() ?? [];
    const inRgb = glyphs
      .map((glyph) => pdf.streamOf(glyph))
      .some((glyph) => glyph && hasRgb(pdf, glyph, resources));
    if (inRgb) this.#fixer.leave('RGB in glyphs of a Type 3 font');
  }

  #xobject(key: string): PDFObject | null {
    const pdf = this.#pdf;
    const stream = pdf.streamOf(this.#entry('XObject', key));
    const type = stream && nameOf(pdf.get(stream.dict, 'Subtype'));
    if (stream && type === 'Image') return this.#colours && this.#fixer.image(stream);
    if (!stream || type !== 'Form') return null;
    const own = matrixOf(pdf.numbers(stream.dict.get(name('Matrix'))));
    const state = { ...this.#state, matrix: multiply(own, this.#state.matrix) };
    return this.#fixer.stream(stream, this.#source, state, this.#place, 'form');
  }

  /** @returns whether a pattern was set, in its new form */
  #pattern({ operator, operands }: Operation): boolean {
    const last = operands.at(-1);
    if (!this.#colours || !last?.startsWith('/')) return false;
    const pdf = this.#pdf;
    const key = last.slice(1);
    const object = this.#entry('Pattern', key);
    const dict = pdf.dict(object);
    const stream = pdf.streamOf(object);
    let made: PDFObject | null = null;
    if (dict && numberOf(pdf.get(dict, 'PatternType')) === 2) {
      const shading = this.#fixer.shading(dict.get(name('Shading')) ?? name('None'));
      if (!shading) return false;
      const copy = pdf.copy(dict);
      copy.set(name('Shading'), shading);
      made = pdf.context.register(copy);
    } else if (stream && operands.length === 1) {
      const state: State = { ...this.#state, matrix: IDENTITY, fill: 'other', stroke: 'other' };
      made = this.#fixer.stream(stream, this.#source, state, { ...this.#place, hairlines: false }, 'tile');
    }
    if (!made) return false;
    this.#pass({ operator, operands: [...operands.slice(0, -1), `/${this.#put('Pattern', key, made)}`] });
    return true;
  }
}
