import { PDFArray, PDFDict, type PDFObject, PDFRawStream } from 'pdf-lib';
import { apply, type Matrix, matrixOf, multiply } from '../../press/matrix.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import type { GroupMark, Listener, Paint } from '../model.ts';
import { ColourSpaces, paint } from './colour.ts';
import { Dispatch, placeOf } from './dispatch.ts';
import { Fonts, type Type3 } from './fonts.ts';
import { type Edges, edgesAround, overlap, rectangleEdges } from './geometry.ts';
import { Interpreter } from './interpreter.ts';
import { Layers } from './layers.ts';
import { type Frame, groupState, initialState, pageFrame, type State } from './state.ts';
import { onlyTile } from './tiles.ts';

/** Operators that a page and a file may take; counts, not seconds, so that each run ends at the same one. */
const MAX_OPERATORS_PAGE = 5_000_000;
const MAX_OPERATORS = 50_000_000;
/** What drawing a form costs, in plain operators. */
const FORM_COST = 50;
/** Bytes of unpacked forms that are kept for the next time they are drawn. */
const MAX_KEPT = 64 * 2 ** 20;
/** Forms, patterns, glyphs and masks within each other. */
const MAX_DEPTH = 64;
/** Patterns, masks and glyphs that a page is walked for. */
const MAX_PARTS = 20_000;
/** Annotation flags (ISO 32000-1, table 165): hidden, and printed. */
const HIDDEN = 2;
const PRINTED = 4;

/** Walks the pages of one file and tells the listeners what is painted. */
export class Walk {
  readonly pdf: Pdf;
  readonly dispatch: Dispatch;
  readonly spaces: ColourSpaces;
  readonly fonts: Fonts;
  readonly layers: Layers;
  /** Pages that take too much to draw: nobody else need try. */
  readonly unfinished = new Set<number>();
  /** Pages with so many parts that not all of them were walked: no more than that is known of them. */
  readonly incomplete = new Set<number>();
  readonly #ids = new Map<unknown, number>();
  /** Patterns, masks and glyphs of this page that were walked in the state that they would be again. */
  #done = new Set<string>();
  readonly #kept = new Map<PDFRawStream, Uint8Array>();
  #keptBytes = 0;
  #spentOnPage = 0;
  #spent = 0;

  constructor(pdf: Pdf, listeners: readonly Listener[]) {
    this.pdf = pdf;
    this.dispatch = new Dispatch(listeners);
    this.spaces = new ColourSpaces(pdf);
    this.fonts = new Fonts(pdf);
    this.layers = new Layers(pdf);
  }

