import {
  PDFArray,
  type PDFDict,
  type PDFDocument,
  type PDFObject,
  type PDFRawStream,
  type PDFRef,
} from 'pdf-lib';
import type { Operation } from '../../press/content.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { InkSpace } from './ink-space.ts';
import { inlineImageStream } from './inline-images.ts';
import type { Look, Painted } from './look.ts';
import { type Drawing, deviceOf, LIGHT, PROCESS } from './plates.ts';
import type { Reduced } from './reduce.ts';
import type { Kit } from './repaint.ts';
import type { InkSpaces } from './spaces.ts';

/** Operators that one drawing may consist of, forms counted each time they are drawn. */
const MOST_WORK = 1_000_000;
/** What drawing a transparency group costs beside its operators. */
const GROUP_WORK = 1000;

/** What the drawings of one page share. */
export interface Shared {
  readonly pdf: Pdf;
  readonly spaces: InkSpaces;
  /** What could not be counted, a phrase each. */
  readonly uncounted: Set<string>;
  /** Pictures that were decoded, by their object; `null` for what is left to PDFium. Pages may share them. */
  readonly pictures: Map<PDFRawStream, Reduced | null>;
  /** The process inks of such pictures that go through a profile. */
  readonly converted: Map<Reduced, Uint8Array>;
}

/** Where a content stream stands. */
export interface Place {
  readonly drawing: Drawing;
  readonly isolated: boolean;
  readonly depth: number;
}

/** A converted stream, what it costs to draw, and whether it needs its drawing's plates one by one. */
export interface Made {
  readonly ref: PDFRef;
  readonly resources: PDFDict;
  readonly work: number;
  readonly mixed: boolean;
}

/** A page that is too much to draw; its message goes into the report. */
export class TooMuch extends Error {}

/** What converts the objects that a stream names. */
export interface Makers {
  copy<T extends PDFObject>(object: T): T;
  note(what: string): void;
  form(stream: PDFRawStream, look: Look): Made | null;
  image(stream: PDFRawStream, space: InkSpace | null): PDFRef | null;
  pattern(object: PDFObject): { object: PDFObject; made: Made | null } | null;
  shading(object: PDFObject): PDFObject | null;
  glyphs(font: PDFDict): PDFObject;
  mask(mask: PDFDict): PDFObject | null;
}

/**
 * Blend modes that give an ink where neither of two objects has it, or that mix inks: spots are blended Normal
 * instead (ISO 32000-1, 11.7.4.2).
 */
const MIXING = ['Hue', 'Saturation', 'Color', 'Luminosity'];
const NOT_FOR_SPOTS = ['Difference', 'Exclusion', ...MIXING];

/** What a content stream needs of its resources: each is converted when it is first named. */
export class StreamKit implements Kit {
  readonly drawing: Drawing;
  readonly isolated: boolean;
  work = 0;
  isMixed = false;
  readonly #shared: Shared;
  readonly #doc: PDFDocument;
  readonly #resources: PDFDict | null;
  readonly #out: PDFDict;
  readonly #make: Makers;
  readonly #states = new Map<string, Partial<Look>>();
  readonly #painted = new Map<string, Painted | null>();
  readonly #glyphColours = new Map<string, boolean>();
  readonly #forms = new Map<PDFRef, string>();
  #inline = 0;

  /** @param out the resources of the converted stream, filled as they are used */
  constructor(
    shared: Shared,
    doc: PDFDocument,
    resources: PDFDict | null,
    out: PDFDict,
    place: Place,
    make: Makers,
  ) {
    this.#shared = shared;
    this.#doc = doc;
    this.#resources = resources;
    this.#out = out;
    this.#make = make;
    this.drawing = place.drawing;
    this.isolated = place.isolated;
  }

