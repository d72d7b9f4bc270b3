import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { expected } from '../errors.ts';
import { packagePath } from '../paths.ts';
import { inchToMm, parseSize, type Size } from '../units.ts';
import type { Sourced } from './geometry.ts';
import { sourced } from './sourced.ts';

const size = sourced(
  z.strictObject({ width: z.number().positive(), height: z.number().positive() }),
  'mm',
  'in',
);

/** A size that has a name. */
export const namedSize = z.strictObject({
  name: z.string().min(1),
  title: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  size,
  /** What other printers mean by the same name. */
  others: z.array(size).default([]),
  /** What goes with this size, e.g. the circle that is cut for a badge of it. */
  numbers: z.record(z.string(), sourced(z.number(), 'mm', 'in', 'px', 'ppi')).default({}),
});
export type NamedSize = z.output<typeof namedSize>;

/** The sizes that a product comes in. */
export interface SizeRange {
  /** How they are listed: the product's name. */
  readonly product: string;
  readonly sizes: readonly NamedSize[];
  /** Sizes without a name, mm each way; what lies outside is a slip of the unit. `false` where there are none. */
  readonly free: false | { readonly min: number; readonly max: number };
}

let known: readonly NamedSize[] | undefined;

/** The named book formats, from `assets/sizes.json`. */
export function bookSizes(): readonly NamedSize[] {
  known ??= z.array(namedSize).parse(JSON.parse(readFileSync(packagePath('assets', 'sizes.json'), 'utf8')));
  return known;
}

/** Width and height in mm of a sourced size. */
export const sizeMm = ({ value, unit }: Sourced<Size>): Size =>
  unit === 'in' ? { width: inchToMm(value.width), height: inchToMm(value.height) } : value;

/** A size as the order means it. */
export interface FoundSize {
  /** Its known name, or the text that was given. */
  readonly name: string;
  /** mm */
  readonly size: Size;
  /** The entry of the table; `null` for a free size. */
  readonly entry: NamedSize | null;
}

const keyOf = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(' ', '').replaceAll('×', 'x');

/**
 * Reads the name of a size (`a6`, `文庫`, `6x9` in inches) or, where the product has free ones, a width and height
 * (`120x180`, `5.25x8in`).
 * @throws PrintcatError for what is neither, and for sizes that the product cannot have
 */
export function findSize(text: string, { product, sizes, free }: SizeRange): FoundSize {
  const key = keyOf(text);
  const entry = sizes.find(({ name, aliases }) => [name, ...aliases].some((known) => keyOf(known) === key));
  if (entry) return { name: entry.name, size: sizeMm(entry.size), entry };
  const size = free && parseSize(key);
  if (!size) {
    const names = sizes.map(({ name }) => name).join(', ');
    throw expected(
      `one of ${names}${free ? ' or WIDTHxHEIGHT in mm or in' : ''}`,
      '--size',
      text,
      `\`printcat products ${product}\` lists the formats.`,
    );
  }
  if ([size.width, size.height].some((mm) => mm < free.min || mm > free.max)) {
    throw expected(
      `${free.min} to ${free.max} mm each way`,
      '--size',
      text,
      /[a-z]$/.test(key) ? undefined : `Without a unit it is millimetres; inches are written ${key}in.`,
    );
  }
  return { name: key, size, entry: null };
}
