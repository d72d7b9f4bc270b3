import { PDFDict, type PDFObject, type PDFRawStream, PDFRef } from 'pdf-lib';
import type { PressColours } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { type Operation, operations } from './content.ts';
import { drawnFont } from './drawn-fonts.ts';
import { Extents, UNKNOWN } from './extents.ts';
import { blends, groupOpacity } from './groups.ts';
import type { ImageConverter } from './images.ts';
import { spaceOf } from './inks.ts';
import {
  keepsPlates,
  keyOf,
  layColour,
  layerName,
  mixingState,
  type Place,
  type Plates,
  refuseBlending,
  UNPLACED,
  type Use,
} from './laying.ts';
import { IDENTITY, matrixOf, multiply, withoutShift } from './matrix.ts';
import { type Laid, type Mixing, type Paint, PaintState, type Stretch, stretches } from './paint.ts';
import { PatternConverter } from './patterns.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import { Resources } from './resources.ts';
import { softMask } from './soft-masks.ts';

/** A content stream on the way through. */
interface Current {
  readonly state: PaintState;
  readonly place: Place;
  readonly resources: Resources;
  readonly extents: Extents;
}

/** Names that stand for device colours in `cs`/`CS` operators. */
const PATTERN = '/Pattern';

/**
 * Turns what Chromium printed into press colours: content streams, forms, patterns, gradients, soft masks and
 * Type 3 glyphs, each once for every way in which it is used.
 */
export class PageConverter {
  readonly #reader: Reader;
  readonly #colours: PressColours;
  readonly #images: ImageConverter;
  readonly #plates: Plates;
  readonly #done = new Map<string, PDFRef>();
  readonly #patterns: PatternConverter;

