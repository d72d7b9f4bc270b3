/// <reference lib="dom" />
// These functions run inside the page: puppeteer sends their source, so each stands alone. A page of the product is a
// `data-trim` element, whose value is its number from 1.

/** A box as the page sees it, px from the trim box's top left corner. */
export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FitFailure {
  /** Its place among the product's pages, from 0; so everywhere here. */
  readonly page: number;
  readonly field: string;
  readonly text: string;
  readonly box: PageBox;
  /** The size below which the design may not go, in percent of the designed size. */
  readonly minPercent: number;
}

/** Where type may stand on a page. */
export interface SafeArea {
  readonly page: number;
  /** `null` for what stands on no panel. */
  readonly panel: string | null;
  readonly box: PageBox;
}

export interface StrayText extends Pick<SafeArea, 'page' | 'panel'> {
  readonly text: string;
  readonly box: PageBox;
  /** How far it stands outside the safe area, px. */
  readonly by: number;
}

/**
 * Shrinks the type of every `data-fit` box until its content fits, in steps of one percent, down to
 * `data-fit-min` percent (60 where it is not given), and never below 5 pt (GWG 2022, R0016 and R0017 for digital print).
 * @returns the boxes whose content does not fit even then
 */
export function fitText(): FitFailure[] {
  const failures: FitFailure[] = [];
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.cssText = 'position:absolute;font-size:5pt';
  const floor = Number.parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  for (const box of document.querySelectorAll<HTMLElement>('[data-fit]')) {
    if (box.offsetParent === null && getComputedStyle(box).position !== 'fixed') continue;
    const designed = Number.parseFloat(getComputedStyle(box).fontSize);
    const min = Math.max(
      Number(box.dataset.fitMin ?? 60),
      Math.min(100, Math.ceil((floor / designed) * 100)),
    );
    const overflows = () => {
      // Line boxes may be lower than the font's own ascent and descent: that is not overflow.
      const slack = 1 + Number.parseFloat(getComputedStyle(box).fontSize) * 0.2;
      const vertical = getComputedStyle(box).writingMode.startsWith('vertical');
      return (
        box.scrollHeight > box.clientHeight + (vertical ? 1 : slack) ||
        box.scrollWidth > box.clientWidth + (vertical ? slack : 1)
      );
    };
    const apply = (percent: number) => {
      box.style.fontSize = percent === 100 ? '' : `${(designed * percent) / 100}px`;
    };
    let low = min;
    let high = 100;
    if (overflows()) {
      apply(min);
      if (overflows()) {
        const sheet = box.closest<HTMLElement>('[data-trim]') ?? document.body;
        const [rect, trim] = [box.getBoundingClientRect(), sheet.getBoundingClientRect()];
        failures.push({
          page: Number(sheet.dataset.trim) - 1,
          box: { x: rect.x - trim.x, y: rect.y - trim.y, width: rect.width, height: rect.height },
          field: box.dataset.fit || 'text',
          text: box.textContent?.trim() ?? '',
          minPercent: min,
        });
        continue;
      }
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        apply(middle);
        if (overflows()) high = middle;
        else low = middle;
      }
      apply(low);
    }
  }
  return failures;
}

/** A picture place as it lies on its page. */
export interface MeasuredSlot {
  readonly slot: string;
  readonly page: number;
  /** What stands in `data-picture`. */
  readonly picture: string;
  readonly box: PageBox;
  /** Whether nothing turns or scales it. */
  readonly upright: boolean;
}

/**
 * Every picture place, in document order, with its box as it is before any transform, enlarged by as much as
 * transforms stretch it.
 */
