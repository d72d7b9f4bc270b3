import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { preflight } from '../../src/preflight/preflight.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { buildPdf, HELVETICA, onePage } from './pdf-builder.ts';

const options = { profile: profileNamed('sheetfed') };
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 200 200]';

/** What the report says of reading the file. */
const reading = async (file: Uint8Array): Promise<string[]> =>
  (await preflight(file, options)).findings
    .filter(({ rule }) => rule === 'RD-READ')
    .map(({ message }) => message);

/** Forms from object 100 on; each draws the next `times`, the last a square. */
const chain = (count: number, times: number): Uint8Array => {
  const form = (i: number) =>
    i + 1 < count
      ? { dict: `${FORM} /Resources << /XObject << /F ${101 + i} 0 R >> >>`, data: '/F Do '.repeat(times) }
      : { dict: FORM, data: '0 0 0 1 k 0 0 9 9 re f' };
  return onePage('/F Do 1 0 0 0 k 50 50 9 9 re f', '/XObject << /F 100 0 R >>', {
    objects: Object.fromEntries(Array.from({ length: count }, (_, i) => [100 + i, form(i)])),
  });
};

/** `megabytes` of white space, packed twice. */
const bomb = (megabytes: number): Buffer => deflateSync(deflateSync(Buffer.alloc(megabytes * 1e6, 32)));

