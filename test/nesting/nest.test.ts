import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { twelveCats } from '../../bench/cats.mjs';
import { contourOf, contourOptions } from '../../src/contours/contour.ts';
import { areaOf, boundsOf, type CutPath, placePath } from '../../src/contours/path.ts';
import { circle, roundedRectangle } from '../../src/contours/shapes.ts';
import { type Nested, type NestOptions, nest, nestOptions } from '../../src/nesting/nest.ts';
import { nestAside } from '../../src/nesting/nest-aside.ts';
import { lengthOf, packRectangles } from '../../src/nesting/rectangles.ts';
import { evenly, least, pointsOfSvg, type XY } from '../contours/judge.ts';

const options = (given: Partial<NestOptions> = {}): NestOptions => z.object(nestOptions).parse(given);
const contour = z.object(contourOptions).parse({});
const cats = (await twelveCats()).map(({ mask, width }) => contourOf(mask, width, contour).path);
const rectangle = (width: number, height: number): CutPath =>
  roundedRectangle({ x: 0, y: 0, width, height }, 0);
/** An L: what rectangles cannot nest. */
const corner = (size: number): CutPath => {
  const points: XY[] = [
    [0, 0],
    [size, 0],
    [size, size / 4],
    [size / 4, size / 4],
    [size / 4, size],
    [0, size],
  ];
  return {
    loops: [
      points.map((from, i) => {
        const to = points[(i + 1) % points.length]!;
        return { from, control1: from, control2: to, to };
      }),
    ],
  };
};

/** The outlines as they stand on the sheet, points 0.1 mm apart. */
const standing = (paths: readonly CutPath[], placements: readonly Nested[]): XY[][] =>
  placements.map((one) =>
    pointsOfSvg(placePath(paths[one.index]!, one)).flatMap((line) => evenly(line, 0.1)),
  );

const isInside = ([x, y]: XY, outline: readonly XY[]): boolean =>
  outline.reduce((inside, [ax, ay], i) => {
    const [bx, by] = outline[(i + 1) % outline.length]!;
    return ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay) ? !inside : inside;
  }, false);

