import { type CutPath, placePath } from '../contours/path.ts';
import { ellipse, roundedRectangle } from '../contours/shapes.ts';
import { PrintcatError } from '../errors.ts';
import { type Box, type Edges, formatMm, inset, intersect, type Size, sameEdges } from '../units.ts';
import type { Declaration, LayoutDeclaration, PanelDeclaration } from './declaration.ts';
import { type Expression, numberOf, type Scope } from './expression.ts';
import {
  type Dieline,
  type Fold,
  type Geometry,
  MARK_REACH_MM,
  type MarkStyle,
  type PageDesign,
  type Panel,
} from './geometry.ts';

/** What is known of an order's pictures before its geometry is: cuts around them, mm from where they begin. */
export interface Cuts {
  /** Of one picture, or of all that stand on a sheet: as many loops as it takes. */
  readonly contour?: CutPath;
  readonly white?: CutPath;
}

/** The flat shape of a product, as its declaration and an order's numbers make it. */
export type Shape = Pick<Geometry, 'format' | 'trim' | 'bleed' | 'slug' | 'marks' | 'pages'>;

/** More pages than this are a slip in the order. */
const MAX_PAGES = 1000;
/** No product is larger than this, mm. */
const MAX_MM = 5000;

type Edged = Expression | { readonly [side in keyof Edges]: Expression };

function edgesOf(given: Edged, scope: Scope): Edges {
  if ('evaluate' in given) return sameEdges(numberOf(given, scope));
  const { top, right, bottom, left } = given;
  const of = (side: Expression) => numberOf(side, scope);
  return { top: of(top), right: of(right), bottom: of(bottom), left: of(left) };
}

type Placed = { readonly [key in 'x' | 'y' | 'width' | 'height']?: Expression };

/** A box; what is not said of it, it has from the trim. */
const boxOf = ({ x, y, width, height }: Placed, trim: Size, scope: Scope): Box => ({
  x: x ? numberOf(x, scope) : 0,
  y: y ? numberOf(y, scope) : 0,
  width: width ? numberOf(width, scope) : trim.width,
  height: height ? numberOf(height, scope) : trim.height,
});

const isThere = ({ when }: { when?: Expression }, scope: Scope): boolean =>
  when === undefined || Boolean(when.evaluate(scope));

/**
 * Works out the geometry of an order.
 * @param scope every name that the declaration's expressions may use
 * @throws PrintcatError for what is no number, has no size, or leaves nothing inside its safe margins
 */
export function shapeOf(
  declaration: Declaration,
  scope: Scope,
  marks: MarkStyle,
  slugMm: number,
  cuts: Cuts = {},
): Shape {
  const trim = sized(declaration.trim, 'trim', scope);
  const bleed = edgesOf(declaration.bleed ?? PRINTER_BLEED, scope);
  if (slugMm < MARK_REACH_MM[marks]) {
    throw new PrintcatError(
      `Expected a slug of at least ${MARK_REACH_MM[marks]} mm for ${marks} marks but it is ${formatMm(slugMm)}.`,
      { hint: `Add --override slug=${MARK_REACH_MM[marks] + 2}mm.` },
    );
  }
  const kinds = declaration.pages ?? [{ kind: declaration.noun, ...NOTHING }];
  const pages = kinds.flatMap((page) => {
    if (!isThere(page, scope)) return [];
    const count = 'count' in page && page.count ? numberOf(page.count, scope) : 1;
    const own = pageOf(declaration, page, { trim, bleed, scope, cuts });
    return Array.from(
      { length: Math.max(0, Math.min(MAX_PAGES + 1, count)) },
      (_, index): PageDesign => ({
        ...own,
        kind: page.kind,
        index,
      }),
    );
  });
  if (pages.length === 0 || pages.length > MAX_PAGES) {
    throw new PrintcatError(`Expected 1 to ${MAX_PAGES} pages but there are ${pages.length}.`);
  }
  const format = declaration.format ? sized(declaration.format, 'format', scope) : trim;
  return { format, trim, bleed, slug: sameEdges(slugMm), marks, pages };
}

const NOTHING: LayoutDeclaration = { folds: [], keepClear: [], dielines: [] };

/** `printer.bleed`, which every scope has. */
const PRINTER_BLEED: Expression = {
  text: 'printer.bleed',
  evaluate: ({ printer }) => (typeof printer === 'object' ? printer?.bleed : undefined),
};
const PRINTER_SAFE: Expression = {
  text: 'printer.safe',
  evaluate: ({ printer }) => (typeof printer === 'object' ? printer?.safe : undefined),
};

