import type { Page } from 'puppeteer-core';
import { PrintcatError } from '../errors.ts';
import type { Geometry } from '../products/geometry.ts';
import { atPage } from './page-name.ts';
import type { Template } from './template.ts';

/** A kind of element that is not laid out from the template alone. */
interface TagRule {
  readonly tags: readonly string[];
  readonly what: string;
  readonly use: string;
}

/** Values of a CSS property that do not come out of the browser as they are seen in it. */
interface StyleRule {
  /** A computed property that must match before `values` is looked at, besides the property itself. */
  readonly when?: { readonly property: string; readonly values: string };
  readonly property: string;
  /** Source of a regular expression over the computed value; what it matches is refused. */
  readonly values: string;
  /** What the browser does with it. */
  readonly why: string;
  /** What to use instead. */
  readonly use: string;
}

export const REFUSED_TAGS: readonly TagRule[] = [
  {
    tags: ['canvas'],
    what: 'templates run no scripts',
    use: 'Draw it with HTML, CSS or SVG.',
  },
  {
    tags: ['iframe', 'frame', 'object', 'embed', 'portal'],
    what: 'a page within the page is not loaded',
    use: 'Put its content into the template, a picture into an <img>.',
  },
  {
    tags: ['video', 'audio', 'marquee'],
    what: 'paper does not move',
    use: 'Put a picture into an <img>.',
  },
  {
    tags: ['input', 'button', 'select', 'textarea', 'meter', 'progress'],
    what: "form controls look as the machine's own, with its fonts",
    use: 'Draw it with a <div> or with SVG.',
  },
];

const PIXELS = 'the browser draws it as pixels of its own';
/** A gradient with interpolation in another space, or with stops that ask for one. */
const OTHER_SPACE =
  'gradient\\((?=[^;]*(?:\\bin (?!srgb\\b)[a-z]|oklch\\(|oklab\\(|lch\\(|lab\\(|color\\())(?![^;]*\\bin srgb\\b)';

/** Measured with Chromium 148 and 156 on test/press/css; every rule has its snippet there. */
export const REFUSED_STYLES: readonly StyleRule[] = [
  {
    property: 'filter',
    values: '^(?!none$)',
    why: PIXELS,
    use: 'Change the picture itself; for a shadow take box-shadow or text-shadow, for a tint mix-blend-mode: multiply.',
  },
  {
    property: 'backdrop-filter',
    values: '^(?!none$)',
    why: 'it is lost in print',
    use: 'Lay a see-through colour over the picture instead.',
  },
  {
    property: 'transform',
    values: '^matrix3d',
    why: PIXELS,
    use: 'Use rotate(), scale() and skew() in the plane.',
  },
  {
    property: 'rotate',
    values: '[xy] |\\d+ \\d',
    why: PIXELS,
    use: 'Use rotate with an angle alone.',
  },
  {
    property: 'background-attachment',
    values: 'fixed',
    when: { property: 'background-image', values: '^(?!none$)' },
    why: 'the browser scales it to another page',
    use: 'Use background-attachment: scroll.',
  },
  {
    property: 'mix-blend-mode',
    values: '^(?!normal$|multiply$|soft-light$|hue$|color$)',
    why: 'it looks otherwise in inks than in light',
    use: 'Use multiply, soft-light, hue or color, or change the picture itself.',
  },
  {
    property: 'background-blend-mode',
    values: '(?:^|, )(?!normal)',
    why: 'it looks otherwise in inks than in light',
    use: 'Use an element of its own with mix-blend-mode: multiply.',
  },
  {
    property: 'background-image',
    values: OTHER_SPACE,
    why: 'the browser prints it in sRGB, not as it is seen',
    use: 'Give the gradient more stops in sRGB colours.',
  },
  ...['background-image', 'list-style-image', 'content'].map((property) => ({
    property,
    values: 'cross-fade\\(',
    why: 'the browser prints it paler than it is seen',
    use: 'Mix the two pictures into one file.',
  })),
  {
    property: 'background-repeat',
    values: 'space',
    when: { property: 'background-image', values: '^(?!none$)' },
    why: 'the browser draws it at 72 ppi',
    use: 'Use background-repeat: round, or place the pictures one by one.',
  },
  {
    property: 'background-size',
    values: '(?:^|, )(?!auto|cover|contain|100% 100%)',
    when: { property: 'background-image', values: '^(?:[^u]|u(?!rl))*gradient' },
    why: 'the browser draws a repeated gradient at 72 ppi',
    use: 'Use a repeating-linear-gradient, background-repeat: no-repeat, or an SVG file as background picture.',
  },
  {
    property: 'mask-image',
    values: '^(?!none$)',
    when: { property: 'background-color', values: '^(?!rgba\\(.*, 0\\)$|transparent$)' },
    why: 'a colour thins out otherwise in inks than in light',
    use: 'Use a gradient with see-through stops as the background; masks are for pictures.',
  },
  {
    property: 'mask-composite',
    values: '(?:^|, )(?!add)',
    when: { property: 'mask-image', values: ',' },
    why: 'the browser prints it otherwise than it is seen',
    use: 'Use one mask-image, or nest two elements with one each.',
  },
  {
    property: '-webkit-box-reflect',
    values: '^(?!none$)',
    why: PIXELS,
    use: 'Place the picture a second time with transform: scaleY(-1) and a mask-image.',
  },
  {
    property: 'text-decoration-style',
    values: 'wavy',
    when: { property: 'text-decoration-line', values: '^(?!none$)' },
    why: 'the browser draws it at 72 ppi',
    use: 'Use solid, double, dotted or dashed, or an SVG path.',
  },
  {
    property: 'animation-name',
    values: '^(?!none$)',
    why: 'paper does not move, and when the page is printed is chance',
    use: 'Set the style that is wanted.',
  },
  {
    property: 'fill',
    values: '^url\\(.*\\)pattern$',
    why: 'the browser draws SVG patterns at 72 ppi',
    use: 'Draw the shapes themselves with <use>, clipped by a clip-path.',
  },
  {
    property: 'stroke',
    values: '^url\\(.*\\)pattern$',
    why: 'the browser draws SVG patterns at 72 ppi',
    use: 'Draw the shapes themselves with <use>, clipped by a clip-path.',
  },
];

