import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ORIGIN, type SheetResources } from '../layout/resources.ts';

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
    const css = await withFonts(Buffer.from(found.body).toString('utf8'), `/${rest}`, rendering.resources);
    return { type: found.type, body: css.replace(OWN_ADDRESS, (_, start: string) => `${start}${below}/`) };
  }
}

/**
 * A style sheet with the fonts in it that the layout used: a browser has those at once, while for files of their own
 * it first shows another font. The others are never asked for.
 */
async function withFonts(css: string, path: string, resources: SheetResources): Promise<string> {
  const pieces = css.split(/url\(["']?(\.\/[\w./-]+\.woff2)["']?\)/);
  for (let i = 1; i < pieces.length; i += 2) {
    const file = new URL(pieces[i]!, new URL(path, ORIGIN)).pathname;
    const font = resources.loaded.has(file) ? await resources.find(file) : null;
    pieces[i] = font
      ? `url(data:${font.type};base64,${Buffer.from(font.body).toString('base64')})`
      : `url(${pieces[i]})`;
  }
  return pieces.join('');
}

/** The document moved to one of its pages: those before it keep their counters, but take no room. */
function onePage(html: string, page: number): string {
  const style =
    'html{overflow:hidden;background:#fff}' +
    `[data-sheet]:not(:nth-of-type(${page})){height:0!important;overflow:clip!important}`;
  return html.replace('</head>', () => `<style>${style}</style></head>`);
}
