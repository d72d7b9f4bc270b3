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

const bookSize = z.strictObject({
  name: z.string(),
  title: z.string(),
  aliases: z.array(z.string()),
  size,
  /** What other printers mean by the same name. */
  others: z.array(size).default([]),
});

/** A book format that has a name. */
export type BookSize = z.output<typeof bookSize>;

/** Sizes are taken from 50 to 450 mm; what lies outside is a slip of the unit, not a book. */
const MIN_MM = 50;
const MAX_MM = 450;

let known: readonly BookSize[] | undefined;

/** The named book formats, from `assets/sizes.json`. */
export function bookSizes(): readonly BookSize[] {
  known ??= z.array(bookSize).parse(JSON.parse(readFileSync(packagePath('assets', 'sizes.json'), 'utf8')));
  return known;
}

/** Width and height in mm of a sourced size. */
export const sizeMm = ({ value, unit }: Sourced<Size>): Size =>
  unit === 'in' ? { width: inchToMm(value.width), height: inchToMm(value.height) } : value;

/** A format as the order means it. */
export interface FoundSize {
  /** Its known name, or the text that was given. */
  readonly name: string;
  /** mm */
  readonly size: Size;
  /** The entry of the table; `null` for a free size. */
  readonly entry: BookSize | null;
}

/**
 * Reads the name of a book format (`a6`, `文庫`, `6x9` in inches) or a free size (`120x180`, `5.25x8in`).
 * @throws PrintcatError for what is neither, and for sizes that cannot be a book's
 */
export function findSize(text: string): FoundSize {
  const key = text.normalize('NFKC').toLowerCase().replaceAll(' ', '').replaceAll('×', 'x');
  const entry = bookSizes().find(({ name, aliases }) => name === key || aliases.includes(key));
  if (entry) return { name: entry.name, size: sizeMm(entry.size), entry };
  const free = parseSize(key);
  if (!free) {
    const names = bookSizes().map(({ name }) => name);
    throw expected(
      `one of ${names.join(', ')} or WIDTHxHEIGHT in mm or in`,
      '--size',
      text,
      '`printcat products book-cover` lists the formats.',
    );
  }
  if ([free.width, free.height].some((mm) => mm < MIN_MM || mm > MAX_MM)) {
    throw expected(
      `${MIN_MM} to ${MAX_MM} mm each way`,
      '--size',
      text,
      /[a-z]$/.test(key) ? undefined : `Without a unit it is millimetres; inches are written ${key}in.`,
    );
  }
  return { name: key, size: free, entry: null };
}
