import type { Page } from 'puppeteer-core';
import { PrintcatError } from '../errors.ts';
import type { Geometry } from '../products/geometry.ts';
import { onPage } from './page-name.ts';
import type { Template } from './template.ts';
import { isVector } from './vector-pictures.ts';

/** A CSS property by which an element lets what lies below it show through. */
export interface SeeThroughRule {
  readonly property: string;
  /** Source of a regular expression over the computed value. */
  readonly values: string;
  /** Another property that must match too. */
  readonly when?: { readonly property: string; readonly values: string };
  /** `text` counts where the element has text of its own, `shape` for SVG shapes and text. */
  readonly on?: 'text' | 'shape';
}

/** A colour between invisible and opaque; one with an alpha of 0 paints nothing. */
const ALPHA = '(?:rgba\\([^)]*,|/) (?:0?\\.\\d+|\\de-\\d+)\\)';
/** Text in no colour at all is printed all the same, unseen. */
const FAINT = '(?:rgba\\([^)]*,|/) (?:0|0?\\.\\d+|\\de-\\d+)\\)';
/** In a gradient invisible stops count too: the colour fades towards them. */
const FADING = `gradient\\(.*(?:${ALPHA}|rgba\\([^)]*, 0\\)|/ 0\\))`;
/** A shadow's third length is its blur. */
const BLURRED = '(?<!rgba\\([^)]*, 0)\\) -?[\\d.]+px -?[\\d.]+px (?!0px)';
const NOT_NONE = '^(?!none$)';
const BELOW_ONE = '^(?:0?\\.\\d+|\\de-\\d+)$';

const line = (property: string): SeeThroughRule => ({
  property: `${property}-color`,
  values: ALPHA,
  when: { property: `${property}-style`, values: NOT_NONE },
});

/** Measured with Chromium on test/press/css: what they find has transparency in the printed file, and only that. */
export const SEE_THROUGH: readonly SeeThroughRule[] = [
  { property: 'opacity', values: BELOW_ONE },
  { property: 'mix-blend-mode', values: '^(?!normal$)' },
  { property: 'mask-image', values: NOT_NONE },
  { property: '-webkit-mask-box-image-source', values: NOT_NONE },
  { property: 'background-color', values: ALPHA },
  { property: 'background-image', values: FADING },
  { property: 'background-clip', values: 'text' },
  { property: 'clip-path', values: '^text$' },
  { property: 'border-image-source', values: FADING },
  { property: 'list-style-image', values: FADING, when: { property: 'display', values: 'list-item' } },
  { property: 'box-shadow', values: `${ALPHA}|${BLURRED}` },
  { property: 'text-shadow', values: `${ALPHA}|${BLURRED}`, on: 'text' },
  {
    property: 'color',
    values: FAINT,
    when: { property: '-webkit-text-fill-color', values: FAINT },
    on: 'text',
  },
  { property: '-webkit-text-fill-color', values: FAINT, on: 'text' },
  {
    property: '-webkit-text-stroke-color',
    values: ALPHA,
    when: { property: '-webkit-text-stroke-width', values: '^(?!0px$)' },
    on: 'text',
  },
  {
    property: 'text-decoration-color',
    values: ALPHA,
    when: { property: 'text-decoration-line', values: NOT_NONE },
  },
  {
    property: 'text-emphasis-color',
    values: ALPHA,
    when: { property: 'text-emphasis-style', values: NOT_NONE },
    on: 'text',
  },
  ...['border-top', 'border-right', 'border-bottom', 'border-left', 'outline', 'column-rule'].map(line),
  { property: 'fill', values: `${ALPHA}|^fading$`, on: 'shape' },
  { property: 'stroke', values: `${ALPHA}|^fading$`, on: 'shape' },
  { property: 'fill-opacity', values: BELOW_ONE, when: { property: 'fill', values: NOT_NONE }, on: 'shape' },
  {
    property: 'stroke-opacity',
    values: BELOW_ONE,
    when: { property: 'stroke', values: NOT_NONE },
    on: 'shape',
  },
];

/** An element that lets something show through, and by what. */
export interface SeeThrough {
  /**
   * `div.card`, `p "Once upon a time"`, `img[data-slot="art"]`, with `::before` where it is that, and with
   * ` on page 2 (back)` where the product has several pages.
   */
  readonly element: string;
  /** `opacity: 0.5`, `a picture with transparent parts (cat.png)` */
  readonly cause: string;
}

/** What lets something show through in an SVG file, by its text: its elements are not of the page. */
const SEE_THROUGH_SVG =
  /opacity\s*[:=]\s*["']?\s*(?:0?\.\d|0\b(?!\.)|\d{1,2}%)|(?:rgb|hsl|color|ok|la|lc)\w*\([^)]*[,/]\s*(?:0?\.\d+|\d{1,2}%)\s*\)|["':\s]#(?:[\da-f]{8}|[\da-f]{4})\b|mix-blend-mode|<(?:mask|filter|image)\b/i;

/** Whether a picture has parts that are not opaque; what cannot be read is not drawn either. */
async function isSeeThrough(address: string, file: Buffer): Promise<boolean> {
  if (isVector(address)) return SEE_THROUGH_SVG.test(file.toString());
  const { default: sharp } = await import('sharp');
  return sharp(file)
    .stats()
    .then(
      ({ isOpaque }) => !isOpaque,
      () => false,
    );
}

/**
 * Everything on the pages that lets something show through, in the order of the document.
 * @param fileOf the bytes of a picture by its address
 */
export async function findSeeThrough(
  page: Page,
  geometry: Geometry,
  fileOf: (address: string) => Promise<Buffer>,
): Promise<SeeThrough[]> {
  const { seeThroughElements } = await import('./see-through-in-page.ts');
  const rules = SEE_THROUGH.map(({ property, values, when, on }) => ({
    ...{ property, values },
    ...{ when: when ?? null, on: on ?? null },
  }));
  const found = await page.evaluate(seeThroughElements, rules);
  // A picture that many elements show is looked at once.
  const looks = new Map<string, Promise<boolean>>();
  const look = (picture: string): Promise<boolean> => {
    const seen = looks.get(picture) ?? fileOf(picture).then((file) => isSeeThrough(picture, file));
    looks.set(picture, seen);
    return seen;
  };
  const sure = await Promise.all(found.map(({ picture }) => picture === null || look(picture)));
  return found
    .filter((_, i) => sure[i])
    .map(({ page, element, cause }) => ({ element: `${element}${onPage(geometry, page)}`, cause }));
}

/** A slot whose picture has an alpha channel. */
export const seeThroughSlot = (
  { slot, page }: { readonly slot: string; readonly page: number },
  geometry: Geometry,
): SeeThrough => ({
  element: `img[data-slot="${slot}"]${onPage(geometry, page)}`,
  cause: 'a picture with transparent parts',
});

/** Named in an error; the rest is counted. */
const SHOWN = 3;

/**
 * Refuses a page for a standard without transparency.
 * @param standard its name, for the error
 * @throws PrintcatError with the elements and what makes them see-through
 */
export function refuseSeeThrough(template: Template, standard: string, found: readonly SeeThrough[]): void {
  if (found.length === 0) return;
  const shown = found.slice(0, SHOWN).map(({ element, cause }) => `${element} has ${cause}`);
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : '';
  throw new PrintcatError(
    `Template ${template.name}: ${standard} allows no transparency, but ${shown.join(', ')}${more}`,
    { hint: 'Use opaque colours and pictures there, or --standard x4, which keeps transparency.' },
  );
}
