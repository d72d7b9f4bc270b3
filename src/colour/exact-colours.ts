import { PrintcatError } from '../errors.ts';
import type { Cmyk } from './press-colours.ts';

/** An ink besides the four. */
export interface Spot {
  /** Its name on the plate. */
  readonly name: string;
  /** How it is shown where it is not printed, 0…1. */
  readonly alternate: Cmyk;
  /** What it does, by ISO 19593-1, where it is no colour; with a name for people. */
  readonly step: { readonly title: string; readonly group: string; readonly type: string | null } | null;
}

/** A colour that goes on the plates as its author wrote it. */
export type ExactColour = {
  /** What its author calls it, for messages: `brand`, `0 80 100 0`. */
  readonly label: string;
  /** Whether it prints over what lies below or knocks it out; `null` where the rules for black decide. */
  readonly overprint: boolean | null;
} & (
  | { readonly kind: 'process'; readonly cmyk: Cmyk }
  | { readonly kind: 'spot'; readonly spot: Spot; readonly tint: number }
);

/** An sRGB colour in ten-thousandths, as many digits as Chromium writes into a PDF. */
type Sentinel = readonly [r: number, g: number, b: number];

/** A colour in the style sheet with the other that takes its place in the second print (see `layout/unmixed.ts`). */
export interface Swap {
  readonly colour: ExactColour;
  readonly css: string;
  readonly twin: string;
}

interface Entry extends Swap {
  readonly sentinel: Sentinel;
  readonly twinSentinel: Sentinel;
}

const UNIT = 1e4;
/** Apart enough to be told from each other in gradients, whose stops the browser computes, ten-thousandths. */
const APART = 3;
const NEIGHBOURS = [0, 1, -1, 2, -2].map((n) => n * APART);
/** How far a twin's sentinel is from the first, in steps of 8 bits. */
const TWIN_AWAY = 7;

/**
 * Exact colours and the sentinels that stand for them on the way through the browser: sRGB colours that look
 * much like them and lie halfway between two steps of 8 bits, where no `#rrggbb` and no picture has its colours.
 */
export class ExactColours {
  readonly #look: (cmyk: Cmyk) => readonly number[];
  readonly #inkLimit: number | null;
  readonly #entries = new Map<string, Entry>();
  readonly #taken = new Map<string, { entry: Entry; twin: boolean }>();
  readonly #spots = new Map<string, Spot>();

  /**
   * @param look how inks look, sRGB 0…1; without it roughly
   * @param inkLimit total area coverage, percent; `null` for none
   */
  constructor(look: (cmyk: Cmyk) => readonly number[] = roughly, inkLimit: number | null = null) {
    this.#look = look;
    this.#inkLimit = inkLimit;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What the style sheet says in the place of each colour, in the order of their declaration. */
  get swaps(): readonly Swap[] {
    return [...this.#entries.values()];
  }

  /**
   * Takes a colour in.
   * @returns what a style sheet writes for it
   * @throws PrintcatError for more ink than the printer allows, a spot with two alternates, or a reserved name
   */
  css(colour: ExactColour): string {
    const key = JSON.stringify({ ...colour, label: '' });
    const known = this.#entries.get(key);
    if (known) return known.css;
    refuseRegistration(colour.label, colour.label);
    if (colour.kind === 'process') this.#checkInks(colour.label, colour.cmyk, colour.overprint);
    else this.#checkSpot(colour.label, colour.spot);
    const inks =
      colour.kind === 'process'
        ? colour.cmyk
        : (colour.spot.alternate.map((v) => v * colour.tint) as unknown as Cmyk);
    const [sentinel, twinSentinel] = this.#free(this.#look(inks));
    const entry = { colour, sentinel, twinSentinel, css: cssOf(sentinel), twin: cssOf(twinSentinel) };
    this.#entries.set(key, entry);
    this.#taken.set(String(sentinel), { entry, twin: false });
    this.#taken.set(String(twinSentinel), { entry, twin: true });
    return entry.css;
  }

  /** The exact colour that a printed sRGB colour (0…1) stands for, if it stands for one. */
  at(rgb: readonly number[]): ExactColour | null {
    const found = this.#taken.get(String(rgb.map((v) => Math.round(v * UNIT))));
    return found && !found.twin ? found.entry.colour : null;
  }

  /**
   * The same for a colour that was computed.
   * @param tolerance for each component
   */
  near(rgb: readonly number[], tolerance: number): ExactColour | null {
    const fitting = this.swapsNear(rgb, tolerance, false);
    return fitting.length === 1 ? fitting[0]!.colour : null;
  }

  /** The colours whose sentinel, or twin's sentinel, a computed colour may be. */
  swapsNear(rgb: readonly number[], tolerance: number, twin: boolean): readonly Swap[] {
    return [...this.#entries.values()].filter(({ sentinel, twinSentinel }) =>
      (twin ? twinSentinel : sentinel).every((v, i) => Math.abs(v / UNIT - rgb[i]!) <= tolerance),
    );
  }

  /**
   * Takes in a spot that is drawn without a colour of the style sheet.
   * @throws PrintcatError as `css` does
   */
  claim(label: string, spot: Spot): void {
    this.#checkSpot(label, spot);
  }

  #checkInks(label: string, cmyk: Cmyk, overprint: boolean | null): void {
    const sum = Math.round(1000 * cmyk.reduce((total, ink) => total + ink, 0)) / 10;
    if (this.#inkLimit !== null && sum > this.#inkLimit) {
      throw new PrintcatError(
        `The colour ${label} has ${sum} % of ink, more than the printer's limit of ${this.#inkLimit} %`,
        { hint: 'Choose a colour with less ink: an exact colour is never altered.' },
      );
    }
    if (sum === 0 && overprint) {
      throw new PrintcatError(`The colour ${label} has no ink and overprints: it would not be seen`, {
        hint: 'Leave "overprint" away.',
      });
    }
  }

  #checkSpot(label: string, spot: Spot): void {
    const key = plain(spot.name);
    refuseRegistration(label, spot.name);
    if (['none', 'cyan', 'magenta', 'yellow', 'black'].includes(key)) {
      throw new PrintcatError(`The colour ${label} is a spot named ${spot.name}, a name that PDF keeps`, {
        hint: 'Write inks of the press as "cmyk": [C, M, Y, K].',
      });
    }
    const known = this.#spots.get(key);
    if (known && known.name !== spot.name) {
      throw new PrintcatError(
        `The spots ${known.name} and ${spot.name} are one word written in two ways: they would be two plates`,
        { hint: 'Write the name of a spot everywhere alike, as the printer does.' },
      );
    }
    if (known && (known.step === null) !== (spot.step === null)) {
      throw new PrintcatError(`The spot ${spot.name} is both a colour and a processing step`, {
        hint: 'In a template write the role of a processing step, such as {"role": "cut"}, not the name of its spot.',
      });
    }
    if (known && String(known.alternate) !== String(spot.alternate)) {
      const percent = ({ alternate }: Spot) => alternate.map((v) => Math.round(v * 1000) / 10).join(' ');
      throw new PrintcatError(
        `The spot ${spot.name} has two alternate colours: ${percent(known)} and ${percent(spot)}`,
        { hint: 'One spot is one ink: give it the same alternate everywhere.' },
      );
    }
    this.#spots.set(key, known ?? spot);
  }

