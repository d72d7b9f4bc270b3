import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from 'pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExactColours } from '../../src/colour/exact-colours.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { screenColours } from '../../src/colour/screen-colours.ts';
import { areaOf, type CutPath } from '../../src/contours/path.ts';
import { circle, roundedRectangle } from '../../src/contours/shapes.ts';
import { refuseSpots } from '../../src/order/in-inks.ts';
import { Gate } from '../../src/preflight/gate.ts';
import { type PressFile, press } from '../../src/press/press.ts';
import { STANDARDS, type Standard } from '../../src/press/standards.ts';
import { PROOF_PPI, Prover } from '../../src/preview/proof.ts';
import { wantedPages } from '../../src/preview/wanted.ts';
import {
  type Dieline,
  type Geometry,
  type PageBoxes,
  pageBoxes,
  withoutDielines,
} from '../../src/products/geometry.ts';
import { overridePrinter } from '../../src/products/override.ts';
import { readPrinter } from '../../src/products/printer.ts';
import { spotNames } from '../../src/products/spot-roles.ts';
import { MM_PER_INCH, mmToPt } from '../../src/units.ts';
import { type Plates, plates, qpdfCheck } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { flatCard } from '../products/flat.ts';

/** 50 pixels a millimetre. */
const DPI = 1270;
const FACTS = { title: 'keychain', author: '', date: new Date(0), producer: 'test', digitalSourceType: null };
const CARD = flatCard({ width: 30, height: 24 }, { bleed: 3, slug: 4 });
/** How much of the sheet the art covers: it ends at 19.4 mm from the trim's left edge. */
const ART = 0.6;
const CENTRE = [14, 12] as const;
const RADIUS = 10.3;
/** Left of the trim and of the bleed, within the sheet. */
const TAB = { x: -6, y: 20, width: 4.5, height: 5 };

const cut: Dieline = { role: 'cut', path: circle(CENTRE, RADIUS), paint: { stroke: 0.25 } };
const tab: Dieline = { role: 'cut', path: roundedRectangle(TAB, 1), paint: { stroke: 0.25 } };
const whitePath: CutPath = {
  loops: [
    ...circle(CENTRE, RADIUS - 0.5).loops,
    // A hole runs the other way round.
    circle([CENTRE[0], 5], 1.5)
      .loops[0]!.map(({ from, control1, control2, to }) => ({
        ...{ from: to, control1: control2, control2: control1, to: from },
      }))
      .reverse(),
  ],
};
const white: Dieline = { role: 'white', path: whitePath, paint: 'fill' };
const varnish: Dieline = { role: 'varnish', path: circle(CENTRE, 4), paint: 'fill' };

const withDielines = (...dielines: Dieline[]): Geometry => ({
  ...CARD,
  pages: CARD.pages.map((page) => ({ ...page, dielines })),
});
const names = spotNames.parse({
  cut: { value: 'DIE LINE', unit: 'name', authority: 'user', source: 'given' },
});

let folder: string;
let printed: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-dielines-'));
  printed = await blueSheet(pageBoxes(CARD), ART);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A sheet with a blue on its left part, as a browser prints it. */
async function blueSheet({ media }: PageBoxes, share: number): Promise<Uint8Array> {
  const doc = await PDFDocument.create();
  const [width, height] = [mmToPt(media.width), mmToPt(media.height)];
  const page = doc.addPage([width, height]);
  const art = `q .1 .4 .9 rg 0 0 ${width * share} ${height} re f Q`;
  page.node.set(PDFName.of('Contents'), doc.context.register(doc.context.stream(art)));
  return doc.save({ useObjectStreams: false });
}

interface Pressed {
  readonly file: PressFile;
  readonly path: string;
  plates(): Promise<Plates>;
}

let count = 0;
async function pressed(geometry: Geometry, standard: Standard = 'x4', sheet = printed): Promise<Pressed> {
  const colours = standard === 'rgb' ? await screenColours() : await PressColours.open('FOGRA39');
  const file = await press({
    ...{ printed: sheet, geometry, pictures: [], colours, facts: FACTS, standard, spotNames: names },
  });
  const path = join(folder, `${++count}.pdf`);
  await writeFile(path, file.pdf);
  return { file, path, plates: () => plates(path, { dpi: DPI, middles: true }) };
}

/** Middles of the pixels that have ink, mm from the trim's top left corner. */
function inked(plate: Uint8Array, { width }: Plates): [x: number, y: number][] {
  const { trim } = pageBoxes(CARD);
  const mm = (px: number) => ((px + 0.5) * MM_PER_INCH) / DPI;
  return [...plate.entries()]
    .filter(([, ink]) => ink > 127)
    .map(([i]) => [mm(i % width) - trim.x, mm(Math.floor(i / width)) - trim.y]);
}