export function measureSlots(): MeasuredSlot[] {
  return [...document.querySelectorAll<HTMLImageElement>('img[data-slot]')].map((image) => {
    const sheet = image.closest<HTMLElement>('[data-trim]') ?? document.body;
    const trim = sheet.getBoundingClientRect();
    const rect = image.getBoundingClientRect();
    let upright = true;
    let matrix = new DOMMatrix();
    for (let e: Element | null = image; e; e = e.parentElement) {
      const { transform, rotate, scale } = getComputedStyle(e);
      if (transform !== 'none' || rotate !== 'none' || scale !== 'none') upright = false;
      const [x = 1, y = x] = scale === 'none' ? [] : scale.split(' ').map(Number);
      matrix = new DOMMatrix().scale(x, y).multiply(new DOMMatrix(transform)).multiply(matrix);
    }
    // The larger singular value: how much the direction that is stretched most is stretched.
    const { a, b, c, d } = matrix;
    const sum = (a * a + b * b + c * c + d * d) / 2;
    const stretch = Math.sqrt(sum + Math.sqrt(Math.max(0, sum * sum - (a * d - b * c) ** 2)));
    const style = getComputedStyle(image);
    const zoom = image.currentCSSZoom ?? 1;
    const px = (...values: string[]) => values.reduce((sum, v) => sum + Number.parseFloat(v), 0) * zoom;
    // The picture fills the box within padding and border.
    const left = px(style.paddingLeft, style.borderLeftWidth);
    const top = px(style.paddingTop, style.borderTopWidth);
    const across = left + px(style.paddingRight, style.borderRightWidth);
    const down = top + px(style.paddingBottom, style.borderBottomWidth);
    const bordered = style.boxSizing === 'border-box';
    // Under a transform the rectangle is the turned box's hull; the layout size is what is to be filled.
    const width = upright ? rect.width - across : px(style.width) - (bordered ? across : 0);
    const height = upright ? rect.height - down : px(style.height) - (bordered ? down : 0);
    const larger = Math.max(1, stretch);
    return {
      slot: image.dataset.slot ?? '',
      page: Number(sheet.dataset.trim) - 1,
      picture: image.dataset.picture ?? '0',
      upright,
      box: {
        x: rect.x - trim.x + left,
        y: rect.y - trim.y + top,
        width: width * larger,
        height: height * larger,
      },
    };
  });
}

/** The trim box's width in the page's own pixels, which gives the scale. */
export function trimWidth(): number {
  return document.querySelector('[data-trim]')!.getBoundingClientRect().width;
}

/** Text that leaves its panel's safe area by more than its line's own leading. */
export function strayTexts(safe: SafeArea[]): StrayText[] {
  const stray: StrayText[] = [];
  for (const { page, panel, box } of safe) {
    const sheet = document.querySelector(`[data-trim="${page + 1}"]`);
    if (!sheet) continue;
    const trim = sheet.getBoundingClientRect();
    const roots = panel === null ? [sheet] : sheet.querySelectorAll(`[data-panel="${panel}"]`);
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent?.trim();
        const parent = node.parentElement;
        if (!text || !parent || getComputedStyle(parent).visibility === 'hidden') continue;
        // What stands on a panel is measured there.
        if (panel === null && parent.closest('[data-panel]')) continue;
        const vertical = getComputedStyle(parent).writingMode.startsWith('vertical');
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
          // The font's ascent and descent reach further than its glyphs.
          const dx = vertical ? rect.width * 0.25 : 0;
          const dy = vertical ? 0 : rect.height * 0.25;
          const by = Math.max(
            box.x - (rect.left - trim.x + dx),
            box.y - (rect.top - trim.y + dy),
            rect.right - trim.x - dx - (box.x + box.width),
            rect.bottom - trim.y - dy - (box.y + box.height),
          );
          if (rect.width > 0 && by > 1) {
            const { width, height } = rect;
            stray.push({
              page,
              panel,
              text,
              by,
              box: { x: rect.x - trim.x, y: rect.y - trim.y, width, height },
            });
            break;
          }
        }
      }
    }
  }
  return stray;
}

/** Addresses of pictures that the browser itself refused without asking for them: `file:` and the like. */
export function missingPictures(): string[] {
  return [...document.querySelectorAll<HTMLImageElement>('img[src]')]
    .filter((image) => image.naturalWidth === 0)
    .map((image) => image.src);
}

declare global {
  /** The pictures that the page was last told to ask for. */
  var waitedFor: readonly HTMLImageElement[];
}

/** Puts the stand-ins into their places; `notLoaded` tells when they are there. */
export function placeStandIns(addresses: string[]): void {
  const images = [...document.querySelectorAll<HTMLImageElement>('img[data-slot]')];
  for (const [i, image] of images.entries()) image.src = addresses[i] ?? '';
  globalThis.waitedFor = images;
}

/** How many of the pictures that were asked for last are not there yet; those that failed count as there. */
export function notLoaded(): number {
  return globalThis.waitedFor.filter(({ complete }) => !complete).length;
}

/**
 * The document's HTML as it now is, with addresses of its own site moved below another path.
 * @param base that path, without a slash at its end
 */
