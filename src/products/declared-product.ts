import * as z from 'zod';
import { mosaicOptions, repeatOptions } from '../fills/fill-options.ts';
import { keptFor } from '../kept-for.ts';
import { option } from '../option.ts';
import { preparerOptions } from '../prepare/index.ts';
import { type Book, type BookOrder, resolveBook } from './book.ts';
import { bookInfos, bookWarnings, isBooks } from './book-notes.ts';
import { requireChecks } from './checks.ts';
import type { Declaration } from './declaration.ts';
import { shapeOf } from './design.ts';
import { numberOf, type Scope, type Value, withNames } from './expression.ts';
import type { Geometry, Sourced } from './geometry.ts';
import { mockUpOf } from './mock-up.ts';
import {
  advised,
  givenNumbers,
  notesOf,
  sizeWarnings,
  unverifiedNumbers,
  unverifiedSettings,
} from './notes.ts';
import { overridePrinter } from './override.ts';
import { orderedSize, parameterOptions, type Setting, settingsOf } from './parameters.ts';
import { numbersOf, type PresetNumber, type PrinterPreset, printersOf, readPrinter } from './printer.ts';
import type { Given, ImageOutput, Product, ProductOrder } from './product.ts';
import type { FoundSize } from './sizes.ts';
import { lengthMm } from './sourced.ts';
import { summaryOf } from './summary.ts';

/** An order with all that it names looked up. */
export interface Resolved {
  readonly name: string;
  readonly declaration: Declaration;
  readonly printer: PrinterPreset;
  readonly settings: readonly Setting[];
  readonly size: FoundSize | null;
  readonly book: Book | null;
  readonly geometry: Geometry;
  readonly scope: Scope;
  /** The numbers that decided about it. */
  readonly numbers: readonly PresetNumber[];
}

/** A product as its file declares it. */
export function declaredProduct(name: string, declaration: Declaration, workspace?: string): Product {
  const { title, description, group, output, pictures, prepares } = declaration;
  // One order is asked for several things in a row.
  let last: { order: ProductOrder; given: Given | undefined; resolved: Resolved } | undefined;
  const resolve = (order: ProductOrder, given?: Given): Resolved => {
    if (last?.order !== order || last.given !== given) {
      last = { order, given, resolved: resolved(name, declaration, order, workspace, given) };
    }
    return last.resolved;
  };
  const optionsOf = () => ({
    ...parameterOptions(declaration),
    ...fillOptions(declaration.fills),
    ...preparerOptions(prepares),
    printer: option(z.enum(printersOf(name, group, workspace)).default(declaration.printer), {
      description: 'Whose requirements the file meets',
    }),
    override: option(z.array(z.string()).optional(), {
      description: "Another number for one of the printer's, as key=value: bleed=5mm, spine.clear=2mm …",
      placeholder: 'key=value',
    }),
  });
  let options: ReturnType<typeof optionsOf> | undefined;
  return {
    ...{ name, title, description, group, output, pictures, prepares, declaration },
    get options() {
      options ??= optionsOf();
      return options;
    },
    size: (order) => orderedSize(name, declaration, order, orderedPrinter(declaration, order, workspace)),
    geometry: (order, given) => resolve(order, given).geometry,
    printer: (order) => orderedPrinter(declaration, order, workspace),
    settings: (order, given) => {
      const { settings, size } = resolve(order, given);
      return {
        ...Object.fromEntries(settings.map((s) => [s.name, s.value])),
        ...(size && { sizeName: size.name }),
      };
    },
    image: (order, given) => imageOf(resolve(order, given)),
    mockUp: (order, given) => {
      const { geometry, scope } = resolve(order, given);
      return mockUpOf(declaration.mockUp, geometry, scope);
    },
    numbers: (order, given) => [...resolve(order, given).numbers],
    summary: (order, given) => summaryOf(resolve(order, given)),
  };
}

const FILL_OPTIONS = { repeat: repeatOptions, mosaic: mosaicOptions };
const fillOptions = (fills: Declaration['fills']): z.ZodRawShape =>
  Object.assign({}, ...fills.map((fill) => FILL_OPTIONS[fill]));

/** Gives a preset the product's own numbers beside its own. */
const withNumbersOf = keptFor(({ numbers }: Declaration) =>
  keptFor((preset: PrinterPreset) => ({ ...preset, numbers: { ...numbers, ...preset.numbers } })),
);

/** The preset that an order names, before it says otherwise. */
const shippedPrinter = (
  declaration: Declaration,
  order: ProductOrder,
  workspace: string | undefined,
): PrinterPreset =>
  withNumbersOf(declaration)(readPrinter(String(order.printer ?? declaration.printer), workspace));

/** The preset with the product's own numbers beside it, as the order wants them. */
const orderedPrinter = (
  declaration: Declaration,
  order: ProductOrder,
  workspace: string | undefined,
): PrinterPreset =>
  overridePrinter(
    shippedPrinter(declaration, order, workspace),
    (order.override as readonly string[] | undefined) ?? [],
  );

