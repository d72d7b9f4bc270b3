import { PDFArray, type PDFDict, type PDFObject, type PDFRawStream } from 'pdf-lib';
import { ExactColours } from '../../colour/exact-colours.ts';
import type { PressColours } from '../../colour/press-colours.ts';
import { PrintcatError } from '../../errors.ts';
import { name } from '../../press/pdf.ts';
import { ShadingConverter } from '../../press/shadings.ts';
import { Spots } from '../../press/spots.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import { ImageFixer } from './images.ts';
import { kindOf } from './kinds.ts';
import { type Fixes, type Place, type State, StreamFixer } from './stream-fixer.ts';

/** Streams within streams that are followed. */
const MAX_DEPTH = 24;

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
export class ContentFixer implements Fixes {
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
    const run = new StreamFixer(this, this.#pdf, this.#colours, resources, state, place);
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
      const made = new ShadingConverter(
        this.#pdf,
        this.#colours,
        new ExactColours(),
        new Spots(this.#pdf, true),
      ).convert(object, 'inks');
      this.change('RGB gradients converted to the press profile');
      return made;
    } catch (error) {
      if (!(error instanceof PrintcatError)) throw error;
      this.leave('A gradient in RGB of a kind that is not converted');
      return null;
    }
  }
}
