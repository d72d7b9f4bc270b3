import { PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef } from 'pdf-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { screenColours } from '../../src/colour/screen-colours.ts';
import type { OutputColours } from '../../src/press/output-colours.ts';
import { finishPdfX } from '../../src/press/pdfx.ts';
import { REQUIREMENTS, requireStandard, violations } from '../../src/press/requirements.ts';
import { type Edition, STANDARD_NAMES, STANDARDS, type Standard } from '../../src/press/standards.ts';

const name = (text: string) => PDFName.of(text);
const FACTS = { title: 'T', author: '', date: new Date(0), producer: 'test', digitalSourceType: null };
const colours = {} as Record<Edition['space'], OutputColours>;

beforeAll(async () => {
  colours.cmyk = await PressColours.open('FOGRA39');
  colours.rgb = await screenColours();
});

/** A page with one stroke in the standard's colours, finished as a press file is. */
async function finished(standard: Standard): Promise<PDFDocument> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  const { node } = doc.addPage([100, 100]);
  const { context } = doc;
  const { space } = STANDARDS[standard];
  node.set(name('BleedBox'), context.obj([5, 5, 95, 95]));
  node.set(name('TrimBox'), context.obj([10, 10, 90, 90]));
  node.set(name('Contents'), context.register(context.stream(space === 'cmyk' ? '0 1 0 0 k' : '1 0 0 rg')));
  node.set(name('Resources'), context.obj({}));
  const { condition, packedProfile } = colours[space];
  const profile = await packedProfile.call(colours[space]);
  finishPdfX(doc, { ...condition, space, profile }, FACTS, standard);
  return doc;
}

const page = (doc: PDFDocument) => doc.getPage(0).node;
const state = (doc: PDFDocument, entries: object) =>
  doc.context.register(doc.context.obj({ Type: 'ExtGState', ...entries } as never));
const content = (doc: PDFDocument, text: string): PDFRef => doc.context.register(doc.context.stream(text));
const image = (doc: PDFDocument, entries: object) => {
  const dict = doc.context.obj({
    ...{ Type: 'XObject', Subtype: 'Image', Width: 1, Height: 1, BitsPerComponent: 8 },
    ...{ ColorSpace: 'DeviceGray', ...entries },
  } as never);
  return doc.context.register(PDFRawStream.of(dict as never, new Uint8Array(1)));
};

test.each(STANDARD_NAMES)('a file made as %s meets all of its requirements', async (standard) => {
  expect(violations(await finished(standard), STANDARDS[standard])).toEqual([]);
});

