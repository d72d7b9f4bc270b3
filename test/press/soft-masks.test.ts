import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { press } from '../../src/press/press.ts';
import { mmToPt } from '../../src/units.ts';
import { plates } from '../judges/index.ts';
import { flatCard } from '../products/flat.ts';

const SIDE = 20;
const PT = mmToPt(SIDE);
const size = { width: SIDE, height: SIDE };
const GEOMETRY = flatCard(size);

/** Quarters of the mask from the left: 40 % grey, pure green, 25 % of white over what is there, nothing. */
const MASK = ['.4 .4 .4 rg 0 0 1 1 re f', '0 1 0 rg 1 0 1 1 re f', '/Quarter gs 1 1 1 rg 2 0 1 1 re f'];

interface Kind {
  readonly S: 'Luminosity' | 'Alpha';
  /** Chromium's own transfer function: `{1 exch sub}`. */
  readonly negative?: boolean;
  readonly BC?: number[];
}

/** A black page through a soft mask, as Chromium writes one. */
async function printed({ S, negative, BC }: Kind): Promise<Uint8Array> {
  const doc = await PDFDocument.create();
  const { context } = doc;
  const page = doc.addPage([PT, PT]);
  const ramp = context.register(
    context.stream(`q ${PT / 4} 0 0 ${PT} 0 0 cm ${MASK.join('\n')} Q`, {
      ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, PT, PT] },
      Group: { Type: 'Group', S: 'Transparency', CS: 'DeviceRGB', I: true },
      Resources: { ExtGState: { Quarter: { Type: 'ExtGState', ca: 0.25 } } },
    }),
  );
  const transfer = context.register(
    context.stream('{1 exch sub}', { FunctionType: 4, Domain: [0, 1], Range: [0, 1] }),
  );
  const mask = { Type: 'Mask', S, G: ramp, ...(BC && { BC }), ...(negative && { TR: transfer }) };
  const states = context.obj({ Masked: { Type: 'ExtGState', SMask: mask } });
  page.node.set(PDFName.of('Resources'), context.obj({ ExtGState: states }));
  const content = context.stream(`/Masked gs 0 0 0 rg 0 0 ${PT} ${PT} re f`);
  page.node.set(PDFName.of('Contents'), context.register(content));
  return doc.save({ useObjectStreams: false });
}

let folder: string;
let colours: PressColours;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-masks-'));
  colours = await PressColours.open('FOGRA39');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Black ink in the four quarters, as Ghostscript separates it, percent. */
async function blackIn(kind: Kind): Promise<number[]> {
  const facts = { title: 'mask', author: '', date: new Date(0), producer: 'test', digitalSourceType: null };
  const file = await press({
    printed: await printed(kind),
    geometry: GEOMETRY,
    pictures: [],
    colours,
    facts,
  });
  const pdf = join(folder, `${JSON.stringify(kind).replace(/\W+/g, '-')}.pdf`);
  await writeFile(pdf, file.pdf);
  const { K, C, width, height } = await plates(pdf, { dpi: 72 });
  expect(Math.max(...C)).toBe(0);
  const row = Math.floor(height / 2) * width;
  return [1, 3, 5, 7].map((eighth) => (100 * K[row + Math.floor((eighth * width) / 8)]!) / 255);
}

describe('what a soft mask lets through', () => {
  // Luminosity: 0.3 R + 0.59 G + 0.11 B (ISO 32000-1, 11.3.5.3) over the backdrop, which is black without BC.
  test.each<[string, Kind, number[]]>([
    ['light', { S: 'Luminosity' }, [40, 59, 25, 0]],
    ['light, in the negative', { S: 'Luminosity', negative: true }, [60, 41, 75, 100]],
    ['light over a backdrop', { S: 'Luminosity', BC: [1, 0, 0] }, [40, 59, 47.5, 30]],
    [
      'light over a backdrop, in the negative',
      { S: 'Luminosity', BC: [1, 0, 0], negative: true },
      [60, 41, 52.5, 70],
    ],
    ['shape', { S: 'Alpha' }, [100, 100, 25, 0]],
    ['shape, in the negative', { S: 'Alpha', negative: true }, [0, 0, 75, 100]],
  ])('%s', async (_, kind, expected) => {
    const found = await blackIn(kind);
    for (const [i, ink] of found.entries()) expect(Math.abs(ink - expected[i]!)).toBeLessThanOrEqual(1);
  });
});
