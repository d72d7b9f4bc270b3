/// <reference lib="dom" />
// These functions run inside the page: puppeteer sends their source, so each stands alone.
import type { Refusal } from './refusals.ts';

interface Condition {
  readonly property: string;
  readonly values: string;
}

/** The first element of the page that a rule refuses, if there is one; those without a box are passed over. */
export function findRefusals(tags: string[], rules: (Condition & { when: Condition | null })[]): Refusal[] {
  const compiled = rules.map((rule) => ({
    ...rule,
    regex: new RegExp(rule.values),
    whenRegex: rule.when && new RegExp(rule.when.values),
  }));
  const named = (element: Element, pseudo: string): string => {
    const classes = [...element.classList].map((c) => `.${c}`).join('');
    const id = element.id ? `#${element.id}` : '';
    const text = element.textContent?.trim().replace(/\s+/g, ' ').slice(0, 24) ?? '';
    const label = id || classes ? `${id}${classes}` : text ? ` "${text}"` : '';
    return `${element.tagName.toLowerCase()}${label}${pseudo}`;
  };
  const paintOrValue = (style: CSSStyleDeclaration, property: string): string => {
    const value = style.getPropertyValue(property);
    if (property !== 'fill' && property !== 'stroke') return value;
    // A paint server's own kind decides.
    const target = /^url\("?#([^")]+)"?\)/.exec(value)?.[1];
    const kind = target && document.getElementById(target)?.tagName;
    return kind ? `url(#${target})${kind}` : value;
  };
  for (const element of document.body.querySelectorAll('*')) {
    const tag = element.tagName.toLowerCase();
    const page = Number(element.closest<HTMLElement>('[data-trim]')?.dataset.trim) - 1;
    if (tags.includes(tag)) return [{ page, element: named(element, ''), tag, style: null }];
    if (!element.checkVisibility()) continue;
    for (const pseudo of ['', '::before', '::after', '::first-letter']) {
      const style = getComputedStyle(element, pseudo || null);
      if ((pseudo === '::before' || pseudo === '::after') && style.content === 'none') continue;
      for (const [rule, { property, regex, when, whenRegex }] of compiled.entries()) {
        const value = paintOrValue(style, property);
        if (value === '' || !regex.test(value)) continue;
        if (when && whenRegex && !whenRegex.test(style.getPropertyValue(when.property))) continue;
        const shown = value.replace(/pattern$/, '');
        const short = shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
        return [{ page, element: named(element, pseudo), tag, style: { rule, value: short } }];
      }
    }
  }
  return [];
}

/** The first `@page` rule of the template's own style sheets, shortened; ours stands in the first. */
export function pageRule(): string | null {
  const first = (rules: CSSRuleList): CSSRule | null => {
    for (const rule of rules) {
      if (rule instanceof CSSPageRule) return rule;
      const inner =
        rule instanceof CSSImportRule ? rule.styleSheet?.cssRules : (rule as CSSMediaRule).cssRules;
      const found = inner && first(inner);
      if (found) return found;
    }
    return null;
  };
  const own = document.querySelector('style')?.sheet;
  for (const sheet of document.styleSheets) {
    const found = sheet === own ? null : first(sheet.cssRules);
    if (!found) continue;
    const text = found.cssText.replace(/\s+/g, ' ');
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  }
  return null;
}

/** Everything that shows a picture of its own, not a slot's, px from the corner of its page's trim box. */
export function drawnPictures(): {
  page: number;
  element: string;
  source: string;
  x: number;
  y: number;
  width: number;
  height: number;
}[] {
  const found = [];
  const properties = ['background-image', 'border-image-source', 'mask-image', 'list-style-image', 'content'];
  const fileOf = (address: string): string =>
    address.startsWith('data:') ? 'data:' : (address.split('/').at(-1) ?? address);
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility()) continue;
    let source = '';
    if (element instanceof HTMLImageElement && !element.dataset.slot) source = fileOf(element.currentSrc);
    else if (element.localName === 'image') source = fileOf(element.getAttribute('href') ?? '');
    for (const pseudo of [null, '::before', '::after']) {
      for (const property of source ? [] : properties) {
        const address = /url\("([^"]+)"\)/.exec(
          getComputedStyle(element, pseudo).getPropertyValue(property),
        )?.[1];
        if (address) source = fileOf(address);
      }
    }
    if (!source) continue;
    const sheet = element.closest<HTMLElement>('[data-trim]') ?? document.body;
    const trim = sheet.getBoundingClientRect();
    const rect = element.getBoundingClientRect();
    const classes = [...element.classList].map((c) => `.${c}`).join('');
    const id = element.id ? `#${element.id}` : '';
    found.push({
      page: Number(sheet.dataset.trim) - 1,
      element: `${element.localName}${id}${classes}`,
      source,
      x: rect.x - trim.x,
      y: rect.y - trim.y,
      width: rect.width,
      height: rect.height,
    });
  }
  return found;
}

/** An element that reaches over the edge of its sheet, and how far, px. */
export interface OverTheEdge {
  page: number;
  element: string;
  by: number;
}

/**
 * The element that reaches furthest over a sheet's right or lower edge: the browser would shrink a page that is larger
 * than its sheet, or go on to a next one.
 * @param width the sheet's, px
 * @param height the sheet's, px
 */
export function overTheEdge(width: number, height: number): OverTheEdge | null {
  const slack = 1;
  // A product of one page has no element of its own for its sheet: there it begins where the document does.
  const sheets = [...document.querySelectorAll('[data-sheet]')];
  for (const [page, sheet] of (sheets.length > 0 ? sheets : [document.documentElement]).entries()) {
    const isRoot = sheet === document.documentElement;
    const { left, top } = isRoot
      ? { left: -window.scrollX, top: -window.scrollY }
      : sheet.getBoundingClientRect();
    // A sheet that clips does not say how large its content is, the trim box in it does.
    const measured = isRoot ? sheet : sheet.children[0]!;
    const from = isRoot ? { left, top } : measured.getBoundingClientRect();
    // An element below the zoom counts in its own px.
    const zoom = isRoot ? 1 : (measured.currentCSSZoom ?? 1);
    const right = from.left - left + measured.scrollWidth * zoom;
    const bottom = from.top - top + measured.scrollHeight * zoom;
    if (right <= width + slack && bottom <= height + slack) continue;
    let found = { page, element: 'body', by: 0 };
    for (const element of (isRoot ? document.body : sheet).querySelectorAll('*')) {
      const rect = element.getBoundingClientRect();
      const by = Math.max(rect.right - left - width, rect.bottom - top - height);
      if (!(by > found.by) || !element.checkVisibility()) continue;
      const classes = [...element.classList].map((c) => `.${c}`).join('');
      const id = element.id ? `#${element.id}` : '';
      found = { page, element: `${element.localName}${id}${classes}`, by };
    }
    if (found.by > slack) return found;
  }
  return null;
}
