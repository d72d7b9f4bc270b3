import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { areaOf, boundsOf, type CutPath } from '../../src/contours/path.ts';
import { toPdfOperators, toSvgData } from '../../src/contours/path-text.ts';
import { circle, ellipse, roundedRectangle, shapeAround } from '../../src/contours/shapes.ts';
import { mmToPt } from '../../src/units.ts';
import { render } from '../judges/index.ts';

/** A drop with a hole, off the middle so that a turned axis is seen, mm. */
const DROP: CutPath = {
  loops: [
    ...roundedRectangle({ x: 4, y: 3, width: 12, height: 20 }, 5).loops,
    circle([9, 8], 2)
      .loops[0]!.map(({ from, control1, control2, to }) => ({
        ...{ from: to, control1: control2, control2: control1, to: from },
      }))
      .reverse(),
  ],
};
const PAGE = { width: 24, height: 30 };

/** A page of its own size with the operators, by hand. */
function pdfOf(operators: readonly string[]): string {
  const content = [...operators, 'f'].join('\n');
  const parts = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${mmToPt(PAGE.width)} ${mmToPt(PAGE.height)}]/Contents 4 0 R>>`,
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
  ];
  return `%PDF-1.4\n${parts.map((part, i) => `${i + 1} 0 obj${part}endobj\n`).join('')}trailer<</Root 1 0 R>>`;
}

/** Whether each pixel is dark, at 10 px a mm. */
async function darkness(picture: Sharp): Promise<boolean[]> {
  const grey = await picture
    .flatten({ background: '#fff' })
    .resize(PAGE.width * 10, PAGE.height * 10, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return [...grey].map((value) => value < 128);
}

test('PDF and SVG draw the same shape at the same place, with its hole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-path-'));
  try {
    const pdf = join(folder, 'path.pdf');
    await writeFile(pdf, pdfOf(toPdfOperators(DROP, PAGE.height)));
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${PAGE.width * 10}" height="${PAGE.height * 10}" viewBox="0 0 ${PAGE.width} ${PAGE.height}"><path d="${toSvgData(DROP)}"/></svg>`;
    const page = await render(pdf, 254);
    const { width, height } = page;
    const [a, b] = await Promise.all([
      darkness(sharp(page.data, { raw: { width, height, channels: 3 } })),
      darkness(sharp(Buffer.from(svg))),
    ]);
    const different = a.filter((dark, i) => dark !== b[i]).length;
    expect(different / a.length).toBeLessThan(0.002);
    // mm² by the pixels against the area by the curves.
    expect(b.filter(Boolean).length / 100).toBeCloseTo(areaOf(DROP), 0);
    const at = (x: number, y: number) => b[Math.floor(y * 10) * PAGE.width * 10 + Math.floor(x * 10)];
    expect([at(9, 8), at(9, 12), at(4.5, 3.5), at(15, 22)]).toEqual([false, true, false, false]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a loop is written as one move, its curves and a close; numbers have no exponent', () => {
  const tiny: CutPath = {
    loops: [[{ from: [1e-7, 0], control1: [1, 0], control2: [1, 1 / 3], to: [1e-7, 0] }]],
  };
  expect(toSvgData(tiny)).toBe('M0 0C1 0 1 0.3333 0 0Z');
  expect(toPdfOperators(tiny, 25.4)).toEqual(['0 72 m', '2.8346 72 2.8346 71.0551 0 72 c', 'h']);
  expect(toPdfOperators(DROP, PAGE.height).filter((line) => line === 'h')).toHaveLength(2);
});

test.each([
  ['circle', circle([10, 8], 6), Math.PI * 36, { x: 4, y: 2, width: 12, height: 12 }],
  [
    'ellipse',
    ellipse({ x: 1, y: 2, width: 20, height: 8 }),
    Math.PI * 40,
    { x: 1, y: 2, width: 20, height: 8 },
  ],
  [
    'rounded rectangle',
    roundedRectangle({ x: 1, y: 2, width: 20, height: 8 }, 2),
    160 - (4 - Math.PI) * 4,
    { x: 1, y: 2, width: 20, height: 8 },
  ],
  [
    'rectangle',
    roundedRectangle({ x: 1, y: 2, width: 20, height: 8 }, 0),
    160,
    { x: 1, y: 2, width: 20, height: 8 },
  ],
])('%s: its area, its box, closed and clockwise', (_, path, area, box) => {
  expect(areaOf(path) / area).toBeCloseTo(1, 3);
  const bounds = boundsOf(path);
  for (const key of ['x', 'y', 'width', 'height'] as const) expect(bounds[key]).toBeCloseTo(box[key], 9);
  const [loop] = path.loops;
  for (const [i, { to }] of loop!.entries()) {
    const { from } = loop![(i + 1) % loop!.length]!;
    expect(Math.hypot(to[0] - from[0], to[1] - from[1])).toBeLessThan(1e-9);
  }
});

test('a shape around a box keeps the border off its sides or corners', () => {
  const box = { x: 10, y: 20, width: 30, height: 16 };
  expect(boundsOf(shapeAround('rectangle', box, 3, 2))).toMatchObject({ x: 7, y: 17, width: 36, height: 22 });
  const round = boundsOf(shapeAround('circle', box, 3, 0));
  expect(round.width / 2).toBeCloseTo(17 + 3, 9);
  expect(round.x + round.width / 2).toBeCloseTo(25, 9);
  const oval = boundsOf(shapeAround('ellipse', box, 3, 0));
  expect(oval.width).toBeCloseTo(30 * Math.SQRT2 + 6, 9);
  // The box's corner lies within.
  const [dx, dy] = [15 / (oval.width / 2), 8 / (oval.height / 2)];
  expect(dx ** 2 + dy ** 2).toBeLessThan(1);
});
