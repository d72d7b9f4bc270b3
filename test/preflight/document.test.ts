import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPdf, UnreadablePdf } from '../../src/preflight/document/open.ts';
import { judge } from '../judges/tool.ts';
import { buildPdf, onePage } from './pdf-builder.ts';

/** 3 000 bytes that repeat, jump and run. */
const PLAIN = Buffer.from(
  Array.from({ length: 3000 }, (_, i) =>
    i < 500 ? 65 : i < 1500 ? (i * i * 31) % 251 : Math.floor(i / 7) % 256,
  ),
);

describe('streams', () => {
  let folder = '';
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'printcat-streams-'));
  });

  /** Bytes packed by Ghostscript's own filter. */
  const packed = async (filter: string, parameters = ''): Promise<Buffer> => {
    const [source, from, to] = ['ps', 'in', 'out'].map((name) => join(folder, name));
    await writeFile(from!, PLAIN);
    await writeFile(
      source!,
      `(${to}) (w) file ${parameters} /${filter} filter /o exch def (${from}) (r) file /i exch def
       /b 4096 string def i b readstring pop o exch writestring o closefile`,
    );
    await judge('gs', '-q', '-dBATCH', '-dNOPAUSE', '-dNOSAFER', '-dNODISPLAY', source!);
    return readFile(to!);
  };
  const unpacked = async (entries: string, data: Uint8Array) => {
    const file = onePage('', '', { objects: { 100: { dict: entries, data } } });
    const pdf = await openPdf(file);
    const stream = pdf.context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === 100)![1];
    return pdf.decode(pdf.streamOf(stream)!);
  };

  it.each([
    ['FlateDecode', 'FlateEncode', '', ''],
    ['LZWDecode', 'LZWEncode', '', ''],
    ['ASCII85Decode', 'ASCII85Encode', '', ''],
    ['ASCIIHexDecode', 'ASCIIHexEncode', '', ''],
    ['RunLengthDecode', 'RunLengthEncode', '0', ''],
    [
      'FlateDecode',
      'FlateEncode',
      '<< /Predictor 15 /Columns 20 /Colors 3 >>',
      '/Predictor 15 /Columns 20 /Colors 3',
    ],
    ['FlateDecode', 'FlateEncode', '<< /Predictor 12 /Columns 7 /Colors 1 >>', '/Predictor 12 /Columns 7'],
    [
      'FlateDecode',
      'FlateEncode',
      '<< /Predictor 2 /Columns 20 /Colors 3 >>',
      '/Predictor 2 /Columns 20 /Colors 3',
    ],
  ])('are unpacked as Ghostscript packs them: %s %s %s', async (decode, encode, parameters, parms) => {
    const data = await packed(encode, parameters);
    const { bytes, problem } = await unpacked(`/Filter /${decode} /DecodeParms << ${parms} >>`, data);
    expect(problem).toBeNull();
    expect(Buffer.from(bytes).equals(PLAIN)).toBe(true);
  });

  it('are taken as far as they go where they are cut off', async () => {
    const data = await packed('FlateEncode');
    const { bytes } = await unpacked('/Filter /FlateDecode', data.subarray(0, data.length / 2));
    expect(bytes.length).toBeGreaterThan(500);
    expect(PLAIN.subarray(0, bytes.length).equals(Buffer.from(bytes))).toBe(true);
  });

  it('are left as they are where they hold a picture', async () => {
    const { bytes, picture } = await unpacked('/Filter [/ASCIIHexDecode /DCTDecode]', Buffer.from('ffd8ff>'));
    expect([...bytes]).toEqual([0xff, 0xd8, 0xff]);
    expect(picture).toBe('DCTDecode');
  });
});

describe('a document', () => {
  it('tells its pages with boxes in mm as shown', async () => {
    const pdf = await openPdf(
      onePage('', '', {
        media: [10, 20, 210, 120],
        entries: '/Rotate 90 /TrimBox [20 30 200 110] /BleedBox [15 25 205 115]',
      }),
    );
    const [page] = pdf.pages;
    const pt = (mm: number) => Math.round((mm * 72) / 25.4);
    expect([page!.media.width, page!.media.height].map(pt)).toEqual([100, 200]);
    expect([page!.trim!.x, page!.trim!.y, page!.trim!.width, page!.trim!.height].map(pt)).toEqual([
      10, 10, 80, 180,
    ]);
    expect(page!.printed).toEqual(page!.bleed);
    expect(page!.crop).toBeNull();
  });

  it('inherits what pages inherit', async () => {
    const file = Buffer.from(buildPdf({ pages: [{ content: '' }, { content: '' }] }))
      .toString('latin1')
      .replaceAll('/MediaBox [0 0 200 200]', '/MediaBux [0 0 200 200]')
      .replace('/Type /Pages', '/MediaBox [0 0 72 144] /Rotate 180 /Type /Pages');
    const pdf = await openPdf(Buffer.from(file, 'latin1'));
    expect(pdf.pages.map(({ rotate }) => rotate)).toEqual([180, 180]);
    expect(pdf.pages[1]!.media.width).toBeCloseTo(25.4, 6);
  });

  it('needs its password', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'printcat-password-'));
    try {
      const [plain, locked] = [join(folder, 'plain.pdf'), join(folder, 'locked.pdf')];
      await writeFile(plain, onePage('0 0 9 9 re f'));
      await judge('qpdf', '--encrypt', 'cat', 'owner', '256', '--', plain, locked);
      const file = await readFile(locked);
      await expect(openPdf(file)).rejects.toThrow(
        new UnreadablePdf('The file is encrypted and needs a password'),
      );
      const open = await openPdf(file, 'cat');
      expect([open.pages.length, open.encrypted]).toEqual([1, true]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('loses nothing where junk stands between its objects', async () => {
    const file = Buffer.from(onePage('1 0 0 rg 0 0 9 9 re f')).toString('latin1');
    const junk = '\x00\xff 12 0 xbj << /Length 5 >> stream'.repeat(5000);
    const spoilt = Buffer.from(file.replace('2 0 obj', `${junk}\n2 0 obj`), 'latin1');
    const pdf = await openPdf(spoilt);
    expect(pdf.pages).toHaveLength(1);
    expect(pdf.damage).toEqual([
      { what: 'The cross-reference table is not where startxref says', page: null },
    ]);
  });
});