/** The least distance between any two outlines, point by point, both ways; 0 where one lies in another. */
function nearest(outlines: readonly (readonly XY[])[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  outlines.forEach((ours, i) => {
    for (const theirs of outlines.slice(i + 1)) {
      if (isInside(ours[0]!, theirs) || isInside(theirs[0]!, ours)) smallest = 0;
      for (const [x, y] of ours) {
        for (const [ox, oy] of theirs) smallest = Math.min(smallest, (x - ox) ** 2 + (y - oy) ** 2);
      }
    }
  });
  return Math.sqrt(smallest);
}

const nearestEdge = (outlines: readonly (readonly XY[])[], width: number, height: number): number =>
  least(outlines.flat().map(([x, y]) => Math.min(x, y, width - x, height - y)));

describe('twelve cats on a sheet', () => {
  const items = cats.map((path) => ({ path }));
  const sheet = { width: 210, height: 400 };
  const given = options({ effort: 60 });
  const nesting = nest(items, sheet, given);

  test('keep the gap and the margin', () => {
    expect(nesting.placements.map(({ index }) => index)).toEqual(cats.map((_, i) => i));
    expect(nesting.left).toEqual([]);
    const outlines = standing(cats, nesting.placements);
    expect(nearest(outlines)).toBeGreaterThan(given.gap - 0.01);
    expect(nearestEdge(outlines, sheet.width, sheet.height)).toBeGreaterThan(given.margin - 0.01);
    const lowest = Math.max(...outlines.flat().map(([, y]) => y));
    expect(nesting.length).toBeCloseTo(lowest + given.margin, 1);
    const area = cats.reduce((sum, path) => sum + areaOf(path), 0);
    expect(nesting.fillOfLength).toBeCloseTo(area / (210 * nesting.length), 9);
  });

  test('fill at least 15 % more than the best packing of their boxes, at a seventh of the usual effort', () => {
    const room = { width: sheet.width - 2 * given.margin, height: sheet.height - 2 * given.margin };
    const boxes = packRectangles(cats.map(boundsOf), room, given.gap);
    expect(boxes).toHaveLength(12);
    expect((lengthOf(boxes) + 2 * given.margin) / nesting.length).toBeGreaterThan(1.15);
  });

  test('stand the same for the same seed, otherwise for another', () => {
    const few = items.slice(0, 5);
    const once = nest(few, sheet, options({ effort: 20 }));
    expect(nest(few, sheet, options({ effort: 20 }))).toEqual(once);
    expect(nest(few, sheet, options({ effort: 20, seed: 2 })).placements).not.toEqual(once.placements);
  });

  test('that find no room are listed', () => {
    const small = { width: 150, height: 150 };
    const some = nest(
      items.map((item) => ({ ...item, copies: 2 })),
      small,
      options({ effort: 30 }),
    );
    const left = some.left.reduce((sum, { copies }) => sum + copies, 0);
    expect(some.placements.length + left).toBe(24);
    expect(left).toBeGreaterThan(10);
    const outlines = standing(cats, some.placements);
    expect(nearest(outlines)).toBeGreaterThan(2 - 0.01);
    expect(nearestEdge(outlines, small.width, small.height)).toBeGreaterThan(5 - 0.01);
    // Nobody has a second copy while another that is no larger has none.
    const counts = cats.map((_, i) => some.placements.filter(({ index }) => index === i).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
});

describe('what fits exactly', () => {
  test('one sticker of the size that the margins leave', () => {
    const { placements } = nest([{ path: rectangle(60, 40) }], { width: 70, height: 50 }, options());
    expect(placements).toEqual([{ index: 0, x: 5, y: 5, angle: 0 }]);
    expect(nest([{ path: circle([0, 0], 30) }], { width: 70, height: 70 }, options()).left).toEqual([]);
  });

  test('a grid of boxes with nothing to spare, some of them on their sides', () => {
    const paths = [rectangle(30, 20), rectangle(20, 30)];
    const items = [
      { path: paths[0]!, copies: 3 },
      { path: paths[1]!, copies: 3 },
    ];
    const sheet = { width: 3 * 30 + 2 * 2 + 10, height: 2 * 20 + 2 + 10 };
    const { placements, left, length } = nest(items, sheet, options({ effort: 10 }));
    expect(left).toEqual([]);
    expect(placements).toHaveLength(6);
    expect(length).toBeCloseTo(sheet.height, 6);
    const outlines = standing(paths, placements);
    expect(nearest(outlines)).toBeCloseTo(2, 6);
    expect(nearestEdge(outlines, sheet.width, sheet.height)).toBeCloseTo(5, 6);
    const upright = nest(items, sheet, options({ effort: 10, rotations: 1 }));
    expect(upright.left.length).toBeGreaterThan(0);
  });

  test('what is larger than the sheet is named', () => {
    const items = [{ path: rectangle(10, 10) }, { path: rectangle(80, 40) }];
    expect(() => nest(items, { width: 70, height: 50 }, options())).toThrow(
      /number 2 is 80 mm × 40 mm, and a margin of 5 mm/,
    );
  });
});

describe('nested in a thread of its own', () => {
  const never = new AbortController().signal;
  const items = [{ path: corner(40), copies: 2 }, { path: rectangle(20, 12) }];
  const sheet = { width: 110, height: 110 };

  test('they stand the same to the last digit', async () => {
    const given = options({ effort: 5 });
    expect(await nestAside({ items, sheet, options: given }, never)).toEqual(nest(items, sheet, given));
  });

  test('what cannot be nested is told as before', async () => {
    const large = {
      items: [{ path: rectangle(80, 40) }],
      sheet: { width: 70, height: 50 },
      options: options(),
    };
    await expect(nestAside(large, never)).rejects.toMatchObject({
      name: 'PrintcatError',
      message: expect.stringMatching(/number 1 is 80 mm × 40 mm/),
      hint: expect.stringMatching(/larger sheet/),
    });
  });

  test('it can be stopped in the middle', async () => {
    const stop = new AbortController();
    const long = nestAside({ items, sheet, options: options({ effort: 100_000 }) }, stop.signal);
    setImmediate(() => stop.abort());
    await expect(long).rejects.toThrow('Stopped.');
    await expect(nestAside({ items, sheet, options: options() }, stop.signal)).rejects.toThrow('Stopped.');
  });
});

describe('true shapes', () => {
  test('nest into each other where their boxes would not fit', () => {
    const path = corner(40);
    const sheet = { width: 70, height: 70 };
    const { placements, left } = nest([{ path, copies: 3 }], sheet, options({ margin: 2, effort: 400 }));
    expect(left).toEqual([]);
    expect(nearest(standing([path], placements))).toBeGreaterThan(1.99);
    expect(
      packRectangles(
        [0, 1, 2].map(() => boundsOf(path)),
        { width: 66, height: 66 },
        2,
      ),
    ).toHaveLength(1);
  });

  test('turn only as they may', () => {
    const { placements } = nest(
      cats.slice(0, 4).map((path) => ({ path })),
      { width: 200, height: 200 },
      options({ rotations: 4, effort: 20 }),
    );
    for (const { angle } of placements)
      expect(Math.abs(angle / 90 - Math.round(angle / 90))).toBeLessThan(1e-9);
  });
});