  /** Walks a page: its content, then the annotations that print. */
  page(page: PdfPage): void {
    this.#done = new Set();
    this.#spentOnPage = 0;
    const frame = pageFrame(page);
    const group = this.#transparency(page.dict);
    if (group) this.#sendGroup(frame, group, 'page', 'Normal');
    const state = initialState(page.toMm);
    state.clipEdges = this.sheet(page);
    new Interpreter(this, frame, state).run(this.#contents(page));
    for (const annotation of this.pdf.array(page.dict.get(name('Annots'))).slice(0, 10_000)) {
      if (annotation instanceof PDFDict) this.#annotation(frame, annotation);
    }
  }

  /** The MediaBox as edges. */
  sheet({ media }: PdfPage): Edges {
    return { x0: 0, y0: 0, x1: media.width, y1: media.height };
  }

  /** Counts operators; says no, and why, when there have been too many. */
  spend({ number }: PdfPage, operators = 1): boolean {
    this.#spentOnPage += operators;
    this.#spent += operators;
    if (this.#spentOnPage <= MAX_OPERATORS_PAGE && this.#spent <= MAX_OPERATORS) return true;
    this.unfinished.add(number);
    this.pdf.damaged(
      this.#spentOnPage > MAX_OPERATORS_PAGE
        ? `The page takes more than ${MAX_OPERATORS_PAGE / 1e6} million operators to draw; the rest was not read`
        : `The file takes more than ${MAX_OPERATORS / 1e6} million operators to draw; the rest was not read`,
      number,
    );
    return false;
  }

  /** Draws a form XObject (ISO 32000-1, 8.10). */
  form(outer: Interpreter, stream: PDFRawStream, source: string): void {
    const frame = this.#enter(outer.frame, stream, source);
    if (!frame || !this.spend(frame.page, FORM_COST)) return;
    const { pdf } = this;
    const ctm = multiply(matrixOf(pdf.numbers(stream.dict.get(name('Matrix')))), outer.state.ctm);
    const group = this.#transparency(stream.dict);
    const state: State = { ...(group ? groupState(outer.state) : outer.state), ctm };
    this.#clipTo(stream.dict, state);
    const inner: Frame = {
      ...frame,
      resources: pdf.dict(stream.dict.get(name('Resources'))) ?? outer.frame.resources,
      base: ctm,
      layers: outer.layers,
    };
    if (group) this.#sendGroup(inner, group, 'form', outer.state.blend, state);
    new Interpreter(this, inner, state).run(this.#decoded(stream, inner));
  }

  /**
   * Draws what a pattern paint consists of; a tiling's cell once for each way that it is used. A cell that repeats
   * is said to stand wherever the pattern does, one that shows once where it is.
   */
  pattern(outer: Interpreter, pattern: PDFObject, colour: Paint, edges: Edges): void {
    const { pdf } = this;
    const dict = pdf.dict(pattern);
    if (!dict) return;
    const matrix = multiply(matrixOf(pdf.numbers(dict.get(name('Matrix')))), outer.frame.base);
    if (numberOf(pdf.get(dict, 'PatternType')) === 2) {
      const shading = pdf.dict(dict.get(name('Shading')));
      if (shading) outer.shading(shading, edges, 'pattern', matrix);
      return;
    }
    const stream = pdf.streamOf(pattern);
    const frame = stream && this.#enter(outer.frame, stream, 'pattern');
    const area = overlap(edges, outer.frame.stands ?? outer.state.clipEdges);
    const once = outer.frame.stands ? null : onlyTile(pdf, dict, matrix, area);
    const seen = [frame?.place, outer.layers, colour.components, once && area];
    if (!frame || !this.#first(frame, 'pattern', stream, ...seen)) return;
    const state = initialState(once ?? matrix);
    state.clip = outer.state.clip;
    if (once) {
      state.clipEdges = area;
      this.#clipTo(stream.dict, state);
    }
    const uncoloured = numberOf(pdf.get(dict, 'PaintType')) === 2 && colour.space.base;
    if (uncoloured) {
      state.fill = paint(uncoloured, colour.components);
      state.stroke = state.fill;
    }
    new Interpreter(
      this,
      {
        ...frame,
        resources: pdf.dict(dict.get(name('Resources'))) ?? outer.frame.resources,
        base: once ?? matrix,
        within: 'pattern',
        stands: once ? null : area,
        layers: outer.layers,
      },
      state,
    ).run(this.#decoded(stream, frame));
  }

  /** Draws the glyphs of a Type 3 font that bring colours of their own, each once for each size and place. */
  glyphs(outer: Interpreter, font: Type3, codes: readonly number[], matrix: Matrix, edges: Edges): void {
    const { size, horizontal } = outer.state;
    const scale: Matrix = [size * horizontal, 0, 0, size, 0, 0];
    for (const code of new Set(codes)) {
      const stream = font.coloured(code);
      const key = [matrix[0], matrix[1], matrix[2], matrix[3], size].map((n) => n.toFixed(3));
      const frame = stream && this.#enter(outer.frame, stream, 'glyph of a Type 3 font');
      if (!frame || !this.#first(frame, 'glyph', stream, frame.place, outer.layers, key)) continue;
      const ctm = multiply(font.matrix, multiply(scale, matrix));
      new Interpreter(
        this,
        {
          ...frame,
          resources: font.resources ?? outer.frame.resources,
          base: ctm,
          within: 'glyph',
          stands: overlap(edges, outer.frame.stands ?? outer.state.clipEdges),
          layers: outer.layers,
        },
        { ...outer.state, ctm },
      ).run(this.#decoded(stream, frame));
    }
  }

  /** Walks a soft mask's group; what it paints is light, not ink. */
  softMask(outer: Interpreter, mask: PDFDict): void {
    const { pdf } = this;
    const stream = pdf.streamOf(mask.get(name('G')));
    const frame = stream && this.#enter({ ...outer.frame, place: 'mask' }, stream, 'soft mask');
    if (!frame || !this.#first(frame, 'mask', stream, outer.state.ctm)) return;
    const group = this.#transparency(stream.dict);
    if (group) this.#sendGroup(frame, group, 'soft mask', 'Normal');
    const ctm = multiply(matrixOf(pdf.numbers(stream.dict.get(name('Matrix')))), outer.state.ctm);
    const state = initialState(ctm);
    state.clipEdges = this.sheet(frame.page);
    this.#clipTo(stream.dict, state);
    new Interpreter(
      this,
      {
        ...frame,
        resources: pdf.dict(stream.dict.get(name('Resources'))) ?? outer.frame.resources,
        base: ctm,
        layers: outer.layers,
      },
      state,
    ).run(this.#decoded(stream, frame));
  }

  /** An annotation's appearance, where it prints: mapped onto its rectangle (ISO 32000-1, 12.5.5). */
  #annotation(page: Frame, annotation: PDFDict): void {
    const { pdf } = this;
    const flags = numberOf(pdf.get(annotation, 'F')) ?? 0;
    if ((flags & HIDDEN) !== 0 || (flags & PRINTED) === 0) return;
    if (nameOf(pdf.get(annotation, 'Subtype')) === 'Popup') return;
    const appearances = pdf.dict(annotation.get(name('AP')));
    const normal = appearances?.get(name('N'));
    const state = nameOf(pdf.get(annotation, 'AS'));
    const states = normal && !pdf.streamOf(normal) ? pdf.dict(normal) : null;
    const stream = pdf.streamOf(states && state !== null ? states.get(name(state)) : normal);
    const rect = pdf.numbers(annotation.get(name('Rect')));
    const bbox = stream ? pdf.numbers(stream.dict.get(name('BBox'))) : [];
    if (!stream || rect.length !== 4 || bbox.length !== 4) return;
    const matrix = matrixOf(pdf.numbers(stream.dict.get(name('Matrix'))));
    const from = rectangleEdges(matrix, bbox[0]!, bbox[1]!, bbox[2]!, bbox[3]!);
    const to = edgesAround([rect]);
    if (!from || !to) return;
    const ratio = (target: number, size: number) => (size === 0 ? 1 : target / size);
    const sx = ratio(to.x1 - to.x0, from.x1 - from.x0);
    const sy = ratio(to.y1 - to.y0, from.y1 - from.y0);
    const place: Matrix = [sx, 0, 0, sy, to.x0 - from.x0 * sx, to.y0 - from.y0 * sy];
    const start = initialState(multiply(place, page.page.toMm));
    start.clipEdges = this.sheet(page.page);
    const layer = this.layers.read(annotation.get(name('OC')));
    const frame: Frame = { ...page, within: 'annotation', layers: layer ? [layer] : [] };
    const kind = nameOf(pdf.get(annotation, 'Subtype')) ?? 'unknown';
    this.form(new Interpreter(this, frame, start), stream, `annotation (${kind})`);
  }

  /** The content streams of a page as one, a space between them. */
  #contents(page: PdfPage): Uint8Array {
    const { pdf } = this;
    const contents = pdf.get(page.dict, 'Contents');
    const items = contents instanceof PDFArray ? pdf.array(contents).slice(0, 10_000) : [contents];
    const parts: Uint8Array[] = [];
    for (const item of items) {
      if (item instanceof PDFRawStream) parts.push(this.#unpacked(item, page, 'page content'), SPACE);
      else if (item !== undefined) pdf.damaged('The page has contents that are no stream', page.number);
      else if (contents !== undefined) pdf.damaged('The page has contents that are missing', page.number);
    }
    if (contents === undefined && page.dict.has(name('Contents'))) {
      pdf.damaged('The page has contents that are missing', page.number);
    }
    return Buffer.concat(parts);
  }

  /** A form's content; what is drawn again is not unpacked again. */
  #decoded(stream: PDFRawStream, { page, source }: Frame): Uint8Array {
    const known = this.#kept.get(stream);
    if (known) return known;
    const bytes = this.#unpacked(stream, page, source);
    if (this.#keptBytes + bytes.length <= MAX_KEPT) {
      this.#kept.set(stream, bytes);
      this.#keptBytes += bytes.length;
    }
    return bytes;
  }

  #unpacked(stream: PDFRawStream, page: PdfPage, source: string): Uint8Array {
    const { bytes, problem, picture } = this.pdf.decode(stream);
    if (problem) this.pdf.damaged(`The ${source} ${problem}`, page.number);
    if (!picture) return bytes;
    this.pdf.damaged(`The ${source} is packed as a picture (${picture})`, page.number);
    return new Uint8Array(0);
  }

  /** The frame inside a stream; `null` where it draws itself, or too much stands in each other. */
  #enter(outer: Frame, stream: PDFRawStream, source: string): Frame | null {
    if (outer.active.includes(stream)) {
      this.pdf.damaged(`The ${source} draws itself`, outer.page.number);
      return null;
    }
    if (outer.active.length >= MAX_DEPTH) {
      this.pdf.damaged(`Forms stand more than ${MAX_DEPTH} deep in each other`, outer.page.number);
      return null;
    }
    return { ...outer, source, active: [...outer.active, stream] };
  }

  /** Whether a part of the page is met for the first time in such a state. */
  #first({ page }: Frame, kind: string, object: object, ...state: readonly unknown[]): boolean {
    const id = this.#ids.get(object) ?? this.#ids.size;
    this.#ids.set(object, id);
    const key = `${kind} ${id} ${JSON.stringify(state)}`;
    if (this.#done.has(key)) return false;
    if (this.#done.size >= MAX_PARTS) {
      this.incomplete.add(page.number);
      return false;
    }
    this.#done.add(key);
    return true;
  }

  #clipTo(dict: PDFDict, state: State): void {
    const bbox = this.pdf.numbers(dict.get(name('BBox')));
    if (bbox.length !== 4) return;
    const [x0, y0, x1, y1] = bbox as [number, number, number, number];
    const edges = rectangleEdges(state.ctm, x0, y0, x1, y1);
    if (!edges) return;
    state.clipEdges = overlap(state.clipEdges, edges);
    const corners = [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ] as const;
    const points = corners.flatMap((corner) => [...apply(state.ctm, corner)]);
    state.clip = { path: [{ points, segments: 'lll', closed: true }], evenOdd: false, within: state.clip };
  }

  /** The transparency group of a page's or form's dictionary. */
  #transparency(dict: PDFDict): PDFDict | null {
    const group = this.pdf.dict(dict.get(name('Group')));
    return group && nameOf(this.pdf.get(group, 'S')) === 'Transparency' ? group : null;
  }

  #sendGroup(frame: Frame, group: PDFDict, of: GroupMark['of'], blend: string, state?: State): void {
    const flag = (key: string) => String(this.pdf.get(group, key)) === 'true';
    const space = group.get(name('CS'));
    this.dispatch.send('group', {
      page: frame.page,
      of,
      space: space ? this.spaces.read(space, null) : null,
      isolated: flag('I'),
      knockout: flag('K'),
      blend,
      source: frame.source,
      place: frame.place ?? placeOf(frame.page, state?.clipEdges ?? null, frame.layers),
    });
  }
}

const SPACE = Buffer.from('\n');
