/// <reference lib="dom" />
import type { CDPSession, Page } from 'puppeteer-core';
import { PrintcatError } from '../errors.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { type Box, scaled } from '../units.ts';
import { PAPER_SURPLUS } from './base-css.ts';
import { fitText, markTexts, missingGlyphs, type SafeArea, strayTexts } from './in-page.ts';
import { MisplacedText } from './misplaced-text.ts';
import { atPage, onPage } from './page-name.ts';
import { overTheEdge } from './refusals-in-page.ts';
import type { Template } from './template.ts';

/** A document that is laid out in the browser. */
export interface Laid {
  readonly page: Page;
  /** Tells which fonts its texts are set in. */
  readonly inspector: CDPSession;
  readonly template: Template;
  readonly geometry: Geometry;
  /** mm for each of the browser's px. */
  readonly mmPerPx: number;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text);

/** Shrinks type until it fits. @throws PrintcatError for the first that does not fit */
export async function fitOrRefuse({ page, template, geometry, mmPerPx }: Laid): Promise<void> {
  const [failure] = await page.evaluate(fitText);
  if (!failure) return;
  const { field, text, minPercent } = failure;
  throw new MisplacedText(
    `The ${field}${onPage(geometry, failure.page)} does not fit: "${short(text)}" (${text.length} characters) overflows at the smallest size that ${template.name} allows (${minPercent} %)`,
    'Shorten it, choose a larger size, or another template (printcat templates).',
    { page: failure.page, box: scaled(failure.box, mmPerPx) },
  );
}

/** A page larger than its sheet would be shrunk by the browser: every size on it would be wrong. */
export async function refuseOverTheEdge({ page, template, geometry, mmPerPx }: Laid): Promise<void> {
  const { media } = pageBoxes(geometry);
  const [width, height] = [media.width, media.height].map((mm) => (mm + PAPER_SURPLUS) / mmPerPx);
  const found = await page.evaluate(overTheEdge, width!, height!);
  if (!found) return;
  throw new PrintcatError(
    `${atPage(template, geometry, found.page)}: ${found.element} reaches ${(found.by * mmPerPx).toFixed(1)} mm over the edge of the sheet`,
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

/** Where type may stand on each page, px: panels of the same name lie elsewhere on another page. */
function safeAreas({ geometry, mmPerPx }: Laid): SafeArea[] {
  const inPx = (box: Box) => scaled(box, 1 / mmPerPx);
  const whole = { x: 0, y: 0, ...geometry.trim };
  return geometry.pages.flatMap(({ panels }, page) => [
    ...panels.map(({ name, box, safe, text }) => ({
      ...{ page, panel: name },
      box: inPx(text ? safe : nowhere(box)),
    })),
    // Type that belongs to no panel keeps off the cut all the same.
    { page, panel: null, box: inPx(panels.length > 0 ? hull(panels.map(({ safe }) => safe)) : whole) },
  ]);
}

/** Type keeps to the safe area of its panel. */
export async function refuseStray(laid: Laid): Promise<void> {
  const { page, template, geometry, mmPerPx } = laid;
  const [first] = await page.evaluate(strayTexts, safeAreas(laid));
  if (!first) return;
  const { panels, kind } = geometry.pages[first.page]!;
  const where = `${atPage(template, geometry, first.page)}: "${short(first.text)}" stands`;
  const place = { page: first.page, box: scaled(first.box, mmPerPx) };
  if (panels.some(({ name, text }) => name === first.panel && !text)) {
    throw new MisplacedText(
      `${where} on the ${first.panel}, where this printer allows no type (PR-SPINE)`,
      'Put it into [data-safe], which is left out there, or ask for sheet.panels.<name>.text.',
      place,
    );
  }
  throw new MisplacedText(
    `${where} ${(first.by * mmPerPx).toFixed(1)} mm outside the safe area of the ${first.panel ?? kind} (PR-SAFE)`,
    'Keep type inside [data-safe], or shorten the text.',
    place,
  );
}

/**
 * A character that the template's fonts lack comes from whatever font this machine has, or as an empty box where
 * it has none: both are refused.
 */
export async function refuseMissingGlyphs(laid: Laid): Promise<void> {
  const { page, inspector } = laid;
  const count = await page.evaluate(markTexts);
  const [boxed] = await page.evaluate(missingGlyphs);
  if (boxed) throw lacksGlyphs(laid, boxed.page, boxed.missing.length, boxed.text);
  const { root } = await inspector.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await inspector.send('DOM.querySelectorAll', {
    nodeId: root.nodeId,
    selector: '[data-text]',
  });
  if (nodeIds.length !== count) throw new Error(`${nodeIds.length} of ${count} texts were found`);
  const used = await Promise.all(
    nodeIds.map((nodeId) => inspector.send('CSS.getPlatformFontsForNode', { nodeId })),
  );
  for (const [i, { fonts }] of used.entries()) {
    const foreign = fonts.find((font) => !font.isCustomFont && font.glyphCount > 0);
    if (!foreign) continue;
    const [at, text] = await page.$eval(
      `[data-text="${i}"]`,
      (e) => [Number(e.closest<HTMLElement>('[data-trim]')?.dataset.trim) - 1, e.textContent ?? ''] as const,
    );
    throw lacksGlyphs(laid, at, foreign.glyphCount, text.trim());
  }
}

const lacksGlyphs = ({ template, geometry }: Laid, page: number, count: number, text: string) =>
  new PrintcatError(
    `${atPage(template, geometry, page)}: its fonts lack ${count} of the characters of "${short(text)}"`,
    {
      hint: 'Choose a template made for this script (printcat templates), or add a font to template.json.',
    },
  );
