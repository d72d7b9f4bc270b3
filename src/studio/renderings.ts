import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SheetResources } from '../layout/resources.ts';

/** A part of a rendering, as it is sent. */
export interface Part {
  readonly type: string;
  readonly body: string | Uint8Array;
}

interface Rendering {
  readonly html: string;
  readonly resources: SheetResources;
  /** Paths of the slots' pictures in the cache, PNGs, by slot. */
  readonly art: readonly string[];
}

/** Renderings that are kept: the one that is seen, those on their way, and a few before them. */
const KEPT = 12;

/** Addresses of a page's own site in its styles, as templates write them. */
const OWN_ADDRESS = /(url\(\s*["']?|@import\s+["'])\/(?!\/)/gi;

/** Laid-out documents with what they load, each below a path that nobody can guess. */
export class Renderings {
  readonly #kept = new Map<string, Rendering>();

  /** A new path, ending in a slash; what is to be seen there comes with `keep`. */
  newPath(): string {
    return `/render/${randomBytes(16).toString('hex')}/`;
  }

  keep(path: string, rendering: Rendering): void {
    this.#kept.set(path, rendering);
    for (const old of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(old);
  }

  /**
   * What lies at a path below a rendering's own.
   * @param page which page of the document is asked for, from 1
   * @returns `null` where nothing does
   */
  async find(path: string, page: number): Promise<Part | null> {
    const [, base = '', rest = ''] = /^(\/render\/[0-9a-f]{32}\/)(.*)$/.exec(path) ?? [];
    const rendering = this.#kept.get(base);
    if (!rendering) return null;
    const below = base.slice(0, -1);
    if (rest === '') return { type: 'text/html; charset=utf-8', body: onePage(rendering.html, page) };
    const art = /^art\/(\d+)$/.exec(rest);
    if (art) {
      const file = rendering.art[Number(art[1])];
      return file === undefined ? null : { type: 'image/png', body: await readFile(file) };
    }
    const found = await rendering.resources.find(`/${rest}`);
    if (!found) return null;
    if (!found.type.startsWith('text/css')) return found;
    const css = Buffer.from(found.body).toString('utf8');
    return { type: found.type, body: css.replace(OWN_ADDRESS, (_, start: string) => `${start}${below}/`) };
  }
}

/** The document moved to one of its pages: those before it keep their counters, but take no room. */
function onePage(html: string, page: number): string {
  const style =
    'html{overflow:hidden;background:#fff}' +
    `[data-sheet]:not(:nth-of-type(${page})){height:0!important;overflow:clip!important}`;
  return html.replace('</head>', () => `<style>${style}</style></head>`);
}
