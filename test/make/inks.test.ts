import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { make } from '../../src/make.ts';
import { packagePath } from '../../src/paths.ts';
import { plates } from '../judges/index.ts';
import { openBrowser } from '../layout/sheets.ts';
import { coverOrder, filledWorkspace, IMAGES } from './fixtures.ts';

let browser: Browser;
let workspace: Awaited<ReturnType<typeof filledWorkspace>>;

beforeAll(async () => {
  [browser, workspace] = await Promise.all([openBrowser(), filledWorkspace()]);
});
afterAll(async () => {
  await browser?.close();
  await workspace?.remove();
});

const more = `<div data-panel="back"><div class="swatch"></div><div class="swatch die"></div></div>`;
const css = `.swatch{position:absolute;left:20mm;top:60mm;width:20mm;height:20mm;background:var(--colour-brand)}
.die{background:none;border:2mm solid var(--colour-die)}`;

/** The shipped template with exact colours of its own on the back. */
async function ownTemplate(): Promise<string> {
  const folder = join(workspace.workspace, 'templates', 'own');
  await mkdir(join(folder, '..'), { recursive: true });
  await cp(packagePath('templates', 'quarter'), folder, { recursive: true });
  const change = async (file: string, edit: (text: string) => string) =>
    writeFile(join(folder, file), edit(await readFile(join(folder, file), 'utf8')));
  await change('template.html', (text) => text + more);
  await change('style.css', (text) => text + css);
  await change('template.json', (text) =>
    JSON.stringify({
      ...JSON.parse(text),
      colours: { brand: { spot: 'HKS 44', cmyk: [100, 50, 0, 0], tint: 70 }, die: { role: 'cut' } },
    }),
  );
  return folder;
}

test('an order takes the names of its spots from the printer and lists them', async () => {
  const template = await ownTemplate();
  const catalogue = openCatalogue(workspace.workspace);
  const made = async (override: string[]) => {
    const options = { printer: 'jp', size: 'a6', pages: 200, override };
    return make(coverOrder(IMAGES[0]!, { template, options, black: 'rich' }), {
      catalogue,
      cacheDir: join(workspace.workspace, '.printcat', 'cache'),
      outputDir: join(workspace.workspace, 'output'),
      templateDirs: [],
      browser: async () => browser,
      signal: new AbortController().signal,
      onStage: () => undefined,
    });
  };
  try {
    const { files, manifest } = await made(['spots.cut=DIE LINE', 'file.richBlack=50,40,40,100']);
    expect(manifest.colours.spots).toEqual([
      { name: 'HKS 44', step: null },
      { name: 'DIE LINE', step: 'Cutting' },
    ]);
    expect(
      manifest.notes.filter(({ level, text }) => level === 'warning' && text.startsWith('spots.')),
    ).toEqual([]);
    const found = await plates(files.find(({ role }) => role === 'print')!.path, { dpi: 100 });
    expect([...found.spots.keys()].sort()).toEqual(['DIE LINE', 'HKS 44']);
    const most = (plate: Uint8Array) => plate.reduce((a, b) => Math.max(a, b));
    expect(most(found.spots.get('DIE LINE')!)).toBe(255);
    const { notes } = (await made([])).manifest;
    expect(notes.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^spots\.cut = CutContour is unverified .*--override spots\.cut=… replaces it/),
    );
  } finally {
    catalogue.close();
  }
});
