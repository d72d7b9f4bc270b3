import { expected } from '../errors.ts';
import { parseLength } from '../units.ts';
import type { Sourced } from './geometry.ts';
import { numbersOf, type PrinterPreset, printerPreset } from './printer.ts';

/** What an order may replace: everything but the papers (there is `--spine`) and the list of formats. */
const replaceable = (printer: PrinterPreset) =>
  numbersOf(printer).filter(({ key }) => !key.startsWith('papers.') && key !== 'formats');

/**
 * A printer's preset with the order's own numbers in it, such as `bleed=5mm` or `file.tac=260`.
 * A number that the user has from the printer wins over ours and is marked as the user's.
 * @throws PrintcatError for an unknown key or a value that does not fit it
 */
export function overridePrinter(printer: PrinterPreset, overrides: readonly string[]): PrinterPreset {
  return overrides.reduce((preset, override) => {
    const [key = '', ...rest] = override.split('=');
    const text = rest.join('=').trim();
    const numbers = replaceable(preset);
    const number = numbers.find((n) => n.key === key.trim());
    if (!number || text === '') {
      const keys = numbers.map((n) => n.key).join(', ');
      throw expected('key=value', '--override', override, `Keys of ${preset.title}: ${keys}.`);
    }
    const result = printerPreset.safeParse(replaceAt(preset, key.trim(), userEntry(number.entry, text)));
    if (!result.success) throw expected(what(number.entry), `--override ${key}`, text);
    return result.data;
  }, printer);
}

function userEntry(entry: Sourced<unknown>, text: string): Sourced<unknown> {
  const isLength = entry.unit === 'mm' || entry.unit === 'in';
  const value = isLength ? parseLength(text) : valueLike(entry.value, text);
  return { value, unit: isLength ? 'mm' : entry.unit, authority: 'user', source: 'given in the order' };
}

function valueLike(old: unknown, text: string): unknown {
  if (Array.isArray(old)) return text.split(/[\s,]+/).map(Number);
  return typeof old === 'number' ? Number(text) : text;
}

const what = ({ value, unit }: Sourced<unknown>): string => {
  if (unit === 'mm' || unit === 'in') return 'a length such as 3mm or 0.125in';
  if (Array.isArray(value)) return `${value.length} numbers (${unit}) such as ${value.join(',')}`;
  return typeof value === 'number' ? `a number (${unit})` : `a ${unit} such as ${value}`;
};

function replaceAt(part: object, key: string, entry: unknown): object {
  const [name = '', ...rest] = key.split('.');
  const inner = (part as Record<string, unknown>)[name];
  return { ...part, [name]: rest.length === 0 ? entry : replaceAt(inner as object, rest.join('.'), entry) };
}