  constructor(reader: Reader, plates: Plates, images: ImageConverter) {
    this.#reader = reader;
    this.#colours = plates.colours;
    this.#plates = plates;
    this.#images = images;
    this.#patterns = new PatternConverter(reader, plates, (stream, dict, place, ref) =>
      this.#contentStream(stream, dict, place, ref),
    );
  }

  /**
   * Converts a page's content.
   * @param shift how far the page's art is moved by the caller, pt
   */
  page(
    contents: readonly Uint8Array[],
    resources: PDFObject | undefined,
    shift: readonly [number, number],
  ): { content: Buffer; resources: PDFDict } {
    const place: Place = { ...UNPLACED, mode: 'inks', multiplies: true, scale: IDENTITY, shift };
    return this.#stream(
      Buffer.concat(contents.flatMap((part) => [part, Buffer.from('\n')])),
      resources,
      place,
    );
  }

  /** Converts a content stream together with the resources that it uses. */
  #stream(bytes: Uint8Array, source: PDFObject | undefined, place: Place) {
    const resources = new Resources(this.#reader, this.#reader.dict(source));
    if (resources.source?.has(name('ColorSpace'))) throw unexpected('named colour space');
    const extents = new Extents(place.scale ?? IDENTITY);
    let painted: Stretch | null = null;
    const kit = {
      lay: (paint: Paint, stroking: boolean, alpha: number, blend: string) => {
        const extent = painted ? extents.of(painted.operations, stroking) : UNKNOWN;
        const { masked } = state;
        return this.#lay(paint, { stroking, alpha, blend, masked, extent }, place, resources);
      },
      mixing: (mixing: Mixing) => mixingState(this.#reader, resources, mixing),
    };
    const state = new PaintState(kit);
    const current: Current = { state, place, resources, extents };
    const out: string[] = [];
    for (const stretch of stretches(operations(bytes))) {
      painted = stretch;
      const { before, after } = state.around(stretch.fills, stretch.strokes);
      painted = null;
      out.push(...before);
      for (const operation of stretch.operations) {
        extents.follow(operation);
        out.push(...this.#operation(operation, current));
      }
      out.push(...after);
    }
    return { content: Buffer.from(out.join('\n'), 'latin1'), resources: resources.target };
  }

  #operation({ operator, operands }: Operation, current: Current): string[] {
    const { state, place, resources } = current;
    const rgb = operands.map(Number);
    switch (operator) {
      case 'rg':
        state.fill({ rgb });
        return [];
      case 'RG':
        state.stroke({ rgb });
        return [];
      case 'g':
        state.fill({ rgb: [rgb[0]!, rgb[0]!, rgb[0]!] });
        return [];
      case 'G':
        state.stroke({ rgb: [rgb[0]!, rgb[0]!, rgb[0]!] });
        return [];
      case 'cs':
      case 'CS':
        if (operands[0] !== PATTERN) throw unexpected(`colour space ${operands[0]}`);
        return [];
      case 'scn':
      case 'SCN': {
        if (operands.length !== 1) throw unexpected('uncoloured pattern');
        const paint = { pattern: operands[0]!.slice(1) };
        if (operator === 'scn') state.fill(paint);
        else state.stroke(paint);
        return [];
      }
      case 'sc':
      case 'SC':
      case 'k':
      case 'K':
        throw unexpected(`colour operator ${operator}`);
      case 'BI':
        throw unexpected('inline image');
      case 'q':
        state.save();
        return ['q'];
      case 'Q':
        state.restore();
        return ['Q'];
      case 'gs':
        return this.#setState(operands[0]!.slice(1), current);
      case 'Do':
        return this.#draw(operands[0]!.slice(1), current);
      case 'sh':
        resources.use('Shading', operands[0]!.slice(1), (value) =>
          this.#patterns.shadings.convert(value, place.mode),
        );
        break;
      case 'Tf':
        resources.use('Font', operands[0]!.slice(1), (value) => this.#font(value, place));
        break;
    }
    return [operands.length > 0 ? `${operands.join(' ')} ${operator}` : operator];
  }

  #lay(paint: Paint, use: Use, place: Place, resources: Resources): Laid {
    if (!('pattern' in paint)) return layColour(this.#plates, paint.rgb, use, place, resources);
    const { stroking, alpha, blend } = use;
    // The opacity of a pattern's paint works on it as a group's does.
    const { shown, laid } = place.group;
    const multiplies = place.multiplies && blend === 'Normal' && shown === 1 && alpha === 1;
    const group = { shown: shown * alpha, laid: laid * alpha };
    const within = { ...place, multiplies, group, scale: null };
    const used = resources.use('Pattern', paint.pattern, (value) => this.#pattern(value, within), alpha);
    const operators = stroking ? `/Pattern CS /${used.name} SCN` : `/Pattern cs /${used.name} scn`;
    const printed = resources.entry('Pattern', paint.pattern);
    const exact = place.mode === 'inks' ? this.#patterns.exact(printed) : null;
    if (exact) {
      refuseBlending(exact.labels, blend, place);
      const layer = exact.spot && layerName(this.#plates.spots.of(exact.spot), resources);
      return { operators, alpha, blend, overprint: exact.overprint, layer };
    }
    return { operators, alpha, blend: this.#patterns.multiplies(used.ref) ? 'Multiply' : blend };
  }

  #setState(key: string, { state, place, resources, extents }: Current): string[] {
    const { name: used } = resources.use('ExtGState', key, (value) => this.#graphicsState(value, place));
    const dict = this.#reader.dict(resources.entry('ExtGState', key));
    if (dict) {
      const [fillAlpha, strokeAlpha] = ['ca', 'CA'].map((k) => numberOf(this.#reader.get(dict, k)));
      const blend = nameOf(this.#reader.get(dict, 'BM'));
      const lineWidth = numberOf(this.#reader.get(dict, 'LW'));
      if (lineWidth !== null) extents.setLineWidth(lineWidth);
      if (dict.has(name('SMask'))) state.mask(this.#reader.get(dict, 'SMask') instanceof PDFDict);
      state.passed({
        ...(fillAlpha !== null && fillAlpha !== undefined && { fillAlpha }),
        ...(strokeAlpha !== null && strokeAlpha !== undefined && { strokeAlpha }),
        ...(blend && { blend }),
      });
    }
    return [`/${used} gs`];
  }

  /** An image or a form. */
  #draw(key: string, { state, place, resources, extents }: Current): string[] {
    const { mixing } = state;
    const value = resources.entry('XObject', key);
    const stream = this.#reader.stream(value);
    const subtype = nameOf(this.#reader.get(stream.dict, 'Subtype'));
    if (subtype === 'Image') {
      const isMask = String(this.#reader.get(stream.dict, 'ImageMask')) === 'true';
      const { before, after } = isMask ? state.around(true, false) : { before: state.mix(mixing), after: [] };
      const used = resources.use('XObject', key, (image) =>
        this.#once(image, `image ${place.mode}`, (ref) => this.#images.convert(stream, place.mode, ref)),
      );
      return [...before, `/${used.name} Do`, ...after];
    }
    if (subtype !== 'Form') throw unexpected(`object ${subtype}`);
    const alpha = mixing.fillAlpha;
    const laid = groupOpacity(this.#reader, this.#plates, stream, alpha, place);
    const group = { shown: place.group.shown * alpha, laid: place.group.laid * laid };
    const plain = alpha === 1 && mixing.blend === 'Normal';
    const isolated = this.#reader.dict(stream.dict.get(name('Group'))) !== null;
    const bare = isolated && plain && !state.masked && !blends(this.#reader, stream);
    const multiplies = place.multiplies && plain && (!isolated || bare);
    const blended = place.blended || !keepsPlates(mixing.blend);
    const own = matrixOf(this.#reader.numbers(stream.dict.get(name('Matrix'))));
    const scale = place.scale && withoutShift(multiply(own, extents.matrix));
    const inner: Place = { mode: place.mode, multiplies, group, blended, scale };
    const used = resources.use(
      'XObject',
      key,
      (form) => this.#form(form, inner, bare),
      `${keyOf(inner)} ${bare}`,
    );
    return [...state.mix({ ...mixing, fillAlpha: laid }), `/${used.name} Do`];
  }

  /** Converts an object once for each use; the reference is known before its parts are, as forms may nest. */
  #once(value: PDFObject, kind: string, make: (ref: PDFRef) => void): PDFRef {
    const key = value instanceof PDFRef ? `${value.toString()} ${kind}` : '';
    const known = key ? this.#done.get(key) : undefined;
    if (known) return known;
    const ref = this.#reader.context.nextRef();
    if (key) this.#done.set(key, ref);
    make(ref);
    return ref;
  }

  /** @param bare leaves its group away: it does nothing, and what is in a group overprints nothing outside of it */
  #form(value: PDFObject, place: Place, bare = false): PDFRef {
    return this.#once(value, `form ${keyOf(place)} ${bare}`, (ref) => {
      const stream = this.#reader.stream(value);
      const dict = this.#reader.copy(stream.dict);
      const group = this.#reader.dict(dict.get(name('Group')));
      if (bare) dict.delete(name('Group'));
      else if (group) {
        const converted = this.#reader.copy(group);
        converted.set(name('CS'), name(spaceOf(place.mode)));
        dict.set(name('Group'), converted);
      }
      this.#contentStream(stream, dict, place, ref);
    });
  }

  /** Writes a converted content stream with its resources under the reference. */
  #contentStream(stream: PDFRawStream, dict: PDFDict, place: Place, ref: PDFRef): void {
    const { content, resources } = this.#stream(
      this.#reader.bytes(stream),
      dict.get(name('Resources')),
      place,
    );
    if (dict.has(name('Resources'))) dict.set(name('Resources'), resources);
    for (const key of ['Filter', 'DecodeParms', 'Length', 'StructParents']) dict.delete(name(key));
    const packed = this.#reader.context.flateStream(content);
    for (const [key, entry] of dict.entries()) packed.dict.set(key, entry);
    this.#reader.context.assign(ref, packed);
  }

  #pattern(value: PDFObject, place: Place): PDFRef {
    return this.#once(value, `pattern ${keyOf(place)}`, (ref) => this.#patterns.convert(value, place, ref));
  }

  #graphicsState(value: PDFObject, place: Place): PDFObject {
    const dict = this.#reader.dict(value);
    const mask = dict && this.#reader.get(dict, 'SMask');
    if (!dict || !(mask instanceof PDFDict)) return value;
    return this.#once(value, `gs ${place.mode}`, (ref) => {
      const state = this.#reader.copy(dict);
      state.set(name('SMask'), this.#softMask(mask));
      this.#reader.context.assign(ref, state);
    });
  }

  #softMask(mask: PDFDict): PDFDict {
    return softMask(this.#reader, this.#colours, mask, (form, mode) =>
      this.#form(form, { ...UNPLACED, mode }),
    );
  }

  #font(value: PDFObject, place: Place): PDFObject {
    const font = this.#reader.dict(value);
    if (!font || nameOf(this.#reader.get(font, 'Subtype')) !== 'Type3') return value;
    const within = { ...place, multiplies: false, scale: null };
    return this.#once(value, `type3 ${keyOf(within)}`, (ref) => {
      const converted = drawnFont(this.#reader, font, (glyph, resources) =>
        this.#stream(glyph, resources, within),
      );
      this.#reader.context.assign(ref, converted);
    });
  }
}

function unexpected(what: string): PrintcatError {
  return new PrintcatError(
    `The printed page uses something that printcat cannot turn into press colours: ${what}`,
    {
      hint: 'Simplify the template where it is used, and please report it.',
    },
  );
}
