import { join } from 'node:path';
import * as z from 'zod';
import { toneCurve } from '../artwork/tone.ts';
import { expected, PrintcatError } from '../errors.ts';
import { keptFor } from '../kept-for.ts';
import { packagePath } from '../paths.ts';
import { fileOf, namesIn, readDeclared, readJson } from './declared-files.ts';
import { MARK_STYLES, type Sourced } from './geometry.ts';
import { sourced } from './sourced.ts';
import { spotNames } from './spot-roles.ts';

const length = sourced(z.number().nonnegative(), 'mm', 'in');
const pages = sourced(z.int().positive(), 'pages');
const ink = z.number().min(0).max(100);
const ppi = sourced(z.int().positive(), 'ppi');

const paper = z.strictObject({
  name: z.string(),
  title: z.string(),
  aliases: z.array(z.string()),
  /** What a page, or a leaf of two, adds to the spine; absent where the printer publishes none. */
  thickness: sourced(z.number().positive(), 'in/page', 'pages/in', 'mm/leaf').exactOptional(),
  /** What other printers publish for the same paper. */
  others: z.array(sourced(z.number().positive(), 'in/page', 'pages/in', 'mm/leaf')).default([]),
  pages: z.strictObject({ min: pages, max: pages }).exactOptional(),
  /** What the user must know before using it. */
  remark: z.string().exactOptional(),
});

/** A number of a printer that only some products ask for, by its name there. */
const goods = sourced(z.number(), 'mm', 'in', 'mm²', 'pt', 'px', 'ppi', 'pages', 'count', 'share', 'degrees');

/** A printer's requirements. Every number in it has its origin beside it. */
export const printerPreset = z.strictObject({
  name: z.string(),
  title: z.string(),
  /** Groups of products (`covers`, `paper` …), and products, that it makes. */
  makes: z.array(z.string()).min(1),
  /** Taken where the order of a book names no size. */
  defaultSize: z.string().exactOptional(),
  bleed: length,
  /** From the trim and from the folds to what must not be cut or folded away. */
  safe: length,
  marks: sourced(z.enum(MARK_STYLES), 'style'),
  /** From the bleed to the edge of the sheet, where the marks stand. */
  slug: length,
  /** For products that ask for more: the gap between stickers, the wrap of a case. */
  numbers: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/), goods).default({}),
  /** Of books that it binds. */
  spine: z
    .strictObject({
      /** Between the spine's type and each fold. */
      clear: length,
      /** How far the finished fold may lie from where it should. */
      tolerance: length,
      /** The least number of pages of a book with type on its spine. */
      textFrom: pages.exactOptional(),
      /** Type stands on spines wider than this. */
      textMinWidth: length.exactOptional(),
      /** Added to what the pages take; absent where there is no formula. */
      extra: length.exactOptional(),
    })
    .exactOptional(),
  /** Where a printer without a formula tells the spine's width. */
  spineFrom: z.string().exactOptional(),
  /** Limits whatever the paper; a paper's own come first. */
  pages: z
    .strictObject({
      min: pages.exactOptional(),
      max: pages.exactOptional(),
      /** Page counts are rounded up to a multiple of this. */
      multiple: pages,
    })
    .exactOptional(),
  /** The area that the printer fills, or wants kept, for the barcode: on the back, beside the spine. */
  barcode: z
    .strictObject({ width: length, height: length, fromSpine: length, fromBottom: length })
    .exactOptional(),
  /** Where a Japanese book's two-row barcode stands on the back, if the book has one. */
  isbn: z.strictObject({ fromTop: length, fromSpine: length }).exactOptional(),
  /** Smallest and largest trim. */
  trim: z
    .strictObject({ minWidth: length, maxWidth: length, minHeight: length, maxHeight: length })
    .exactOptional(),
  /** The formats that the printer lists. */
  formats: sourced(z.array(z.string()).min(1), 'sizes').exactOptional(),
  file: z.strictObject({
    ppi,
    maxPpi: ppi.exactOptional(),
    maxMegabytes: sourced(z.number().positive(), 'MB').exactOptional(),
    /** The PDF standard that is asked for. */
    pdf: sourced(z.string(), 'standard').exactOptional(),
    transparency: sourced(z.enum(['flattened', 'live']), 'state').exactOptional(),
    /** Total area coverage: the most ink at one point. */
    tac: sourced(z.number().positive().max(400), '%').exactOptional(),
    /** What large black areas are printed with where they are to be deep: percent of C, M, Y, K. */
    richBlack: sourced(z.tuple([ink, ink, ink, ink]), '%').default({
      value: [60, 40, 40, 100],
      unit: '%',
      authority: 'project',
      source: 'a usual rich black, 240 % of ink; brought within the ink limit',
    }),
    /** How pictures' greys are shifted for the material: fabric wants them otherwise than paper. */
    tone: sourced(toneCurve, 'gamma', 'grey').exactOptional(),
    /** The printing condition that is separated for, by the name of a shipped profile. */
    profile: sourced(z.string(), 'profile'),
  }),
  /** Its article numbers, by the names of products. */
  skus: z.record(z.string(), sourced(z.string().min(1), 'sku')).exactOptional(),
  /** What the printer calls cut lines, white ink and the like. */
  spots: spotNames.prefault({}),
  /** Of book blocks; the first is taken where the order names none. */
  papers: z.array(paper).default([]),
});