export function laidOutDocument(base: string): string {
  // A document that is not shown loads nothing.
  const copy = document.implementation.createHTMLDocument('');
  const root = copy.importNode(document.documentElement, true);
  for (const [i, image] of root.querySelectorAll('img[data-slot]').entries()) {
    image.setAttribute('src', `/art/${i}`);
    image.removeAttribute('srcset');
  }
  const inStyle = (css: string) =>
    css.replace(/(url\(\s*["']?|@import\s+["'])\/(?!\/)/gi, (_, start: string) => `${start}${base}/`);
  for (const element of root.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (name === 'style') element.setAttribute(name, inStyle(value));
      else if (/^(src|href|xlink:href|poster|data)$/.test(name) && /^\/(?!\/)/.test(value)) {
        element.setAttribute(name, base + value);
      }
    }
    if (element.localName === 'style') element.textContent = inStyle(element.textContent ?? '');
  }
  return `<!doctype html>${root.outerHTML}`;
}

/** Marks elements that carry text themselves, so that their fonts can be asked for. */
export function markTexts(): number {
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set<Element>();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !node.textContent?.trim() || seen.has(parent)) continue;
    seen.add(parent);
    parent.setAttribute('data-text', String(count++));
  }
  return count;
}

/** Waits until every font that the text asks for is there (the page's load event does not wait for them). */
export async function fontsReady(): Promise<void> {
  document.body.getBoundingClientRect();
  await document.fonts.ready;
}

/**
 * Asks for every picture that a style names. The page's load event waits for those of elements alone: a
 * background may be asked for after it, at the first layout, and would be missing from what is printed meanwhile.
 */
export function askForStylePictures(): void {
  const plain = ['background-image', 'border-image-source', 'list-style-image', 'content'];
  // These are asked for as from another origin, which is another request (CSS Masking 1, 3.4; CSS Shapes 1, 6.2).
  const guarded = ['mask-image', '-webkit-mask-box-image-source', 'shape-outside'];
  const asked = new Map<string, HTMLImageElement>();
  for (const element of document.querySelectorAll('*')) {
    for (const pseudo of [null, '::before', '::after', '::marker']) {
      const style = getComputedStyle(element, pseudo);
      for (const property of [...plain, ...guarded]) {
        for (const [, src = ''] of style.getPropertyValue(property).matchAll(/url\("([^"#][^"]*)"\)/g)) {
          const crossOrigin = guarded.includes(property) ? 'anonymous' : null;
          const key = `${crossOrigin} ${src}`;
          if (!asked.has(key)) asked.set(key, Object.assign(new Image(), { crossOrigin, src }));
        }
      }
    }
  }
  globalThis.waitedFor = [...asked.values()];
}

/**
 * Characters that come out as the font's own sign for "no glyph", by element that carries them. Where the
 * machine has no other font either, the browser draws that sign without a word; it is found by its looks, which
 * are those of a code point that no font has.
 */
export function missingGlyphs(): { page: number; text: string; missing: string[] }[] {
  const size = 32;
  const canvas = document.createElement('canvas');
  canvas.width = 2 * size;
  canvas.height = 2 * size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return [];
  /** A hash (FNV-1a) of the alpha channel. */
  const looks = (character: string): number => {
    context.clearRect(0, 0, 2 * size, 2 * size);
    context.fillText(character, size / 2, size * 1.4);
    const { data } = context.getImageData(0, 0, 2 * size, 2 * size);
    let hash = 0x811c9dc5;
    for (let i = 3; i < data.length; i += 4) hash = Math.imul(hash ^ data[i]!, 0x01000193);
    return hash;
  };
  const found: ReturnType<typeof missingGlyphs> = [];
  const nothing = new Map<string, number>();
  const known = new Map<string, boolean>();
  for (const element of document.querySelectorAll('[data-text]')) {
    const page = Number(element.closest<HTMLElement>('[data-trim]')?.dataset.trim) - 1;
    const { fontFamily, fontStyle, fontWeight } = getComputedStyle(element);
    const font = `${fontStyle} ${fontWeight} ${size}px ${fontFamily}`;
    context.font = font;
    if (!nothing.has(font)) nothing.set(font, looks('\u{10FFFE}'));
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const text = own.map((node) => node.textContent ?? '').join('');
    // Spaces, controls, joiners and combining marks have no looks of their own.
    const characters = new Set(text.match(/[^\p{Z}\p{C}\p{M}]/gu) ?? []);
    const missing = [...characters].filter((character) => {
      const key = `${font} ${character}`;
      if (!known.has(key)) known.set(key, looks(character) === nothing.get(font));
      return known.get(key);
    });
    if (missing.length > 0) found.push({ page, text: text.trim(), missing });
  }
  return found;
}

/** Replaces texts in the page's own style rules and in every attribute, at once and without transitions. */
export function replaceTexts(pairs: [from: string, to: string][]): void {
  const changed = (text: string): string => {
    let result = text;
    for (const [from, to] of pairs) result = result.split(from).join(to);
    return result;
  };
  if (!document.querySelector('style[data-still]')) {
    const still = document.createElement('style');
    still.dataset.still = '';
    still.textContent = '*,::before,::after{transition:none!important}';
    document.head.append(still);
  }
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      const text = changed(value);
      if (text !== value) element.setAttribute(name, text);
    }
    if (element.localName !== 'style') continue;
    const rules = element.textContent ?? '';
    const text = changed(rules);
    if (text !== rules) element.textContent = text;
  }
}
