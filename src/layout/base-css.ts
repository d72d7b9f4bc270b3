import { type Geometry, type Panel, pageBoxes } from '../products/geometry.ts';
import type { Box, Edges } from '../units.ts';

/**
 * HTML boxes snap to whole CSS pixels (0.265 mm). The page is laid out ten times as large and printed at a
 * tenth, so that the snapping is a tenth as coarse; `zoom` lets a template be written in true sizes.
 */
export const LAYOUT_ZOOM = 10;
/** Chromium rounds the paper up to steps of 0.24 pt; the surplus is cut off by the page boxes, mm. */
export const PAPER_SURPLUS = 1;

const mm = (value: number): string => `${Number(value.toFixed(4))}mm`;

const edges = (name: string, { top, right, bottom, left }: Edges): string =>
  `--${name}-top:${mm(top)};--${name}-right:${mm(right)};--${name}-bottom:${mm(bottom)};--${name}-left:${mm(left)};`;

const place = (box: Box): string =>
  `left:${mm(box.x)};top:${mm(box.y)};width:${mm(box.width)};height:${mm(box.height)};`;

/** How far the panel's safe box lies inside it on each side. */
const safeEdges = ({ box, safe }: Panel): Edges => ({
  top: safe.y - box.y,
  left: safe.x - box.x,
  right: box.x + box.width - safe.x - safe.width,
  bottom: box.y + box.height - safe.y - safe.height,
});

/** The rule of a panel, and of its insides where no type may stand there. */
const panelRules = (panel: Panel, within = ''): string =>
  `${within}[data-panel="${panel.name}"]{${place(panel.box)}${edges('bleed', panel.bleed)}${edges('safe', safeEdges(panel))}}` +
  (panel.text ? '' : `${within}[data-panel="${panel.name}"] [data-safe]{display:none}`);

/**
 * Where the sheets and the trim boxes lie. A product of one page has its body as the trim box; of several, each page
 * is a block as large as the sheet with the trim box in it. What belongs to one page is said with `:where`, which
 * weighs nothing, so that a template overrules it as easily as with one page.
 */
function pagesCss({ pages, bleed, ...geometry }: Geometry): string[] {
  const { media, trim } = pageBoxes({ bleed, ...geometry });
  const trimRule = `position:absolute;margin:0;${place(trim)}${edges('bleed', bleed)}`;
  const [first, ...more] = pages;
  if (more.length === 0) return [`body{${trimRule}}`, ...first!.panels.map((panel) => panelRules(panel))];
  const sheet = `width:${mm(media.width + PAPER_SURPLUS)};height:${mm(media.height + PAPER_SURPLUS / 2)}`;
  return [
    'body{margin:0}',
    `[data-sheet]{position:relative;${sheet};overflow:clip;break-after:page;break-inside:avoid}`,
    '[data-sheet]:last-child{break-after:auto}',
    `[data-trim]{${trimRule}}`,
    ...pages.flatMap(({ panels }, i) =>
      panels.map((panel) => panelRules(panel, `:where([data-trim="${i + 1}"]) `)),
    ),
  ];
}

/**
 * The style sheet that stands before a template's own. `[data-trim]` is a page's trim box (`body`, where there is but
 * one page); `data-panel` elements lie on their panels; inside them `data-ground` fills the panel with its bleed and
 * `data-safe` its safe area.
 */
export function baseCss(geometry: Geometry): string {
  const { media } = pageBoxes(geometry);
  return [
    `@page{size:${mm(media.width + PAPER_SURPLUS)} ${mm(media.height + PAPER_SURPLUS)};margin:0}`,
    `html{zoom:${LAYOUT_ZOOM};margin:0;-webkit-print-color-adjust:exact;print-color-adjust:exact}`,
    // Synthetic weights become Type 3 fonts; a missing weight is better seen as the wrong weight.
    'body{font-synthesis:none;font-kerning:normal}',
    '[data-panel]{position:absolute;box-sizing:border-box}',
    '[data-ground]{position:absolute;display:block;top:calc(-1*var(--bleed-top));right:calc(-1*var(--bleed-right));' +
      'bottom:calc(-1*var(--bleed-bottom));left:calc(-1*var(--bleed-left));}',
    'img[data-ground]{width:calc(100% + var(--bleed-left) + var(--bleed-right));' +
      'height:calc(100% + var(--bleed-top) + var(--bleed-bottom))}',
    '[data-safe]{position:absolute;box-sizing:border-box;top:var(--safe-top);right:var(--safe-right);' +
      'bottom:var(--safe-bottom);left:var(--safe-left)}',
    ...pagesCss(geometry),
  ].join('\n');
}
