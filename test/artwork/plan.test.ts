import { describe, expect, test } from 'vitest';
import type { BleedFill } from '../../src/artwork/artwork.ts';
import { planArtwork, readingSize, scalePlan } from '../../src/artwork/plan.ts';
import { type Edges, sameEdges } from '../../src/units.ts';

const slot = (width: number, height: number, bleed: number | Edges, bleedFill: BleedFill = 'scale') => ({
  size: { width, height },
  bleed: typeof bleed === 'number' ? sameEdges(bleed) : bleed,
  ppi: 300,
  bleedFill,
});

const originals = [
  { width: 512, height: 512 },
  { width: 832, height: 1216 },
  { width: 5000, height: 700 },
];
const slots = (['scale', 'mirror', 'extend'] as const).flatMap((fill) => [
  slot(111.35, 154.35, 3.175, fill),
  slot(240, 105, 3, fill),
  slot(60, 200, { top: 3, right: 0, bottom: 3, left: 5 }, fill),
]);
const table = originals.flatMap((original) => slots.map((wish) => ({ original, wish })));

describe.each(table)(
  '$original.width×$original.height in $wish.size $wish.bleedFill',
  ({ original, wish }) => {
    for (const focal of [undefined, { x: 0, y: 0 }, { x: 0.9, y: 0.3 }]) {
      const plan = planArtwork(original, wish, focal);
      const scaleX = wish.size.width / plan.source.width;
      const scaleY = wish.size.height / plan.source.height;

      test('is never stretched', () => {
        expect(scaleX).toBeCloseTo(scaleY, 10);
        expect(plan.sourcePpi).toBeCloseTo(25.4 / scaleX, 6);
      });

      test('has the pixels that the size takes at 300 ppi, none too few', () => {
        expect(plan.widthPx).toBe(Math.ceil((wish.size.width / 25.4) * 300));
        expect(plan.heightPx).toBe(Math.ceil((wish.size.height / 25.4) * 300));
      });

      test('shows nothing that the original does not have, and covers what it must', () => {
        const { source } = plan;
        const pitchX = source.width / plan.widthPx;
        const pitchY = source.height / plan.heightPx;
        const shown = {
          left: source.x + plan.shown.left * pitchX,
          top: source.y + plan.shown.top * pitchY,
          right: source.x + (plan.shown.left + plan.shown.width) * pitchX,
          bottom: source.y + (plan.shown.top + plan.shown.height) * pitchY,
        };
        expect(shown.left).toBeGreaterThan(-1e-3);
        expect(shown.top).toBeGreaterThan(-1e-3);
        expect(shown.right).toBeLessThan(original.width + 1e-3);
        expect(shown.bottom).toBeLessThan(original.height + 1e-3);
        // Pixels that must come from the original: all of them, or those that the trim line touches and those within.
        const must = (bleed: number, px: number, mm: number) =>
          wish.bleedFill === 'scale' ? 0 : (bleed / mm) * px;
        const { shown: px } = plan;
        expect(px.left).toBeLessThanOrEqual(must(wish.bleed.left, plan.widthPx, wish.size.width));
        expect(px.top).toBeLessThanOrEqual(must(wish.bleed.top, plan.heightPx, wish.size.height));
        expect(plan.widthPx - px.left - px.width).toBeLessThanOrEqual(
          must(wish.bleed.right, plan.widthPx, wish.size.width),
        );
        expect(plan.heightPx - px.top - px.height).toBeLessThanOrEqual(
          must(wish.bleed.bottom, plan.heightPx, wish.size.height),
        );
      });

      test('is no larger than it must be: one direction has no pixel to spare', () => {
        const spare = Math.min(plan.play.width, plan.play.height);
        expect(spare).toBeLessThan(1e-6);
      });
    }
  },
);

describe('focal point', () => {
  // 1000 × 500 in a box of 50 × 50 mm with 5 mm of bleed: 10 px a mm, 500 px to choose.
  const wish = slot(50, 50, 5);
  const original = { width: 1000, height: 500 };

  test.each([
    [0.5, 250],
    [0.4, 150],
    [0.05, 0],
    [0.97, 500],
  ])('at %f of the width the crop begins at %i px', (x, left) => {
    const { source } = planArtwork(original, wish, { x, y: 0.5 });
    expect(source.x).toBeCloseTo(left, 6);
    expect(source.y).toBeCloseTo(0, 6);
  });

  test('comes to the middle of the trim part, not of the box', () => {
    const oneSided = slot(50, 50, { top: 0, bottom: 0, left: 10, right: 0 });
    // The trim part's middle lies 30 mm = 300 px from the left.
    expect(planArtwork(original, oneSided, { x: 0.5, y: 0.5 }).source.x).toBeCloseTo(200, 6);
  });
});

