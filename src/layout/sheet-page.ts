import type { Browser, Page } from 'puppeteer-core';
import { ExitCode, PrintcatError } from '../errors.ts';
import type { DrawnPicture } from '../press/coarse.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { scaled, translate } from '../units.ts';
import { LAYOUT_ZOOM } from './base-css.ts';
import { fitOrRefuse, refuseMissingGlyphs, refuseOverTheEdge, refuseStray } from './checks.ts';
import {
  askForStylePictures,
  fontsReady,
  laidOutDocument,
  measureSlots,
  missingPictures,
  placeStandIns,
  replaceTexts,
  trimWidth,
} from './in-page.ts';
import { refuseMixedPages } from './mixed-pages.ts';
import { type LentPage, lendPage } from './pages.ts';
import { picturesLoaded } from './pictures-loaded.ts';
import { refuseUnprintable } from './refusals.ts';
import { drawnPictures } from './refusals-in-page.ts';
import { ORIGIN, SheetResources } from './resources.ts';
import { findSeeThrough, type SeeThrough } from './see-through.ts';
import { type SlotBox, slotBox } from './slot-box.ts';
import type { Template } from './template.ts';
import { refuseColoursInPictures } from './vector-pictures.ts';

/** The pages of a product opened in the browser: laid out, measured, checked, and ready to be printed. */
export class SheetPage {
  readonly slots: readonly SlotBox[];
  readonly geometry: Geometry;
  readonly #lent: LentPage;
  /** What was asked of the page and failed, or is still under way. */
  #unanswered = 0;
  readonly #resources: SheetResources;
  readonly #template: Template;
  readonly #mmPerPx: number;

  private constructor(
    lent: LentPage,
    resources: SheetResources,
    template: Template,
    geometry: Geometry,
    mmPerPx: number,
    slots: readonly SlotBox[],
  ) {
    this.#lent = lent;
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
    const resources = new SheetResources(template, html);
    const lent = await lendPage(browser, resources);
    const { page, inspector } = lent;
    try {
      await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
      await page.evaluate(fontsReady);
      await page.evaluate(askForStylePictures);
      await picturesLoaded(page);
      resources.refused.push(...(await page.evaluate(missingPictures)));
      refuseForeign(template, resources);
      await refuseMixedPages(page, template, geometry);
      await refuseUnprintable(page, template, geometry);
      await refuseColoursInPictures(page, template, geometry, resources.asking);
      const mmPerPx = geometry.trim.width / (await page.evaluate(trimWidth));
      const laid = { page, inspector, template, geometry, mmPerPx };
      await fitOrRefuse(laid);
      await refuseOverTheEdge(laid);
      await refuseStray(laid);
      await refuseMissingGlyphs(laid);
      const measured = await page.evaluate(measureSlots);
      const slots = measured.map((slot) => slotBox(slot, { template, geometry, mmPerPx, pictures }));
      return new SheetPage(lent, resources, template, geometry, mmPerPx, slots);
    } catch (error) {
      await lent.close();
      throw error;
    }
  }

  /** What on the pages lets something show through; pictures in slots are not among it. */
  seeThrough(): Promise<SeeThrough[]> {
    return this.#ask((page) =>
      findSeeThrough(page, this.geometry, (address) => this.#resources.fileOf(address)),
    );
  }

  /** Puts a stand-in JPEG into each slot, in the order of `slots`. */
  async place(standIns: readonly Uint8Array[]): Promise<void> {
    const addresses = standIns.map((jpeg, i) => this.#resources.offer(String(i), jpeg));
    await this.#ask(async (page) => {
      await page.evaluate(placeStandIns, addresses);
      await picturesLoaded(page);
    });
    refuseForeign(this.#template, this.#resources);
  }

  /** The elements that show pictures of the template's own, with their boxes on the printed page. */
  async drawnPictures(): Promise<DrawnPicture[]> {
    const { x, y } = pageBoxes(this.geometry).trim;
    const found = await this.#ask((page) => page.evaluate(drawnPictures));
    return found.map(({ page, element, source, ...box }) => ({
      ...{ page, element, source },
      box: translate(scaled(box, this.#mmPerPx), x, y),
    }));
  }

  /** Replaces texts in style rules and attributes, such as one colour by another. */
  async replace(pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
    const texts = pairs.map(([from, to]): [string, string] => [from, to]);
    await this.#ask((page) => page.evaluate(replaceTexts, texts));
  }

  /** Prints the pages: an RGB PDF with live text, vectors and stand-ins, a little larger than the media box. */
  async pdf(): Promise<Uint8Array> {
    return this.#ask((page) =>
      page.pdf({
        scale: 1 / LAYOUT_ZOOM,
        preferCSSPageSize: true,
        printBackground: true,
        tagged: false,
        outline: false,
      }),
    );
  }

  /**
   * The document as it was laid out, with its type as small as it was made to fit: to be seen without this browser.
   * @param base path under which `resources` are found there, without a slash at its end; slots show `base/art/0`, …
   */
  async document(base: string): Promise<string> {
    return this.#ask((page) => page.evaluate(laidOutDocument, base));
  }

  get resources(): SheetResources {
    return this.#resources;
  }

  /** Ends the sheet; its page is used for another one if all that was asked of it was answered. */
  close(): Promise<void> {
    return this.#unanswered === 0 ? this.#lent.giveBack() : this.#lent.close();
  }

  async #ask<T>(question: (page: Page) => Promise<T>): Promise<T> {
    this.#unanswered++;
    const answer = await question(this.#lent.page);
    this.#unanswered--;
    return answer;
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