describe('a cut line', () => {
  test.each(['x4', 'x1a'] as const)('stands on its own plate and on no other, %s', async (standard) => {
    const [plain, cutOut] = await Promise.all([
      pressed(CARD, standard).then((file) => file.plates()),
      pressed(withDielines(cut), standard).then((file) => file.plates()),
    ]);
    expect(plain.spots.size).toBe(0);
    expect([...cutOut.spots.keys()]).toEqual(['DIE LINE']);
    for (const ink of ['C', 'M', 'Y', 'K'] as const)
      expect(Buffer.compare(cutOut[ink], plain[ink]), ink).toBe(0);
    expect(plain.C[(plain.height >> 1) * plain.width + (plain.width >> 2)]).toBeGreaterThan(100);
    const line = inked(cutOut.spots.get('DIE LINE')!, cutOut);
    // In each of 72 directions the line's middle is where the path is.
    const byDirection: number[][] = Array.from({ length: 72 }, () => []);
    for (const [x, y] of line.map(([x, y]) => [x - CENTRE[0], y - CENTRE[1]] as const)) {
      byDirection[Math.round((Math.atan2(y, x) * 36) / Math.PI + 72) % 72]!.push(Math.hypot(x, y));
    }
    for (const radii of byDirection) {
      expect(radii.length).toBeGreaterThan(0);
      const middle = radii.reduce((sum, r) => sum + r, 0) / radii.length;
      expect(Math.abs(middle - RADIUS)).toBeLessThan(0.02);
      for (const r of radii) expect(Math.abs(r - RADIUS)).toBeLessThan(0.05 + 0.02);
    }
    // 0.25 pt thick, in full strength.
    const area = line.length * (MM_PER_INCH / DPI) ** 2;
    expect(area / (2 * Math.PI * RADIUS)).toBeCloseTo((0.25 * MM_PER_INCH) / 72, 2);
    expect(new Set(cutOut.spots.get('DIE LINE'))).toEqual(new Set([0, 255]));
  });

  test('is whole beside the bleed, and refused beyond the sheet', async () => {
    const found = await (await pressed(withDielines(tab))).plates();
    const xs = inked(found.spots.get('DIE LINE')!, found).map(([x]) => x);
    expect(xs.reduce((a, b) => Math.min(a, b))).toBeCloseTo(TAB.x, 1);
    expect(xs.reduce((a, b) => Math.max(a, b))).toBeCloseTo(TAB.x + TAB.width, 1);
    const off: Dieline = { ...cut, path: circle(CENTRE, 29) };
    await expect(pressed(withDielines(off))).rejects.toThrow(
      /The path on DIE LINE leaves the sheet of 44 mm × 38 mm/,
    );
  });

  test('is refused in sRGB, where it would be printed; without it the file is made', async () => {
    await expect(pressed(withDielines(cut), 'rgb')).rejects.toThrow(/dielines, which a file in sRGB/);
    const { file } = await pressed(withoutDielines(withDielines(cut)), 'rgb');
    expect(file.spots).toEqual([]);
  });

  test('an order in sRGB is refused before anything is printed', () => {
    const exact = new ExactColours();
    expect(() => refuseSpots(STANDARDS.rgb, exact, withDielines(white, cut))).toThrow(
      'The card has a dieline (white), which takes a spot, and PDF 1.7 in sRGB has none',
    );
    expect(() => refuseSpots(STANDARDS.rgb, exact, withoutDielines(withDielines(cut)))).not.toThrow();
  });

  test('is not one of the colours of the template', async () => {
    const colours = await PressColours.open('FOGRA39');
    const exact = new ExactColours();
    const spot = { name: 'DIE LINE', alternate: [0, 1, 0, 0], step: null } as const;
    exact.css({ kind: 'spot', label: 'pink', spot, tint: 1, overprint: null });
    const job = { printed, geometry: withDielines(cut), pictures: [], colours, exact, facts: FACTS };
    await expect(press({ ...job, spotNames: names })).rejects.toThrow(
      /spot DIE LINE is both a colour and a processing step/,
    );
  });

  test('does not take the name of an ink', async () => {
    const black = { ...names, cut: { ...names.cut, value: 'Black' } };
    const colours = await PressColours.open('FOGRA39');
    const geometry = withDielines(cut);
    const made = press({ printed, geometry, pictures: [], colours, facts: FACTS, spotNames: black });
    await expect(made).rejects.toThrow(/a spot named Black, a name that PDF keeps/);
  });
});

describe('white ink', () => {
  test.each(['x4', 'x1a'] as const)(
    'covers its path on its own plate, over art that stays, %s',
    async (standard) => {
      const [plain, whitened] = await Promise.all([
        pressed(CARD, standard).then((file) => file.plates()),
        pressed(withDielines(white), standard).then((file) => file.plates()),
      ]);
      for (const ink of ['C', 'M', 'Y', 'K'] as const)
        expect(Buffer.compare(whitened[ink], plain[ink]), ink).toBe(0);
      const area = inked(whitened.spots.get('White')!, whitened).length * (MM_PER_INCH / DPI) ** 2;
      expect(area / areaOf(whitePath)).toBeGreaterThan(0.99);
      expect(area / areaOf(whitePath)).toBeLessThan(1.01);
      expect(areaOf(whitePath)).toBeCloseTo(Math.PI * (9.8 ** 2 - 1.5 ** 2), 0);
    },
  );
});

