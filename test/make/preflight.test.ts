import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packagePath } from '../../src/paths.ts';
import { plates } from '../judges/index.ts';
import { coverOrder, IMAGES } from './fixtures.ts';
import { Line, orderOf } from './making.ts';

let line: Line;
beforeAll(async () => {
  line = await Line.open();
});
afterAll(() => line?.close());

interface Edit {
  readonly html?: string;
  readonly css?: string;
  readonly file?: readonly [name: string, from: string];
}

/** The shipped template with something added that a press would not forgive. */
async function broken(name: string, { html = '', css = '', file }: Edit): Promise<string> {
  const folder = join(line.folder, 'templates', name);
  await mkdir(join(folder, '..'), { recursive: true });
  await cp(packagePath('templates', 'quarter'), folder, { recursive: true });
  const add = async (part: string, text: string) =>
    writeFile(join(folder, part), `${await readFile(join(folder, part), 'utf8')}${text}`);
  await add('template.html', html);
  await add('style.css', css);
  if (file) await cp(file[1], join(folder, file[0]));
  return folder;
}

const options = { printer: 'jp', size: 'a6', pages: 200 };
const onBack = (style: string, text = '') =>
  `<div data-panel="back"><p class="broken" style="position:absolute;${style}">${text}</p></div>`;

describe('make refuses what a printer would send back, and names the rule', () => {
  const cases: [string, string, Edit][] = [
    [
      'a white strip in the bleed',
      'PR-WHITE',
      // The strip covers the outer 2 mm of the bleed on the left, where the back is.
      { html: onBack('left:-3mm;top:-3mm;width:2mm;height:154mm;background:#fff') },
    ],
    [
      'a picture of 100 ppi',
      'R0031',
      {
        html: `<div data-panel="back"><img src="/template/coarse.png" style="position:absolute;left:10mm;top:10mm;width:80mm"></div>`,
        file: ['coarse.png', packagePath('assets', 'demo', `${'20220903142233'}.png`)],
      },
    ],
    [
      'type outside the safe area',
      'PR-SAFE',
      { html: onBack('left:0.5mm;top:60mm;font:9pt Cormorant Garamond', 'at the edge') },
    ],
    [
      'black type of four inks',
      'R0015',
      {
        html: onBack(
          'left:20mm;top:60mm;font:20pt Cormorant Garamond;color:{{ "70 65 60 90" | cmyk }}',
          'rich',
        ),
      },
    ],
  ];

  test.each(cases)('%s: %s', async (what, rule, edit) => {
    const template = await broken(rule.toLowerCase(), edit);
    const out = `out-${rule}`;
    await expect(line.made(coverOrder(IMAGES[0]!, { template, options }), out), what).rejects.toThrow(rule);
    // Nothing is delivered but, where the file was made, the report on it.
    const left = await readdir(join(line.folder, out));
    expect(left.filter((name) => !name.endsWith('-preflight.html'))).toEqual([]);
    if (left.length > 0) expect(await readFile(join(line.folder, out, left[0]!), 'utf8')).toContain(rule);
  });

  test('a rule that is switched off by name is not judged, and the manifest says so', async () => {
    const template = join(line.folder, 'templates', 'pr-white');
    const order = coverOrder(IMAGES[0]!, { template, options });
    const { manifest } = await line.made(order, 'switched-off', {}, ['PR-WHITE']);
    expect(manifest.preflight.switchedOff).toEqual(['PR-WHITE']);
    expect(manifest.preflight.judged).not.toContain('PR-WHITE');
    await expect(line.made(order, 'unknown', {}, ['PR-GREY'])).rejects.toThrow(/PR-GREY/);
  });
});

describe('what the shipped templates make passes, for every printer', () => {
  const printers = [
    ['jp', 'a6'],
    ['kdp', '6x9'],
    ['lulu', '6x9'],
  ] as const;
  test.each(
    ['quarter', 'bungei'].flatMap((template) => printers.map((printer) => [template, ...printer] as const)),
  )('%s for %s, %s', async (template, printer, size) => {
    const order = await orderOf(template, IMAGES[1]!);
    const out = `${template}-${printer}`;
    const { manifest, files } = await line.made({ ...order, options: { printer, size, pages: 200 } }, out);
    expect(manifest.preflight).toMatchObject({ verdict: 'nothing found', unjudged: [] });
    expect(manifest.preflight.judged.length).toBeGreaterThan(40);
    const report = files.find(({ role }) => role === 'report')!.path;
    expect(await readFile(report, 'utf8')).toMatch(/Nothing found/);
    await rm(join(line.folder, out), { recursive: true });
  });
});

test('the strip that PR-WHITE refuses is white on the plates, too', async () => {
  const template = join(line.folder, 'templates', 'pr-white');
  const { pdf } = await line.made(coverOrder(IMAGES[0]!, { template, options }), 'white', {}, ['PR-WHITE']);
  const { width, C, M, Y, K } = await plates(pdf, { dpi: 254 });
  // Ten pixels a millimetre: the slug, then 1 mm into the bleed, halfway down the sheet.
  const ink = (x: number, y: number) =>
    C[y * width + x]! + M[y * width + x]! + Y[y * width + x]! + K[y * width + x]!;
  const row = 700;
  const inked = Array.from({ length: 400 }, (_, x) => ink(x, row) > 8);
  const first = inked.findIndex((_, x) => inked.slice(x, x + 30).every(Boolean));
  expect(first).toBeGreaterThan(0);
  expect(inked.slice(first - 15, first - 3).some(Boolean)).toBe(false);
});
