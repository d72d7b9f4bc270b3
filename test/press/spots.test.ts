import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExactColours } from '../../src/colour/exact-colours.ts';
import { spotNames } from '../../src/products/spot-roles.ts';
import { colouredSteps, mutoolTrace, qpdfCheck } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { openBrowser } from '../layout/sheets.ts';
import { ourPlates } from '../preview/our-plates.ts';
import { Inker, inksAt } from './inked.ts';

let browser: Browser;
let inker: Inker;

beforeAll(async () => {
  browser = await openBrowser();
  inker = await Inker.open(browser);
});
afterAll(async () => {
  await inker?.remove();
  await browser?.close();
});

/** Six spots with tints; names as they come: with numbers, blanks, signs and letters that are not Latin. */
const SPOTS = [
  ['PANTONE 185 C', 100, [0, 91, 76, 0]],
  ['HKS 44 K', 62.5, [100, 50, 0, 0]],
  ['Gold #2 (metallic)', 33, [20, 30, 70, 15]],
  ['金赤', 80, [0, 100, 100, 0]],
  ['Grün matt', 10, [70, 0, 90, 0]],
  ['DIC 582s', 50, [0, 0, 0, 90]],
] as const;

const at = (x: number, y: number) => `left:${x}mm;top:${y}mm;width:14mm;height:14mm;`;
const box = (x: number, y: number) => ({ x, y, width: 14, height: 14 });
const swatch = (x: number, y: number, style: string) => `<div style="${at(x, y)}${style}"></div>`;
const close = (found: number | undefined, wanted: number, tolerance = 0.5) =>
  expect(Math.abs(found! - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(tolerance);

/** A PDF's objects as qpdf writes them out. */
const objects = (pdf: string) => judge('qpdf', '--qdf', '--object-streams=disable', pdf, '-');
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

describe('six spots with tints', () => {
  const uses: Record<string, (colour: string, x: number, y: number) => string> = {
    fill: (c, x, y) => swatch(x, y, `background:${c}`),
    stroke: (c, x, y) =>
      `<svg style="${at(x, y)}"><line y1="50%" y2="50%" x2="100%" stroke="${c}" stroke-width="30"/></svg>`,
    border: (c, x, y) => swatch(x, y, `border:7mm solid ${c}`),
    gradient: (c, x, y) => swatch(x, y, `background:linear-gradient(${c} 60%,#fff)`),
    'SVG style': (c, x, y) =>
      `<svg style="${at(x, y)}"><circle cx="50%" cy="50%" r="50%" style="fill:${c}"/></svg>`,
  };

  test('each stands on a plate of its own, alone', async () => {
    const kinds = Object.values(uses);
    const html = SPOTS.flatMap(([name, tint, alternate], i) =>
      kinds.map((use, j) =>
        use(`{{ ${JSON.stringify(name)} | spot: ${tint}, "${alternate.join(' ')}" }}`, i * 16, j * 16),
      ),
    ).join('');
    const inked = await inker.ink(html);
    expect(inked.file.spots.map(({ name }) => name)).toEqual(SPOTS.map(([name]) => name));
    // Ghostscript names its files by the name's bytes, those that no file may have left out.
    const found = await inked.plates();
    expect(found.spots.size).toBe(SPOTS.length);
    for (const [i, [name, tint]] of SPOTS.entries()) {
      for (const j of kinds.keys()) {
        const inks = inksAt(found, box(i * 16, j * 16));
        const inked = Object.entries(inks).filter(([, ink]) => ink > 0);
        expect(inked.length, `${name}, ${Object.keys(uses)[j]}`).toBe(1);
        close(inked[0]![1], tint);
      }
    }
    // mutool reads the names as they are.
    const spaces = new Set(colouredSteps(await mutoolTrace(inked.pdf)).map((step) => step.colorspace));
    for (const [name] of SPOTS.filter(([name]) => /^[\w ]+$/.test(name)))
      expect(spaces).toContain(`Separation(DeviceCMYK,${name})`);
    // Each is one colour space.
    const text = await objects(inked.pdf);
    expect(matches(text, /\/Separation\s+\/(?!All)/g)).toBe(SPOTS.length);
    expect(await qpdfCheck(inked.pdf)).toMatchObject({ ok: true });
  });

  test('the proof shows them by their alternate colour', async () => {
    const inked = await inker.ink(
      swatch(0, 0, 'background:{{ "Warm" | spot: 50, "0 60 80 0" }}') +
        swatch(16, 0, 'background:linear-gradient({{ "Warm" | spot: 50, "0 60 80 0" }} 80%,#fff)'),
    );
    const { width, height } = await inked.plates();
    const cmyk = await ourPlates(inked.pdf, { width, height });
    for (const x of [7, 23]) {
      const inks = [...cmyk.subarray((70 * width + x * 10) * 4, (70 * width + x * 10) * 4 + 4)];
      for (const [i, wanted] of [0, 30, 40, 0].entries()) close((100 * inks[i]!) / 255, wanted, 1);
    }
  });
});

test('a gradient between two tints of a spot runs straight', async () => {
  const [a, b] = ['{{ "Blue" | spot: 100, "100 60 0 0" }}', '{{ "Blue" | spot: 20 , "100 60 0 0" }}'];
  const inked = await inker.ink(
    swatch(0, 0, `background:linear-gradient(90deg,${a},${b})`) +
      swatch(16, 0, `background:repeating-linear-gradient(90deg,${a},${b} 14mm)`) +
      swatch(32, 0, `background:linear-gradient(90deg,${a},transparent)`),
  );
  const found = await inked.plates();
  close(inksAt(found, box(0, 0)).Blue, 60, 1);
  close(inksAt(found, box(16, 0)).Blue, 60, 1);
  close(inksAt(found, box(32, 0)).Blue, 50, 1);
});

describe('knock-out and overprint', () => {
  const colours = {
    ground: { cmyk: [50, 20, 0, 0] },
    out: { spot: 'Knocks', cmyk: [0, 100, 0, 0] },
    over: { spot: 'Prints', cmyk: [0, 100, 0, 0], overprint: true },
    processOut: { cmyk: [0, 0, 70, 0] },
    processOver: { cmyk: [0, 0, 70, 0], overprint: true },
  };
  const lower = Object.fromEntries(
    Object.entries(colours).map(([name, colour]) => [name.toLowerCase(), colour]),
  );
  const ground = (x: number) => swatch(x, 0, 'background:var(--colour-ground)');
  const names = ['out', 'over', 'processout', 'processover'];

  test.each([
    ['a fill', (name: string, x: number) => swatch(x, 0, `background:var(--colour-${name})`)],
    [
      'a stroke',
      (name: string, x: number) =>
        `<svg style="${at(x, 0)}"><line y1="50%" y2="50%" x2="100%" style="stroke:var(--colour-${name})" stroke-width="30"/></svg>`,
    ],
    ['a border', (name: string, x: number) => swatch(x, 0, `border:7mm solid var(--colour-${name})`)],
  ])('%s', async (_, use) => {
    const html = names.map((name, i) => ground(i * 16) + use(name, i * 16)).join('');
    // What comes after an overprinting one knocks out again.
    const after = ground(64) + swatch(64, 0, 'background:#ff0');
    const found = await (await inker.ink(html + after, { colours: lower })).plates();
    const inks = names.map((_, i) => inksAt(found, box(i * 16, 0)));
    expect(inks[0]).toMatchObject({ C: 0, M: 0, Y: 0, K: 0, Knocks: 100 });
    expect(inks[1]).toMatchObject({ Y: 0, K: 0, Prints: 100 });
    close(inks[1]!.C, 50);
    close(inks[1]!.M, 20);
    close(inks[2]!.Y, 70);
    expect(inks[2]).toMatchObject({ C: 0, M: 0 });
    close(inks[3]!.Y, 70);
    close(inks[3]!.C, 50);
    close(inks[3]!.M, 20);
    expect(inksAt(found, box(64, 0)).C).toBeLessThan(10);
  });

  test('a gradient of a spot overprints', async () => {
    const inked = await inker.ink(
      ground(0) + swatch(0, 0, 'background:linear-gradient(var(--colour-over) 80%,#fff)'),
      { colours: lower },
    );
    const inks = inksAt(await inked.plates(), box(0, 0));
    expect(inks.Prints).toBe(100);
    close(inks.C, 50);
  });
});

describe('processing steps', () => {
  const html =
    swatch(0, 0, 'background:{{ "30 0 0 0" | cmyk }}') +
    `<svg style="${at(0, 0)}"><rect width="100%" height="100%" style="fill:none;stroke:{{ "cut" | spot }}" stroke-width="8"/></svg>` +
    swatch(16, 0, 'background:var(--colour-under)');
  const names = spotNames.parse({
    cut: { value: 'DIE LINE', unit: 'name', authority: 'user', source: 'given' },
  });
  const wish = { colours: { under: { role: 'white', tint: 90 } }, names };

  test('take their names from the printer and overprint the artwork', async () => {
    const inked = await inker.ink(html, wish);
    const found = await inked.plates();
    expect([...found.spots.keys()].sort()).toEqual(['DIE LINE', 'White']);
    const edge = inksAt(found, { x: 0, y: 6, width: 1, height: 1 });
    expect(edge['DIE LINE']).toBe(100);
    close(edge.C, 30);
    close(inksAt(found, box(16, 0)).White, 90);
  });

  test('are layers with ISO 19593-1 metadata, which a reader can hide', async () => {
    const inked = await inker.ink(html, wish);
    const text = await objects(inked.pdf);
    expect(text).toMatch(/\/GTS_ProcStepsGroup \/Structural\s+\/GTS_ProcStepsType \/Cutting/);
    expect(text).toMatch(/\/GTS_ProcStepsGroup \/White\s+>>/);
    expect(text).toMatch(/\/OCProperties/);
    const layers = await judge('mutool', 'trace', inked.pdf);
    expect(layers).toMatch(/<layer name="Cutting"/);
    expect(matches(layers, /<layer /g)).toBe(matches(layers, /<end_layer/g));
    expect(await qpdfCheck(inked.pdf)).toMatchObject({ ok: true });
  });

  test('PDF/X-1a has the plates without the layers', async () => {
    const inked = await inker.ink(html, { ...wish, standard: 'x1a' });
    expect(await objects(inked.pdf)).not.toMatch(/OCProperties|\/OCG|BDC/);
    expect([...(await inked.plates()).spots.keys()].sort()).toEqual(['DIE LINE', 'White']);
  });
});

describe('refused by name', () => {
  const named = (name: string, alternate = '0 0 0 50') =>
    `background:{{ "${name}" | spot: 100, "${alternate}" }}`;
  test.each([
    ['All', /registration colour, which is for marks alone/],
    ['Registration', /registration colour/],
    ['None', /a name that PDF keeps/],
    ['Black', /a name that PDF keeps/],
  ])('a spot named %s', async (name, message) => {
    await expect(inker.ink(swatch(0, 0, named(name)))).rejects.toThrow(message);
  });

  test.each([
    [
      named('Red') + named('Red', '0 100 0 0').replace('background', ';color'),
      /spot Red has two alternate colours: 0 0 0 50 and 0 100 0 0/,
    ],
    [named('Red 1') + named('RED-1').replace('background', ';color'), /Red 1 and RED-1 are one word/],
    ['background:{{ "registration" | spot }}', /registration colour, which is for marks alone/],
    ['background:{{ "Red" | spot }}', /Expected a declared spot, or its alternate colour/],
    ['background:{{ "cut" | spot: 130 }}', /Expected a tint from 0 to 100/],
    [
      'background:linear-gradient({{ "A" | spot: 100, "0 0 0 50" }},{{ "B" | spot: 100, "0 0 50 0" }})',
      /A gradient runs from A to B: from one ink into another/,
    ],
    [
      'background:linear-gradient({{ "A" | spot: 100, "0 0 0 50" }},{{ "0 0 50 0" | cmyk }})',
      /A gradient runs from A to 0 0 50 0/,
    ],
    [
      'background:linear-gradient({{ "A" | spot: 100, "0 0 0 50" }},#f00)',
      /from the spot A into a colour that is not its own/,
    ],
  ])('%s', async (style, message) => {
    await expect(inker.ink(swatch(0, 0, style))).rejects.toThrow(message);
  });

  test('a colour that is called registration', async () => {
    const wish = { colours: { registration: { cmyk: [100, 100, 100, 100] } } };
    await expect(inker.ink('', wish)).rejects.toThrow(/registration colour, which is for marks alone/);
  });

  test('a colour without ink that overprints', async () => {
    const wish = { colours: { paper: { cmyk: [0, 0, 0, 0], overprint: true } } };
    await expect(inker.ink('', wish)).rejects.toThrow(/paper has no ink and overprints/);
  });
});

test('sentinels lie between the steps of 8 bits and are never alike', () => {
  const exact = new ExactColours();
  const css = new Set<string>();
  for (let i = 0; i < 300; i++) {
    css.add(exact.css({ kind: 'process', label: `${i}`, cmyk: [0, i / 1e5, 0, 0], overprint: null }));
  }
  expect(css.size).toBe(300);
  const digits = exact.swaps.flatMap(({ css, twin }) => `${css} ${twin}`.match(/\d+\.\d+/g)!.map(Number));
  for (const percent of digits) {
    const step = (percent / 100) * 255;
    expect(Math.abs(step - Math.round(step))).toBeGreaterThan(0.3);
  }
});