export type PrinterPreset = z.output<typeof printerPreset>;
export type Paper = PrinterPreset['papers'][number];

/** Where printers' files lie: the shipped ones, and a workspace's own, which come first. */
const folders = (workspace: string | undefined): string[] => [
  ...(workspace === undefined ? [] : [join(workspace, 'printers')]),
  packagePath('assets', 'printers'),
];

/** The names of the printers that the program knows, with a workspace's own. */
export const printerNames = (workspace?: string): string[] => namesIn(folders(workspace));

/**
 * Reads a printer's preset; one that `extends` another has its numbers where it says nothing else.
 * @throws PrintcatError for an unknown name, and for a file that is no preset
 */
export function readPrinter(name: string, workspace?: string): PrinterPreset {
  const file = /^[^/\\]+$/.test(name) ? fileOf(folders(workspace), name) : null;
  if (!file) {
    const names = printerNames(workspace).join(', ');
    throw expected(`one of ${names}`, '--printer', name, '`printcat printers` tells them apart.');
  }
  return readDeclared(file, printerPreset, { name }, (json) => extended(json, [name], workspace));
}

/** A preset's JSON with that of the printer whose preset it extends. */
function extended(json: Record<string, unknown>, line: readonly string[], workspace?: string): object {
  const { extends: base, ...own } = json;
  if (base === undefined) return own;
  const file = typeof base === 'string' && !line.includes(base) ? fileOf(folders(workspace), base) : null;
  if (!file) throw new PrintcatError(`Expected a printer to extend but received ${JSON.stringify(base)}`);
  const { name: _, ...from } = extended(readJson(file), [...line, String(base)], workspace) as {
    name?: string;
  };
  return merged(from, own);
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects are merged name by name; a number with its origin is replaced as a whole. */
function merged(base: unknown, own: unknown): object {
  if (!isPlain(base) || !isPlain(own) || 'authority' in own) return own as object;
  const all = { ...base };
  for (const [key, value] of Object.entries(own)) all[key] = key in base ? merged(base[key], value) : value;
  return all;
}

/** The printers that make a product, by name. */
export const printersOf = (product: string, group: string, workspace?: string): string[] =>
  printerNames(workspace).filter((name) => {
    const { makes } = readPrinter(name, workspace);
    return makes.includes(group) || makes.includes(product);
  });

/**
 * The paper of that name or alias; without a name the printer's first.
 * @throws PrintcatError with the printer's papers
 */
export function findPaper(printer: PrinterPreset, name?: string): Paper {
  if (printer.papers.length === 0) throw new PrintcatError(`${printer.title} binds no books`);
  if (name === undefined) return printer.papers[0]!;
  const key = name.normalize('NFKC').toLowerCase().replaceAll(' ', '');
  const found = printer.papers.find((p) =>
    [p.name, ...p.aliases].some((n) => n.normalize('NFKC').toLowerCase() === key),
  );
  if (found) return found;
  const names = printer.papers.map((p) => p.name).join(', ');
  throw expected(
    `one of ${names}`,
    `--paper (${printer.title})`,
    name,
    `\`printcat printers ${printer.name}\` lists them.`,
  );
}

/** A preset's number and its place in it: `spine.clear`, `papers.white.thickness`. */
export interface PresetNumber {
  readonly key: string;
  readonly entry: Sourced<unknown>;
}

/** Every number of a preset, of one of its papers, or of any other part, in its order. */
export const numbersOf: (part: object) => readonly PresetNumber[] = keptFor((part) => numbersIn(part, ''));

function numbersIn(part: object, prefix: string): PresetNumber[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]): PresetNumber[] => {
    if (typeof value !== 'object' || value === null) return [];
    const key = Array.isArray(part) && 'name' in value ? String(value.name) : name;
    return 'authority' in value
      ? [{ key: `${prefix}${key}`, entry: value as Sourced<unknown> }]
      : numbersIn(value, `${prefix}${key}.`);
  });
}
