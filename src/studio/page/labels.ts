import { JA_NAMES } from './ja-names.ts';
import { language } from './words.ts';

/** Names whose letters are not simply a word's. */
const ENGLISH: Readonly<Record<string, string>> = {
  isbn: 'ISBN',
  id: 'ID',
  sku: 'SKU',
  ppi: 'Resolution',
  qrSize: 'QR code size',
  cCode: 'C-code',
  x4: 'PDF/X-4',
  x1a: 'PDF/X-1a:2001',
  'x1a-2003': 'PDF/X-1a:2003',
  rgb: 'sRGB',
  k: 'Black ink alone',
  bleedFill: 'Bleed',
  allowUnreleased: 'Allow unreleased pictures',
};

/** A declared name as people read it: `flapWidth` is "Flap width". */
export function labelOf(name: string): string {
  if (language.value === 'ja' && Object.hasOwn(JA_NAMES, name)) return JA_NAMES[name]!;
  if (Object.hasOwn(ENGLISH, name)) return ENGLISH[name]!;
  const words = name.replace(/(?<=[a-z])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A name that is a name in English, in the user's language: a product's title, an ink. */
export const named = (name: string): string =>
  language.value === 'ja' && Object.hasOwn(JA_NAMES, name) ? JA_NAMES[name]! : name;

/** A value that has a name, with the measure behind it: `novella, 127 mm × 203.2 mm`. */
export function sizeTitle(title: string): string {
  const [, name = title, measure = ''] = /^(.*?)(, [\d.]+ .*)$/.exec(title) ?? [];
  return named(title) === title ? named(name) + measure : named(title);
}

/** A row of the printer's form: `cover, trimmed`, `cover with bleed`, an option in words. */
export function factLabel(label: string): string {
  if (language.value !== 'ja') return label.charAt(0).toUpperCase() + label.slice(1);
  if (label.endsWith(', trimmed')) return '仕上がり寸法';
  if (label.endsWith(' with bleed')) return '塗り足し込み';
  const option = label.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(JA_NAMES, label) ? named(label) : labelOf(option);
}

/** What stands in such a row: a name, or measures with a remark. */
export const factValue = (value: string): string =>
  language.value === 'ja'
    ? named(value).replace(/, bound on the (left|right)$/, (_, side: string) => `、${named(side)}綴じ`)
    : value;

/** What a value is measured in, as the label says it: by the declaration's placeholder. */
const UNITS: Readonly<Record<string, string>> = {
  mm: 'mm',
  'mm²': 'mm²',
  length: 'mm',
  degrees: '°',
};

export const unitOf = (name: string, placeholder: string | undefined): string | null =>
  name === 'ppi' ? 'ppi' : (UNITS[placeholder ?? ''] ?? null);
