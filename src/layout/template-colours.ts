import type { Liquid } from 'liquidjs';
import * as z from 'zod';
import { type ExactColour, ExactColours, refuseRegistration, type Spot } from '../colour/exact-colours.ts';
import type { Cmyk } from '../colour/press-colours.ts';
import { expected } from '../errors.ts';
import { SPOT_ROLE_NAMES, type SpotNames, spotNames, spotOf } from '../products/spot-roles.ts';

const percent = z.number().min(0).max(100);
const inks = z.tuple([percent, percent, percent, percent]);
const shared = {
  description: z.string().exactOptional(),
  /** Prints over what lies below instead of knocking it out; black is decided by its size where it is not given. */
  overprint: z.boolean().exactOptional(),
};

/** An exact colour of a template: inks of the press, a spot, or a spot that is no colour but a role. */
export const declaredColour = z.union(
  [
    z.strictObject({ cmyk: inks, ...shared }),
    z.strictObject({ spot: z.string().trim().min(1), cmyk: inks, tint: percent.default(100), ...shared }),
    z.strictObject({
      role: z.enum(SPOT_ROLE_NAMES),
      cmyk: inks.exactOptional(),
      tint: percent.default(100),
      ...shared,
    }),
  ],
  {
    error: `Expected {"cmyk": [C, M, Y, K]}, {"spot": "Name", "cmyk": [C, M, Y, K]} or {"role": "${SPOT_ROLE_NAMES.join('" | "')}"}`,
  },
);
export type DeclaredColour = z.output<typeof declaredColour>;
export type DeclaredColours = Readonly<Record<string, DeclaredColour>>;

/** Turns the colours that a template's author writes into what the style sheet says for them. */
export class TemplateColours {
  readonly #declared: DeclaredColours;
  readonly #exact: ExactColours;
  readonly #names: SpotNames;

  /** @param names what the printer calls the spots that are no colours */
  constructor(declared: DeclaredColours, exact = new ExactColours(), names: SpotNames = spotNames.parse({})) {
    this.#declared = declared;
    this.#exact = exact;
    this.#names = names;
  }

  /** The style rule that gives every declared colour its custom property, `--colour-brand`. */
  get properties(): string {
    const list = Object.entries(this.#declared).map(
      ([name, colour]) => `--colour-${name}:${this.#exact.css(this.#exactOf(name, colour))};`,
    );
    return list.length > 0 ? `:root{${list.join('')}}` : '';
  }

  /** Adds the filters `cmyk`, `spot` and `colour`. */
  register(engine: Liquid): void {
    const css = (colour: ExactColour): string => this.#exact.css(colour);
    engine.registerFilter('cmyk', (value: unknown) =>
      css({
        kind: 'process',
        label: String(value),
        cmyk: readInks(value, 'the filter cmyk'),
        overprint: null,
      }),
    );
    engine.registerFilter('spot', (value: unknown, tint: unknown = 100, alternate?: unknown) =>
      css(this.#spot(String(value), readTint(tint, 'the filter spot'), alternate)),
    );
    engine.registerFilter('colour', (value: unknown, tint: unknown = 100) =>
      css(tinted(this.#byName(String(value)), readTint(tint, 'the filter colour'))),
    );
  }

  #byName(name: string): ExactColour {
    const colour = Object.hasOwn(this.#declared, name) ? this.#declared[name] : undefined;
    if (colour) return this.#exactOf(name, colour);
    const known = Object.keys(this.#declared).join(', ') || 'none';
    throw expected('a colour of template.json', 'the filter colour', name, `Declared are: ${known}.`);
  }

  /** A spot by its own name, or by its role; its alternate is declared with it or given. */
  #spot(name: string, tint: number, alternate: unknown): ExactColour {
    const role = SPOT_ROLE_NAMES.find((known) => known === name);
    if (role) return tinted(this.#exactOf(name, { role, tint: 100 }), tint);
    if (alternate !== undefined) {
      const inks = readInks(alternate, `the alternate of ${name}`);
      const spot: Spot = { name, alternate: inks, step: null };
      return { kind: 'spot', label: name, spot, tint, overprint: null };
    }
    const declared = Object.entries(this.#declared).find(
      ([, colour]) => 'spot' in colour && colour.spot === name,
    );
    if (declared) {
      const [label, colour] = declared;
      return tinted(this.#exactOf(label, { ...colour, tint: 100 } as DeclaredColour), tint);
    }
    refuseRegistration(name, name);
    throw expected(
      'a declared spot, or its alternate colour',
      'the filter spot',
      name,
      `Declare it under "colours" in template.json, or write {{ "${name}" | spot: 100, "C M Y K" }}.`,
    );
  }

  #exactOf(label: string, colour: DeclaredColour): ExactColour {
    const overprint = colour.overprint ?? null;
    if ('role' in colour) {
      const spot = spotOf(colour.role, this.#names, colour.cmyk);
      // A step taken out must leave the artwork whole.
      return { kind: 'spot', label, spot, tint: colour.tint / 100, overprint: overprint ?? true };
    }
    if ('spot' in colour) {
      const spot: Spot = { name: colour.spot, alternate: fractions(colour.cmyk), step: null };
      return { kind: 'spot', label, spot, tint: colour.tint / 100, overprint };
    }
    return { kind: 'process', label, cmyk: fractions(colour.cmyk), overprint };
  }
}

const fractions = (values: readonly number[]): Cmyk => values.map((v) => v / 100) as unknown as Cmyk;

/** Less of a colour: of each of its inks, or of its spot. */
function tinted(colour: ExactColour, share: number): ExactColour {
  if (share === 1) return colour;
  const label = `${colour.label} at ${Math.round(share * 1000) / 10} %`;
  return colour.kind === 'process'
    ? { ...colour, label, cmyk: colour.cmyk.map((ink) => ink * share) as unknown as Cmyk }
    : { ...colour, label, tint: colour.tint * share };
}

const NUMBER = /^\d+(?:\.\d+)?$/;

/** `0 80 100 0`, also with commas or percent signs, as shares of solid ink. */
function readInks(value: unknown, what: string): Cmyk {
  const parts = String(value)
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((part) => part.replace(/%$/, ''));
  if (parts.length === 4 && parts.every((part) => NUMBER.test(part) && Number(part) <= 100)) {
    return fractions(parts.map(Number));
  }
  throw expected('four inks from 0 to 100 such as "0 80 100 0"', what, value);
}

function readTint(value: unknown, what: string): number {
  const tint = Number(value);
  if (tint >= 0 && tint <= 100) return tint / 100;
  throw expected('a tint from 0 to 100', what, value);
}
