import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Raster } from '../../src/artwork/raster.ts';
import { type ContourOptions, contourOf, contourOptions } from '../../src/contours/contour.ts';
import { requireCuttable } from '../../src/contours/measure.ts';
import { areaOf } from '../../src/contours/path.ts';
import { packagePath } from '../../src/paths.ts';
import { hasTool } from '../judges/index.ts';
import { thinned } from '../setup/thinned.ts';
import {
  crosses,
  type Drawn,
  distances,
  drawn,
  halfLine,
  least,
  leastRadius,
  most,
  pointsOfSvg,
  shoelace,
  tooNarrow,
} from './judge.ts';

const SIDE = 400;
const WIDTH = 50;
const options = (given: Partial<ContourOptions> = {}): ContourOptions =>
  z.object(contourOptions).parse(given);

/** A mask of 400 × 400 px, drawn by librsvg. */
async function mask(body: string): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect width="${SIDE}"
    height="${SIDE}"/><g fill="#fff">${body}</g></svg>`;
  const { data } = await sharp(Buffer.from(svg))
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: SIDE, height: SIDE, channels: 1 };
}

const star = Array.from({ length: 10 }, (_, i) => {
  const [radius, angle] = [i % 2 ? 70 : 180, -Math.PI / 2 + (i * Math.PI) / 5];
  return `${200 + radius * Math.cos(angle)},${200 + radius * Math.sin(angle)}`;
}).join(' ');
const comb = Array.from(
  { length: 7 },
  (_, i) => `<rect x="${50 + 46 * i}" y="100" width="16" height="220"/>`,
).join('');
const SHAPES = {
  circle: '<circle cx="200" cy="200" r="120"/>',
  tilted: '<rect x="110" y="140" width="180" height="120" transform="rotate(27 200 200)"/>',
  star: `<polygon points="${star}"/>`,
  comb: `<rect x="50" y="50" width="292" height="60"/>${comb}`,
  wideComb: `<rect x="20" y="50" width="360" height="60"/><rect x="20" y="50" width="30" height="250"/>
    <rect x="140" y="50" width="30" height="250"/><rect x="186" y="50" width="30" height="250"/>`,
  hair: '<circle cx="200" cy="250" r="90"/><rect x="200" y="20" width="1" height="160"/>',
  ring: '<path fill-rule="evenodd" d="M200 60a140 140 0 1 0 .1 0zM200 90a110 110 0 1 0 .1 0z"/>',
  slit: '<path d="M40 40h300v150l-290 8l290 8v150h-300z"/>',
};
const ISLANDS = '<circle cx="100" cy="120" r="60"/><rect x="230" y="210" width="120" height="110"/>';

interface Judged {
  readonly drawing: Drawn;
  readonly lines: ReturnType<typeof pointsOfSvg>;
  /** From the cut as drawn to the edge of the art in the raster. */
  readonly away: number[];
}

async function judged(raster: Raster, given: ContourOptions, width = WIDTH): Promise<Judged> {
  const contour = contourOf(raster, width, given);
  requireCuttable(contour, given);
  const height = (width * raster.height) / raster.width;
  const drawing = await drawn(contour.path, width, height);
  const cut = halfLine(drawing.raster, drawing.mmPerPx, drawing.origin);
  const away = distances(cut, halfLine(raster, width / raster.width));
  return { drawing, lines: pointsOfSvg(contour.path), away };
}

function expectCuttable({ drawing, lines, away }: Judged, given: ContourOptions): void {
  expect(least(away)).toBeGreaterThan(given.border - 0.1);
  expect(leastRadius(lines)).toBeGreaterThan(given.radius - 0.06);
  expect(crosses(lines.map((line) => line.filter((_, i) => i % 4 === 0)))).toBe(false);
  expect(tooNarrow(drawing, false, given.narrowest - 0.15)).toBeLessThan(0.03);
  expect(tooNarrow(drawing, true, given.narrowest - 0.15)).toBeLessThan(0.03);
}

describe.skipIf(!hasTool('mutool'))('a cut as MuPDF draws it', () => {
  test.each(thinned(Object.entries(SHAPES), 3))(
    'around a %s keeps border, radius and gap',
    async (_, body) => {
      const given = options();
      const found = await judged(await mask(body), given);
      expectCuttable(found, given);
      expect(found.lines).toHaveLength(1);
      expect(shoelace(found.lines[0]!)).toBeGreaterThan(0);
    },
  );

  test.each(['circle', 'tilted'] as const)('lies at the border all round a convex %s', async (name) => {
    const { away } = await judged(await mask(SHAPES[name]), options({ border: 3 }));
    expect(least(away)).toBeGreaterThan(2.9);
    expect(most(away)).toBeLessThan(3.1);
  });

  test('keeps a border narrower than its radius, and the radius too', async () => {
    for (const given of [options({ border: 0.5 }), options({ radius: 3, narrowest: 2 })]) {
      for (const name of thinned(['star', 'tilted', 'hair'] as const, 3)) {
        const found = await judged(await mask(SHAPES[name]), given);
        expectCuttable(found, given);
      }
    }
  });

  test('cuts into the corners of the art where there is no border', async () => {
    const given = options({ border: 0 });
    const { away, lines } = await judged(await mask(SHAPES.tilted), given);
    // A right angle rounded by r lies (√2 − 1) r away from its corner.
    expect(most(away)).toBeGreaterThan((Math.SQRT2 - 1) * 1 - 0.1);
    expect(most(away)).toBeLessThan((Math.SQRT2 - 1) * 1.1 + 0.1);
    expect(leastRadius(lines)).toBeGreaterThan(0.94);
  });

  test('follows the demo cat with alpha', async () => {
    const { data, info } = await sharp(packagePath('assets/demo/20220923124418.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(4);
    const alpha = Uint8Array.from({ length: info.width * info.height }, (_, i) => data[4 * i + 3]!);
    const size = { width: info.width, height: info.height };
    const given = options();
    const contour = contourOf({ data, ...size, channels: 4 }, 60, given);
    expect(contour.path).toEqual(contourOf({ data: alpha, ...size, channels: 1 }, 60, given).path);
    const found = await judged({ data: alpha, ...size, channels: 1 }, given, 60);
    expectCuttable(found, given);
    const exact = found.away.filter((distance) => Math.abs(distance - 2) <= 0.1).length;
    expect(exact / found.away.length).toBeGreaterThan(0.9);
  });

  test('keeps its border around what a hole leaves where holes are wished', async () => {
    const given = options({ holes: 'keep' });
    const found = await judged(await mask(SHAPES.ring), given);
    expectCuttable(found, given);
    const areas = found.lines.map(shoelace).sort((a, b) => a - b);
    expect(areas).toHaveLength(2);
    // 140 and 110 px of 0.125 mm, a border of 2 mm outwards and inwards.
    expect(areas[1]).toBeCloseTo(Math.PI * 19.5 ** 2, -1);
    expect(areas[0]).toBeCloseTo(-Math.PI * 11.75 ** 2, -1);
  });

  test('joins, separates or refuses parts that lie apart', async () => {
    const raster = await mask(ISLANDS);
    const joined = await judged(raster, options());
    expectCuttable(joined, options());
    expect(joined.lines).toHaveLength(1);
    // The bridge is 3 mm wide: 2.8 mm pass through everywhere, 3.4 mm do not.
    expect(tooNarrow(joined.drawing, true, 2.8)).toBeLessThan(0.03);
    expect(tooNarrow(joined.drawing, true, 3.4)).toBeGreaterThan(1);
    // It runs out into the parts in curves of 4.2 mm, not in corners of the smallest radius.
    expect(tooNarrow(joined.drawing, false, 7)).toBeLessThan(0.05);
    const separate = options({ islands: 'separate' });
    const apart = await judged(raster, separate);
    expectCuttable(apart, separate);
    expect(apart.lines).toHaveLength(2);
    expect(() => contourOf(raster, WIDTH, options({ islands: 'refuse' }))).toThrow(
      'Expected art in one piece but received 2 pieces that lie apart',
    );
  });

  test('leaves specks out and says how many', async () => {
    const specks = Array.from(
      { length: 25 },
      (_, i) => `<rect x="${10 + 15 * i}" y="${i % 2 ? 20 : 380}" width="1" height="1"/>`,
    ).join('');
    const clean = contourOf(await mask(SHAPES.circle), WIDTH, options());
    const noisy = contourOf(await mask(SHAPES.circle + specks), WIDTH, options());
    expect(noisy.specks).toBe(25);
    expect(areaOf(noisy.path)).toBeCloseTo(areaOf(clean.path), 0);
    const kept = contourOf(await mask(SHAPES.circle + specks), WIDTH, options({ speck: 0 }));
    expect(kept.islands).toBeGreaterThan(1);
  });
});

describe('what cannot be cut', () => {
  test('an empty picture', async () => {
    const raster = await mask('');
    expect(() => contourOf(raster, WIDTH, options())).toThrow('Expected art to cut around');
  });

  test('art that is thinner than the cut can follow, without a border', async () => {
    const raster = await mask('<rect x="100" y="100" width="200" height="8"/>');
    expect(() => contourOf(raster, WIDTH, options({ border: 0 }))).toThrow('Expected art wider than 2.2 mm');
  });

  test('a picture without alpha', () => {
    const raster: Raster = { data: new Uint8Array(300).fill(255), width: 10, height: 10, channels: 3 };
    expect(() => contourOf(raster, WIDTH, options())).toThrow('Expected a picture with transparency');
  });

  test('a cut with a bend that is too tight is found after the making', async () => {
    const contour = contourOf(await mask(SHAPES.star), WIDTH, options());
    expect(() => requireCuttable(contour, options({ radius: 2 }))).toThrow(
      /radius 1(\.\d+)? mm instead of 2 mm/,
    );
    expect(() => requireCuttable(contour, options({ border: 2.5 }))).toThrow(
      /border 1\.9\d* mm instead of 2\.5/,
    );
  });
});
