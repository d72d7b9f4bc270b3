import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { ExitCode, PrintcatError } from '../errors.ts';
import type { DrawnPicture } from '../press/coarse.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { type Box, type Edges, translate } from '../units.ts';
import {
  bodyWidth,
  fitText,
  fontsReady,
  markTexts,
  measureSlots,
  missingGlyphs,
  missingPictures,
  placeStandIns,
  replaceTexts,
  strayTexts,
  stylePicturesReady,
} from './in-page.ts';
import { refuseUnprintable } from './refusals.ts';
import { drawnPictures, overTheEdge } from './refusals-in-page.ts';
import { ORIGIN, SheetResources } from './resources.ts';
import { findSeeThrough, type SeeThrough } from './see-through.ts';
import { LAYOUT_ZOOM, PAPER_SURPLUS } from './sheet.ts';
import type { Template } from './template.ts';

/** A place for a picture, as the layout came out. */
export interface SlotBox {
  readonly slot: string;
  /** mm from the trim box's top left corner. */
  readonly box: Box;
  /** How much of `box` on each side lies outside the trim, mm; 0 where the place is turned or lies inside. */
  readonly bleed: Edges;
}

const NO_BLEED: Edges = { top: 0, right: 0, bottom: 0, left: 0 };

/** A sheet opened in the browser: laid out, measured, checked, and ready to be printed. */
export class SheetPage {
  readonly slots: readonly SlotBox[];
  readonly #page: Page;
  readonly #resources: SheetResources;
  readonly #template: Template;
  readonly #geometry: Geometry;
  readonly #mmPerPx: number;

  private constructor(
    page: Page,
    resources: SheetResources,
    template: Template,
    geometry: Geometry,
    mmPerPx: number,
    slots: readonly SlotBox[],
  ) {
    this.#page = page;
    this.#resources = resources;
    this.#template = template;
    this.#geometry = geometry;
    this.#mmPerPx = mmPerPx;
    this.slots = slots;
  }

  /**
   * Lays a sheet out.
   * @throws PrintcatError where text does not fit or leaves the safe area, where a character has no glyph in
   *   the template's fonts, or where the template asks for something that it may not have
   */
  static async open(
    browser: Browser,
    template: Template,
    geometry: Geometry,
    html: string,
  ): Promise<SheetPage> {
    const page = await blankPage(browser);
    try {
      const resources = new SheetResources(template, html);
      await page.setJavaScriptEnabled(false);
      await resources.attach(page);
      await page.emulateMediaType('print');
      await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
      await page.evaluate(fontsReady);
      await page.evaluate(stylePicturesReady);
      resources.refused.push(...(await page.evaluate(missingPictures)));
      refuseForeign(template, resources);
      await refuseUnprintable(page, template);
      const failures = await page.evaluate(fitText);
      if (failures.length > 0) throw doesNotFit(template, failures[0]!);
      const mmPerPx = geometry.trim.width / (await page.evaluate(bodyWidth));
      await refuseOverTheEdge(page, template, geometry, mmPerPx);
      await refuseStray(page, template, geometry, mmPerPx);
      await refuseMissingGlyphs(page, template);
      const measured = await page.evaluate(measureSlots);
      const slots = measured.map(({ slot, box, upright }) =>
        slotBox(slot, scaleBox(box, mmPerPx), upright, geometry),
      );
      for (const { slot } of slots) {
        if (!template.slots[slot]) {
          throw new PrintcatError(`Template ${template.name}: data-slot="${slot}" is not among its slots`, {
            hint: 'Declare it under "slots" in template.json.',
          });
        }
      }
      return new SheetPage(page, resources, template, geometry, mmPerPx, slots);
    } catch (error) {
      await page.close().catch(() => undefined);
      throw error;
    }
  }