function sized(given: { width: Expression; height: Expression }, what: string, scope: Scope): Size {
  const size = { width: numberOf(given.width, scope), height: numberOf(given.height, scope) };
  if ([size.width, size.height].every((mm) => mm > 0 && mm <= MAX_MM)) return size;
  throw new PrintcatError(
    `Expected a ${what} above 0 and up to ${MAX_MM} mm but it is ${formatMm(size.width)} × ${formatMm(size.height)}.`,
  );
}

interface Surroundings {
  readonly trim: Size;
  readonly bleed: Edges;
  readonly scope: Scope;
  readonly cuts: Cuts;
}

/** A page's own panels, or the product's; folds, areas and dielines of both. */
function pageOf(
  product: LayoutDeclaration,
  page: LayoutDeclaration,
  around: Surroundings,
): Omit<PageDesign, 'kind' | 'index'> {
  const { scope, trim } = around;
  const there = <T extends { when?: Expression | undefined }>(list: readonly T[]): T[] =>
    list.filter(({ when }) => isThere(when ? { when } : {}, scope));
  const panels = there(page.panels ?? product.panels ?? [{ name: 'front' }])
    .map((panel) => panelOf(panel, around))
    .filter(({ box }) => box.width > 0 && box.height > 0)
    .sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  return {
    panels,
    folds: there([...product.folds, ...page.folds])
      .map((fold) => foldOf(fold, scope))
      .sort((a, b) => a.at - b.at),
    keepClear: there([...product.keepClear, ...page.keepClear]).flatMap(({ name, ...place }) => {
      const area = boxOf(place, trim, scope);
      const shared = panels.map(({ box }) => intersect(area, box)).find((part) => part !== null);
      return shared ? [{ name, box: shared }] : [];
    }),
    dielines: there([...product.dielines, ...page.dielines]).flatMap((line) => dielineOf(line, around)),
  };
}

/** How near to the trim's edge a panel's side lies on it, mm. */
const TOUCHES_MM = 0.001;

/** Bleed lies on the sides that are the trim's own; a fold has none. */
function panelOf(
  { name, safe, text, ...place }: PanelDeclaration,
  { trim, bleed, scope }: Surroundings,
): Panel {
  const box = boxOf(place, trim, scope);
  const on = (a: number, b: number) => Math.abs(a - b) < TOUCHES_MM;
  const margins = edgesOf(safe ?? PRINTER_SAFE, scope);
  const inner = inset(box, margins);
  const none = box.width > 0 && box.height > 0 && !(inner.width >= 0 && inner.height > 0);
  if (none || (inner.width === 0 && safe === undefined)) {
    throw new PrintcatError(
      `A safe margin of ${formatMm(Math.max(...Object.values(margins)))} leaves nothing of the ${name}, ${formatMm(box.width)} × ${formatMm(box.height)}.`,
      { hint: 'Choose a larger size, or a smaller margin with --override safe=…' },
    );
  }
  return {
    name,
    box,
    bleed: {
      top: on(box.y, 0) ? bleed.top : 0,
      right: on(box.x + box.width, trim.width) ? bleed.right : 0,
      bottom: on(box.y + box.height, trim.height) ? bleed.bottom : 0,
      left: on(box.x, 0) ? bleed.left : 0,
    },
    safe: inner,
    text: text === undefined || Boolean(text.evaluate(scope)),
  };
}

function foldOf({ name, x, y }: LayoutDeclaration['folds'][number], scope: Scope): Fold {
  if (x) return { name, line: 'upright', at: numberOf(x, scope) };
  if (y) return { name, line: 'level', at: numberOf(y, scope) };
  throw new PrintcatError(`Expected an x or a y for the fold ${name} but it has neither`);
}

function dielineOf(
  { role, shape, radius, stroke, ...place }: LayoutDeclaration['dielines'][number],
  { trim, scope, cuts }: Surroundings,
): Dieline[] {
  const paint = stroke === 'fill' ? stroke : { stroke: numberOf(stroke, scope) };
  if (shape === 'contour' || shape === 'white') {
    const path = cuts[shape];
    if (!path) return [];
    const { x, y } = boxOf(place, trim, scope);
    return [{ role, paint, path: placePath(path, { x, y, angle: 0 }) }];
  }
  const box = boxOf(place, trim, scope);
  const path =
    shape === 'ellipse' ? ellipse(box) : roundedRectangle(box, radius ? numberOf(radius, scope) : 0);
  return [{ role, paint, path }];
}
