import * as z from 'zod';
import { expected, PrintcatError } from '../errors.ts';
import { option } from '../option.ts';
import { kebab } from '../option-facts.ts';
import { formatMm, parseLength } from '../units.ts';
import type { Declaration, ParameterDeclaration, SourcedNumber } from './declaration.ts';
import { numberOf, type Scope, type Value, withNames } from './expression.ts';
import type { Sourced } from './geometry.ts';
import type { PrinterPreset } from './printer.ts';
import { bookSizes, type FoundSize, findSize, type NamedSize, type SizeRange } from './sizes.ts';
import { lengthMm } from './sourced.ts';

const lengthWhere = (allowed: (mm: number) => boolean, message: string) =>
  z.union([z.number(), z.string()]).transform((given, context) => {
    const mm = typeof given === 'number' ? given : parseLength(given);
    if (mm !== null && allowed(mm)) return mm;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** A length: mm as a number, or text such as `0.5in`; mm inside the program. */
export const length = lengthWhere(
  (mm) => mm > 0,
  'Expected a length of more than 0, such as 12.5mm or 0.5in',
);
/** One whose least is said elsewhere. */
const anyLength = lengthWhere((mm) => mm >= 0, 'Expected a length such as 12.5mm or 0.5in');

const bookOptions = {
  pages: option(z.int().positive().optional(), {
    description: 'Pages of the book block; needed for the spine, unless --spine is given',
    placeholder: 'n',
  }),
  paper: option(z.string().optional(), {
    description: "Paper of the book block (default: the printer's first; see printcat printers)",
    placeholder: 'name',
  }),
  spine: option(length.optional(), {
    description: "Width of the spine from the printer's own calculator, instead of the formula",
    placeholder: 'length',
  }),
};

/** The sizes that a parameter names. */
export const sizesOf = ({ sizes }: { sizes: 'books' | NamedSize[] }): readonly NamedSize[] =>
  sizes === 'books' ? bookSizes() : sizes;

/** The options by which an order sets a parameter. */
function optionsOf(name: string, parameter: ParameterDeclaration): z.ZodRawShape {
  const { kind, description } = parameter;
  switch (kind) {
    case 'size': {
      const placeholder = parameter.free ? 'name|WxH' : 'name';
      return { [name]: option(z.string().optional(), { description, placeholder }) };
    }
    case 'length':
      return {
        [name]: option((parameter.min ? anyLength : length).optional(), {
          description: `${description}${defaultText(parameter.default)}`,
          placeholder: 'length',
        }),
      };
    case 'number': {
      const { whole, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = parameter;
      const within = (whole ? z.int() : z.number()).min(min).max(max).optional();
      return {
        [name]: option(within, {
          description: `${description}${defaultText(parameter.default)}`,
          placeholder: 'n',
        }),
      };
    }
    case 'choice':
      return {
        [name]: option(z.enum(parameter.choices).optional(), {
          description: parameter.default ? `${description} (default: ${parameter.default})` : description,
        }),
      };
    case 'flag':
      return { [name]: option(z.boolean().default(false), { description }) };
    case 'text':
      return {
        [name]: option(z.string().max(parameter.maxLength).optional(), { description, placeholder: 'text' }),
      };
    default:
      return bookOptions;
  }
}

const inUnit = (number: SourcedNumber): string =>
  number.unit === 'mm' || number.unit === 'in' ? formatMm(lengthMm(number)) : String(number.value);

function defaultText(given: unknown): string {
  if (typeof given === 'number') return ` (default: ${given})`;
  if (typeof given !== 'object' || given === null) return '';
  if ('value' in given) return ` (default: ${inUnit(given as SourcedNumber)})`;
  return '';
}

/** Every option of a product's own, in the order of its declaration. */
export const parameterOptions = ({ parameters }: Declaration): z.ZodRawShape =>
  Object.assign({}, ...Object.entries(parameters).map(([name, own]) => optionsOf(name, own)));

/** A parameter as an order has it. */
export interface Setting {
  readonly name: string;
  readonly value: Value;
  /** The number behind it, where it is one. */
  readonly entry?: Sourced;
}

/** Everything that an order says of a product, or that the product says where the order does not. */
export interface Settings {
  readonly list: readonly Setting[];
  readonly size: FoundSize | null;
}

const byUser = (value: number, unit: string): Sourced => ({
  ...{ value, unit, authority: 'user' as const, source: 'given in the order' },
});

/**
 * Sets every parameter but the spine, which needs the printer's formula.
 * @param scope what defaults may be computed from; parameters see those before them
 * @throws PrintcatError for an unknown size, a missing value, and one out of its range
 */
export function settingsOf(
  product: string,
  { parameters, example }: Declaration,
  options: Readonly<Record<string, unknown>>,
  printer: PrinterPreset,
  scope: Scope,
): Settings {
  const list: Setting[] = [];
  let size: FoundSize | null = null;
  let seen: Scope = scope;
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.kind === 'spine') continue;
    if (parameter.kind === 'size') {
      size = sizeOf(product, parameter, options[name], printer);
      list.push({ name, value: sizeValue(size) });
    } else {
      list.push({ name, ...settingOf(name, parameter, options[name], seen, example[name]) });
    }
    seen = withNames(seen, { [name]: list.at(-1)!.value });
  }
  return { list, size };
}

function sizeOf(
  product: string,
  parameter: Extract<ParameterDeclaration, { kind: 'size' }>,
  given: unknown,
  printer: PrinterPreset,
): FoundSize {
  const range: SizeRange = { product, sizes: sizesOf(parameter), free: parameter.free };
  const usual = parameter.default === 'printer' ? printer.defaultSize : parameter.default;
  return findSize(String(given ?? usual ?? range.sizes[0]!.name), range);
}

/**
 * The size that an order names, or the usual one; `null` for a product without sizes.
 * @throws PrintcatError for an unknown one
 */
export function orderedSize(
  product: string,
  { parameters }: Declaration,
  options: Readonly<Record<string, unknown>>,
  printer: PrinterPreset,
): FoundSize | null {
  for (const [name, parameter] of Object.entries(parameters))
    if (parameter.kind === 'size') return sizeOf(product, parameter, options[name], printer);
  return null;
}

const sizeValue = ({ name, size, entry }: FoundSize): Value => ({
  name,
  ...size,
  ...Object.fromEntries(
    Object.entries(entry?.numbers ?? {}).map(([key, number]) => [key, lengthMm(number)] as const),
  ),
});

function settingOf(
  name: string,
  parameter: Exclude<ParameterDeclaration, { kind: 'size' | 'spine' }>,
  given: unknown,
  scope: Scope,
  example: unknown,
): Omit<Setting, 'name'> {
  if (parameter.kind === 'flag') return { value: given === true };
  if (parameter.kind === 'text') return { value: typeof given === 'string' ? given : '' };
  if (parameter.kind === 'choice') {
    return { value: String(given ?? parameter.default ?? parameter.choices[0]) };
  }
  const entry =
    typeof given === 'number'
      ? byUser(given, parameter.kind === 'length' ? 'mm' : 'count')
      : usual(name, parameter.default, scope, example);
  const value = parameter.kind === 'length' ? lengthMm(entry) : entry.value;
  if (parameter.kind === 'length') requireWithin(name, value, parameter, scope);
  return { value, entry };
}

type Usual = Extract<ParameterDeclaration, { kind: 'length' }>['default'] | number;

function usual(name: string, given: Usual, scope: Scope, example: unknown): Sourced {
  if (given === undefined) {
    throw new PrintcatError(`Expected --${kebab(name)} but the order does not say it`, {
      hint: `${example === undefined ? '' : `For example --${kebab(name)} ${example}. `}It has no usual value: measure it, or ask the printer.`,
    });
  }
  if (typeof given === 'number') {
    return { value: given, unit: 'count', authority: 'project', source: "the product's usual" };
  }
  if ('expression' in given) {
    const value = numberOf(given.expression, scope);
    return { value, unit: 'mm', authority: 'project', source: `${given.expression.text}` };
  }
  if (!('by' in given)) return given;
  const value = scope[given.by];
  const key = typeof value === 'object' && value !== null ? value.name : value;
  return (Object.hasOwn(given.values, String(key)) && given.values[String(key)]) || given.else;
}

function requireWithin(
  name: string,
  mm: number,
  { min, max }: Extract<ParameterDeclaration, { kind: 'length' }>,
  scope: Scope,
): void {
  const [low, high] = [min, max].map((limit) => (limit ? numberOf(limit, scope) : null));
  if ((low == null || mm >= low - 1e-6) && (high == null || mm <= high + 1e-6)) return;
  const range =
    low != null && high != null
      ? `${formatMm(low)} to ${formatMm(high)}`
      : low != null
        ? `at least ${formatMm(low)}`
        : `at most ${formatMm(high!)}`;
  throw expected(range, `--${kebab(name)}`, formatMm(mm));
}
