import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Walk } from '../../src/preflight/content/walk.ts';
import { openPdf } from '../../src/preflight/document/open.ts';
import { InkBounds } from '../../src/preflight/ink/bounds.ts';
import { inkCounter } from '../../src/preflight/ink/count.ts';
import { inspect } from '../../src/preflight/inspect.ts';
import type { InkBound } from '../../src/preflight/model.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { htmlReport } from '../../src/preflight/report/html.ts';
import { asOutput } from '../../src/preflight/report/schema.ts';
import { hasTool, plates } from '../judges/index.ts';
import { inTemporaryFolder } from '../judges/tool.ts';
import { thinned } from '../setup/thinned.ts';
import { inkSamples } from './ink-samples.ts';
import { buildPdf, onePage } from './pdf-builder.ts';

async function boundOf(file: Uint8Array): Promise<InkBound | null> {
  const pdf = await openPdf(file);
  const bounds = new InkBounds();
  new Walk(pdf, [bounds]).page(pdf.pages[0]!);
  return bounds.of(pdf.pages[0]!);
}

const GOLD =
  '[/Separation /Gold /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 1 0] >>]';
const REGISTRATION = GOLD.replace('Gold', 'All');
const SPACES = `/ColorSpace << /Gold ${GOLD} /All ${REGISTRATION} /Few [/Indexed /DeviceCMYK 1 <000000001A334C00>] /Rgb [/Indexed /DeviceRGB 1 <000000FFFFFF>] >>`;
const STATES = `/ExtGState << ${['Multiply', 'Darken', 'Difference'].map((mode) => `/${mode} << /BM /${mode} >>`).join(' ')} >>`;
const RESOURCES = `${SPACES} ${STATES} /XObject << /Group 100 0 R /Light 101 0 R /Picture 102 0 R >>`;
const group = (space: string) =>
  `/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Group << /S /Transparency /CS /${space} >>`;
const OBJECTS = {
  100: { dict: group('DeviceCMYK'), data: '0.2 0 0 0 k 0 0 50 50 re f' },
  101: { dict: group('DeviceRGB'), data: '0.2 0 0 0 k 0 0 50 50 re f' },
  102: {
    dict: '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray',
    data: '\xff',
  },
};
const BOX = '0 0 50 50 re f';

describe('what the colours of a page say of its ink', () => {
  test.each<[what: string, content: string, cmyk: number, all: number]>([
    ['nothing', '1 0 0 0 k', 0, 0],
    ['the highest of each ink', `0.2 0.1 0 0 k ${BOX} 0 0.3 0 0.4 K 0 0 m 9 9 l S`, 90, 90],
    ['grey is black', `0.7 g ${BOX}`, 30, 30],
    ['a spot', `0.5 0 0 0 k ${BOX} /Gold cs 0.25 scn ${BOX}`, 50, 75],
    ['a picture of grey, whatever its pixels', '/Picture Do', 100, 100],
    ['a table of colours', '/Few cs 1 scn 0 0 9 9 re f', 60, 60],
    [
      'inks beside each other in a blend mode that keeps',
      `/Darken gs 0.2 0 0 0 k ${BOX} 0.3 0 0 0 k ${BOX}`,
      30,
      30,
    ],
    ['a blend mode that deepens', `/Multiply gs 0.2 0 0 0 k ${BOX} 0 0 0 0.5 k ${BOX}`, 200, 200],
    ['a group that is laid on so', `/Multiply gs /Group Do`, 100, 100],
    ['RGB, which only a profile could tell', `0.5 0.5 0.5 rg ${BOX}`, 400, 400],
    ['a table of RGB', `/Rgb cs 1 scn ${BOX}`, 400, 400],
  ])('%s', async (_, content, cmyk, all) => {
    const bound = await boundOf(onePage(content, RESOURCES, { objects: OBJECTS }));
    expect(bound!.cmyk).toBeCloseTo(cmyk, 6);
    expect(bound!.all).toBeCloseTo(all, 6);
  });

  test.each<[what: string, content: string]>([
    ['registration colour', `/All cs 0.1 scn ${BOX}`],
    ['a group of light', '/Light Do'],
    ['a blend mode that makes ink out of none', `/Difference gs 0.2 0 0 0 k ${BOX}`],
    ['a pattern that is missing', `/Pattern cs /None scn ${BOX}`],
  ])('nothing of %s', async (_, content) => {
    expect(await boundOf(onePage(content, RESOURCES, { objects: OBJECTS }))).toBeNull();
  });

  test('marks outside the bleed are not on the product, a pattern that fills them may be inside too', async () => {
    const bleed = '/TrimBox [50 50 150 150] /BleedBox [40 40 160 160]';
    const tile = {
      dict: '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>',
      data: '0 0 0.6 0 k 0 0 9 9 re f',
    };
    const content = '1 1 1 1 k 0 0 20 20 re f /Pattern cs /T scn 0 0 30 30 re f 90 90 20 20 re f';
    const pdf = onePage(content, '/Pattern << /T 100 0 R >>', { entries: bleed, objects: { 100: tile } });
    expect([...(await boundOf(pdf))!.inks].filter(([, tint]) => tint > 0)).toEqual([['Yellow', 0.6]]);
  });
});

