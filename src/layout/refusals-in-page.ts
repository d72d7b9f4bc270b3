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
    if (tags.includes(tag)) return [{ element: named(element, ''), tag, style: null }];
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
        return [{ element: named(element, pseudo), tag, style: { rule, value: short } }];
      }
    }
  }
  return [];
}

/** Everything on the page that shows a picture of its own, not a slot's, px from the body's corner. */
export function drawnPictures(): {
  element: string;
  source: string;
  x: number;
  y: number;
  width: number;
  height: number;
}[] {
  const body = document.body.getBoundingClientRect();
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
    const rect = element.getBoundingClientRect();
    const classes = [...element.classList].map((c) => `.${c}`).join('');
    const id = element.id ? `#${element.id}` : '';
    found.push({
      element: `${element.localName}${id}${classes}`,
      source,
      x: rect.x - body.x,
      y: rect.y - body.y,
      width: rect.width,
      height: rect.height,
    });
  }
  return found;
}

/**
 * The element that reaches furthest over the sheet's right or lower edge, if the page is larger than the sheet:
 * the browser would shrink the whole page to fit, or go on to a second one.
 * @param width the sheet's, px
 * @param height the sheet's, px
 */
export function overTheEdge(width: number, height: number): { element: string; by: number } | null {
  const root = document.documentElement;
  const slack = 1;
  if (root.scrollWidth <= width + slack && root.scrollHeight <= height + slack) return null;
  let found = { element: 'body', by: 0 };
  for (const element of document.body.querySelectorAll('*')) {
    const rect = element.getBoundingClientRect();
    const by = Math.max(rect.right + window.scrollX - width, rect.bottom + window.scrollY - height);
    if (!(by > found.by) || !element.checkVisibility()) continue;
    const classes = [...element.classList].map((c) => `.${c}`).join('');
    const id = element.id ? `#${element.id}` : '';
    found = { element: `${element.localName}${id}${classes}`, by };
  }
  return found.by > slack ? found : null;
}
