import { PDFDict, type PDFObject } from 'pdf-lib';
import { PrintcatError } from '../errors.ts';
import { name, type Reader } from './pdf.ts';

/** The resources that a stream brings, and those that its conversion uses. */
export class Resources {
  readonly source: PDFDict | null;
  readonly target: PDFDict;
  readonly #reader: Reader;
  readonly #names = new Map<string, string>();

  /** @param target receives what is used; empty at first where it is not given */
  constructor(reader: Reader, source: PDFDict | null, target = reader.context.obj({}) as PDFDict) {
    this.#reader = reader;
    this.source = source;
    this.target = target;
  }

  /** An entry of the stream's own resources. */
  entry(category: string, key: string): PDFObject {
    const entries = this.#reader.dict(this.source?.get(name(category)));
    const value = entries?.get(name(key));
    if (!value) throw new PrintcatError(`The printed page is damaged: its ${category} ${key} is missing`);
    return value;
  }

  /**
   * Converts an entry for one way of using it.
   * @returns the name under which the conversion stands; the entry's own for the first way
   */
  use(
    category: string,
    key: string,
    convert: (value: PDFObject) => PDFObject,
    way: string | number = '',
  ): { name: string; ref: PDFObject } {
    const full = `${category} ${key} ${way}`;
    let used = this.#names.get(full);
    if (!used) {
      const ref = convert(this.entry(category, key));
      const others = [...this.#names.keys()].filter((k) => k.startsWith(`${category} ${key} `)).length;
      used = this.add(category, others === 0 ? key : `${key}v${others}`, () => ref);
      this.#names.set(full, used);
    }
    return { name: used, ref: this.#category(category).get(name(used))! };
  }

  /** Adds an entry of ours. */
  add(category: string, key: string, make: () => PDFObject): string {
    const entries = this.#category(category);
    if (!entries.has(name(key))) entries.set(name(key), make());
    return key;
  }

  merge(other: PDFDict): void {
    for (const [category, entries] of other.entries()) {
      for (const [key, value] of this.#reader.dict(entries)?.entries() ?? []) {
        this.#category(category.decodeText()).set(key, value);
      }
    }
  }

  #category(category: string): PDFDict {
    const known = this.target.get(name(category));
    if (known instanceof PDFDict) return known;
    const made = this.#reader.context.obj({}) as PDFDict;
    this.target.set(name(category), made);
    return made;
  }
}
