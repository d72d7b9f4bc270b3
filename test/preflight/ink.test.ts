import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';
import { openPdf } from '../../src/preflight/document/open.ts';
import { inkCounter } from '../../src/preflight/ink/count.ts';
import { PlateReader } from '../../src/preflight/ink/page-plates.ts';
import type { Plates } from '../../src/preflight/ink/plates.ts';
import { inkOnPage } from '../../src/preflight/ink/squares.ts';
import { inspect } from '../../src/preflight/inspect.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { cmykInk, totalInk } from '../../src/preflight/rules/ink.ts';
import { press } from '../../src/press/press.ts';
import { hasTool, plates as judgedPlates } from '../judges/index.ts';
import { inTemporaryFolder, judge } from '../judges/tool.ts';
import { flatCard } from '../products/flat.ts';
import { inkSamples } from './ink-samples.ts';
import { onePage, separation } from './pdf-builder.ts';

/** Ghostscript draws four times as finely, so that its hard edges do not tell. */
const DPI = 288;

async function ourPlates(pdf: Uint8Array): Promise<Plates> {
  const opened = await openPdf(pdf);
  return (await PlateReader.open(opened)).page(opened.pages[0]!);
}

/** Ghostscript's plates, in the form of ours. */
const theirPlates = (pdf: Uint8Array, profile?: string): Promise<Plates> =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, 'page.pdf');
    await writeFile(file, pdf);
    const { width, height, C, M, Y, K, spots } = await judgedPlates(file, {
      dpi: DPI,
      middles: true,
      ...(profile ? { profile } : {}),
    });
    const process = { Cyan: C, Magenta: M, Yellow: Y, Black: K };
    return {
      ...{ width, height, perMm: DPI / 25.4, uncounted: [] },
      inks: new Map([...Object.entries(process), ...spots]),
    };
  });

const mean = (plate: Uint8Array | undefined): number =>
  plate ? plate.reduce((sum, ink) => sum + ink, 0) / plate.length : 0;

async function expectSamePlates(pdf: Uint8Array, profile?: string): Promise<Plates> {
  const [ours, theirs] = await Promise.all([ourPlates(pdf), theirPlates(pdf, profile)]);
  for (const ink of new Set([...ours.inks.keys(), ...theirs.inks.keys()])) {
    const difference = Math.abs(mean(ours.inks.get(ink)) - mean(theirs.inks.get(ink)));
    expect(difference, `mean of ${ink}`).toBeLessThan(2);
  }
  const [worst, judged] = [ours, theirs].map((plates) => inkOnPage(plates).squares[0]!);
  expect(Math.abs(worst!.all - judged!.all) / judged!.all, 'worst square').toBeLessThan(0.02);
  return ours;
}

const samples = await inkSamples();