describe.skipIf(!hasTool('gs'))('no plate that Ghostscript separates has more', async () => {
  // Registration colour could be on any plate, so of that sample nothing is said.
  const { 'overprint of process inks': registration, ...samples } = await inkSamples();
  test('registration', async () => expect(await boundOf(registration!)).toBeNull());

  test.each(thinned(Object.entries(samples), 3))('%s', async (_, pdf) => {
    const bound = (await boundOf(pdf))!;
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'page.pdf');
      await writeFile(file, pdf);
      const { C, M, Y, K, spots } = await plates(file, { dpi: 72, middles: true });
      for (const [ink, plate] of Object.entries({
        Cyan: C,
        Magenta: M,
        Yellow: Y,
        Black: K,
        ...Object.fromEntries(spots),
      })) {
        const most = plate.reduce((a, b) => Math.max(a, b), 0) / 255;
        expect(most, ink).toBeLessThanOrEqual((bound.inks.get(ink) ?? 0) + 1.5 / 255);
      }
    });
  });
});

describe('plates that cannot have ink are not drawn, and nothing else changes', async () => {
  test.each(thinned(Object.entries(await inkSamples()), 4))('%s', async (_, file) => {
    const pdf = await openPdf(file);
    const [page] = pdf.pages;
    const count = inkCounter();
    expect(await count(pdf, page!, await boundOf(file))).toEqual(await count(pdf, page!));
  });

  test('black alone', async () => {
    const file = onePage(`0 0 0 0.5 k ${BOX} /Gold cs 0 scn ${BOX}`, SPACES);
    const pdf = await openPdf(file);
    const count = inkCounter();
    const spared = await count(pdf, pdf.pages[0]!, await boundOf(file));
    expect(spared).toEqual(await count(pdf, pdf.pages[0]!));
    expect(spared!.inks).toEqual(['Cyan', 'Magenta', 'Yellow', 'Black', 'Gold']);
  });
});

describe('in a report', () => {
  const pages = [
    { content: `0 0 0 1 k ${BOX}` },
    { content: `0.8 0.8 0.8 0.8 k 0 0 200 200 re f` },
    { content: `0.9 0.9 0.9 0.9 k 0 0 200 200 re f` },
    { content: `0 0 0 1 k ${BOX} /Missing Do` },
  ];
  const judged = async (limit?: number) => {
    const drawn: number[] = [];
    const count = inkCounter();
    const countInk: typeof count = (pdf, page, bound) => {
      drawn.push(page.number);
      return count(pdf, page, bound);
    };
    const expected = limit === undefined ? {} : { expect: { inkLimit: limit } };
    const options = { profile: profileNamed('sheetfed'), ...expected };
    const report = await inspect(buildPdf({ pages }), options, { countInk });
    const found = report.findings.filter(({ rule }) => ['R0025', 'PR-INK'].includes(rule));
    return {
      drawn,
      inks: asOutput(report).pages.map(({ ink }) => ink),
      found,
      unjudged: report.unjudged,
      report,
    };
  };

  test('a page that cannot reach the limit is not drawn, and says what it has at most', async () => {
    const { drawn, inks, found, unjudged, report } = await judged();
    // A page that could not be read whole is drawn, whatever was read of it.
    expect(drawn).toEqual([3, 4]);
    expect(inks).toEqual([{ atMost: 100 }, { atMost: 320 }, { counted: 359.2 }, { counted: 100 }]);
    expect(found.map(({ rule, page }) => [rule, page])).toEqual([['R0025', 3]]);
    expect(unjudged).toEqual([]);
    expect(htmlReport('a.pdf', report, [])).toContain('ink up to 359.2 %');
  });

  test('the lowest limit that is asked about decides', async () => {
    const { drawn, found } = await judged(300);
    expect(drawn).toEqual([2, 3, 4]);
    expect(found.map(({ rule, page }) => [rule, page])).toEqual([
      ['PR-INK', 2],
      ['PR-INK', 3],
      ['R0025', 3],
    ]);
  });
});
