/// <reference lib="dom" />
// This function runs inside the page: puppeteer sends its source, so it stands alone.
import type { SeeThrough, SeeThroughRule } from './see-through.ts';

interface Rule extends Pick<SeeThroughRule, 'property' | 'values'> {
  readonly when: NonNullable<SeeThroughRule['when']> | null;
  readonly on: NonNullable<SeeThroughRule['on']> | null;
}

/** What an element shows of itself, or a picture of its whose file decides. */
export interface Found extends SeeThrough {
  /** Its place among the product's pages, from 0. */
  readonly page: number;
  /** The picture's address. */
  readonly picture: string | null;
}

/** Every element that lets something show through, once for each cause. */
export function seeThroughElements(rules: Rule[]): Found[] {
  const compiled = rules.map((rule) => ({
    ...rule,
    regex: new RegExp(rule.values),
    whenRegex: rule.when && new RegExp(rule.when.values),
  }));
  const named = (element: Element, pseudo: string): string => {
    const tag = element.tagName.toLowerCase();
    const slot = element instanceof HTMLElement ? element.dataset.slot : undefined;
    if (slot !== undefined) return `${tag}[data-slot="${slot}"]${pseudo}`;
    const classes = [...element.classList].map((c) => `.${c}`).join('');
    const id = element.id ? `#${element.id}` : '';
    const text = element.textContent?.trim().replace(/\s+/g, ' ').slice(0, 24) ?? '';
    const label = id || classes ? `${id}${classes}` : text ? ` "${text}"` : '';
    return `${tag}${label}${pseudo}`;
  };
  const hasText = (element: Element): boolean =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
  /** Whether a gradient that an SVG paint names has see-through stops, its own or those that it borrows. */
  const fades = (id: string | undefined, depth = 0): boolean => {
    const server = id === undefined ? null : document.getElementById(id);
    if (!server || depth > 4) return false;
    const stops = [...server.querySelectorAll('stop')];
    if (stops.length === 0) return fades(server.getAttribute('href')?.replace(/^#/, ''), depth + 1);
    return stops.some((stop) => {
      const style = getComputedStyle(stop);
      return (
        Number(style.getPropertyValue('stop-opacity')) < 1 ||
        /(?:rgba\(.*,|\/) (?:0|0?\.\d+)\)$/.test(style.getPropertyValue('stop-color'))
      );
    });
  };
  const computed = (style: CSSStyleDeclaration, property: string): string => {
    const value = style.getPropertyValue(property);
    const server = /^url\("?#([^")]+)"?\)/.exec(value)?.[1];
    if (property === 'clip-path' && server) {
      // What is no path by itself clips by a mask.
      return document.getElementById(server)?.querySelector('text') ? 'text' : value;
    }
    return (property === 'fill' || property === 'stroke') && fades(server) ? 'fading' : value;
  };
  const fileOf = (address: string): string =>
    address.startsWith('data:') ? 'data:' : (address.split('/').at(-1) ?? address);
  /** What is only defined shows where something refers to it. */
  const isIdle = (element: Element): boolean => {
    const definitions = element.closest('defs, symbol, marker, clipPath, linearGradient, radialGradient');
    if (!definitions) return false;
    if (definitions.localName === 'clipPath') return true;
    for (let part: Element | null = element; part; part = part === definitions ? null : part.parentElement) {
      if (part.id && document.documentElement.innerHTML.includes(`#${part.id}`)) return false;
    }
    return true;
  };
  const isEmpty = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width * height === 0 && element.childElementCount === 0 && !hasText(element);
  };
  /** The pictures of an element. */
  const addressesOf = (element: Element, style: CSSStyleDeclaration, pseudo: string): string[] => {
    const found: string[] = [];
    if (pseudo === '') {
      if (element instanceof HTMLImageElement && element.dataset.slot === undefined)
        found.push(element.currentSrc);
      if (element.localName === 'image') found.push(element.getAttribute('href') ?? '');
    }
    for (const property of ['background-image', 'border-image-source', 'list-style-image', 'content']) {
      const value = style.getPropertyValue(property);
      for (const [, address] of value.matchAll(/url\("([^"]+)"\)/g)) found.push(address!);
    }
    return found.filter((address) => address && !address.startsWith('#'));
  };
  const found: Found[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (isIdle(element)) continue;
    const page = Number(element.closest<HTMLElement>('[data-trim]')?.dataset.trim) - 1;
    for (const pseudo of ['', '::before', '::after', '::first-letter', '::first-line', '::marker']) {
      const style = getComputedStyle(element, pseudo || null);
      const generated = pseudo === '::before' || pseudo === '::after';
      if (generated && (style.content === 'none' || style.content === 'normal')) continue;
      if (
        pseudo === '::marker' &&
        style.display !== 'list-item' &&
        getComputedStyle(element).display !== 'list-item'
      )
        continue;
      const isShape =
        pseudo === '' && (element instanceof SVGGeometryElement || element instanceof SVGTextContentElement);
      const seen = new Set<string>();
      for (const { property, regex, when, whenRegex, on } of compiled) {
        if (on === 'text' && !generated && !hasText(element)) continue;
        if (on === 'shape' && !isShape) continue;
        // A part of an element's text has what the element has, unless it says otherwise.
        const value = computed(style, property);
        const inherited =
          pseudo !== '' && !generated && value === getComputedStyle(element).getPropertyValue(property);
        if (value === '' || inherited || !regex.test(value)) continue;
        if (pseudo === '' && !isShape && isEmpty(element)) continue;
        if (when && whenRegex && !whenRegex.test(style.getPropertyValue(when.property))) continue;
        const words: Record<string, string> = { fading: 'a gradient with see-through stops' };
        const shown = words[value] ?? value;
        const short = shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
        // Text whose colour is see-through says so by `color` and by what follows it.
        if (property === '-webkit-text-fill-color' && seen.has('color')) continue;
        seen.add(property);
        found.push({ page, element: named(element, pseudo), cause: `${property}: ${short}`, picture: null });
      }
      for (const address of addressesOf(element, style, pseudo)) {
        found.push({
          page,
          element: named(element, pseudo),
          cause: `a picture with transparent parts (${fileOf(address)})`,
          picture: new URL(address, document.baseURI).href,
        });
      }
    }
  }
  return found;
}
