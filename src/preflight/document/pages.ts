import { PDFDict, PDFRef } from 'pdf-lib';
import { apply, type Matrix, multiply } from '../../press/matrix.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import { type Box, intersect, MM_PER_INCH, PT_PER_INCH } from '../../units.ts';
import type { Pdf, PdfPage } from './pdf.ts';

const MAX_PAGES = 20_000;
const MAX_DEPTH = 64;
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
/** US Letter, which readers take where there is no MediaBox. */
const NO_MEDIA_BOX = [0, 0, 612, 792];

/** The pages in their order; a damaged tree is read as far as it goes, and loops once. */
export function readPages(pdf: Pdf): PdfPage[] {
  const leaves = pageLeaves(pdf);
  if (leaves.length === 0) {
    for (const [, object] of pdf.context.enumerateIndirectObjects()) {
      if (leaves.length >= MAX_PAGES) break;
      if (object instanceof PDFDict && nameOf(pdf.get(object, 'Type')) === 'Page') leaves.push(object);
    }
    pdf.damaged(leaves.length > 0 ? 'The page tree is broken; pages were searched for' : 'There is no page');
  }
  return leaves.map((dict, i) => readPage(pdf, dict, i + 1));
}

/** The leaves of the page tree; each node is entered once. */
function pageLeaves(pdf: Pdf): PDFDict[] {
  const root = pdf.catalog?.get(name('Pages'));
  const seen = new Set<unknown>();
  const leaves: PDFDict[] = [];
  const stack: { node: ReturnType<Pdf['deref']>; depth: number }[] = [{ node: root, depth: 0 }];
  while (stack.length > 0) {
    const { node, depth } = stack.pop()!;
    const dict = pdf.dict(node);
    if (!dict) {
      if (node instanceof PDFRef) pdf.damaged(`The page tree names an object that is missing (${node})`);
      continue;
    }
    if (seen.has(dict) || depth > MAX_DEPTH) {
      pdf.damaged('The page tree has a loop, or goes too deep');
      continue;
    }
    seen.add(dict);
    const kids = pdf.get(dict, 'Kids');
    if (nameOf(pdf.get(dict, 'Type')) === 'Page' || kids === undefined) {
      if (leaves.length >= MAX_PAGES) {
        pdf.damaged(`There are more than ${MAX_PAGES} pages; the rest was not read`);
        break;
      }
      leaves.push(dict);
      continue;
    }
    const children = rawItems(kids);
    for (let i = children.length - 1; i >= 0; i--) stack.push({ node: children[i], depth: depth + 1 });
  }
  return leaves;
}

const rawItems = (object: unknown): ReturnType<Pdf['deref']>[] =>
  object && typeof object === 'object' && 'asArray' in object && typeof object.asArray === 'function'
    ? object.asArray()
    : [];

function readPage(pdf: Pdf, dict: PDFDict, number: number): PdfPage {
  const inherited = (key: (typeof INHERITED)[number]) => {
    let at: PDFDict | null = dict;
    for (let depth = 0; at && depth <= MAX_DEPTH; depth++) {
      const value = pdf.get(at, key);
      if (value !== undefined) return value;
      at = pdf.dict(at.get(name('Parent')));
    }
    return undefined;
  };
  const userUnit = numberOf(pdf.get(dict, 'UserUnit')) ?? 1;
  const rotate = ((Math.round((numberOf(inherited('Rotate')) ?? 0) / 90) % 4) + 4) % 4;
  let media = corners(pdf.numbers(inherited('MediaBox')));
  if (!media) {
    pdf.damaged('The page has no MediaBox that can be used; US Letter was taken', number);
    media = NO_MEDIA_BOX;
  }
  const toMm = pageMatrix(media, rotate, userUnit > 0 && userUnit < 1e5 ? userUnit : 1);
  const box = (key: string): Box | null => {
    const found = corners(pdf.numbers(key === 'CropBox' ? inherited(key) : pdf.get(dict, key)));
    return found && boxOn(found, toMm);
  };
  const shown = boxOn(media, toMm);
  const boxes = { crop: box('CropBox'), bleed: box('BleedBox'), trim: box('TrimBox'), art: box('ArtBox') };
  const printed = boxes.bleed ?? boxes.trim ?? boxes.crop ?? shown;
  return {
    number,
    media: { width: shown.width, height: shown.height },
    ...boxes,
    rotate: rotate * 90,
    userUnit,
    dict,
    resources: pdf.dict(inherited('Resources')),
    toMm,
    printed: intersect(printed, shown) ?? shown,
  };
}

/** x0, y0, x1, y1 in order; `null` for what is no rectangle. */
function corners(numbers: readonly number[]): number[] | null {
  if (numbers.length !== 4 || !numbers.every((n) => Number.isFinite(n) && Math.abs(n) < 1e7)) return null;
  const [a, b, c, d] = numbers as [number, number, number, number];
  const box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  return box[2]! > box[0]! && box[3]! > box[1]! ? box : null;
}

/** From default user space to mm from the top left of the MediaBox as it is shown. */
function pageMatrix(media: readonly number[], quarters: number, userUnit: number): Matrix {
  const [x0, y0, x1, y1] = media as [number, number, number, number];
  const scale = (userUnit * MM_PER_INCH) / PT_PER_INCH;
  const [w, h] = [x1 - x0, y1 - y0];
  // y downwards first, then clockwise quarters about the top left corner, moved back into the positive.
  const upright: Matrix = [1, 0, 0, -1, -x0, y1];
  const turns: readonly Matrix[] = [
    [1, 0, 0, 1, 0, 0],
    [0, 1, -1, 0, h, 0],
    [-1, 0, 0, -1, w, h],
    [0, -1, 1, 0, 0, w],
  ];
  return multiply(multiply(upright, turns[quarters]!), [scale, 0, 0, scale, 0, 0]);
}

function boxOn([x0, y0, x1, y1]: readonly number[], matrix: Matrix): Box {
  const [ax, ay] = apply(matrix, [x0!, y0!]);
  const [bx, by] = apply(matrix, [x1!, y1!]);
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) };
}
