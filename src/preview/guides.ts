/// <reference lib="dom" />

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'puppeteer-core';
import { type Fold, type Geometry, type PageDesign, pageBoxes } from '../products/geometry.ts';
import { type Box, formatMm, mmToInch, type Size, translate } from '../units.ts';
import { PROOF_PPI, proofSize } from './proof.ts';

/** A line or frame over the proof with what it is and how large. */
interface Guide {
  readonly kind: 'trim' | 'bleed' | 'safe' | 'fold' | 'clear';
  /** Of a fold. */
  readonly line?: Fold['line'];
  /** mm from the sheet's top left corner. */
  readonly box: Box;
  readonly label: string;
  /** The panel or area that it is about; empty for what is the sheet's own. */
  readonly name: string;
  /** Where the label stands on the frame. */
  readonly at: 'above' | 'below' | 'top' | 'bottom' | 'bottom-right';
}

const COLOURS: Record<Guide['kind'], string> = {
  trim: '#d6006c',
  bleed: '#c8102e',
  safe: '#0078a8',
  fold: '#7a3db8',
  clear: '#b06a00',
};

const by = ({ width, height }: Size): string => `${Number(width.toFixed(2))} × ${formatMm(height)}`;

/** Room that a label takes outside a frame, mm. */
const LABEL_MM = 5;

/** Everything that a printer measures on a page, with its size in mm. */
export function guidesOf(geometry: Geometry, page: PageDesign): Guide[] {
  const { trim, bleed } = pageBoxes(geometry);
  const onSheet = (box: Box) => translate(box, trim.x, trim.y);
  const spine = page.panels.find((panel) => panel.name === 'spine');
  // Without a slug there is no room outside: the labels then stand inside their frames, each in its own corner.
  const roomy = Math.min(geometry.slug.top, geometry.slug.bottom) >= LABEL_MM;
  const bleedLabel = `bleed ${formatMm(geometry.bleed.top)} — ${by(bleed)}`;
  const spineLabel = spine
    ? `spine ${formatMm(spine.box.width)}, safe ${formatMm(Math.max(0, spine.safe.width))}`
    : '';
  return [
    { kind: 'bleed', name: '', box: bleed, label: bleedLabel, at: roomy ? 'below' : 'bottom' },
    { kind: 'trim', name: '', box: trim, label: `trim ${by(trim)}`, at: roomy ? 'above' : 'bottom-right' },
    ...page.panels.map((panel): Guide => {
      const label = panel === spine || !panel.text ? '' : `${panel.name}, safe area ${by(panel.safe)}`;
      return { kind: 'safe', name: panel.name, box: onSheet(panel.safe), label, at: 'top' };
    }),
    ...page.folds.map(({ name, line, at }, i): Guide => {
      const box =
        line === 'upright'
          ? { x: trim.x + at, y: bleed.y, width: 0, height: bleed.height }
          : { x: bleed.x, y: trim.y + at, width: bleed.width, height: 0 };
      return { kind: 'fold', name, line, box, label: i === 0 ? spineLabel : '', at: roomy ? 'above' : 'top' };
    }),
    ...page.keepClear.map((area): Guide => {
      const label = `${area.name} ${by(area.box)}`;
      return { kind: 'clear', name: area.name, box: onSheet(area.box), label, at: 'bottom' };
    }),
  ];
}

const require = createRequire(import.meta.url);

/** The guides of a page: frames and labels on a transparent ground, one CSS px for one px of the proof. */
function guidesHtml(geometry: Geometry, design: PageDesign, font: string): string {
  const px = (mm: number) => Number((mmToInch(mm) * PROOF_PPI).toFixed(2));
  const frames = guidesOf(geometry, design).map(({ kind, line = '', box, label, at }) => {
    const place = `left:${px(box.x)}px;top:${px(box.y)}px;width:${px(box.width)}px;height:${px(box.height)}px`;
    const text = label ? `<span class="${at}">${label}</span>` : '';
    return `<div class="guide ${kind} ${line}" style="${place};--c:${COLOURS[kind]}">${text}</div>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>
    @font-face{font-family:Guide;font-weight:500;src:url(data:font/woff2;base64,${font})}
    html,body{margin:0;background:transparent}
    .guide{position:absolute;box-sizing:border-box;outline:2px solid var(--c);outline-offset:-1px}
    .safe,.clear{outline-width:1.5px;outline-style:dashed}
    .fold{outline:none;border:0 dashed var(--c);border-left-width:2px;margin-left:-1px}
    .fold.level{border-width:2px 0 0;margin:-1px 0 0}
    span{position:absolute;z-index:1;left:0;padding:2px 7px 3px;font:500 17px/1.2 Guide;white-space:nowrap;color:#fff;background:var(--c)}
    .above{bottom:100%}.below{top:100%}.top{top:0}.bottom{bottom:0}.bottom-right{bottom:0;left:auto;right:0}
  </style>${frames.join('')}`;
}

/** The guides of each page as a transparent PNG of the whole sheet at the proof's resolution; equal ones are drawn once. */
export async function drawGuides(browser: Browser, geometry: Geometry): Promise<Uint8Array[]> {
  const file = require.resolve('@fontsource/jost/files/jost-latin-500-normal.woff2');
  const font = (await readFile(file)).toString('base64');
  const drawn = new Map<string, Uint8Array>();
  const guides: Uint8Array[] = [];
  const page = await browser.newPage();
  try {
    const { width, height } = proofSize(geometry);
    await page.setViewport({ width, height });
    for (const design of geometry.pages) {
      const html = guidesHtml(geometry, design, font);
      let png = drawn.get(html);
      if (!png) {
        await page.setContent(html, { waitUntil: 'load' });
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        png = await page.screenshot({ type: 'png', omitBackground: true });
        drawn.set(html, png);
      }
      guides.push(png);
    }
    return guides;
  } finally {
    await page.close().catch(() => undefined);
  }
}
