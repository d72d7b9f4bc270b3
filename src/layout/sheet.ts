import { Liquid } from 'liquidjs';
import type { Palette } from '../artwork/palette.ts';
import { messageOf, PrintcatError } from '../errors.ts';
import { escapeMarkup } from '../markup.ts';
import { type Geometry, type Panel, pageBoxes } from '../products/geometry.ts';
import type { Box, Edges } from '../units.ts';
import { ean13Svg } from './barcode.ts';
import { type QrLevel, qrSvg } from './qr.ts';
import { tategaki } from './tategaki.ts';
import type { Template } from './template.ts';
import { TemplateColours } from './template-colours.ts';

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

/**
 * The style sheet that stands before a template's own. `body` is the trim box; `data-panel` elements lie on
 * their panels; inside them `data-ground` fills the panel with its bleed and `data-safe` its safe area.
 */
export function baseCss(geometry: Geometry): string {
  const { media, trim } = pageBoxes(geometry);
  const panels = geometry.pages[0]!.panels.map(
    (panel) =>
      `[data-panel="${panel.name}"]{${place(panel.box)}${edges('bleed', panel.bleed)}${edges('safe', safeEdges(panel))}}` +
      (panel.text ? '' : `[data-panel="${panel.name}"] [data-safe]{display:none}`),
  );
  return [
    `@page{size:${mm(media.width + PAPER_SURPLUS)} ${mm(media.height + PAPER_SURPLUS)};margin:0}`,
    `html{zoom:${LAYOUT_ZOOM};margin:0;-webkit-print-color-adjust:exact;print-color-adjust:exact}`,
    `body{position:absolute;margin:0;${place(trim)}${edges('bleed', geometry.bleed)}}`,
    // Synthetic weights become Type 3 fonts; a missing weight is better seen as the wrong weight.
    'body{font-synthesis:none;font-kerning:normal}',
    '[data-panel]{position:absolute;box-sizing:border-box}',
    '[data-ground]{position:absolute;display:block;top:calc(-1*var(--bleed-top));right:calc(-1*var(--bleed-right));' +
      'bottom:calc(-1*var(--bleed-bottom));left:calc(-1*var(--bleed-left));}',
    'img[data-ground]{width:calc(100% + var(--bleed-left) + var(--bleed-right));' +
      'height:calc(100% + var(--bleed-top) + var(--bleed-bottom))}',
    '[data-safe]{position:absolute;box-sizing:border-box;top:var(--safe-top);right:var(--safe-right);' +
      'bottom:var(--safe-bottom);left:var(--safe-left)}',
    ...panels,
  ].join('\n');
}

const vertical = (text: unknown): string => tategaki(String(text ?? ''), escapeMarkup);

/** Blank lines part paragraphs, single ones break the line. */
const paragraphs = (text: unknown, direction?: 'vertical'): string =>
  String(text ?? '')
    .trim()
    .split(/\n\s*\n/)
    .filter(Boolean)
    .map((part) => (direction === 'vertical' ? vertical(part.trim()) : escapeMarkup(part.trim())))
    .map((html) => `<p>${html.replace(/\n/g, '<br>')}</p>`)
    .join('');

function engineFor(template: Template, colours: TemplateColours): Liquid {
  const engine = new Liquid({
    root: template.folder,
    partials: template.folder,
    layouts: template.folder,
    extname: '.html',
    outputEscape: 'escape',
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // A template is somebody else's code: it may not take the program's time and memory.
    parseLimit: 1_000_000,
    renderLimit: 5_000,
    memoryLimit: 50_000_000,
  });
  engine.registerFilter('ean13', {
    raw: true,
    handler: (code: unknown, percent?: number) => ean13Svg(String(code), percent),
  });
  engine.registerFilter('qr', {
    raw: true,
    handler: (text: unknown, widthMm?: number, level?: QrLevel) => qrSvg(String(text ?? ''), widthMm, level),
  });
  engine.registerFilter('paragraphs', { raw: true, handler: paragraphs });
  engine.registerFilter('vertical', { raw: true, handler: vertical });
  colours.register(engine);
  return engine;
}

/**
 * The whole document of an order: the template filled with its fields.
 * @param fields checked values, every declared field present
 * @param slots the colours of the picture in each slot
 * @param colours the template's exact colours; without them their names and looks are the usual ones
 * @throws PrintcatError with the template's file and line where Liquid refuses it
 */
export async function sheetHtml(
  template: Template,
  geometry: Geometry,
  fields: Readonly<Record<string, string>>,
  slots: Readonly<Record<string, Palette>>,
  colours = new TemplateColours(template.colours),
): Promise<string> {
  const panels = Object.fromEntries(
    geometry.pages[0]!.panels.map((p) => [
      p.name,
      {
        width: p.box.width,
        height: p.box.height,
        text: p.text,
        safe: { width: p.safe.width, height: p.safe.height },
      },
    ]),
  );
  const sheet = { panels, binding: geometry.binding, trim: geometry.trim, product: geometry.product };
  try {
    const { properties } = colours;
    const body = await engineFor(template, colours).renderFile('template', { ...fields, sheet, slots });
    return [
      `<!doctype html><html lang="${escapeMarkup(template.language)}"><head><meta charset="utf-8"><link rel="icon" href="data:,">`,
      `<title>${escapeMarkup(template.title)}</title>`,
      ...template.fonts.map((font) => `<link rel="stylesheet" href="/fonts/${font}">`),
      `<style>${baseCss(geometry)}\n${properties}</style><link rel="stylesheet" href="/template/style.css">`,
      `</head><body>${body}</body></html>`,
    ].join('\n');
  } catch (error) {
    const own = ownError(error);
    if (own)
      throw new PrintcatError(`Template ${template.name}: ${own.message}`, {
        ...(own.hint && { hint: own.hint }),
        exitCode: own.exitCode,
        cause: error,
      });
    throw new PrintcatError(`Template ${template.name}: ${messageOf(error).split('\n')[0]}`, {
      cause: error,
    });
  }
}

/** An error of ours that Liquid wrapped into one of its own. */
function ownError(error: unknown): PrintcatError | null {
  if (error instanceof PrintcatError) return error;
  const inner = error instanceof Error && 'originalError' in error ? error.originalError : undefined;
  return inner === undefined ? null : ownError(inner);
}