  #raw(kind: string, key: string): PDFObject | undefined {
    const { pdf } = this.#shared;
    const entries = this.#resources && pdf.dict(this.#resources.get(name(kind)));
    return entries?.get(name(decodeName(key)));
  }

  #put(kind: string, key: string, object: PDFObject): void {
    let entries = this.#out.get(name(kind)) as PDFDict | undefined;
    if (!entries) {
      entries = this.#doc.context.obj({}) as PDFDict;
      this.#out.set(name(kind), entries);
    }
    entries.set(name(decodeName(key)), object);
  }

  space(key: string): InkSpace | null {
    return this.#shared.spaces.read(name(decodeName(key)), this.#resources);
  }

  patternBase(key: string): InkSpace | null {
    const { pdf, spaces } = this.#shared;
    const own = pdf.deref(this.#raw('ColorSpace', key));
    if (!(own instanceof PDFArray) || nameOf(pdf.deref(own.get(0))) !== 'Pattern') return null;
    return own.size() > 1 ? spaces.read(own.get(1), this.#resources) : null;
  }

  keepSpace(key: string): void {
    const own = this.#raw('ColorSpace', key);
    if (own) this.#put('ColorSpace', key, this.#make.copy(own));
  }

  pattern(key: string): Painted | null {
    const id = `pattern ${key}`;
    const known = this.#painted.get(id);
    if (known !== undefined) return known;
    const { pdf } = this.#shared;
    const own = this.#raw('Pattern', key);
    const made = own && this.#make.pattern(own);
    let painted: Painted | null = null;
    if (made) {
      this.#put('Pattern', key, made.object);
      this.#add(made.made);
      const shading = pdf.dict(pdf.dict(own)?.get(name('Shading')));
      painted = (shading && this.#spaceOf(shading)?.plates) ?? 'all';
    } else this.#make.note('a pattern that cannot be read');
    this.#painted.set(id, painted);
    return painted;
  }

  shading(key: string): Painted | null {
    const id = `shading ${key}`;
    const known = this.#painted.get(id);
    if (known !== undefined) return known;
    const own = this.#raw('Shading', key);
    const made = own && this.#make.shading(own);
    const dict = this.#shared.pdf.dict(own);
    const painted = (made && dict && this.#spaceOf(dict)?.plates) ?? null;
    if (made) this.#put('Shading', key, made);
    else this.#make.note('a shading that cannot be read');
    this.#painted.set(id, painted);
    return painted;
  }

  #spaceOf(dict: PDFDict): InkSpace | null {
    return this.#shared.spaces.read(dict.get(name('ColorSpace')), this.#resources);
  }

  graphicsState(key: string): Partial<Look> {
    const known = this.#states.get(key);
    if (known) return known;
    const { pdf } = this.#shared;
    const own = pdf.dict(this.#raw('ExtGState', key));
    const change: { -readonly [K in keyof Look]?: Look[K] } = {};
    const copy = this.#doc.context.obj({}) as PDFDict;
    for (const [entry, value] of own?.entries() ?? []) {
      const what = entry.decodeText();
      if (['LW', 'LC', 'LJ', 'ML', 'D', 'ca', 'CA', 'AIS', 'Font'].includes(what))
        copy.set(entry, this.#make.copy(value));
    }
    const isTrue = (entry: string) => own && String(pdf.get(own, entry)) === 'true';
    if (own?.has(name('OP'))) {
      change.overprintStroke = isTrue('OP') === true;
      if (!own.has(name('op'))) change.overprintFill = change.overprintStroke;
    }
    if (own?.has(name('op'))) change.overprintFill = isTrue('op') === true;
    if (own?.has(name('OPM'))) change.overprintMode = numberOf(pdf.get(own, 'OPM')) === 1 ? 1 : 0;
    if (own?.has(name('BM'))) {
      change.blend = this.#blend(pdf.get(own, 'BM'));
      copy.set(name('BM'), name(change.blend));
    }
    const mask = own && pdf.get(own, 'SMask');
    if (mask) {
      const dict = pdf.dict(mask);
      copy.set(name('SMask'), (dict && this.#make.mask(dict)) ?? name('None'));
    }
    this.#put('ExtGState', key, copy);
    this.#states.set(key, change);
    return change;
  }

  /** The blend mode that is used: the first known of a list, and for spots one that makes no ink. */
  #blend(object: PDFObject | undefined): string {
    const { pdf } = this.#shared;
    const wanted = object instanceof PDFArray ? nameOf(pdf.deref(object.get(0))) : nameOf(object);
    const [plate = ''] = this.drawing;
    const isSplit = this.drawing.length === 1 && ['Cyan', 'Magenta', 'Yellow'].includes(plate);
    if (isSplit && MIXING.includes(wanted ?? '')) {
      this.uncounted(`blend mode ${wanted}, where inks overprint one another: each is counted by itself`);
    }
    const isSpots = this.drawing !== LIGHT && !PROCESS.some((plate) => this.drawing.includes(plate));
    return wanted === null || (isSpots && NOT_FOR_SPOTS.includes(wanted)) ? 'Normal' : wanted;
  }

  font(key: string): boolean {
    const known = this.#glyphColours.get(key);
    if (known !== undefined) return known;
    const { pdf } = this.#shared;
    const own = this.#raw('Font', key);
    const dict = pdf.dict(own);
    if (!own || !dict) return false;
    const isGlyphs = nameOf(pdf.get(dict, 'Subtype')) === 'Type3';
    this.#put('Font', key, isGlyphs ? this.#make.glyphs(dict) : this.#make.copy(own));
    const procedures = isGlyphs ? (pdf.dict(dict.get(name('CharProcs')))?.entries() ?? []) : [];
    const hasColours = procedures.some(([, glyph]) => {
      const stream = pdf.streamOf(glyph);
      return (
        stream !== null &&
        /^[\s\d.+-]*d0\b/.test(Buffer.from(pdf.bytes(stream).subarray(0, 200)).toString('latin1'))
      );
    });
    this.#glyphColours.set(key, hasColours);
    return hasColours;
  }

  uncounted(what: string): void {
    this.#make.note(what);
  }

  properties(key: string): void {
    const own = this.#raw('Properties', key);
    const dict = this.#shared.pdf.dict(own);
    const type = dict && nameOf(this.#shared.pdf.get(dict, 'Type'));
    if (own && (type === 'OCG' || type === 'OCMD')) this.#put('Properties', key, this.#make.copy(own));
  }

  xobject(key: string, look: Look): ReturnType<Kit['xobject']> {
    const { pdf } = this.#shared;
    const stream = pdf.streamOf(this.#raw('XObject', key));
    if (!stream) return null;
    const type = nameOf(pdf.get(stream.dict, 'Subtype'));
    if (type === 'Form') {
      const made = this.#make.form(stream, look);
      if (!made) return null;
      this.#add(made);
      if (stream.dict.has(name('Group'))) this.spend(GROUP_WORK);
      // One form may be drawn in several ways.
      let as = this.#forms.get(made.ref);
      if (!as) {
        as = `Form${this.#forms.size}`;
        this.#forms.set(made.ref, as);
        this.#put('XObject', as, made.ref);
      }
      return { name: as, paints: 'form' };
    }
    return type === 'Image' ? this.#image(stream, `Image.${key}`) : null;
  }

  inlineImage(operation: Operation): ReturnType<Kit['inlineImage']> {
    const { pdf } = this.#shared;
    const stream = inlineImageStream(pdf, operation);
    return stream && this.#image(stream, `Inline${this.#inline++}`);
  }

  #image(stream: PDFRawStream, as: string): { name: string; paints: Painted | 'stencil' } | null {
    const { pdf } = this.#shared;
    const isStencil = String(pdf.get(stream.dict, 'ImageMask')) === 'true';
    const known = this.#painted.get(as);
    const space = isStencil || known !== undefined ? null : this.#spaceOf(stream.dict);
    if (known === undefined) {
      if (!isStencil && !space) {
        this.#make.note('a picture whose colour space names no inks');
        this.#painted.set(as, null);
        return null;
      }
      if (space && space.components > 3 && String(pdf.get(stream.dict, 'Filter')).includes('JPXDecode')) {
        this.#make.note('a JPEG 2000 picture in inks, which may be drawn wrongly');
      }
      const ref = this.#make.image(stream, space);
      if (ref) this.#put('XObject', as, ref);
      this.#painted.set(as, ref ? (space?.plates ?? 'all') : null);
    }
    const paints = this.#painted.get(as)!;
    return paints && { name: as, paints: isStencil ? 'stencil' : paints };
  }

  blending(mode: string): string {
    const key = `Blend.${mode}`;
    this.#put('ExtGState', key, this.#doc.context.obj({ BM: mode }));
    return key;
  }

  devicePattern(): string {
    this.#put(
      'ColorSpace',
      'DevicePattern',
      this.#doc.context.obj([name('Pattern'), name(deviceOf(this.drawing))]),
    );
    return 'DevicePattern';
  }

  mixed(): void {
    this.isMixed = true;
  }

  #add(made: Made | null): void {
    if (!made) return;
    this.isMixed ||= made.mixed;
    this.spend(made.work);
  }

  spend(operations: number): void {
    this.work += operations;
    if (this.work > MOST_WORK) throw new TooMuch(`more than ${MOST_WORK / 1e6} million operators to draw`);
  }
}

/** A name as it stands in a content stream without its escapes (ISO 32000-1, 7.3.5). */
const decodeName = (key: string): string =>
  key.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
