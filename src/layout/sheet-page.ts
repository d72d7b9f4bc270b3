import type { Browser, Page } from 'puppeteer-core';
import { ExitCode, PrintcatError } from '../errors.ts';
import type { DrawnPicture } from '../press/coarse.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { scaled, translate } from '../units.ts';
import { LAYOUT_ZOOM } from './base-css.ts';
import { fitOrRefuse, refuseMissingGlyphs, refuseOverTheEdge, refuseStray } from './checks.ts';
import {
  fontsReady,
  laidOutDocument,
  measureSlots,
  missingPictures,
  placeStandIns,
  replaceTexts,
  stylePicturesReady,
  trimWidth,
} from './in-page.ts';
import { keepLayoutPage, type LayoutPage, takeLayoutPage } from './layout-page.ts';
import { refuseMixedPages } from './mixed-pages.ts';
import { refuseUnprintable } from './refusals.ts';
import { drawnPictures } from './refusals-in-page.ts';
import { ORIGIN, SheetResources } from './resources.ts';
import { findSeeThrough, type SeeThrough } from './see-through.ts';
import { type SlotBox, slotBox } from './slot-box.ts';
import type { Template } from './template.ts';

/** The pages of a product opened in the browser: laid out, measured, checked, and ready to be printed. */
export class SheetPage {
  readonly slots: readonly SlotBox[];
  readonly geometry: Geometry;
  readonly #own: LayoutPage;
  readonly #resources: SheetResources;
  readonly #template: Template;
  readonly #mmPerPx: number;

  private constructor(
    own: LayoutPage,
    resources: SheetResources,
    template: Template,
    geometry: Geometry,
    mmPerPx: number,
    slots: readonly SlotBox[],
  ) {
    this.#own = own;
    this.#resources = resources;
    this.#template = template;
    this.geometry = geometry;
    this.#mmPerPx = mmPerPx;
    this.slots = slots;
  }

  /**
   * Lays the pages out.
   * @param pictures how many the order has
   * @throws PrintcatError where text does not fit or leaves the safe area, where a character has no glyph in
   *   the template's fonts, where a slot asks for a picture that the order does not have, or where the template asks for something that it may not have
   */
  static async open(
    browser: Browser,
    template: Template,
    geometry: Geometry,
    html: string,
    pictures = 1,
  ): Promise<SheetPage> {
    const own = await takeLayoutPage(browser);
    const { page, inspector } = own;
    const resources = new SheetResources(template, html);
    try {
      resources.attach(page);
      await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
      await page.evaluate(fontsReady);
      await page.evaluate(stylePicturesReady);
      resources.refused.push(...(await page.evaluate(missingPictures)));
      refuseForeign(template, resources);
      await refuseMixedPages(page, template, geometry);
      await refuseUnprintable(page, template, geometry);
      const mmPerPx = geometry.trim.width / (await page.evaluate(trimWidth));
      const laid = { page, inspector, template, geometry, mmPerPx };
      await fitOrRefuse(laid);
      await refuseOverTheEdge(laid);
      await refuseStray(laid);
      await refuseMissingGlyphs(laid);
      const measured = await page.evaluate(measureSlots);
      const slots = measured.map((slot) => slotBox(slot, { template, geometry, mmPerPx, pictures }));
      return new SheetPage(own, resources, template, geometry, mmPerPx, slots);
    } catch (error) {
      // Whoever typed a word too many tries again at once; a page that broke itself is of no more use.
      resources.detach(page);
      if (error instanceof PrintcatError) keepLayoutPage(own);
      else await page.close().catch(() => undefined);
      throw error;
    }
  }

  /** What on the pages lets something show through; pictures in slots are not among it. */
  seeThrough(): Promise<SeeThrough[]> {
    return findSeeThrough(this.#page, this.geometry, (address) => this.#resources.textOf(address));
  }

  /** Puts a stand-in JPEG into each slot, in the order of `slots`. */
  async place(standIns: readonly Uint8Array[]): Promise<void> {
    const addresses = standIns.map((jpeg, i) => this.#resources.offer(String(i), jpeg));
    await this.#page.evaluate(placeStandIns, addresses);
    refuseForeign(this.#template, this.#resources);
  }

  /** The elements that show pictures of the template's own, with their boxes on the printed page. */
  async drawnPictures(): Promise<DrawnPicture[]> {
    const { x, y } = pageBoxes(this.geometry).trim;
    const found = await this.#page.evaluate(drawnPictures);
    return found.map(({ page, element, source, ...box }) => ({
      ...{ page, element, source },
      box: translate(scaled(box, this.#mmPerPx), x, y),
    }));
  }

  /** Replaces texts in style rules and attributes, such as one colour by another. */
  async replace(pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
    await this.#page.evaluate(
      replaceTexts,
      pairs.map(([from, to]): [string, string] => [from, to]),
    );
  }

  /** Prints the pages: an RGB PDF with live text, vectors and stand-ins, a little larger than the media box. */
  async pdf(): Promise<Uint8Array> {
    return this.#page.pdf({
      scale: 1 / LAYOUT_ZOOM,
      preferCSSPageSize: true,
      printBackground: true,
      tagged: false,
      outline: false,
    });
  }

  /**
   * The document as it was laid out, with its type as small as it was made to fit: to be seen without this browser.
   * @param base path under which `resources` are found there, without a slash at its end; slots show `base/art/0`, …
   */
  async document(base: string): Promise<string> {
    return this.#page.evaluate(laidOutDocument, base);
  }

  get resources(): SheetResources {
    return this.#resources;
  }

  /** Leaves the page to the next layout, which then need not wait for one. */
  leave(): void {
    this.#resources.detach(this.#page);
    keepLayoutPage(this.#own);
  }

  async close(): Promise<void> {
    await this.#page.close().catch(() => undefined);
  }

  get #page(): Page {
    return this.#own.page;
  }
}

function refuseForeign(template: Template, resources: SheetResources): void {
  const [first] = resources.refused;
  if (!first) return;
  if (first.startsWith(`${ORIGIN}/`)) {
    throw new PrintcatError(`Template ${template.name} has no file ${first.slice(ORIGIN.length)}`, {
      hint: "/template/ is the template's own folder, /fonts/@fontsource/ holds the packages that its template.json names.",
    });
  }
  throw new PrintcatError(`Template ${template.name} asks for ${first}, which it may not load`, {
    hint: "Templates have no network: put the file into the template's folder, under /template/.",
    exitCode: ExitCode.usage,
  });
}