  /** Two sentinels near a colour that nobody has. */
  #free(look: readonly number[]): [Sentinel, Sentinel] {
    const cells = look.map((v) => Math.min(254, Math.max(0, Math.floor(v * 255))));
    const away = (cell: number, by: number) => (cell + by <= 254 ? cell + by : cell - by);
    for (let shift = 0; shift < TWIN_AWAY; shift++) {
      for (const dr of NEIGHBOURS) {
        for (const dg of NEIGHBOURS) {
          for (const db of NEIGHBOURS) {
            const [r = 0, g = 0, b = 0] = cells.map((cell) => away(cell, shift));
            const sentinel = sentinelOf([r, g, b], [dr, dg, db]);
            const twin = sentinelOf(
              [away(r, TWIN_AWAY), away(g, TWIN_AWAY), away(b, TWIN_AWAY)],
              [dr, dg, db],
            );
            if (!this.#taken.has(String(sentinel)) && !this.#taken.has(String(twin))) return [sentinel, twin];
          }
        }
      }
    }
    throw new PrintcatError('The template has too many exact colours that look alike', {
      hint: 'Use fewer.',
    });
  }
}

/** A spot's name as people read it. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/** @throws PrintcatError for a name of the colour that is on every plate */
export function refuseRegistration(label: string, name: string): void {
  if (!['all', 'registration'].includes(plain(name))) return;
  throw new PrintcatError(`The colour ${label} is the registration colour, which is for marks alone`, {
    hint: 'For black take {"cmyk": [0, 0, 0, 100]}, for a deep one the rich black of the printer.',
  });
}

/** Halfway between two steps of 8 bits, and `by` ten-thousandths aside. */
const sentinelOf = (cells: readonly number[], by: readonly number[]): Sentinel =>
  cells.map((cell, i) => Math.round(((cell + 0.5) / 255) * UNIT) + by[i]!) as unknown as Sentinel;

/**
 * Chromium keeps every digit of a percentage only where it has to compute it: plain `rgb()` in an attribute of
 * SVG is rounded to 8 bits, and `color(srgb …)` would have gradients mixed in another space.
 */
const cssOf = (sentinel: Sentinel): string => {
  const [r, g, b] = sentinel.map((v) => `${(v / 100).toFixed(2)}%`);
  return `rgb(calc(${r}) ${g} ${b})`;
};

const roughly = ([c, m, y, k]: Cmyk): number[] => [c, m, y].map((v) => (1 - v) * (1 - k));
