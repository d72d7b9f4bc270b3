import { kebab } from '../option-facts.ts';
import { formatMm } from '../units.ts';
import type { Declaration } from './declaration.ts';
import type { Scope } from './expression.ts';
import type { Note } from './geometry.ts';
import type { Setting } from './parameters.ts';
import { numbersOf, type PresetNumber, type PrinterPreset } from './printer.ts';
import { type FoundSize, sizeMm } from './sizes.ts';
import { formatOrigin, formatSourced } from './sourced.ts';

const warned = (key: string, { entry }: PresetNumber, way: string): string =>
  `${key} = ${formatSourced(entry)} is unverified (${entry.source}); ${way} replaces it.`;

/** Numbers that nobody has published, among those that an order uses. */
export const unverifiedNumbers = (numbers: readonly PresetNumber[]): string[] =>
  numbers
    .filter(({ entry }) => entry.authority === 'unverified')
    .map((number) => {
      const way = number.key.startsWith('paper ') ? '--spine' : `--override ${number.key}=…`;
      return warned(number.key, number, way);
    });

/** Usual values of a product that nobody has published. */
export const unverifiedSettings = (settings: readonly Setting[]): string[] =>
  settings.flatMap(({ name, entry }) =>
    entry?.authority === 'unverified' ? [warned(kebab(name), { key: name, entry }, `--${kebab(name)}`)] : [],
  );

/** Where a size is another one elsewhere, or nobody has published it. */
export function sizeWarnings({ size: { width, height }, entry }: FoundSize): string[] {
  if (!entry) return [];
  const shown = `${formatMm(width)} × ${formatMm(height)}`;
  const others = entry.others.map((other) => {
    const mm = sizeMm(other);
    return `${formatMm(mm.width)} × ${formatMm(mm.height)}`;
  });
  const unverified = [['size', entry.size] as const, ...Object.entries(entry.numbers)].filter(
    ([, { authority }]) => authority === 'unverified',
  );
  return [
    ...(others.length > 0
      ? [`${entry.title} is ${shown} here and ${others.join(', ')} at other printers: ask yours.`]
      : []),
    ...unverified.map(
      ([key, { source }]) => `${entry.title}: the ${key} is unverified (${source}); ask your printer.`,
    ),
  ];
}

/** What a product has to say of an order that can be made all the same; lengths are written in mm. */
export const advised = ({ advice }: Declaration, scope: Scope): string[] =>
  advice
    .filter(({ when }) => Boolean(when.evaluate(scope)))
    .map(({ say }) => say.fill(scope, (mm) => formatMm(mm)));

/** The order's own numbers in place of the printer's. */
export function givenNumbers(printer: PrinterPreset, own: PrinterPreset): string[] {
  const theirs = new Map(numbersOf(own).map(({ key, entry }) => [key, entry]));
  return numbersOf(printer)
    .filter(({ entry }) => entry.authority === 'user')
    .map(({ key, entry }) => {
      const before = theirs.get(key)!;
      return `${key} = ${formatSourced(entry)} as given, in place of ${formatSourced(before)} (${formatOrigin(before)}).`;
    });
}

/** Warnings first. */
export const notesOf = (warnings: readonly string[], infos: readonly string[]): Note[] => [
  ...warnings.map((text): Note => ({ level: 'warning', text })),
  ...infos.map((text): Note => ({ level: 'info', text })),
];