  /** What on the sheet lets something show through; pictures in slots are not among it. */
  seeThrough(): Promise<SeeThrough[]> {
    return findSeeThrough(this.#page, (address) => this.#resources.textOf(address));
  }

  /** Puts a stand-in JPEG into each slot, in the order of `slots`. */
  async place(standIns: readonly Uint8Array[]): Promise<void> {
    const addresses = standIns.map((jpeg, i) => this.#resources.offer(String(i), jpeg));
    await this.#page.evaluate(placeStandIns, addresses);
    refuseForeign(this.#template, this.#resources);
  }

  /** The elements that show pictures of the template's own, with their boxes on the printed page. */
  async drawnPictures(): Promise<DrawnPicture[]> {
    const { x, y } = pageBoxes(this.#geometry).trim;
    const found = await this.#page.evaluate(drawnPictures);
    return found.map(({ element, source, ...box }) => ({
      element,
      source,
      box: translate(scaleBox(box, this.#mmPerPx), x, y),
    }));
  }

  /** Replaces texts in style rules and attributes, such as one colour by another. */
  async replace(pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
    await this.#page.evaluate(
      replaceTexts,
      pairs.map(([from, to]): [string, string] => [from, to]),
    );
  }

  /** Prints the sheet: an RGB PDF with live text, vectors and stand-ins, a little larger than the media box. */
  async pdf(): Promise<Uint8Array> {
    return this.#page.pdf({
      scale: 1 / LAYOUT_ZOOM,
      preferCSSPageSize: true,
      printBackground: true,
      tagged: false,
      outline: false,
    });
  }

  async close(): Promise<void> {
    await this.#page.close().catch(() => undefined);
  }
}

const taken = new WeakSet<Page>();

/** A page for one sheet: the one that the browser opened by itself, as long as nobody has it, else a new one. */
async function blankPage(browser: Browser): Promise<Page> {
  const free = (await browser.pages()).find((page) => page.url() === 'about:blank' && !taken.has(page));
  const page = free ?? (await browser.newPage());
  taken.add(page);
  return page;
}

const scaleBox = (box: Box, k: number): Box => ({
  x: box.x * k,
  y: box.y * k,
  width: box.width * k,
  height: box.height * k,
});

function slotBox(slot: string, box: Box, upright: boolean, { trim, bleed }: Geometry): SlotBox {
  if (!(box.width > 0.5 && box.height > 0.5)) {
    throw new PrintcatError(`The picture place "${slot}" has no size on this product`, {
      hint: "Give img[data-slot] a width and a height in the template's style sheet.",
    });
  }
  if (!upright) return { slot, box, bleed: NO_BLEED };
  const past = (outside: number, limit: number) => Math.max(0, Math.min(outside, limit));
  return {
    slot,
    box,
    bleed: {
      top: past(-box.y, bleed.top),
      left: past(-box.x, bleed.left),
      right: past(box.x + box.width - trim.width, bleed.right),
      bottom: past(box.y + box.height - trim.height, bleed.bottom),
    },
  };
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

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text);

function doesNotFit(
  template: Template,
  { field, text, minPercent }: { field: string; text: string; minPercent: number },
) {
  return new PrintcatError(
    `The ${field} does not fit: "${short(text)}" (${text.length} characters) overflows at the smallest size that ${template.name} allows (${minPercent} %)`,
    { hint: 'Shorten it, choose a larger size, or another template (printcat templates).' },
  );
}

/** A page larger than its sheet would be shrunk by the browser: every size on it would be wrong. */
async function refuseOverTheEdge(
  page: Page,
  template: Template,
  geometry: Geometry,
  mmPerPx: number,
): Promise<void> {
  const { media } = pageBoxes(geometry);
  const [width, height] = [media.width, media.height].map((mm) => (mm + PAPER_SURPLUS) / mmPerPx);
  const found = await page.evaluate(overTheEdge, width!, height!);
  if (!found) return;
  throw new PrintcatError(
    `Template ${template.name}: ${found.element} reaches ${(found.by * mmPerPx).toFixed(1)} mm over the edge of the sheet`,
    { hint: 'Keep it within the bleed, or cut it off by overflow: hidden on the element around it.' },
  );
}

/** A box in the middle of another that nothing fits into. */
const nowhere = ({ x, y, width, height }: Box): Box => ({
  x: x + width / 2,
  y: y + height / 2,
  width: 0,
  height: 0,
});

/** The smallest box around others. */
function hull(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

async function refuseStray(
  page: Page,
  template: Template,
  geometry: Geometry,
  mmPerPx: number,
): Promise<void> {
  const inPx = (box: Box) => scaleBox(box, 1 / mmPerPx);
  // Type that belongs to no panel keeps off the cut all the same.
  const safe = [
    ...geometry.pages[0]!.panels.map(({ name, box, safe, text }) => ({
      panel: name,
      box: inPx(text ? safe : nowhere(box)),
    })),
    { panel: null, box: inPx(hull(geometry.pages[0]!.panels.map((panel) => panel.safe))) },
  ];
  const [first] = await page.evaluate(strayTexts, safe);
  if (!first) return;
  if (geometry.pages[0]!.panels.some(({ name, text }) => name === first.panel && !text)) {
    throw new PrintcatError(
      `Template ${template.name}: "${short(first.text)}" stands on the ${first.panel}, where this printer allows no type (PR-SPINE)`,
      { hint: 'Put it into [data-safe], which is left out there, or ask for sheet.panels.<name>.text.' },
    );
  }
  throw new PrintcatError(
    `Template ${template.name}: "${short(first.text)}" stands ${(first.by * mmPerPx).toFixed(1)} mm outside the safe area of the ${first.panel} (PR-SAFE)`,
    { hint: 'Keep type inside [data-safe], or shorten the text.' },
  );
}

/**
 * A character that the template's fonts lack comes from whatever font this machine has, or as an empty box where
 * it has none: both are refused.
 */
async function refuseMissingGlyphs(page: Page, template: Template): Promise<void> {
  const count = await page.evaluate(markTexts);
  const [boxed] = await page.evaluate(missingGlyphs);
  if (boxed) throw lacksGlyphs(template, boxed.missing.length, boxed.text);
  const session: CDPSession = await page.createCDPSession();
  try {
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root } = await session.send('DOM.getDocument', { depth: 0 });
    const { nodeIds } = await session.send('DOM.querySelectorAll', {
      nodeId: root.nodeId,
      selector: '[data-text]',
    });
    if (nodeIds.length !== count) throw new Error(`${nodeIds.length} of ${count} texts were found`);
    const used = await Promise.all(
      nodeIds.map((nodeId) => session.send('CSS.getPlatformFontsForNode', { nodeId })),
    );
    for (const [i, { fonts }] of used.entries()) {
      const foreign = fonts.find((font) => !font.isCustomFont && font.glyphCount > 0);
      if (!foreign) continue;
      const text = await page.$eval(`[data-text="${i}"]`, (e) => e.textContent ?? '');
      throw lacksGlyphs(template, foreign.glyphCount, text.trim());
    }
  } finally {
    await session.detach();
  }
}

const lacksGlyphs = (template: Template, count: number, text: string): PrintcatError =>
  new PrintcatError(
    `Template ${template.name}: its fonts lack ${count} of the characters of "${short(text)}"`,
    {
      hint: 'Choose a template made for this script (printcat templates), or add a font to template.json.',
    },
  );
