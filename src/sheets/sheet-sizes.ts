import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { expected } from '../errors.ts';
import { packagePath } from '../paths.ts';
import { sizeMm } from '../products/sizes.ts';
import { lengthMm, sourced } from '../products/sourced.ts';
import { formatMm, parseSize, type Size } from '../units.ts';

const sheetSize = z.strictObject({
  name: z.string(),
  title: z.string(),
  aliases: z.array(z.string()),
  /** As it is fed: upright. */
  size: sourced(z.strictObject({ width: z.number().positive(), height: z.number().positive() }), 'mm', 'in'),
  /** What printers of such sheets cannot print on, along every edge. */
  margin: sourced(z.number().nonnegative(), 'mm', 'in'),
});

/** A sheet that has a name. */
export type SheetSize = z.output<typeof sheetSize>;

/** Free sheets are taken from 80 to 1500 mm; what lies outside is a slip of the unit, not a sheet. */
const MIN_MM = 80;
const MAX_MM = 1500;
/** Of a sheet without a name: a printer that nothing is known of is taken for one at home. */
const FREE_MARGIN_MM = 5;

let known: readonly SheetSize[] | undefined;

/** The named sheets, from `assets/sheets.json`. */
export function sheetSizes(): readonly SheetSize[] {
  known ??= z.array(sheetSize).parse(JSON.parse(readFileSync(packagePath('assets', 'sheets.json'), 'utf8')));
  return known;
}

/** A sheet of paper as a printer takes it. */
export interface Sheet {
  readonly name: string;
  /** For people: `A4 (210 × 297 mm)`. */
  readonly title: string;
  /** mm, as it is fed. */
  readonly size: Size;
  /** Along every edge, mm: nothing is printed there. */
  readonly margin: number;
}

/** A size as people write it: `210 × 297 mm`. */
export const formatSize = ({ width, height }: Size): string =>
  `${Number(width.toFixed(1))} × ${formatMm(height, 1)}`;

const named = ({ name, title, size, margin }: SheetSize): Sheet => ({
  name,
  title: `${title} (${formatSize(sizeMm(size))})`,
  size: sizeMm(size),
  margin: lengthMm(margin),
});

/** All named sheets, the smallest first. */
export const namedSheets = (): Sheet[] =>
  sheetSizes()
    .map(named)
    .sort((a, b) => a.size.width * a.size.height - b.size.width * b.size.height);

/**
 * Reads the name of a sheet (`a4`, `sra3`, `letter`) or a free size, which stays as wide and as high as it is given.
 * @param margin mm that stay free along every edge, in place of the sheet's own
 * @throws PrintcatError for what is neither, and for sizes that cannot be a sheet's
 */
export function findSheet(text: string, margin?: number): Sheet {
  const key = text.normalize('NFKC').toLowerCase().replaceAll(' ', '').replaceAll('×', 'x');
  const entry = sheetSizes().find(({ name, aliases }) => name === key || aliases.includes(key));
  const sheet = entry ? named(entry) : freeSheet(key, text);
  return margin === undefined ? sheet : { ...sheet, margin };
}

function freeSheet(key: string, text: string): Sheet {
  const size = parseSize(key);
  if (!size) {
    const names = sheetSizes().map(({ name }) => name);
    throw expected(`one of ${names.join(', ')} or WIDTHxHEIGHT in mm or in`, '--sheet', text);
  }
  if ([size.width, size.height].some((mm) => mm < MIN_MM || mm > MAX_MM)) {
    throw expected(
      `${MIN_MM} to ${MAX_MM} mm each way`,
      '--sheet',
      text,
      /[a-z]$/.test(key) ? undefined : `Without a unit it is millimetres; inches are written ${key}in.`,
    );
  }
  return { name: key, title: formatSize(size), size, margin: FREE_MARGIN_MM };
}
