import { escapeMarkup } from '../markup.ts';

/** What stands over all pictures of a contact sheet. */
export interface SheetWords {
  readonly title: string;
  readonly details: string;
}

/** A picture whose bytes are asked for as `/art/0.jpg`, `/art/1.jpg`, … */
export interface MeasuredTile {
  /** Width by height. */
  readonly aspect: number;
  readonly title: string;
  readonly details: string;
}

/** Width of a full sheet, CSS px: an A3 sheet as it lies, 420 mm. */
export const WIDTH = 1587;
const MARGIN = 56;
const GAP = 36;
/** Height of a row's pictures, CSS px, before it is justified. */
const ROW = 262;
/** How far a row that is not full may grow. */
const MOST_GROWTH = 1.25;
/** Wide pictures would dwarf the others, narrow ones leave no room for their words: width by height. */
const ASPECTS = { least: 0.5, most: 2.6 };

export const sheetFonts: readonly string[] = [
  '@fontsource/jost/latin-400.css',
  '@fontsource/jost/latin-500.css',
  '@fontsource/zen-kaku-gothic-new/japanese-400.css',
  '@fontsource/zen-kaku-gothic-new/japanese-500.css',
];

const STYLE = `
@page{margin:0}
*{box-sizing:border-box;margin:0}
body{width:fit-content;padding:${MARGIN}px;background:#eeebe4;color:#1f1e1b;font:14px/1.35 Jost,'Zen Kaku Gothic New'}
header{margin-bottom:${GAP}px}
h1{font-size:24px;font-weight:500;line-height:1.2}
header p,figcaption span{color:#625d54}
.row{display:flex;gap:${GAP}px;break-inside:avoid}
.row+.row{margin-top:${GAP}px}
.picture{display:flex;align-items:flex-end}
img{display:block}
figcaption{margin-top:10px;overflow-wrap:anywhere}
figcaption b,figcaption span{display:block}
figcaption b{font-weight:500}
`;

/** Pictures in rows, as many as the width takes; all of a row stand on one line, with their words below it. */
export function contactSheetHtml({ title, details }: SheetWords, tiles: readonly MeasuredTile[]): string {
  const head = `<header><h1>${escapeMarkup(title)}</h1><p>${escapeMarkup(details)}</p></header>`;
  let number = 0;
  const rows = rowsOf(tiles).map((row) => {
    const room = WIDTH - 2 * MARGIN - (row.length - 1) * GAP;
    const height = Math.min(ROW * MOST_GROWTH, room / row.reduce((sum, tile) => sum + cellAspect(tile), 0));
    return `<div class="row">${row.map((tile) => figure(tile, number++, height)).join('')}</div>`;
  });
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">',
    `<title>${escapeMarkup(title)}</title>`,
    ...sheetFonts.map((font) => `<link rel="stylesheet" href="/fonts/${font}">`),
    `<style>${STYLE}</style></head><body>${head}${rows.join('')}</body></html>`,
  ].join('\n');
}

const cellAspect = ({ aspect }: MeasuredTile): number =>
  Math.min(ASPECTS.most, Math.max(ASPECTS.least, aspect));

/** @param height of the row's pictures, CSS px */
function figure(tile: MeasuredTile, number: number, height: number): string {
  const px = (value: number) => Number(value.toFixed(2));
  const cell = height * cellAspect(tile);
  const width = Math.min(cell, height * tile.aspect);
  const size = `style="width:${px(width)}px;height:${px(width / tile.aspect)}px"`;
  return (
    `<figure style="width:${px(cell)}px"><div class="picture" style="height:${px(height)}px">` +
    `<img src="/art/${number}.jpg" alt="" ${size}></div>` +
    `<figcaption><b>${escapeMarkup(tile.title)}</b><span>${escapeMarkup(tile.details)}</span></figcaption></figure>`
  );
}

/** As many tiles a row as its width takes. */
function rowsOf(tiles: readonly MeasuredTile[]): MeasuredTile[][] {
  const rows: MeasuredTile[][] = [[]];
  let used = 0;
  for (const tile of tiles) {
    const width = ROW * cellAspect(tile) + GAP;
    if (used + width > WIDTH - 2 * MARGIN && rows.at(-1)!.length > 0) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(tile);
    used += width;
  }
  return rows;
}
