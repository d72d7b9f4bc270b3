import type { Geometry, MarkStyle, PageDesign, Panel } from '../../src/products/geometry.ts';
import { type Box, type Size, sameEdges } from '../../src/units.ts';

interface Around {
  readonly bleed?: number;
  readonly slug?: number;
  readonly marks?: MarkStyle;
}

/** A flat product of these pages. */
export function flatProduct(
  { width, height }: Size,
  pages: readonly PageDesign[],
  { bleed = 0, slug = 0, marks = 'none' }: Around = {},
): Geometry {
  return {
    ...{ product: 'card', sizeName: `${width}x${height} mm` },
    ...{ format: { width, height }, trim: { width, height }, bleed: sameEdges(bleed), slug: sameEdges(slug) },
    pages,
    ...{ marks, binding: null, spine: null, notes: [] },
  };
}

/** A flat product whose pages, one unless more are asked for, may hold type up to the trim. */
export function flatCard(size: Size, { pages = 1, ...around }: Around & { pages?: number } = {}): Geometry {
  const box = { x: 0, y: 0, ...size };
  const front = { name: 'front', box, bleed: sameEdges(around.bleed ?? 0), safe: box, text: true };
  const design = { kind: 'front', panels: [front], folds: [], keepClear: [], dielines: [] };
  return flatProduct(
    size,
    Array.from({ length: pages }, (_, index) => ({ ...design, index })),
    around,
  );
}

const panel = (name: string, box: Box, safe: number, text = true): Panel => ({
  ...{ name, box, bleed: sameEdges(3), text },
  safe: {
    x: box.x + safe,
    y: box.y + safe,
    width: box.width - 2 * safe,
    height: box.height - 2 * safe,
  },
});

/**
 * A card of 80 × 50 mm with a bleed of 3 mm: a front of one panel, `main`, safe 4 mm from the trim, and a back folded
 * at 30 mm, whose `main` lies right of the fold, safe 8 mm from its edges, with a place for a stamp in its lower right.
 */
export const twoSided: Geometry = flatProduct(
  { width: 80, height: 50 },
  [
    {
      ...{ kind: 'front', index: 0, folds: [], keepClear: [], dielines: [] },
      panels: [panel('main', { x: 0, y: 0, width: 80, height: 50 }, 4)],
    },
    {
      ...{ kind: 'back', index: 0, dielines: [] },
      panels: [
        panel('left', { x: 0, y: 0, width: 30, height: 50 }, 4),
        panel('main', { x: 30, y: 0, width: 50, height: 50 }, 8),
      ],
      folds: [{ name: 'fold', line: 'upright', at: 30 }],
      keepClear: [{ name: 'stamp', box: { x: 60, y: 34, width: 12, height: 8 } }],
    },
  ],
  { bleed: 3, slug: 10, marks: 'western' },
);

/** The same as a product's file, for a workspace. */
export const twoSidedDeclaration = {
  ...{ title: 'Card', description: 'A card of two sides', group: 'paper', printer: 'jp', marks: 'western' },
  pictures: { min: 1, max: 3 },
  trim: { width: 80, height: 50 },
  bleed: 3,
  pages: [
    { kind: 'front', panels: [{ name: 'main', safe: 4 }] },
    {
      kind: 'back',
      panels: [
        { name: 'left', width: 30, safe: 4 },
        { name: 'main', x: 30, width: 50, safe: 8 },
      ],
      folds: [{ name: 'fold', x: 30 }],
      keepClear: [{ name: 'stamp', x: 60, y: 34, width: 12, height: 8 }],
    },
  ],
};
