import { type Operation, operations, pdfNumber } from '../../press/content.ts';
import type { InkSpace } from './ink-space.ts';
import { type Look, type Paint, type Painted, painted } from './look.ts';
import { channelPlates, channelsOf, type Drawing, LIGHT } from './plates.ts';

/** What a stream's operators need of the resources that they name. Names come and go without their slash. */
export interface Kit {
  readonly drawing: Drawing;
  /** Inside an isolated group, where a plate that is left alone must be covered all the same. */
  readonly isolated: boolean;
  space(name: string): InkSpace | null;
  /** The base of an uncoloured pattern space. */
  patternBase(name: string): InkSpace | null;
  /** Takes a colour space over as it is. */
  keepSpace(name: string): void;
  pattern(name: string): Painted | null;
  shading(name: string): Painted | null;
  graphicsState(name: string): Partial<Look>;
  /** @returns whether its glyphs are drawn in colours of their own (Type 3, `d0`) */
  font(name: string): boolean;
  properties(name: string): void;
  /** @returns its name in the drawing, and what it paints: `stencil` the colour in force, `form` asks itself */
  xobject(name: string, look: Look): { name: string; paints: Painted | 'stencil' | 'form' } | null;
  inlineImage(operation: Operation): { name: string; paints: Painted | 'stencil' } | null;
  /** The name of a graphics state with a blend mode. */
  blending(mode: string): string;
  /** The name of the pattern space over the drawing's device colours. */
  devicePattern(): string;
  uncounted(what: string): void;
  /** Says that something paints some of the drawing's plates and leaves others. */
  mixed(): void;
  /** Counts what is drawn. @throws where it is too much */
  spend(operations: number): void;
}

type Laying = 'draw' | 'skip' | 'cover';

const PAINTING: Readonly<Record<string, readonly [fill: string | null, strokes: boolean, closes: boolean]>> =
  {
    f: ['f', false, false],
    F: ['f', false, false],
    'f*': ['f*', false, false],
    S: [null, true, false],
    s: [null, true, true],
    B: ['f', true, false],
    'B*': ['f*', true, false],
    b: ['f', true, true],
    'b*': ['f*', true, true],
  };
const CONSTRUCTION = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're', 'W', 'W*']);
const DEVICE: Readonly<Record<string, string>> = { g: 'DeviceGray', rg: 'DeviceRGB', k: 'DeviceCMYK' };

/**
 * Rewrites a content stream so that its colours show the plates of a drawing: each channel 1 − ink. What overprints
 * is left out of plates that it does not touch, or, in an isolated group, laid over them by darkening with white,
 * which is what overprinting is defined to be (ISO 32000-1, 11.7.4.3).
 */
export function repaint(bytes: Uint8Array, look: Look, kit: Kit): string {
  return new Repainter(look, kit).run(bytes);
}

/** The operators that set the colour a page starts with, in a drawing: black is no ink on most plates. */
export function startingColour(drawing: Drawing, grey: InkSpace): string {
  const shown = shownColour(drawing, grey, [0]);
  return channelsOf(drawing) === 1 ? `${shown} g ${shown} G\n` : `${shown} rg ${shown} RG\n`;
}

const shownColour = (drawing: Drawing, space: InkSpace, colour: readonly number[]): string =>
  channelPlates(drawing)
    .map((plate) => pdfNumber(plate === null ? 1 : 1 - space.ink(colour, plate)))
    .join(' ');

class Repainter {
  readonly #kit: Kit;
  #look: Look;
  readonly #stack: Look[] = [];
  readonly #out: string[] = [];
  #path: string[] = [];

  constructor(look: Look, kit: Kit) {
    this.#look = look;
    this.#kit = kit;
  }

  run(bytes: Uint8Array): string {
    let spent = 0;
    for (const operation of operations(bytes)) {
      if (++spent % 1000 === 0) this.#kit.spend(1000);
      this.#one(operation);
    }
    this.#kit.spend(spent % 1000);
    // What a stream leaves open must not reach the next one.
    this.#out.push(...this.#stack.map(() => 'Q'));
    return this.#out.join('\n');
  }