describe('zoom', () => {
  test.each([1.5, 4])('%d shows that much less of the picture, around the same point', (zoom) => {
    const original = { width: 1200, height: 1000 };
    const wish = slot(100, 80, 3);
    const focal = { x: 0.4, y: 0.55 };
    const whole = planArtwork(original, wish, focal);
    const close = planArtwork(original, { ...wish, zoom }, focal);
    expect(close.source.width).toBeCloseTo(whole.source.width / zoom, 6);
    expect(close.sourcePpi).toBeCloseTo(whole.sourcePpi / zoom, 6);
    expect(close.source.x + close.source.width / 2).toBeCloseTo(0.4 * 1200, 6);
    expect(close.source.y + close.source.height / 2).toBeCloseTo(0.55 * 1000, 6);
    expect([close.widthPx, close.heightPx]).toEqual([whole.widthPx, whole.heightPx]);
  });

  test('ends at the edges of the picture', () => {
    const { source } = planArtwork(
      { width: 1200, height: 1000 },
      { ...slot(100, 80, 3), zoom: 2 },
      { x: 1, y: 0 },
    );
    expect(source.x + source.width).toBeCloseTo(1200, 6);
    expect(source.y).toBeCloseTo(0, 6);
  });
});

describe('mirror and extend', () => {
  const wish = slot(111, 154, 3, 'mirror');

  test('the picture ends at the pixel that the trim line lies in', () => {
    // 3 mm at 300 ppi are 35.43 px of a 1312 px box: pixels 0…34 lie in the bleed.
    const { shown } = planArtwork({ width: 500, height: 720 }, wish);
    expect(shown.left).toBe(35);
    expect(shown.width).toBe(1312 - 70);
  });

  test('where the picture reaches on into the bleed it is used', () => {
    // Fitted in height (1749 of 1819 px for 154 mm: 148.07 mm) it is 105.77 mm or 1250.2 px wide: 4 px more than the
    // trim on each side.
    const { shown } = planArtwork({ width: 500, height: 700 }, wish);
    expect(shown).toEqual({ left: 31, top: 35, width: 1250, height: 1749 });
    // To one side if the focal point wants it so.
    expect(planArtwork({ width: 500, height: 700 }, wish, { x: 0, y: 0.5 }).shown.left).toBe(35);
  });

  test('where it is long enough for the bleed it covers it', () => {
    const { shown, heightPx } = planArtwork({ width: 500, height: 900 }, wish, { x: 0.5, y: 0 });
    expect(shown).toEqual({ left: 35, top: 0, width: 1242, height: heightPx });
  });
});

test('a picture of exactly the right size is taken as it is', () => {
  // 127 mm at 300 ppi are 1500 px.
  const plan = planArtwork({ width: 1500, height: 1500 }, slot(127, 127, 3));
  expect(plan).toMatchObject({ widthPx: 1500, factor: 1, source: { x: 0, y: 0, width: 1500, height: 1500 } });
  expect(plan.sourcePpi).toBeCloseTo(300, 9);
});

test('a slot that cannot be made is refused with its numbers', () => {
  const original = { width: 512, height: 512 };
  expect(() => planArtwork(original, slot(1189, 1682, 3))).toThrow(/at most 150 million pixels.*280 million/);
  expect(() => planArtwork(original, slot(6, 100, 3))).toThrow(/larger than its bleed.*6 mm × 100 mm/);
});

test('a large original is read reduced, the same part of it', () => {
  const original = { width: 5001, height: 7003 };
  const plan = planArtwork(original, slot(111, 154, 3));
  const size = readingSize(original, plan);
  expect(size.width).toBeLessThan(5001 / 2);
  const scaled = scalePlan(plan, original, size);
  expect(scaled.source.x / size.width).toBeCloseTo(plan.source.x / original.width, 9);
  expect(scaled.source.height / size.height).toBeCloseTo(plan.source.height / original.height, 9);
  // Still more pixels than the slot has.
  expect(scaled.source.width).toBeGreaterThan(plan.widthPx * 1.4);
});
