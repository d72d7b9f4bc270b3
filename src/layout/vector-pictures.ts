import type { Page } from 'puppeteer-core';
import { PrintcatError } from '../errors.ts';
import type { Geometry } from '../products/geometry.ts';
import { atPage } from './page-name.ts';
import type { Template } from './template.ts';

/** Whether an address is that of an SVG. */
export const isVector = (address: string): boolean => /\.svg(?:[?#]|$)|^data:image\/svg/i.test(address);

const WANTED = /\{\{[^}]*\}\}|(?:device-cmyk|icc-color)\(|var\(\s*(--[\w-]+)/gi;

/**
 * What an SVG file asks for and cannot have: a picture is a document of its own, which sees neither the template's
 * colours nor its Liquid, and the browser draws in black what it does not understand.
 * @returns the words of the file; `null` where it has all that it asks for
 */
export function colourOfAnother(svg: string): string | null {
  for (const [words, property] of svg.matchAll(WANTED)) {
    if (property === undefined) return words;
    const isOwn = new RegExp(`${property}\\s*:`).test(svg);
    if (!isOwn) return `${words})`;
  }
  return null;
}

/**
 * Refuses SVG files, shown by an `<img>` or named by a style, that ask for colours of the template.
 * @param asking the words of `colourOfAnother` by the picture's address
 * @throws PrintcatError with the element, the words and what to use instead
 */
export async function refuseColoursInPictures(
  page: Page,
  template: Template,
  geometry: Geometry,
  asking: ReadonlyMap<string, string>,
): Promise<void> {
  if (asking.size === 0) return;
  const { seeThroughElements } = await import('./see-through-in-page.ts');
  for (const { page: index, element, picture } of await page.evaluate(seeThroughElements, [])) {
    const words = picture === null ? undefined : asking.get(picture.split('#')[0]!);
    if (words === undefined) continue;
    throw new PrintcatError(
      `${atPage(template, geometry, index)}: the SVG picture of ${element} asks for ${words}, which a picture cannot have: the browser would draw it black`,
      {
        hint: 'Write the <svg> into the template itself, where var(--colour-…) and {{ "name" | colour }} reach it.',
      },
    );
  }
}