test('every requirement is one by itself', () => {
  const ids = REQUIREMENTS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

type Break = (doc: PDFDocument) => unknown;

describe('a file that breaks one is found out', () => {
  test.each<[id: string, standard: Standard, found: RegExp, broken: Break]>([
    [
      'identification',
      'x1a',
      /GTS_PDFXConformance \(none\)/,
      (doc) => info(doc).delete(name('GTS_PDFXConformance')),
    ],
    [
      'identification',
      'rgb',
      /GTS_PDFXVersion PDF\/X-4 instead of \(none\)/,
      (doc) => info(doc).set(name('GTS_PDFXVersion'), PDFHexString.fromText('PDF/X-4')),
    ],
    ['xmp', 'x4', /no XMP/, (doc) => doc.catalog.delete(name('Metadata'))],
    ['information', 'x4', /no Title/, (doc) => info(doc).delete(name('Title'))],
    ['information', 'x1a', /trapped/, (doc) => info(doc).set(name('Trapped'), name('Unknown'))],
    [
      'identifier',
      'x4',
      /identifier/,
      (doc) => {
        delete doc.context.trailerInfo.ID;
      },
    ],
    [
      'encryption',
      'x4',
      /encryption/,
      (doc) => {
        doc.context.trailerInfo.Encrypt = doc.context.obj({});
      },
    ],
    ['output-intent', 'x4', /0 output intents/, (doc) => doc.catalog.delete(name('OutputIntents'))],
    ['boxes', 'x4', /page 1 has a trim box that leaves/, (doc) => box(doc, 'TrimBox', [0, 0, 90, 90])],
    ['boxes', 'x1a', /page 1 has a bleed box that leaves/, (doc) => box(doc, 'BleedBox', [5, 5, 101, 95])],
    ['boxes', 'x4', /lacks/, (doc) => page(doc).delete(name('TrimBox'))],
    [
      'fonts',
      'x4',
      /font Courier, which is not embedded/,
      (doc) => doc.context.register(doc.context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Courier' })),
    ],
    ['colours', 'x4', /DeviceRGB/, (doc) => page(doc).set(name('Contents'), content(doc, '1 0 0 rg'))],
    ['colours', 'x1a', /DeviceRGB/, (doc) => image(doc, { ColorSpace: 'DeviceRGB' })],
    ['colours', 'x4', /Lab/, (doc) => image(doc, { ColorSpace: ['Lab', {}] })],
    [
      'colours',
      'x4',
      /DeviceRGB/,
      (doc) => image(doc, { ColorSpace: ['Separation', 'Gold', 'DeviceRGB', {}] }),
    ],
    ['colours', 'rgb', /DeviceCMYK/, (doc) => page(doc).set(name('Contents'), content(doc, '0 0 0 1 K'))],
    [
      'colours',
      'rgb',
      /Separation/,
      (doc) => image(doc, { ColorSpace: ['Separation', 'Gold', 'DeviceRGB', {}] }),
    ],
    ['transparency', 'x1a', /50 % opacity/, (doc) => state(doc, { ca: 0.5 })],
    ['transparency', 'x1a-2003', /blend mode Multiply/, (doc) => state(doc, { BM: 'Multiply' })],
    ['transparency', 'x1a', /soft mask/, (doc) => state(doc, { SMask: { S: 'Alpha' } })],
    ['transparency', 'x1a-2003', /picture with transparent/, (doc) => image(doc, { SMask: image(doc, {}) })],
    [
      'transparency',
      'x1a',
      /transparency group/,
      (doc) => page(doc).set(name('Group'), doc.context.obj({ S: 'Transparency', CS: 'DeviceCMYK' })),
    ],
    ['layers', 'x1a', /layers/, (doc) => page(doc).set(name('Contents'), content(doc, '/OC /L BDC EMC'))],
    [
      'layers',
      'x4',
      /without a name/,
      (doc) => doc.catalog.set(name('OCProperties'), doc.context.obj({ D: {} })),
    ],
    ['filters', 'x4', /LZWDecode/, (doc) => image(doc, { Filter: 'LZWDecode' })],
    ['filters', 'x1a', /JPXDecode/, (doc) => image(doc, { Filter: ['FlateDecode', 'JPXDecode'] })],
    [
      'nothing-else',
      'x4',
      /a script/,
      (doc) => doc.context.register(doc.context.obj({ S: 'JavaScript', JS: 'x' })),
    ],
    ['nothing-else', 'rgb', /annotation/, (doc) => page(doc).set(name('Annots'), doc.context.obj([]))],
    ['nothing-else', 'x1a', /alternate/, (doc) => image(doc, { Alternates: [] })],
    ['nothing-else', 'x4', /OPI/, (doc) => image(doc, { OPI: {} })],
    ['nothing-else', 'x4', /PostScript/, (doc) => image(doc, { Subtype: 'PS' })],
    ['transfer', 'x4', /transfer function/, (doc) => state(doc, { TR: 'Identity' })],
    ['transfer', 'x1a', /halftone/, (doc) => state(doc, { HT: {} })],
    ['depth', 'x1a', /16 bits/, (doc) => image(doc, { BitsPerComponent: 16 })],
  ])('%s of %s: %s', async (id, standard, found, broken) => {
    const doc = await finished(standard);
    broken(doc);
    const all = violations(doc, STANDARDS[standard]);
    expect(all.map((violation) => violation.id)).toEqual([id]);
    expect(all[0]!.found.join(', ')).toMatch(found);
  });

  test('version and profile: a file of one standard is none of another', async () => {
    const ids = async (made: Standard, asked: Standard) =>
      violations(await finished(made), STANDARDS[asked]).map(({ id }) => id);
    expect(await ids('x4', 'x1a')).toEqual(['version', 'identification']);
    expect(await ids('x1a', 'x1a-2003')).toEqual(['version', 'identification']);
    expect(await ids('rgb', 'x4')).toEqual([
      'version',
      'identification',
      'xmp',
      'output-intent',
      'profile',
      'colours',
    ]);
  });

  test('all of it is reported at once', async () => {
    const doc = await finished('x1a');
    state(doc, { ca: 0.5, BM: 'Multiply' });
    expect(() => requireStandard(doc, STANDARDS.x1a)).toThrow(
      'PDF/X-1a:2001 allows no transparency, but the page has something at 50 % opacity, the blend mode Multiply',
    );
    image(doc, { Filter: 'LZWDecode', ColorSpace: 'DeviceRGB' });
    expect(() => requireStandard(doc, STANDARDS.x1a)).toThrow(
      /would not be PDF\/X-1a:2001: it has colours in DeviceRGB, .*opacity.*, the filter LZWDecode/,
    );
  });
});

const info = (doc: PDFDocument) =>
  doc.context.lookup(doc.context.trailerInfo.Info) as ReturnType<typeof page>;
const box = (doc: PDFDocument, key: string, corners: number[]) =>
  page(doc).set(name(key), doc.context.obj(corners));
