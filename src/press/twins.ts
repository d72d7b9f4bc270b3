import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from 'pdf-lib';
import type { ExactColour, ExactColours } from '../colour/exact-colours.ts';
import { operations } from './content.ts';
import { unmixed } from './exact-gradients.ts';
import { type StopColour, stopsOf } from './gradient-stops.ts';
import { name, nameOf, numberOf, Reader } from './pdf.ts';

/**
 * Looks in two prints of the same pages for what differs in more than the sentinels of exact colours: a colour that
 * the style sheet mixed, or a picture that the browser drew of one.
 * @param swapped the colours whose sentinel is another one in the twin; the rest must be alike in both
 * @returns the first page that does, from 0; `null` where all differ in the sentinels alone
 */
export async function pageWithMore(
  printed: Uint8Array,
  twin: Uint8Array,
  exact: ExactColours,
  swapped: ReadonlySet<ExactColour>,
): Promise<number | null> {
  const [one, two] = await Promise.all(
    [printed, twin].map((bytes) => PDFDocument.load(bytes, { updateMetadata: false })),
  );
  const [pages, others] = [one!.getPages(), two!.getPages()];
  const comparison = new Comparison(new Reader(one!.context), new Reader(two!.context), exact, swapped);
  if (pages.length !== others.length) return 0;
  const found = pages.findIndex((page, i) => !comparison.alike(page.node, others[i]!.node, 'Page'));
  return found === -1 ? null : found;
}

/** Streams that hold operators, by the key under which they stand. */
const CONTENT_KEYS = new Set(['Contents', 'CharProcs']);

/** What says how a stream is packed (the browser packs only what becomes smaller), and the way back up. */
const PACKING = new Set(['Filter', 'Length', 'Parent']);

class Comparison {
  readonly #one: Reader;
  readonly #two: Reader;
  readonly #exact: ExactColours;
  readonly #swapped: ReadonlySet<ExactColour>;
  readonly #seen = new Set<string>();

  constructor(one: Reader, two: Reader, exact: ExactColours, swapped: ReadonlySet<ExactColour>) {
    this.#one = one;
    this.#two = two;
    this.#exact = exact;
    this.#swapped = swapped;
  }

  /** @param key under which the two stand in their dictionaries */
  alike(a: PDFObject | undefined, b: PDFObject | undefined, key: string): boolean {
    if (a instanceof PDFRef && b instanceof PDFRef) {
      const pair = `${a} ${b} ${key}`;
      if (this.#seen.has(pair)) return true;
      this.#seen.add(pair);
    }
    const [one, two] = [this.#one.deref(a), this.#two.deref(b)];
    if (one instanceof PDFStream && two instanceof PDFStream) return this.#streams(a!, b!, key);
    if (one instanceof PDFDict && two instanceof PDFDict) {
      return one.has(name('FunctionType')) ? this.#functions(a!, b!) : this.#dicts(one, two, key);
    }
    if (one instanceof PDFArray && two instanceof PDFArray) {
      const [items, others] = [one.asArray(), two.asArray()];
      return items.length === others.length && items.every((item, i) => this.alike(item, others[i], key));
    }
    return String(one) === String(two);
  }

  #dicts(one: PDFDict, two: PDFDict, key: string): boolean {
    const keys = (dict: PDFDict) =>
      dict
        .keys()
        .map((k) => k.decodeText())
        .filter((k) => !PACKING.has(k))
        .sort();
    const own = keys(one);
    if (String(own) !== String(keys(two))) return false;
    return own.every((k) =>
      this.alike(one.get(PDFName.of(k)), two.get(PDFName.of(k)), key === 'CharProcs' ? key : k),
    );
  }

  #streams(a: PDFObject, b: PDFObject, key: string): boolean {
    const [one, two] = [this.#one.stream(a), this.#two.stream(b)];
    if (one.dict.has(name('FunctionType'))) return this.#functions(a, b);
    if (!this.#dicts(one.dict, two.dict, '')) return false;
    const isForm = nameOf(this.#one.get(one.dict, 'Subtype')) === 'Form';
    const isTile = numberOf(this.#one.get(one.dict, 'PatternType')) === 1;
    if (isForm || isTile || CONTENT_KEYS.has(key)) {
      return this.#contents(this.#one.bytes(one), this.#two.bytes(two));
    }
    return Buffer.compare(one.contents, two.contents) === 0;
  }

  #contents(a: Uint8Array, b: Uint8Array): boolean {
    const [one, two] = [[...operations(a)], [...operations(b)]];
    return (
      one.length === two.length &&
      one.every(({ operator, operands }, i) => {
        const other = two[i]!;
        if (operator !== other.operator) return false;
        if (operator !== 'rg' && operator !== 'RG') return String(operands) === String(other.operands);
        return this.#colours(operands.map(Number), other.operands.map(Number));
      })
    );
  }

  /** Gradients: stop by stop where they are understood, else byte by byte. */
  #functions(a: PDFObject, b: PDFObject): boolean {
    const [one, two] = [stopsOf(this.#one, a), stopsOf(this.#two, b)];
    if (!one || !two) return this.#raw(a, b);
    return (
      one.segments.length === two.segments.length &&
      one.segments.every(({ start, end }, i) => {
        const other = two.segments[i]!;
        return this.#stops(start, other.start) && this.#stops(end, other.end);
      })
    );
  }

  #raw(a: PDFObject, b: PDFObject): boolean {
    const [one, two] = [this.#one.dict(a)!, this.#two.dict(b)!];
    if (!this.#dicts(one, two, '')) return false;
    if (!(this.#one.deref(a) instanceof PDFStream)) return true;
    return Buffer.compare(this.#one.bytes(this.#one.stream(a)), this.#two.bytes(this.#two.stream(b))) === 0;
  }

  #stops(a: StopColour, b: StopColour): boolean {
    const [one, two] = [unmixed(a), unmixed(b)];
    if (Math.abs(one.alpha - two.alpha) > 1e-3) return false;
    return one.alpha === 0 || this.#colours(one.rgb, two.rgb, one.tolerance);
  }

  /** Two colours that are the same, or the two sentinels of one exact colour. */
  #colours(a: readonly number[], b: readonly number[], tolerance = 0): boolean {
    const [own] = this.#exact.swapsNear(a, tolerance + 1e-6, false);
    if (own && this.#swapped.has(own.colour)) {
      return this.#exact.swapsNear(b, tolerance + 1e-6, true).includes(own);
    }
    return a.every((v, i) => Math.abs(v - b[i]!) <= 2 * tolerance + 1e-6);
  }
}