describe.skipIf(!hasTool('gs'))('plates are those that Ghostscript separates', () => {
  test.each(Object.keys(samples))('%s', async (name) => {
    const { uncounted } = await expectSamePlates(samples[name]!);
    expect(uncounted).toEqual([]);
  });

  test('a blend mode that mixes inks is said where they have to be drawn apart', async () => {
    const blended = async (mode: string, overprint: string) => {
      const states = `/ExtGState << /B << /BM /${mode} >> /O << /op ${overprint} /BM /Normal >> >>`;
      const cyan = `/ColorSpace << /C ${separation('Cyan', '1 0 0 0')} >>`;
      const pdf = onePage(
        '0 1 1 0 k 0 0 200 200 re f /B gs 1 0 0.5 0 k 20 20 99 99 re f /O gs /C cs 1 scn 50 50 99 99 re f',
        `${states} ${cyan}`,
      );
      return (await ourPlates(pdf)).uncounted;
    };
    expect(await blended('Hue', 'true')).toEqual([expect.stringContaining('blend mode Hue')]);
    expect(await blended('Hue', 'false')).toEqual([]);
    expect(await blended('Multiply', 'true')).toEqual([]);
  });

  test('RGB and Lab go through the profile that stands for the missing output intent', async () => {
    const pdf = onePage(
      '1 0 0 rg 0 0 100 100 re f 0.1 0.5 0.3 rg 100 0 100 100 re f /Lab cs 60 -40 30 scn 0 100 100 100 re f /Indexed cs 1 scn 100 100 100 100 re f',
      '/ColorSpace << /Lab [/Lab << /WhitePoint [0.9642 1 0.8249] /Range [-100 100 -100 100] >>] /Indexed [/Indexed /DeviceRGB 1 <000000204080>] >>',
    );
    const { uncounted } = await expectSamePlates(pdf, packagePath('assets', 'icc', 'FOGRA39L.icc'));
    expect(uncounted).toEqual([
      expect.stringMatching(/^RGB colours are counted as converted through FOGRA39/),
      expect.stringMatching(/^Lab colours are counted as converted through FOGRA39/),
    ]);
  });

  test.each([
    ['small', 60, 50],
    ['large', 1300, 1000],
  ])('a %s picture in RGB, its Decode turned over', async (_, width, height) => {
    const samples = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return [(255 * x) / width, (255 * y) / height, x < y ? 40 : 200][i % 3]!;
    });
    const dict = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 /ColorSpace /DeviceRGB /Decode [1 0 1 0 1 0] /Filter /FlateDecode`;
    const pdf = onePage('q 180 0 0 160 10 20 cm /I Do Q', '/XObject << /I 100 0 R >>', {
      objects: { 100: { dict, data: deflateSync(samples) } },
    });
    await expectSamePlates(pdf, packagePath('assets', 'icc', 'FOGRA39L.icc'));
  });

  test('a picture that Ghostscript itself wrote into a PDF', () =>
    inTemporaryFolder(async (folder) => {
      const [source, file] = [join(folder, 'page.ps'), join(folder, 'page.pdf')];
      await writeFile(
        source,
        [
          '%!PS\n<< /PageSize [200 200] >> setpagedevice 0.9 0.7 0.1 0.4 setcmykcolor 20 20 100 100 rectfill',
          '/DeviceCMYK setcolorspace gsave 60 60 translate 120 120 scale',
          '<< /ImageType 1 /Width 2 /Height 2 /BitsPerComponent 8 /Decode [0 1 0 1 0 1 0 1] /ImageMatrix [2 0 0 2 0 0]',
          '/DataSource <ff00000000ff00000000ff80404040ff> >> image grestore',
          '[/Separation (Varnish) /DeviceCMYK { 0 exch dup 0 exch 0 exch pop }] setcolorspace 0.5 setcolor 5 150 60 40 rectfill showpage',
        ].join('\n'),
      );
      await judge('gs', '-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pdfwrite', '-o', file, source);
      const { inks } = await expectSamePlates(await readFile(file));
      expect(mean(inks.get('Varnish'))).toBeCloseTo((0.5 * 255 * 60 * 40) / 200 ** 2, 0);
    }));
});

const FOREIGN = fileURLToPath(new URL('foreign', import.meta.url));
describe.skipIf(!hasTool('gs') || !existsSync(FOREIGN))('files of other programs', () => {
  test.each<[name: string, colours: 'inks' | 'RGB']>([
    ['gs-spots', 'inks'],
    ['gs-images', 'inks'],
    ['img2pdf-pictures', 'inks'],
    ['pdftocairo-images', 'RGB'],
    ['libreoffice-pdfa1', 'RGB'],
    ['mutool-svg', 'RGB'],
  ])('%s, made of %s', async (name, colours) => {
    // RGB goes through the profile that stands for the missing output intent.
    const profile = colours === 'RGB' ? packagePath('assets', 'icc', 'FOGRA39L.icc') : undefined;
    await expectSamePlates(await readFile(join(FOREIGN, `${name}.pdf`)), profile);
  });
});

test.skipIf(!hasTool('gs'))('our own press file', async () => {
  const size = { width: 70, height: 70 };
  const colours = await PressColours.open('FOGRA39');
  const printed = onePage(
    [
      '0.9 0.9 0.8 rg 0 0 200 200 re f 0.1 0.2 0.5 rg 10 10 80 80 re f /Half gs 0.8 0.1 0.1 rg 50 50 80 80 re f /Whole gs',
      '0 0 0 rg 120 10 60 60 re f /Pattern cs /Axial scn 10 140 160 40 re f',
    ].join('\n'),
    '/ExtGState << /Half << /ca 0.5 /BM /Normal >> /Whole << /ca 1 /BM /Normal >> >> /Pattern << /Axial << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [10 0 170 0] /Domain [0 1] /Function << /FunctionType 2 /N 1 /Domain [0 1] /C0 [1 0.9 0] /C1 [0.4 0 0.5] >> >> >> >>',
  );
  const { pdf } = await press({
    printed,
    colours,
    pictures: [],
    facts: { title: 'Ink', author: '', date: new Date(0), producer: 'test', digitalSourceType: null },
    geometry: flatCard(size),
  });
  expect((await expectSamePlates(pdf)).uncounted).toEqual([]);
});

test('a shading of the plane, which Ghostscript drops, has the inks of its function', async () => {
  const pdf = onePage(
    '/F sh',
    '/Shading << /F << /ShadingType 1 /ColorSpace /DeviceCMYK /Domain [0 200 0 200] /Function 100 0 R >> >>',
    {
      objects: {
        100: {
          dict: '/FunctionType 4 /Domain [0 200 0 200] /Range [0 1 0 1 0 1 0 1]',
          data: '{ 200 div exch 200 div exch 0 0.25 }',
        },
      },
    },
  );
  const { inks, width } = await ourPlates(pdf);
  expect(Math.abs(mean(inks.get('Cyan')) - 127.5)).toBeLessThan(1.5);
  expect(Math.abs(mean(inks.get('Magenta')) - 127.5)).toBeLessThan(1.5);
  expect(mean(inks.get('Black'))).toBeCloseTo(63.75, 0);
  const at = (ink: string, x: number, y: number) => inks.get(ink)![y * width + x]!;
  expect(at('Cyan', 300, 20)).toBeCloseTo(191, -1);
  expect(at('Magenta', 20, 300)).toBeCloseTo(64, -1);
});

describe('means over 15 mm squares', () => {
  const MM = 72 / 25.4;
  const patch = (inks: string, x: number, y: number, side: number) =>
    `${inks} k ${x * MM} ${y * MM} ${side * MM} ${side * MM} re f`;
  const coverageOf = async (content: string, entries = '') => {
    const pdf = await openPdf(onePage(content, '', { media: [0, 0, 100 * MM, 100 * MM], entries }));
    return (await inkCounter()(pdf, pdf.pages[0]!))!;
  };

  test('a patch of one square is found where it lies', async () => {
    const { squares, most } = await coverageOf(patch('0.9 0.8 0.8 0.9', 30, 20, 15));
    expect(squares[0]!.all).toBeCloseTo(340, 0);
    expect(squares[0]!.box.x).toBeCloseTo(30, 0);
    expect(squares[0]!.box.y).toBeCloseTo(65, 0);
    expect(most!.ink).toBeCloseTo(340, 0);
  });

  test('a patch somewhat smaller is diluted by the paper around it', async () => {
    const { squares } = await coverageOf(patch('0.9 0.8 0.8 0.9', 30, 20, 14));
    const diluted = (340 * 14 ** 2) / 15 ** 2;
    expect(Math.abs(squares[0]!.all - diluted) / diluted).toBeLessThan(0.02);
  });

  test.each([0, 0.1, 0.2, 0.3])(
    'on a poster, drawn more coarsely, a patch at %d mm off the pixels',
    async (off) => {
      const media = [0, 0, 594 * MM, 841 * MM];
      const pdf = await openPdf(onePage(patch('0.9 0.8 0.8 0.9', 200 + off, 300 + off, 15), '', { media }));
      const { squares } = (await inkCounter()(pdf, pdf.pages[0]!))!;
      expect(Math.abs(squares[0]!.all - 340) / 340).toBeLessThan(0.02);
      expect(squares[0]!.box.x).toBeCloseTo(200 + off, 0);
    },
  );

  test('ink outside the bleed is not on the product', async () => {
    const bleed = [10, 10, 90, 90].map((mm) => mm * MM);
    const { squares } = await coverageOf(patch('1 1 1 1', 0, 0, 9.9), `/BleedBox [${bleed.join(' ')}]`);
    expect(squares).toEqual([]);
  });

  test.each<[rule: string, profile: string, ink: number, found: boolean]>([
    ['R0025', 'sheetfed', 0.8, false],
    ['R0025', 'sheetfed', 0.81, true],
    ['R0026', 'label', 0.8, false],
    ['R0026', 'label', 0.81, true],
  ])('%s in %s: four inks of %d', async (rule, profile, ink, found) => {
    const content = patch(`0.8 0.8 0.8 ${ink}`, 40, 40, 16);
    const pdf = onePage(content, '', { media: [0, 0, 100 * MM, 100 * MM] });
    const services = { countInk: inkCounter(), rules: [cmykInk, totalInk] };
    const { findings, unjudged } = await inspect(pdf, { profile: profileNamed(profile) }, services);
    expect(findings.map((finding) => finding.rule)).toEqual(found ? [rule] : []);
    expect(unjudged).toEqual([]);
  });

  test('spots count in R0026 and not in R0025', async () => {
    const spot =
      '[/Separation /Gold /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 1 0] >>]';
    const pdf = onePage(
      '0.8 0.8 0.8 0.4 k 0 0 200 200 re f /Over gs /Gold cs 0.9 scn 0 0 200 200 re f',
      `/ColorSpace << /Gold ${spot} >> /ExtGState << /Over << /OP true /op true >> >>`,
    );
    const opened = await openPdf(pdf);
    const { squares, inks } = (await inkCounter()(opened, opened.pages[0]!))!;
    expect(inks).toEqual(['Cyan', 'Magenta', 'Yellow', 'Black', 'Gold']);
    expect(squares[0]!.cmyk).toBeCloseTo(280, 0);
    expect(squares[0]!.all).toBeCloseTo(370, 0);
  });
});

describe('what cannot be counted is said', () => {
  test('content that stands within itself', async () => {
    const form =
      '/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /XObject << /F 100 0 R >> >>';
    const pdf = onePage('0 0 0 1 k /F Do', '/XObject << /F 100 0 R >>', {
      objects: { 100: { dict: form, data: '0 0 100 200 re f /F Do' } },
    });
    const { uncounted, inks } = await ourPlates(pdf);
    expect(uncounted).toEqual(['content that stands within itself, or nests too deep']);
    expect(mean(inks.get('Black'))).toBeCloseTo(127.5, 0);
  });

  test('a page of forms within forms that would take hours to draw', async () => {
    const form = (n: number) => ({
      dict: `/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /XObject << /F ${101 + n} 0 R >> >>`,
      data: n < 9 ? '/F Do '.repeat(10) : '0 0 100 100 re f',
    });
    const objects = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [100 + n, form(n)]));
    const opened = await openPdf(onePage('/F Do', '/XObject << /F 100 0 R >>', { objects }));
    const { squares, uncounted } = (await inkCounter()(opened, opened.pages[0]!))!;
    expect(squares).toEqual([]);
    expect(uncounted).toEqual(['more than 1 million operators to draw']);
  });
});
