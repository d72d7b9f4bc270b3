import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Liquid } from 'liquidjs';
import { messageOf, PrintcatError } from '../errors.ts';
import { escapeMarkup } from '../markup.ts';
import type { Geometry, PageDesign } from '../products/geometry.ts';
import { baseCss } from './base-css.ts';
import { atPage } from './page-name.ts';
import type { PictureFacts } from './picture-facts.ts';
import { type QrLevel, qrSvg } from './qr.ts';
import { tategaki } from './tategaki.ts';
import type { Template } from './template.ts';
import { TemplateColours } from './template-colours.ts';

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

/**
 * What the templates of one order may take together: they are somebody else's code. ms (ten times what the longest takes,
 * so that a busy machine refuses nothing) and what Liquid counts as memory.
 */
const LIMITS = { time: 15_000, memory: 50_000_000 };

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
    parseLimit: 1_000_000,
  });
  engine.registerFilter('ean13', {
    raw: true,
    // Its library is the largest of all, and few sheets have a barcode.
    handler: async (code: unknown, percent?: number) =>
      (await import('./barcode.ts')).ean13Svg(String(code), percent),
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

/** What a template is filled with besides the product's own shape. */
export interface SheetContent {
  /** Checked values, every declared field present. */
  readonly fields: Readonly<Record<string, string>>;
  /** The order's pictures, the main one first. */
  readonly pictures?: readonly PictureFacts[];
  /** The product's options as the order has them. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What whoever makes the order knows beyond it: the months of a calendar. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * The whole document of an order: its template filled once for each page.
 * @param colours the template's exact colours; without them their names and looks are the usual ones
 * @throws PrintcatError with the template's file and line where Liquid refuses it
 */
export async function sheetHtml(
  template: Template,
  geometry: Geometry,
  content: SheetContent,
  colours = new TemplateColours(template.colours),
): Promise<string> {
  const pages = await filledPages(template, geometry, content, colours);
  const [first, ...more] = pages;
  const body =
    more.length === 0
      ? `<body data-trim="1">${first}</body>`
      : `<body>${pages.map((html, i) => `<section data-sheet data-kind="${escapeMarkup(geometry.pages[i]!.kind)}"><div data-trim="${i + 1}">${html}</div></section>`).join('\n')}</body>`;
  return [
    `<!doctype html><html lang="${escapeMarkup(template.language)}"><head><meta charset="utf-8"><link rel="icon" href="data:,">`,
    `<title>${escapeMarkup(template.title)}</title>`,
    ...template.fonts.map((font) => `<link rel="stylesheet" href="/fonts/${font}">`),
    `<style>${baseCss(geometry)}\n${colours.properties}</style><link rel="stylesheet" href="/template/style.css">`,
    `</head>${body}</html>`,
  ].join('\n');
}

/** The template's HTML for each page. */
async function filledPages(
  template: Template,
  geometry: Geometry,
  { fields, pictures = [], options = {}, data = {} }: SheetContent,
  colours: TemplateColours,
): Promise<string[]> {
  const engine = engineFor(template, colours);
  const { binding, trim, product } = geometry;
  const main = pictures[0]?.palette;
  const slots = main ? Object.fromEntries(Object.keys(template.slots).map((slot) => [slot, main])) : {};
  const left = { ...LIMITS };
  const filled: string[] = [];
  for (const [i, design] of geometry.pages.entries()) {
    const page = { kind: design.kind, index: design.index, number: i + 1, count: geometry.pages.length };
    const sheet = { panels: panelsOf(design), binding, trim, product };
    const own = existsSync(join(template.folder, `${design.kind}.html`));
    const started = performance.now();
    try {
      const html: string = await engine.renderFile(
        own ? design.kind : 'template',
        { ...fields, sheet, page, slots, pictures, options, data },
        { renderLimit: left.time, memoryLimit: left.memory },
      );
      filled.push(html);
      // Liquid's limits are those of one rendering; here they are the order's.
      left.time = Math.max(1, left.time - (performance.now() - started));
      left.memory = Math.max(1, left.memory - html.length);
    } catch (error) {
      throw refusedByLiquid(atPage(template, geometry, i), error, await sourceOf(template, error));
    }
  }
  return filled;
}

/** A page's panels as a template sees them, mm. */
const panelsOf = ({ panels }: PageDesign) =>
  Object.fromEntries(
    panels.map(({ name, box, safe, text }) => [
      name,
      {
        width: box.width,
        height: box.height,
        text,
        safe: { width: safe.width, height: safe.height },
      },
    ]),
  );

/** The file of a template that Liquid's error is about: its errors carry the text that they were met in. */
async function sourceOf({ folder }: Template, error: unknown): Promise<string | null> {
  const { token } = error as { token?: { input?: unknown } };
  if (typeof token?.input !== 'string') return null;
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((file) => file.endsWith('.html'))) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => null);
    if (text === token.input) return name;
  }
  return null;
}

/**
 * @param where `Template own, page 2 (back)`
 * @param file the one with the mistake, where that is known
 */
function refusedByLiquid(where: string, error: unknown, file: string | null): PrintcatError {
  const own = ownError(error);
  if (!own) {
    const [message = ''] = messageOf(error).split('\n');
    const named =
      file && !message.includes('file:') ? message.replace(/, line:/, `, ${file}, line:`) : message;
    return new PrintcatError(`${where}: ${named}`, { cause: error });
  }
  return new PrintcatError(`${where}: ${own.message}`, {
    ...(own.hint && { hint: own.hint }),
    exitCode: own.exitCode,
    cause: error,
  });
}

/** An error of ours that Liquid wrapped into one of its own. */
function ownError(error: unknown): PrintcatError | null {
  if (error instanceof PrintcatError) return error;
  const inner = error instanceof Error && 'originalError' in error ? error.originalError : undefined;
  return inner === undefined ? null : ownError(inner);
}