  #one(operation: Operation): void {
    const { operator, operands } = operation;
    const first = (operands[0] ?? '').slice(1);
    const lower = operator.toLowerCase();
    if (CONSTRUCTION.has(operator)) this.#path.push([...operands, operator].join(' '));
    else if (PAINTING[operator]) this.#paintPath(PAINTING[operator]);
    else if (operator === 'n') this.#flush('n');
    else if (DEVICE[lower] && operator !== 'Rg' && operator !== 'rG') this.#device(operation, lower);
    else if (lower === 'cs') this.#select(operator === 'CS', first);
    else if (lower === 'sc' || lower === 'scn') this.#colour(operation, operator.startsWith('S'));
    else if (operator === 'q') {
      this.#stack.push(this.#look);
      this.#pass(operation);
    } else if (operator === 'Q') {
      const saved = this.#stack.pop();
      if (!saved) return;
      this.#look = saved;
      this.#pass(operation);
    } else if (operator === 'gs') {
      this.#look = { ...this.#look, ...this.#kit.graphicsState(first) };
      this.#pass(operation);
    } else if (operator === 'Tr') {
      this.#look = { ...this.#look, textMode: Number(operands[0]) || 0 };
      this.#pass(operation);
    } else if (operator === 'Tf') {
      this.#look = { ...this.#look, paintedGlyphs: this.#kit.font(first) };
      this.#pass(operation);
    } else if (['Tj', 'TJ', "'", '"'].includes(operator)) this.#text(operation);
    else if (operator === 'sh') {
      const paints = this.#kit.shading(first);
      if (paints) this.#lay(paints, operation);
    } else if (operator === 'Do') {
      const found = this.#kit.xobject(first, this.#look);
      if (found) this.#xobject(found);
    } else if (operator === 'BI') {
      const found = this.#kit.inlineImage(operation);
      if (found) this.#xobject(found);
    } else {
      if (operator === 'BDC' || operator === 'DP') this.#kit.properties((operands[1] ?? '').slice(1));
      // Rendering intents and flatness mean nothing here; marked points neither.
      if (!['ri', 'i', 'DP', 'MP'].includes(operator)) this.#pass(operation);
    }
  }

  #pass({ operator, operands }: Operation): void {
    this.#flush();
    this.#out.push([...operands, operator].join(' '));
  }

  #flush(...operators: string[]): void {
    this.#out.push(...this.#path, ...operators);
    this.#path = [];
  }

  // ------------------------------------------------------------------------------------------ colours

  #device({ operands, operator }: Operation, lower: string): void {
    const strokes = operator !== lower;
    const space = this.#kit.space(DEVICE[lower]!);
    this.#set(strokes, { space, colour: operands.map(Number), pattern: null }, operands, DEVICE[lower]!);
  }

  #select(strokes: boolean, name: string): void {
    const space = this.#kit.space(name);
    if (space)
      this.#set(strokes, { space, colour: space.initial, pattern: null }, space.initial.map(String), name);
    else {
      this.#patternBase[strokes ? 'stroke' : 'fill'] = this.#kit.patternBase(name);
      this.#store(strokes, { space: null, colour: [], pattern: 'all' });
    }
  }

  readonly #patternBase: { fill: InkSpace | null; stroke: InkSpace | null } = { fill: null, stroke: null };
  /** In a mask, the name of the space that was selected: its colours are passed on. */
  readonly #named = { fill: '', stroke: '' };

  #colour({ operands, operator }: Operation, strokes: boolean): void {
    const last = operands.at(-1);
    if (last?.startsWith('/')) {
      this.#pattern(strokes, last.slice(1), operands.slice(0, -1));
      return;
    }
    const { space } = strokes ? this.#look.stroke : this.#look.fill;
    if (!space) return;
    const named = this.#named[strokes ? 'stroke' : 'fill'];
    this.#set(strokes, { space, colour: operands.map(Number), pattern: null }, operands, named, operator);
  }

  #pattern(strokes: boolean, name: string, operands: readonly string[]): void {
    const paints = this.#kit.pattern(name);
    if (!paints) return;
    const base = this.#patternBase[strokes ? 'stroke' : 'fill'];
    const select = strokes ? 'CS' : 'cs';
    const set = strokes ? 'SCN' : 'scn';
    if (operands.length > 0 && base) {
      const colour = operands.map(Number);
      const plates = painted({ space: base, colour, pattern: null }, this.#look.overprintMode);
      this.#store(strokes, { space: null, colour: [], pattern: plates });
      this.#flush(`/${this.#kit.devicePattern()} ${select} ${this.#shown(base, colour)} /${name} ${set}`);
    } else {
      this.#store(strokes, { space: null, colour: [], pattern: paints });
      this.#flush(`/Pattern ${select} /${name} ${set}`);
    }
  }

  /** Sets a plain colour: in the drawing's device colours, or in a mask as it stands. */
  #set(strokes: boolean, paint: Paint, operands: readonly string[], space: string, by?: string): void {
    this.#store(strokes, paint);
    this.#named[strokes ? 'stroke' : 'fill'] = space;
    const { drawing } = this.#kit;
    if (drawing === LIGHT && !paint.space?.isCmyk) {
      this.#kit.keepSpace(space);
      const select = `/${space} ${strokes ? 'CS' : 'cs'}`;
      this.#flush(`${select} ${operands.join(' ')} ${by ?? (strokes ? 'SCN' : 'scn')}`);
      return;
    }
    if (!paint.space) return;
    const operator = channelsOf(drawing) === 1 ? 'g' : 'rg';
    this.#flush(`${this.#shown(paint.space, paint.colour)} ${strokes ? operator.toUpperCase() : operator}`);
  }

  #store(strokes: boolean, paint: Paint): void {
    this.#look = { ...this.#look, [strokes ? 'stroke' : 'fill']: paint };
  }

  #shown(space: InkSpace, colour: readonly number[]): string {
    return shownColour(this.#kit.drawing, space, colour);
  }

  // ----------------------------------------------------------------------------------------- painting

  #laying(paints: Painted, overprints: boolean): Laying {
    if (paints !== 'all' && paints.length === 0) return 'skip';
    const { drawing, isolated } = this.#kit;
    if (!overprints || paints === 'all' || drawing === LIGHT) return 'draw';
    const touched = drawing.filter((plate) => paints.includes(plate)).length;
    if (touched === drawing.length) return 'draw';
    if (touched > 0) {
      this.#kit.mixed();
      return 'draw';
    }
    return isolated ? 'cover' : 'skip';
  }

  #layingOf(strokes: boolean): Laying {
    const look = this.#look;
    const paint = strokes ? look.stroke : look.fill;
    return this.#laying(
      painted(paint, look.overprintMode),
      strokes ? look.overprintStroke : look.overprintFill,
    );
  }

  #paintPath([fill, strokes, closes]: (typeof PAINTING)[string]): void {
    const filled = fill ? this.#layingOf(false) : 'skip';
    const stroked = strokes ? this.#layingOf(true) : 'skip';
    const isStar = fill === 'f*';
    if (closes) this.#path.push('h');
    if (filled === stroked && fill) this.#cover(filled, isStar ? 'B*' : 'B');
    else if (filled === 'skip') this.#cover(stroked, 'S');
    else if (stroked === 'skip') this.#cover(filled, fill!);
    else {
      // The one is covered, the other drawn: the path twice, its clip with the second.
      const path = this.#path.filter((line) => !line.startsWith('W'));
      const whole = this.#path;
      this.#path = path;
      this.#cover(filled, fill!);
      this.#path = whole;
      this.#cover(stroked, 'S');
    }
  }

  /** Paints the gathered path as it is to be laid. Its painting operator must directly follow it. */
  #cover(laying: Laying, operator: string): void {
    if (laying === 'skip') this.#flush('n');
    else if (laying === 'draw') this.#flush(operator);
    else {
      this.#out.push(`/${this.#kit.blending('Darken')} gs`);
      this.#flush(operator, `/${this.#kit.blending(this.#look.blend)} gs`);
    }
  }

  #lay(paints: Painted, { operator, operands }: Operation): void {
    const laying = this.#laying(paints, this.#look.overprintFill);
    this.#flush();
    this.#path = [];
    if (laying === 'skip') return;
    this.#path.push(operands.join(' '));
    this.#cover(laying, operator);
  }

  #xobject({ name, paints }: { name: string; paints: Painted | 'stencil' | 'form' }): void {
    const operation = { operator: 'Do', operands: [`/${name}`] };
    if (paints === 'form') this.#pass(operation);
    else if (paints !== 'stencil') this.#lay(paints, operation);
    else this.#lay(painted(this.#look.fill, this.#look.overprintMode), operation);
  }

  #text({ operator, operands }: Operation): void {
    this.#flush();
    // Text render modes: 0 fill, 1 stroke, 2 both, 3 neither, 4…7 the same with clipping.
    const mode = this.#look.textMode;
    if (this.#look.paintedGlyphs) {
      if (this.#look.overprintFill)
        this.#kit.uncounted('Type 3 glyphs with colours of their own that overprint');
      this.#out.push([...operands, operator].join(' '));
      return;
    }
    const clips = mode & 4;
    const fills = mode % 4 === 0 || mode % 4 === 2;
    const strokes = mode % 4 === 1 || mode % 4 === 2;
    const filled = fills ? this.#layingOf(false) : 'skip';
    const stroked = strokes ? this.#layingOf(true) : 'skip';
    const text = [...operands, operator].join(' ');
    const wanted = clips + (filled === 'skip' ? (stroked === 'skip' ? 3 : 1) : stroked === 'skip' ? 0 : 2);
    const covers = filled === 'cover' || stroked === 'cover';
    if (wanted !== mode) this.#out.push(`${wanted} Tr`);
    if (covers) this.#out.push(`/${this.#kit.blending('Darken')} gs`);
    this.#out.push(text);
    if (covers) this.#out.push(`/${this.#kit.blending(this.#look.blend)} gs`);
    if (wanted !== mode) this.#out.push(`${mode} Tr`);
  }
}