/** An element that a rule refuses. */
export interface Refusal {
  /** Its place among the product's pages, from 0. */
  readonly page: number;
  /** `div.card`, `img#hero`, `p "Once upon a time"`, with `::before` where it is that. */
  readonly element: string;
  readonly tag: string;
  /** Index among the style rules, with the computed value; `null` for a refused tag. */
  readonly style: { readonly rule: number; readonly value: string } | null;
}

/**
 * Refuses what the browser would print otherwise than it shows it, or in pixels of its own making.
 * @throws PrintcatError with the feature, the element and what to use instead
 */
export async function refuseUnprintable(page: Page, template: Template, geometry: Geometry): Promise<void> {
  const { findRefusals, pageRule } = await import('./refusals-in-page.ts');
  const ownPage = await page.evaluate(pageRule);
  if (ownPage) {
    throw new PrintcatError(
      `Template ${template.name}: its style sheet has ${ownPage}, but the page is the product's`,
      {
        hint: 'Leave the rule away: paint a ground on the body or a panel, and set type in an element of its own.',
      },
    );
  }
  const tags = REFUSED_TAGS.flatMap((rule) => rule.tags);
  const rules = REFUSED_STYLES.map(({ property, values, when }) => ({
    property,
    values,
    when: when ?? null,
  }));
  const [first] = await page.evaluate(findRefusals, tags, rules);
  if (!first) return;
  const where = atPage(template, geometry, first.page);
  if (first.style) {
    const rule = REFUSED_STYLES[first.style.rule]!;
    throw new PrintcatError(
      `${where}: ${first.element} has ${rule.property}: ${first.style.value}, which cannot be printed as it is seen: ${rule.why}`,
      { hint: rule.use },
    );
  }
  const rule = REFUSED_TAGS.find(({ tags }) => tags.includes(first.tag))!;
  throw new PrintcatError(
    `${where}: ${first.element} is a <${first.tag}>, which cannot be printed: ${rule.what}`,
    { hint: rule.use },
  );
}
