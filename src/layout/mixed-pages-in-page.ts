/// <reference lib="dom" />
// This function runs inside the page: puppeteer sends its source, so it stands alone.

/** How a page reaches into another. */
export interface MixedPages {
  readonly what: 'broken' | 'fixed' | 'id';
  /** The page's place among the product's, from 0. */
  readonly page: number;
  /** `div.card`, `#sky` */
  readonly element: string;
}

/**
 * The first thing by which the pages of one document get into each other's way: an element closed too often, one that
 * is fixed, an ID that something refers to for different things.
 * @param count how many pages there are
 */
export function mixedPages(count: number): MixedPages | null {
  const ids = new Map<string, string>();
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
  const texts = [document.body.innerHTML, ...rules].join('\n');
  const references = texts.matchAll(/(?:url\((?:["']|&quot;)?|href=")#([^"')&\s]+)/g);
  const referred = new Set([...references].map(([, id]) => id));
  for (let page = 0; page < count; page++) {
    const sheet = document.body.children[page];
    const trim = sheet?.children[0];
    const own = document.querySelectorAll(`[data-trim="${page + 1}"]`);
    const isWhole =
      sheet?.matches('section[data-sheet]') &&
      sheet.childNodes.length === 1 &&
      own.length === 1 &&
      own[0] === trim;
    if (!isWhole) return { what: 'broken', page, element: '' };
    for (const element of trim!.querySelectorAll('*')) {
      if (element.matches('[data-trim], [data-sheet]')) return { what: 'broken', page, element: '' };
      if (getComputedStyle(element).position === 'fixed') {
        const classes = [...element.classList].map((c) => `.${c}`).join('');
        const id = element.id ? `#${element.id}` : '';
        return { what: 'fixed', page, element: `${element.localName}${id}${classes}` };
      }
      if (!referred.has(element.id)) continue;
      const known = ids.get(element.id);
      if (known !== undefined && known !== element.outerHTML)
        return { what: 'id', page, element: `#${element.id}` };
      ids.set(element.id, element.outerHTML);
    }
  }
  return document.body.children.length === count ? null : { what: 'broken', page: count - 1, element: '' };
}
