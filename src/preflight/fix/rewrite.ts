import { PDFArray, type PDFDict, type PDFObject, type PDFRawStream } from 'pdf-lib';
import type { PressColours } from '../../colour/press-colours.ts';
import { PrintcatError } from '../../errors.ts';
import { type Operation, operations, pdfNumber } from '../../press/content.ts';
import { IDENTITY, type Matrix, matrixOf, multiply } from '../../press/matrix.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import { ShadingConverter } from '../../press/shadings.ts';
import { lineWidthPt } from '../content/geometry.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import { ImageFixer } from './images.ts';
import { type Kind, kindOf } from './kinds.ts';

/** The thinnest line that is printed safely (GWG 2022 R0018, R0019), pt. */
export const THINNEST_PT = 0.25;
const MAX_DEPTH = 24;

interface State {
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
interface Place {
  readonly hairlines: boolean;
  readonly depth: number;
}

const CONSTRUCTION = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're', 'W', 'W*']);
const STROKING = new Set(['S', 's', 'B', 'B*', 'b', 'b*']);
const FILLING = new Set(['f', 'F', 'f*', 'n']);

/** What was done to a stream and all within it, and what was left. */
interface Log {
  readonly changes: Set<string>;
  readonly left: Set<string>;
  /** Whether something overprints in mode 1, where an ink that is not there leaves what is below. */
  overprints: boolean;
}

const emptyLog = (): Log => ({ changes: new Set(), left: new Set(), overprints: false });

/** A page's new content, with what was done to it. */
export interface FixedPage extends Log {
  readonly content: Buffer;
  readonly resources: PDFDict;
}

/** Rewrites pages' content: thin lines to the minimum, RGB into a press's inks. Soft masks stay as they are. */
export class ContentFixer {
  readonly #pdf: Pdf;
  readonly #colours: PressColours | null;
  readonly #images: ImageFixer;
  readonly #made = new Map<string, { object: PDFObject | null; log: Log }>();
  readonly #ids = new Map<PDFObject, number>();
  #log = emptyLog();

  /** @param colours `null` leaves colours alone */
  constructor(pdf: Pdf, colours: PressColours | null) {
    this.#pdf = pdf;
    this.#colours = colours;
    this.#images = new ImageFixer(pdf, colours);
  }

  /** Plans a page's new content. */
  page(page: PdfPage): FixedPage {
    const pdf = this.#pdf;
    this.#log = emptyLog();
    const contents = pdf.deref(page.dict.get(name('Contents')));
    const parts = contents instanceof PDFArray ? contents.asArray() : [contents];
    const streams = parts.map((part) => pdf.streamOf(part)).filter((part) => part !== null);
    const bytes = Buffer.concat(streams.flatMap((part) => [pdf.bytes(part), Buffer.from('\n')]));
    const state: State = {
      ...{ matrix: page.toMm, width: 1, laid: 1, textMode: 0 },
      ...{ fill: 'other', stroke: 'other' },
    };
    return { ...this.#stream(bytes, page.resources, state, { hairlines: true, depth: 0 }), ...this.#log };
  }

  /** Converts the pictures that were met. @returns how many were damaged and stay as they are */
  finish(): Promise<number> {
    return this.#images.finish();
  }

  change(what: string): void {
    this.#log.changes.add(what);
  }

  leave(what: string): void {
    this.#log.left.add(what);
  }

  overprints(): void {
    this.#log.overprints = true;
  }

  #stream(bytes: Uint8Array, resources: PDFDict | null, state: State, place: Place) {
    const run = new Run(this, this.#pdf, this.#colours, resources, state, place);
    const content = Buffer.from(run.rewrite(bytes), 'latin1');
    return { content, resources: run.resources };
  }

  /** A form, a tile or a glyph in its new state, made once for each. */
  stream(
    stream: PDFRawStream,
    inherited: PDFDict | null,
    state: State,
    place: Place,
    kind: string,
  ): PDFObject | null {
    const pdf = this.#pdf;
    if (place.depth >= MAX_DEPTH) return null;
    const id = this.#ids.get(stream) ?? this.#ids.size;
    this.#ids.set(stream, id);
    const scale = state.matrix.slice(0, 4).map((v) => v.toPrecision(6));
    const key = [
      kind,
      id,
      ...(place.hairlines ? [...scale, state.width, state.laid] : []),
      state.fill,
      state.stroke,
    ].join(' ');
    const known = this.#made.get(key);
    if (known) {
      this.#note(known.log);
      return known.object;
    }
    // A form within itself finds nothing to do.
    this.#made.set(key, { object: null, log: emptyLog() });
    const outer = this.#log;
    this.#log = emptyLog();
    const dict = pdf.copy(stream.dict);
    const own = pdf.dict(dict.get(name('Resources'))) ?? inherited;
    const { content, resources } = this.#stream(pdf.bytes(stream), own, state, {
      ...place,
      depth: place.depth + 1,
    });
    const group = pdf.dict(dict.get(name('Group')));
    if (group) dict.set(name('Group'), this.group(group));
    const log = this.#log;
    this.#log = outer;
    this.#note(log);
    if (log.changes.size === 0) return null;
    for (const entry of ['Filter', 'DecodeParms', 'Length']) dict.delete(name(entry));
    dict.set(name('Resources'), resources);
    const packed = pdf.context.flateStream(content);
    for (const [entry, value] of dict.entries()) packed.dict.set(entry, value);
    const object = pdf.context.register(packed);
    this.#made.set(key, { object, log });
    return object;
  }

  #note(log: Log): void {
    for (const what of log.changes) this.#log.changes.add(what);
    for (const what of log.left) this.#log.left.add(what);
    this.#log.overprints ||= log.overprints;
  }

  /** A transparency group that blends in inks, where its colours were turned into such. */
  group(group: PDFDict): PDFDict {
    const space = group.get(name('CS'));
    if (!this.#colours || !space || kindOf(this.#pdf, space) !== 'rgb') return group;
    const copy = this.#pdf.copy(group);
    copy.set(name('CS'), name('DeviceCMYK'));
    this.change('Transparency blended in DeviceCMYK instead of RGB');
    return copy;
  }

  image(stream: PDFRawStream): PDFObject | null {
    const made = this.#images.convert(stream);
    if (made === 'left') {
      this.leave('A picture in RGB of a kind that is not converted');
      return null;
    }
    if (made) this.change('RGB pictures converted to the press profile');
    return made;
  }

  shading(object: PDFObject): PDFObject | null {
    const dict = this.#pdf.dict(object);
    const space = dict?.get(name('ColorSpace'));
    if (!this.#colours || !dict || kindOf(this.#pdf, space) !== 'rgb') return null;
    try {
      const made = new ShadingConverter(this.#pdf, this.#colours).convert(object, 'inks');
      this.change('RGB gradients converted to the press profile');
      return made;
    } catch (error) {
      if (!(error instanceof PrintcatError)) throw error;
      this.leave('A gradient in RGB of a kind that is not converted');
      return null;
    }
  }
}

/** One stream's rewriting. */
class Run {
  readonly resources: PDFDict;
  readonly #fixer: ContentFixer;
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
    fixer: ContentFixer,
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
        if (this.#colours && /\/(RGB|DeviceRGB)\b/.test(operands.join(' ')))
          this.#fixer.leave('An inline picture in RGB');
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
    const overprints = ['OP', 'op'].some((entry) => String(pdf.get(dict, entry)) === 'true');
    if (overprints && numberOf(pdf.get(dict, 'OPM')) === 1) this.#fixer.overprints();
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
