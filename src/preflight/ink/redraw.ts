import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFNumber,
  type PDFObject,
  PDFObjectCopier,
  PDFRawStream,
  type PDFRef,
} from 'pdf-lib';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import { drawnSamples } from './drawn-picture.ts';
import { GREY, type InkSpace } from './ink-space.ts';
import { type Look, lookKey, startingLook } from './look.ts';
import { channelPlates, type Drawing, deviceOf, LIGHT } from './plates.ts';
import { ENOUGH_PX, MOST_DECODED_PX, MOST_NATIVE_PX, type Reduced, reducePicture } from './reduce.ts';
import { repaint, startingColour } from './repaint.ts';
import { type Made, type Place, type Shared, StreamKit } from './stream-kit.ts';

/** Streams within streams that are followed. */
const MAX_DEPTH = 24;
/**
 * Writes a page anew as a PDF of its own, in which the inks of up to three plates are the colours of a screen.
 * Colour spaces are replaced by ones whose tint transformation shows the plates, so that the pictures, shadings and
 * patterns in them can stay as they are.
 */
export class Redrawing {
  /** Whether something overprints some of the drawing's plates and leaves others: it must be drawn plate by plate. */
  mixed = false;
  readonly #shared: Shared;
  readonly #pdf: Pdf;
  readonly #drawing: Drawing;
  readonly #doc: PDFDocument;
  readonly #copier: PDFObjectCopier;
  readonly #made = new Map<string, Made>();
  readonly #active = new Set<PDFDict>();
  readonly #ids = new Map<PDFObject, number>();
  readonly #jobs: (() => Promise<void>)[] = [];

  private constructor(shared: Shared, drawing: Drawing, doc: PDFDocument) {
    this.#shared = shared;
    this.#pdf = shared.pdf;
    this.#drawing = drawing;
    this.#doc = doc;
    this.#copier = PDFObjectCopier.for(shared.pdf.context, doc.context);
  }

  static async start(shared: Shared, drawing: Drawing): Promise<Redrawing> {
    return new Redrawing(shared, drawing, await PDFDocument.create({ updateMetadata: false }));
  }

