import type { Geometry, MarkStyle } from '../../src/products/geometry.ts';
import { type Size, sameEdges } from '../../src/units.ts';

/** A flat product of one page whose front may hold type up to the trim. */
export function flatCard(
  size: Size,
  { bleed = 0, slug = 0, marks = 'none' }: { bleed?: number; slug?: number; marks?: MarkStyle } = {},
): Geometry {
  const { width, height } = size;
  const box = { x: 0, y: 0, width, height };
  const front = { name: 'front', box, bleed: sameEdges(bleed), safe: box, text: true };
  return {
    ...{ product: 'card', sizeName: `${width}x${height} mm` },
    ...{ format: { width, height }, trim: { width, height }, bleed: sameEdges(bleed), slug: sameEdges(slug) },
    pages: [{ kind: 'front', index: 0, panels: [front], folds: [], keepClear: [], dielines: [] }],
    ...{ marks, binding: null, spine: null, notes: [] },
  };
}
