import { pageList } from '../report/group.ts';

/** What was done to a file, or left as it was: each thing once, with its pages. */
export class Changes {
  readonly #pages = new Map<string, Set<number | null>>();

  add(what: string, page: number | null = null): void {
    const pages = this.#pages.get(what) ?? new Set();
    this.#pages.set(what, pages.add(page));
  }

  get isEmpty(): boolean {
    return this.#pages.size === 0;
  }

  /** `TrimBox set to the MediaBox (pages 1–4)` */
  list(): string[] {
    return [...this.#pages].map(([what, pages]) => {
      const where = pageList([...pages]);
      return where ? `${what} (${where})` : what;
    });
  }
}