describe('layers', () => {
  test('each step has one with ISO 19593-1 metadata, shown', async () => {
    const { path } = await pressed(withDielines(white, cut, tab, varnish));
    const { qpdf } = JSON.parse(await judge('qpdf', '--json', '--json-stream-data=none', path));
    const objects = Object.values(qpdf[1]) as { value?: Record<string, unknown> }[];
    const layers = objects.map(({ value }) => value).filter((value) => value?.['/Type'] === '/OCG');
    expect(layers.map((layer) => [layer!['/Name'], layer!['/GTS_Metadata']])).toEqual([
      ['u:White', { '/GTS_ProcStepsGroup': '/White' }],
      ['u:Cutting', { '/GTS_ProcStepsGroup': '/Structural', '/GTS_ProcStepsType': '/Cutting' }],
      ['u:Varnish', { '/GTS_ProcStepsGroup': '/Varnish' }],
    ]);
    const trace = await judge('mutool', 'trace', path);
    const drawn = [...trace.matchAll(/<layer name="([A-Z][a-z]+)"\/>|<(fill_path|stroke_path)/g)].map(
      ([, layer, op]) => layer ?? op,
    );
    expect(drawn).toEqual([
      ...['fill_path', 'White', 'fill_path', 'Cutting', 'stroke_path', 'Cutting', 'stroke_path'],
      ...['Varnish', 'fill_path'],
    ]);
    expect(await qpdfCheck(path)).toMatchObject({ ok: true });
  });

  test('PDF/X-1a has none', async () => {
    const { path } = await pressed(withDielines(white, cut), 'x1a');
    expect(await judge('qpdf', '--qdf', '--object-streams=disable', path, '-')).not.toMatch(
      /\/OCG|\/OCProperties/,
    );
    expect(await qpdfCheck(path)).toMatchObject({ ok: true });
  });
});

test('the same dielines give the same bytes', async () => {
  const geometry = withDielines(white, cut);
  const [a, b] = await Promise.all([pressed(geometry), pressed(geometry)]);
  expect(Buffer.compare(await readFile(a.path), await readFile(b.path))).toBe(0);
});

test.each(['x4', 'x1a'] as const)('our own preflight has nothing against them, %s', async (standard) => {
  const printer = overridePrinter(readPrinter('kdp'), ['spots.cut=DIE LINE']);
  const flat = flatCard({ width: 30, height: 24 }, { bleed: 3 });
  const geometry = {
    ...flat,
    pages: flat.pages.map((page) => ({ ...page, dielines: [white, cut, varnish] })),
  };
  const { file } = await pressed(geometry, standard, await blueSheet(pageBoxes(geometry), 1));
  const gate = new Gate();
  try {
    const report = await gate.judge(file.pdf, {
      ...{ geometry, printer, standard, ownBarcode: false, hasSpots: file.spots.length > 0, without: [] },
      fullBleed: true,
    });
    expect(report.findings).toEqual([]);
  } finally {
    gate.close();
  }
});

test('the proof shows the cut over the art, and white where no art covers it', async () => {
  const colours = await PressColours.open('FOGRA39');
  const prover = new Prover(colours);
  try {
    const show = async (geometry: Geometry) => {
      const { file } = await pressed(geometry);
      const [proof] = await prover.proofs({ pdf: file.pdf, geometry, picturePpi: 300 });
      const { png } = proof!;
      if (process.env.PRINTCAT_KEEP) await writeFile(`${process.env.PRINTCAT_KEEP}-${count}.png`, png);
      const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      return (x: number, y: number) => {
        const [px, py] = [x, y].map((mm) => Math.floor((mm * PROOF_PPI) / MM_PER_INCH)) as [number, number];
        return [...data.subarray((py * info.width + px) * 3, (py * info.width + px) * 3 + 3)];
      };
    };
    const plain = await show(CARD);
    const shown = await show(withDielines(white, { ...cut, paint: { stroke: 1.5 } }, varnish));
    // On the art, beside the varnish and on it.
    for (const x of [9, 13]) expect(shown(x, 12)).toEqual(plain(x, 12));
    // Beside the art lies the white ink alone, a faint tint.
    expect(plain(21.5, 12)).toEqual([255, 255, 255]);
    const tint = shown(21.5, 12);
    for (const value of tint) expect(value).toBeGreaterThan(180);
    expect(tint[0]).toBeLessThan(tint[2]! - 10);
    const [r, g, b] = shown(CENTRE[0] - RADIUS, 12) as [number, number, number];
    expect(r, 'magenta').toBeGreaterThan(g + 60);
    expect(b, 'magenta').toBeGreaterThan(g + 30);
  } finally {
    prover.close();
  }
});

test('what is out of gamut is looked for on the page without its dielines', async () => {
  const page = await wantedPages([], { printed, geometry: withDielines(cut), facts: FACTS }, 300);
  expect((await PDFDocument.load(page)).getPageCount()).toBe(1);
});