describe('a hostile or broken file', () => {
  it('is refused where it is no PDF', async () => {
    await expect(preflight(Buffer.from('hello'), options)).rejects.toThrow(/Expected a PDF/);
    await expect(preflight(new Uint8Array(0), options)).rejects.toThrow(/Expected a PDF/);
  });

  it('that is whole has nothing to say about reading', async () => {
    expect(await reading(onePage('0 0 0 1 k 0 0 9 9 re f'))).toEqual([]);
  });

  it.each([
    [
      'a form that draws itself',
      onePage('/F Do', '/XObject << /F 100 0 R >>', {
        objects: { 100: { dict: `${FORM} /Resources << /XObject << /F 100 0 R >> >>`, data: '/F Do' } },
      }),
      /draws itself/,
    ],
    ['10 000 nested forms', chain(10_000, 1), /more than 64 deep/],
    ['forms that double', chain(40, 2), /more than 5 million operators/],
    [
      'a pattern that fills itself',
      onePage('/Pattern cs /P scn 0 0 99 99 re f', '/Pattern << /P 100 0 R >>', {
        objects: {
          100: {
            dict: '/PatternType 1 /PaintType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Pattern << /P 100 0 R >> >>',
            data: '/Pattern cs /P scn 0 0 9 9 re f',
          },
        },
      }),
      /draws itself/,
    ],
    [
      'content that unpacks to 400 MB',
      onePage('/F Do', '/XObject << /F 100 0 R >>', {
        objects: { 100: { dict: `${FORM} /Filter [/FlateDecode /FlateDecode]`, data: bomb(400) } },
      }),
      /unpacks to more than/,
    ],
    [
      'a hundred filters',
      onePage('/F Do', '/XObject << /F 100 0 R >>', {
        objects: { 100: { dict: `${FORM} /Filter [${'/ASCIIHexDecode '.repeat(100)}]`, data: '00' } },
      }),
      /100 filters/,
    ],
    [
      'an unknown filter',
      onePage('/F Do', '/XObject << /F 100 0 R >>', {
        objects: { 100: { dict: `${FORM} /Filter /Nonsense`, data: '00' } },
      }),
      /unknown filter, Nonsense/,
    ],
    [
      'damaged Flate data',
      onePage('/F Do', '/XObject << /F 100 0 R >>', {
        objects: { 100: { dict: `${FORM} /Filter /FlateDecode`, data: 'not zlib at all' } },
      }),
      /damaged Flate/,
    ],
    [
      'a form that is missing',
      onePage('/F Do', '/XObject << /F 999 0 R >>'),
      /draws something that is missing/,
    ],
    [
      'a page tree with a loop',
      Buffer.from(
        Buffer.from(buildPdf({ pages: [{ content: '0 0 9 9 re f' }] }))
          .toString('latin1')
          .replace('/Kids [10 0 R]', '/Kids [2 0 R]'),
        'latin1',
      ),
      /loop/,
    ],
    [
      'no pages',
      Buffer.from(
        Buffer.from(buildPdf({ pages: [{ content: '' }] }))
          .toString('latin1')
          .replace('/Kids [10 0 R]', '/Kids [77 0]   '),
        'latin1',
      ),
      /page tree is broken/,
    ],
    [
      'a file that was cut off',
      onePage('0 0 0 1 k 0 0 9 9 re f'.padEnd(9000)).subarray(0, 4000),
      /ends early/,
    ],
    [
      'a cross-reference table elsewhere',
      Buffer.from(
        Buffer.from(onePage('0 0 9 9 re f'))
          .toString('latin1')
          .replace(/startxref\n\d+/, 'startxref\n7'),
        'latin1',
      ),
      /not where startxref says/,
    ],
    [
      'a page without a MediaBox',
      Buffer.from(
        Buffer.from(onePage('0 0 9 9 re f')).toString('latin1').replace('/MediaBox', '/MediaBax'),
        'latin1',
      ),
      /no MediaBox/,
    ],
    [
      'an object stream that unpacks to 3 GB',
      onePage('0 0 9 9 re f', '', {
        objects: {
          100: { dict: '/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]', data: bomb(3000) },
        },
      }),
      /memory|within|cannot be read/,
    ],
  ])('ends in a finding: %s', async (_, file, message) => {
    expect((await reading(file)).join('\n')).toMatch(message);
  });

  it.each([
    [
      'absurd numbers',
      '1e99 0 0 1e99 0 0 cm 99999999999999999999 0 0 -99999999999999999999999999 0 0 cm 0 0 1 1 re f',
    ],
    ['a line of no direction', '0 0 0 0 0 0 cm 0 0 m 1 1 l S BT /F1 0 Tf (Cat) Tj ET'],
    [
      'an inline image of a billion pixels',
      'BI /W 1000000000 /H 1000000000 /BPC 8 /CS /RGB ID x EI 0 0 9 9 re f',
    ],
    ['an inline image without an end', 'BI /W 1 /H 1 /BPC 8 /CS /G ID xxxxxxxx'],
    ['arrays in arrays', `${'['.repeat(100_000)} 0 0 9 9 re f`],
    ['dictionaries in dictionaries', `/A ${'<< /B '.repeat(100_000)} BDC 0 0 9 9 re f`],
    ['a hundred thousand q', 'q '.repeat(100_000)],
    ['a hundred thousand Q', 'Q '.repeat(100_000)],
    ['an open string', '(cat '.repeat(10_000)],
    ['bytes of no meaning', String.fromCharCode(...Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))],
  ])('is read to its end: %s', async (_, content) => {
    const report = await preflight(onePage(content, HELVETICA), options);
    expect(report.pages).toHaveLength(1);
    expect(report.file.pages).toBe(1);
  });

  it('judges the pages beside a broken one', async () => {
    const file = buildPdf({
      pages: [
        { content: '/F Do', resources: '/XObject << /F 999 0 R >>' },
        { content: '1 0 0 rg 0 0 9 9 re f' },
      ],
    });
    const { findings } = await preflight(file, options);
    expect(findings.find(({ rule }) => rule === 'RD-READ')).toMatchObject({ page: 1, severity: 'error' });
    expect(findings.find(({ rule }) => rule === 'R0027')).toMatchObject({ page: 2, severity: 'error' });
  });

  it('is given up when its time is over', async () => {
    const report = await preflight(chain(40, 2), options, { seconds: 0.05, megabytes: 900 });
    expect(report.findings.map(({ message }) => message)).toEqual([
      'The file could not be read within 0.05 s',
    ]);
    expect(report.unjudged).toHaveLength(1);
  });
});