function resolved(
  name: string,
  declaration: Declaration,
  order: ProductOrder,
  workspace: string | undefined,
  { pictures = 1, values = {}, cuts = {} }: Given = {},
): Resolved {
  const printer = orderedPrinter(declaration, order, workspace);
  const used = new Set<string>();
  const read = new Set<string>();
  const base = withNames({ pictures, ...values }, printerScope(printer, used));
  const { list, size } = settingsOf(name, declaration, order, printer, base);
  const hasSpine = Object.values(declaration.parameters).some(({ kind }) => kind === 'spine');
  const book = hasSpine && size ? resolveBook(printer, size, order as BookOrder) : null;
  const scope = withLets(
    declaration,
    withNames(
      withNames(base, settingsScope(list, read)),
      book ? { spine: book.spine.value, spineText: book.spineText, pages: book.pages } : {},
    ),
  );
  const marks = declaration.marks === 'printer' ? printer.marks.value : declaration.marks;
  const slug = marks === 'none' && declaration.marks !== 'printer' ? 0 : lengthMm(printer.slug);
  // A picture has neither marks nor room for them.
  const isImage = declaration.output === 'image';
  const shape = shapeOf(declaration, scope, isImage ? 'none' : marks, isImage ? 0 : slug, cuts);
  requireChecks(declaration.checks, scope, printer);
  // First, since it may read numbers that are then among those used.
  const advice = advised(declaration, scope);
  const numbers = usedNumbers(printer, used, book);
  const binding = scope.binding === 'left' || scope.binding === 'right' ? scope.binding : null;
  const geometry: Geometry = {
    ...{ product: name, sizeName: size?.name ?? '', ...shape },
    binding,
    spine: book?.spine ?? null,
    notes: notesOf(
      [
        ...unverifiedNumbers(numbers),
        ...unverifiedSettings(list.filter((setting) => read.has(setting.name))),
        ...(book ? bookWarnings(book) : []),
        ...(size ? sizeWarnings(size) : []),
        ...advice,
      ],
      [
        ...givenNumbers(printer, shippedPrinter(declaration, order, workspace)),
        ...(book ? bookInfos(book) : []),
      ],
    ),
  };
  return {
    ...{ name, declaration, printer, settings: list, size, book, geometry, scope },
    numbers: [...sizeNumbers(size), ...settingNumbers(list), ...numbers],
  };
}

/** How its pages become PNGs. */
function imageOf({ declaration: { output, image }, printer, scope }: Resolved): ImageOutput | null {
  if (output !== 'image') return null;
  const { ppi, transparent, whiteChoke } = image;
  const choke = whiteChoke ? numberOf(whiteChoke, scope) : -1;
  return {
    ppi: ppi ? numberOf(ppi, scope) : printer.file.ppi.value,
    transparent,
    // A product without white says so by a number below 0.
    whiteChoke: choke >= 0 ? choke : null,
  };
}

/** Named values, each of which may use those before it. */
function withLets({ let: lets }: Declaration, scope: Scope): Scope {
  let all = scope;
  for (const [name, expression] of Object.entries(lets))
    all = withNames(all, { [name]: expression.evaluate(all) });

  return all;
}

/** The order's settings by their names. Whichever is read is noted. */
const settingsScope = (list: readonly Setting[], read: Set<string>): Scope =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      list.map(({ name, value }) => [
        name,
        {
          enumerable: true,
          get: () => {
            read.add(name);
            return value;
          },
        },
      ]),
    ),
  );

/** The printer's numbers by the names that expressions know: lengths in mm. Whichever is read is noted. */
function printerScope(printer: PrinterPreset, used: Set<string>): Scope {
  const printerPart: Record<string, Value> = {};
  const scope: Record<string, Value> = {};
  for (const { key, entry } of numbersOf(printer)) {
    const value = plainValue(entry);
    if (value === undefined) continue;
    const path = key.split('.');
    const target = path[0] === 'numbers' ? scope : nested(printerPart, path.slice(0, -1));
    Object.defineProperty(target, path.at(-1)!, {
      enumerable: true,
      get: () => {
        used.add(key);
        return value;
      },
    });
  }
  return Object.defineProperty(scope, 'printer', { enumerable: true, value: printerPart });
}

function nested(target: Record<string, Value>, path: readonly string[]): Record<string, Value> {
  let at = target;
  for (const name of path) {
    at[name] ??= {};
    at = at[name] as Record<string, Value>;
  }
  return at;
}

function plainValue({ value, unit }: Sourced<unknown>): Value {
  if (typeof value === 'number') return unit === 'in' ? lengthMm({ value, unit } as Sourced) : value;
  return typeof value === 'string' ? value : undefined;
}

const sizeNumbers = (size: FoundSize | null): PresetNumber[] =>
  size?.entry ? [{ key: `size ${size.name}`, entry: size.entry.size }] : [];

const settingNumbers = (settings: readonly Setting[]): PresetNumber[] =>
  settings.flatMap(({ name, entry }) => (entry ? [{ key: name, entry }] : []));

const ownNumbers = keptFor((printer: PrinterPreset) => numbersOf({ ...printer, papers: [], spots: {} }));

/** The printer's numbers that decide about this order: what its geometry read, what decides about books, and the file's own. */
function usedNumbers(printer: PrinterPreset, used: ReadonlySet<string>, book: Book | null): PresetNumber[] {
  const always = ['bleed', 'safe', 'marks', 'slug'];
  const numbers = ownNumbers(printer).filter(
    ({ key }) =>
      used.has(key) ||
      always.includes(key) ||
      key.startsWith('file.') ||
      (book !== null && isBooks(key, book)),
  );
  const thickness = book?.order.spine === undefined ? book?.paper.thickness : undefined;
  return [...numbers, ...(thickness ? [{ key: `paper ${book!.paper.name}`, entry: thickness }] : [])];
}