  /**
   * @param box what is shown of the page, in its own units: x0, y0, x1, y1
   * @throws TooMuch
   */
  async page(page: PdfPage, box: readonly number[]): Promise<Uint8Array> {
    const pdf = this.#pdf;
    const { context, catalog } = this.#doc;
    const contents = pdf.deref(page.dict.get(name('Contents')));
    const parts = contents instanceof PDFArray ? contents.asArray() : [contents];
    const streams = parts.map((part) => pdf.streamOf(part)).filter((part) => part !== null);
    const bytes = Buffer.concat(streams.flatMap((part) => [pdf.bytes(part), Buffer.from('\n')]));
    const place: Place = { drawing: this.#drawing, isolated: false, depth: 0 };
    const look = startingLook(GREY);
    const made = this.#stream(bytes, page.resources, look, place, context.obj({}) as PDFDict, true);
    this.mixed = made.mixed;
    for (const job of this.#jobs) await job();
    const leaf = context.obj({ Type: 'Page', MediaBox: [...box], Contents: made.ref }) as PDFDict;
    leaf.set(name('Resources'), made.resources);
    leaf.set(name('Rotate'), PDFNumber.of(page.rotate));
    const group = pdf.dict(page.dict.get(name('Group')));
    if (group) leaf.set(name('Group'), this.#group(group, this.#drawing));
    const ref = context.register(leaf);
    const pages = context.register(context.obj({ Type: 'Pages', Kids: [ref], Count: 1 }));
    leaf.set(name('Parent'), pages);
    catalog.set(name('Pages'), pages);
    const layers = pdf.catalog?.get(name('OCProperties'));
    if (layers) catalog.set(name('OCProperties'), this.#copy(layers));
    return this.#doc.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
  }

  #copy<T extends PDFObject>(object: T): T {
    return this.#copier.copy(object);
  }

  #note(what: string): void {
    this.#shared.uncounted.add(what);
  }

  /** A number for an object that stays the same while it is drawn. */
  #id(object: PDFObject): number {
    const id = this.#ids.get(object) ?? this.#ids.size;
    this.#ids.set(object, id);
    return id;
  }

  // ------------------------------------------------------------------------------------------ streams

  /** A content stream with its resources, its dictionary filled into `dict`. @param starts whether its colour is black */
  #stream(
    bytes: Uint8Array,
    resources: PDFDict | null,
    look: Look,
    place: Place,
    dict: PDFDict,
    starts = false,
  ): Made {
    const resourcesOf = this.#doc.context.obj({}) as PDFDict;
    const kit = new StreamKit(this.#shared, this.#doc, resources, resourcesOf, place, {
      copy: (object) => this.#copy(object),
      note: (what) => this.#note(what),
      form: (stream, form) => this.#form(stream, form, place, resources),
      image: (stream, space) => this.#image(stream, space, place),
      shading: (object) => this.#shading(object, place, resources),
      pattern: (object) => this.#pattern(object, place, resources),
      glyphs: (font) => this.#glyphs(font, place, resources),
      mask: (mask) => this.#softMask(mask, place, resources),
    });
    const text = (starts ? startingColour(place.drawing, GREY) : '') + repaint(bytes, look, kit);
    dict.set(name('Resources'), resourcesOf);
    const ref = this.#doc.context.register(PDFRawStream.of(dict, Buffer.from(text, 'latin1')));
    return { ref, resources: resourcesOf, work: kit.work, mixed: kit.isMixed };
  }

  /** What stands behind `key`, made once; `null` where it stands within itself or too deep. */
  #once(owner: PDFDict, key: string, place: Place, make: (place: Place) => Made): Made | null {
    const known = this.#made.get(key);
    if (known) return known;
    if (this.#active.has(owner) || place.depth >= MAX_DEPTH) {
      this.#note('content that stands within itself, or nests too deep');
      return null;
    }
    this.#active.add(owner);
    const made = make({ ...place, depth: place.depth + 1 });
    this.#active.delete(owner);
    this.#made.set(key, made);
    return made;
  }

  #form(stream: PDFRawStream, look: Look, place: Place, inherited: PDFDict | null): Made | null {
    const pdf = this.#pdf;
    const group = pdf.dict(stream.dict.get(name('Group')));
    const isGroup = group !== null && nameOf(pdf.get(group, 'S')) === 'Transparency';
    const isolated = place.isolated || (isGroup && String(pdf.get(group, 'I')) === 'true');
    // Within a group blending starts afresh.
    const within = isGroup ? { ...look, blend: 'Normal' } : look;
    const key = `form ${this.#id(stream)} ${place.drawing.join()} ${isolated} ${lookKey(within)}`;
    return this.#once(stream.dict, key, place, (inner) => {
      const dict = this.#plain(stream.dict, ['Type', 'Subtype', 'FormType', 'BBox', 'Matrix', 'OC']);
      if (group) dict.set(name('Group'), this.#group(group, place.drawing));
      if (isGroup && String(pdf.get(group, 'K')) === 'true')
        this.#note('knockout groups, drawn as plain ones');
      const resources = pdf.dict(stream.dict.get(name('Resources'))) ?? inherited;
      return this.#stream(pdf.bytes(stream), resources, within, { ...inner, isolated }, dict);
    });
  }

  /** A copy of some entries of a dictionary. */
  #plain(dict: PDFDict, keys: readonly string[]): PDFDict {
    const copy = this.#doc.context.obj({}) as PDFDict;
    for (const key of keys) {
      const value = dict.get(name(key));
      if (value) copy.set(name(key), this.#copy(value));
    }
    return copy;
  }

  #group(group: PDFDict, drawing: Drawing): PDFDict {
    const copy = this.#plain(group, ['Type', 'S', 'I', 'K']);
    if (drawing === LIGHT) {
      // The space of a mask's group decides what its backdrop's components mean.
      const own = group.get(name('CS'));
      const isCmyk = this.#shared.spaces.read(own, null)?.isCmyk;
      if (own) copy.set(name('CS'), isCmyk ? name('DeviceRGB') : this.#copy(own));
    } else {
      const space = this.#shared.spaces.read(group.get(name('CS')), null);
      if (space && !space.isCmyk && space !== GREY) {
        this.#note('transparency that is blended in RGB is counted as if it were blended in inks');
      }
      copy.set(name('CS'), name(deviceOf(drawing)));
    }
    return copy;
  }

  #softMask(mask: PDFDict, place: Place, inherited: PDFDict | null): PDFObject | null {
    const pdf = this.#pdf;
    const stream = pdf.streamOf(mask.get(name('G')));
    if (!stream) return null;
    const inLight = { ...place, drawing: LIGHT, isolated: false };
    const made = this.#form(stream, startingLook(GREY), inLight, inherited);
    if (!made) return null;
    const copy = this.#plain(mask, ['Type', 'S', 'TR']);
    copy.set(name('G'), made.ref);
    const backdrop = pdf.numbers(mask.get(name('BC')));
    const group = pdf.dict(stream.dict.get(name('Group')));
    const space = group && this.#shared.spaces.read(group.get(name('CS')), null);
    if (backdrop.length > 0) {
      const light = space?.isCmyk ? channelPlates(LIGHT).map((p) => 1 - space.ink(backdrop, p!)) : backdrop;
      copy.set(name('BC'), this.#doc.context.obj(light));
    }
    return copy;
  }

  // ------------------------------------------------------------------------------ patterns and glyphs

  #pattern(
    object: PDFObject,
    place: Place,
    inherited: PDFDict | null,
  ): { object: PDFObject; made: Made | null } | null {
    const pdf = this.#pdf;
    const stream = pdf.streamOf(object);
    const dict = pdf.dict(object);
    if (!dict) return null;
    if (numberOf(pdf.get(dict, 'PatternType')) === 2) {
      const copy = this.#plain(dict, ['Type', 'PatternType', 'Matrix']);
      const shading = this.#shading(dict.get(name('Shading')), place, inherited);
      if (!shading) return null;
      copy.set(name('Shading'), shading);
      return { object: this.#doc.context.register(copy), made: null };
    }
    if (!stream) return null;
    const key = `tile ${this.#id(stream)} ${place.drawing.join()}`;
    const made = this.#once(dict, key, place, (inner) => {
      const keys = ['Type', 'PatternType', 'PaintType', 'TilingType', 'BBox', 'XStep', 'YStep', 'Matrix'];
      const resources = pdf.dict(dict.get(name('Resources'))) ?? inherited;
      const cell = { ...inner, isolated: false };
      const coloured = numberOf(pdf.get(dict, 'PaintType')) !== 2;
      return this.#stream(
        pdf.bytes(stream),
        resources,
        startingLook(GREY),
        cell,
        this.#plain(dict, keys),
        coloured,
      );
    });
    return made && { object: made.ref, made };
  }

  #shading(object: PDFObject | undefined, place: Place, resources: PDFDict | null): PDFObject | null {
    const pdf = this.#pdf;
    const { context } = this.#doc;
    const dict = pdf.dict(object);
    const own = dict?.get(name('ColorSpace'));
    const space = own && this.#shared.spaces.read(own, resources);
    if (!dict || !space) return null;
    const copy = context.obj({}) as PDFDict;
    for (const [key, value] of dict.entries())
      if (key !== name('ColorSpace')) copy.set(key, this.#copy(value));
    const asItIs = place.drawing === LIGHT && !space.isCmyk;
    copy.set(name('ColorSpace'), asItIs ? this.#copy(own) : space.standIn(context, place.drawing));
    const stream = pdf.streamOf(object);
    return context.register(stream ? PDFRawStream.of(copy, stream.contents) : copy);
  }

  #glyphs(font: PDFDict, place: Place, inherited: PDFDict | null): PDFObject {
    const pdf = this.#pdf;
    const { context } = this.#doc;
    const copy = context.obj({}) as PDFDict;
    for (const [key, value] of font.entries()) {
      if (!['CharProcs', 'Resources', 'ToUnicode'].includes(key.decodeText()))
        copy.set(key, this.#copy(value));
    }
    const glyphs = context.obj({}) as PDFDict;
    const resources = pdf.dict(font.get(name('Resources'))) ?? inherited;
    const own = context.obj({}) as PDFDict;
    for (const [key, value] of pdf.dict(font.get(name('CharProcs')))?.entries() ?? []) {
      const stream = pdf.streamOf(value);
      if (!stream) continue;
      const id = `glyph ${this.#id(stream)} ${place.drawing.join()}`;
      const made = this.#once(stream.dict, id, place, (inner) =>
        this.#stream(pdf.bytes(stream), resources, startingLook(GREY), inner, context.obj({}) as PDFDict),
      );
      if (!made) continue;
      glyphs.set(key, made.ref);
      // Glyphs read the font's resources alone: all that they use must stand there.
      mergeResources(own, made.resources);
    }
    copy.set(name('CharProcs'), glyphs);
    copy.set(name('Resources'), own);
    return context.register(copy);
  }

  // ------------------------------------------------------------------------------------------ pictures

  #image(stream: PDFRawStream, space: InkSpace | null, { drawing }: Place): PDFRef | null {
    const pdf = this.#pdf;
    const { dict } = stream;
    const side = (key: string) => numberOf(pdf.get(dict, key)) ?? numberOf(pdf.get(dict, key[0]!)) ?? 0;
    const pixels = side('Width') * side('Height');
    if (!(pixels > 0 && pixels <= MOST_NATIVE_PX) && !space) {
      this.#note(`a picture of ${side('Width')} × ${side('Height')} px`);
      return null;
    }
    const { context } = this.#doc;
    const ref = context.nextRef();
    this.#jobs.push(async () => {
      const { pictures, converted } = this.#shared;
      const isLeft =
        pixels <= ENOUGH_PX && pictures.size > 0 && decodedPx(pictures) + pixels > MOST_DECODED_PX;
      const known = pictures.get(stream);
      const reduced =
        known === undefined && space && !isLeft ? await reducePicture(pdf, stream, space.components) : known;
      if (reduced !== undefined) pictures.set(stream, reduced);
      if (!reduced && pixels > MOST_NATIVE_PX) {
        this.#note(`a picture of ${side('Width')} × ${side('Height')} px`);
        return;
      }
      const drawn =
        space && reduced && drawing !== LIGHT
          ? drawnSamples(reduced, space, pdf.numbers(dict.get(name('Decode'))), drawing, converted)
          : null;
      const kept = ['Type', 'Subtype', 'ImageMask', 'Mask', 'SMask', 'SMaskInData'];
      const copy = this.#plain(dict, drawn ? kept : [...kept, 'Decode']);
      const asItIs = drawing === LIGHT && !space?.isCmyk;
      if (drawn) copy.set(name('ColorSpace'), name(deviceOf(drawing)));
      else if (space) {
        const own = dict.get(name('ColorSpace'))!;
        copy.set(name('ColorSpace'), asItIs ? this.#copy(own) : space.standIn(context, drawing));
      }
      if (reduced) {
        const { width, height, samples } = reduced;
        for (const [key, value] of [
          ['Width', width],
          ['Height', height],
          ['BitsPerComponent', 8],
        ] as const) {
          copy.set(name(key), PDFNumber.of(value));
        }
        context.assign(ref, PDFRawStream.of(copy, drawn ?? samples));
      } else {
        for (const key of ['Width', 'Height', 'BitsPerComponent', 'Filter', 'DecodeParms']) {
          const value = dict.get(name(key));
          if (value) copy.set(name(key), this.#copy(value));
        }
        context.assign(ref, PDFRawStream.of(copy, stream.contents));
      }
    });
    return ref;
  }
}

const decodedPx = (pictures: ReadonlyMap<unknown, Reduced | null>): number =>
  [...pictures.values()].reduce((sum, picture) => sum + (picture ? picture.width * picture.height : 0), 0);

/** Adds what `from` names to `into`; names that stand in both stand for the same thing. */
function mergeResources(into: PDFDict, from: PDFDict): void {
  for (const [kind, entries] of from.entries()) {
    const known = into.get(kind);
    if (known instanceof PDFDict && entries instanceof PDFDict) {
      for (const [key, value] of entries.entries()) known.set(key, value);
    } else into.set(kind, entries);
  }
}
