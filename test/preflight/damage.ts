import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { buildPdf, HELVETICA, onePage, text } from './pdf-builder.ts';
import { pdfX } from './pdfx-builder.ts';

/** A file that was damaged, or made to harm its reader. */
export interface Damaged {
  readonly name: string;
  readonly file: Uint8Array;
}

/** Numbers 0…1 that are the same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
/** Files as latin1 text, one character a byte. */
type Mutator = (pdf: string, random: Random) => string;

const whole = (random: Random, below: number): number => Math.floor(random() * below);
const pick = <T>(random: Random, items: readonly T[]): T | undefined => items[whole(random, items.length)];
const all = (pdf: string, pattern: RegExp): RegExpExecArray[] => [...pdf.matchAll(pattern)];

/** Replaces one of the places where `pattern` is found, or some of them. */
function replaceSome(pdf: string, random: Random, pattern: RegExp, by: (found: string) => string): string {
  const share = random() < 0.5 ? 1 : 0.1;
  const chosen = whole(random, Math.max(1, all(pdf, pattern).length));
  let at = 0;
  return pdf.replace(pattern, (found) => (at++ === chosen || random() > share ? by(found) : found));
}

const HUGE = [
  '99999999999999',
  '-2147483649',
  '1e308',
  '0.0000000000000001',
  '-0',
  '4294967296',
  '--5',
  '1.2.3',
];

const MUTATORS: Readonly<Record<string, Mutator>> = {
  'bytes flipped': (pdf, random) => {
    const bytes = Buffer.from(pdf, 'latin1');
    const count = 1 + whole(random, 200);
    for (let i = 0; i < count; i++) bytes[whole(random, bytes.length)] = whole(random, 256);
    return bytes.toString('latin1');
  },
  truncated: (pdf, random) => pdf.slice(0, 20 + whole(random, pdf.length - 20)),
  'beginning lost': (pdf, random) => pdf.slice(0, 9) + pdf.slice(9 + whole(random, pdf.length / 2)),
  'a piece lost': (pdf, random) => {
    const at = whole(random, pdf.length);
    return pdf.slice(0, at) + pdf.slice(at + 1 + whole(random, 5000));
  },
  'a piece twice': (pdf, random) => {
    const at = whole(random, pdf.length);
    const end = at + 1 + whole(random, 5000);
    return pdf.slice(0, end) + pdf.slice(at);
  },
  'objects swapped': (pdf, random) => {
    const numbers = all(pdf, /(\d+) 0 obj\b/g).map((found) => found[1]!);
    const [a, b] = [pick(random, numbers), pick(random, numbers)];
    return pdf.replace(/(\d+)( 0 obj\b)/g, (found, n, rest) =>
      n === a ? b + rest : n === b ? a + rest : found,
    );
  },
  'lengths falsified': (pdf, random) =>
    replaceSome(pdf, random, /\/Length1?\s+\d+/g, () => `/Length ${pick(random, [...HUGE, '0', '-1', '7'])}`),
  'streams corrupted': (pdf, random) =>
    replaceSome(
      pdf,
      random,
      /stream\r?\n[\s\S]{20}/g,
      (found) => found.slice(0, 10) + found.slice(10).split('').reverse().join(''),
    ),
  'references looped': (pdf, random) => {
    const own = all(pdf, /(\d+) 0 obj\b/g).map((found) => found[1]!);
    return replaceSome(pdf, random, /\d+ 0 R\b/g, () => `${pick(random, own) ?? 1} 0 R`);
  },
  'deep nesting': (pdf, random) => {
    const depth = 10 ** (2 + whole(random, 4));
    const open = pick(random, ['[', '<</A', '(', '<<', '[<<'])!;
    return replaceSome(
      pdf,
      () => 0.2 + random() * 0.7,
      /\bobj\b/g,
      () => `obj ${open.repeat(depth)}`,
    );
  },
  'huge numbers': (pdf, random) => replaceSome(pdf, random, /\b\d+(\.\d+)?\b/g, () => pick(random, HUGE)!),
  'names swapped': (pdf, random) => {
    const names = all(pdf, /\/[A-Za-z]{1,20}/g).map(([found]) => found);
    return replaceSome(pdf, random, /\/[A-Za-z]{1,20}/g, () => pick(random, names) ?? '/X');
  },
  'types changed': (pdf, random) =>
    replaceSome(
      pdf,
      random,
      /\[[^\]]{0,80}\]|<<[^<>]{0,80}>>|\(\w*\)/g,
      () => pick(random, ['null', '[]', '<<>>', '(cat)', '/Cat', '7', 'true', '1 0 R'])!,
    ),
  'keywords broken': (pdf, random) =>
    replaceSome(pdf, random, /\b(endobj|endstream|stream|xref|trailer|startxref|obj)\b/g, (found) =>
      found.slice(1),
    ),
};

const FOREIGN = fileURLToPath(new URL('foreign/', import.meta.url));

/** Real files to be damaged, and one whose content is not packed, so that operators are hit too. */
function originals(): Damaged[] {
  const foreign = readdirSync(FOREIGN)
    .filter((name) => name.endsWith('.pdf'))
    .sort()
    .map((name) => ({ name, file: readFileSync(FOREIGN + name) }));
  const content = `${text(12, '0 0 0 1 k')} q 50 0 0 50 9 9 cm BI /W 2 /H 1 /BPC 8 /CS /G ID ab EI Q /G0 gs 1 0 0 RG 0 0 m 9 9 l S`;
  const plain = pdfX('x4', {
    content: content.repeat(20),
    resources: `${HELVETICA} /ExtGState << /G0 << /SMask << /S /Luminosity /G 100 0 R >> /ca 0.5 >> >>`,
    objects: {
      100: {
        dict: '/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Group << /S /Transparency >>',
        data: '1 g 0 0 9 9 re f',
      },
    },
  });
  return [...foreign, { name: 'plain', file: plain }];
}

/**
 * Files damaged by a seeded mutator, each of the originals in turn in each of the ways.
 * @param count how many; the first of them are the same for any count
 */
export function damagedFiles(count: number): Damaged[] {
  const sources = originals();
  const ways = Object.entries(MUTATORS);
  return Array.from({ length: count }, (_, i) => {
    const random = seeded(i + 1);
    const source = sources[i % sources.length]!;
    const [way, mutate] = ways[(i + Math.floor(i / sources.length)) % ways.length]!;
    const mutated = mutate(Buffer.from(source.file).toString('latin1'), random);
    return { name: `${i + 1}: ${source.name}, ${way}`, file: Buffer.from(mutated, 'latin1') };
  });
}

const form = (data: string, more = '') => ({
  dict: `/Type /XObject /Subtype /Form /BBox [0 0 200 200] ${more}`,
  data,
});

/** Files that mean harm: loops, bombs, depths and widths. */
export function hostileFiles(): Damaged[] {
  const chain = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [
      100 + i,
      form('/F Do', `/Resources << /XObject << /F ${101 + i} 0 R >> >>`),
    ]),
  );
  const fan = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      100 + i,
      form('/F Do /F Do /F Do 0 g 1 1 1 1 re f', `/Resources << /XObject << /F ${101 + i} 0 R >> >>`),
    ]),
  );
  const bomb = deflateSync(Buffer.alloc(300e6, ' 0 g'), { level: 9 });
  const nested = deflateSync(deflateSync(Buffer.alloc(300e6), { level: 9 }), { level: 9 });
  const packed = (data: Uint8Array, filter: string) =>
    buildPdf({
      pages: [{ content: '/F Do', resources: '/XObject << /F 100 0 R >>' }],
      objects: { 100: { dict: `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter ${filter}`, data } },
    });
  const self = (content: string, resources: string, object: { dict: string; data: string }) =>
    onePage(content, resources, { objects: { 100: object } });
  const pages = (tree: string) =>
    Buffer.from(
      Buffer.from(onePage(''))
        .toString('latin1')
        .replace(/2 0 obj\n<<.*>>/, `2 0 obj\n${tree}`),
      'latin1',
    );
  const type3 =
    '/Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 9 9] /FirstChar 97 /LastChar 97 /Widths [1000] /Encoding << /Differences [97 /a] >> /CharProcs << /a 101 0 R >>';
  const files: Record<string, Uint8Array> = {
    'a form that draws itself': self(
      '/F Do',
      '/XObject << /F 100 0 R >>',
      form('/F Do', '/Resources << /XObject << /F 100 0 R >> >>'),
    ),
    '10 000 forms within each other': onePage('/F Do', '/XObject << /F 100 0 R >>', { objects: chain }),
    'a form drawn 3 to the 30th times': onePage('/F Do', '/XObject << /F 100 0 R >>', { objects: fan }),
    'a pattern that paints with itself': self(
      '/Pattern cs /P scn 0 0 99 99 re f',
      '/Pattern << /P 100 0 R >>',
      {
        dict: '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1 /YStep 1 /Resources << /Pattern << /P 100 0 R >> >>',
        data: '/Pattern cs /P scn 0 0 1 1 re f',
      },
    ),
    'a soft mask that masks itself': self(
      '/G gs 0 0 9 9 re f',
      '/ExtGState << /G << /SMask << /S /Alpha /G 100 0 R >> >> >>',
      form(
        '/G gs 0 0 9 9 re f',
        '/Group << /S /Transparency >> /Resources << /ExtGState << /G << /SMask << /S /Alpha /G 100 0 R >> >> >> >>',
      ),
    ),
    'a glyph that is written in its own font': onePage('BT /F 9 Tf (aaaa) Tj ET', '/Font << /F 100 0 R >>', {
      objects: {
        100: `<< ${type3} /Resources << /Font << /F 100 0 R >> >> >>`,
        101: { dict: '', data: '1000 0 d0 BT /F 9 Tf (aaaa) Tj ET' },
      },
    }),
    'content of 300 MB in 300 kB': packed(bomb, '/FlateDecode'),
    'a bomb in a bomb': packed(nested, '[/FlateDecode /FlateDecode]'),
    '500 filters': packed(Buffer.from('a'), `[${'/ASCIIHexDecode '.repeat(500)}]`),
    'a million saved states': onePage('q '.repeat(1e6)),
    'a million restored states': onePage('Q '.repeat(1e6)),
    'ten million operators': onePage('0 g '.repeat(1e7)),
    'a path of a million points': onePage(`0 0 m ${'9 9 l '.repeat(1e6)} S`),
    'a million operands': onePage(`${'1 '.repeat(1e6)} re f`),
    '100 000 arrays in each other': onePage(`${'['.repeat(1e5)} TJ`),
    'a page tree that loops': pages('<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R 2 0 R] >>'),
    'a page tree that is a page': pages('<< /Type /Page /Parent 2 0 R /Kids [2 0 R] >>'),
    'a page ten million km wide': onePage('1 0 0 0 k 0 0 9 9 re f', '', { media: [0, 0, 1e15, 1e15] }),
    'a page without extent': onePage('1 0 0 0 k 0 0 9 9 re f', '', { media: [0, 0, 0, 0] }),
    'a UserUnit of nothing': onePage('1 0 0 0 k 0 0 9 9 re f', '', { entries: '/UserUnit 0' }),
    'an image of 10^10 pixels': onePage('/I Do', '/XObject << /I 100 0 R >>', {
      objects: {
        100: {
          dict: '/Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8',
          data: '',
        },
      },
    }),
    'a colour space that is made of itself': onePage(
      '/C cs 1 scn 0 0 9 9 re f',
      '/ColorSpace << /C 100 0 R >>',
      { objects: { 100: '[/Indexed 100 0 R 1 <0001>]' } },
    ),
    'a function that stitches itself': onePage(
      '/C cs 1 scn 0 0 9 9 re f',
      '/ColorSpace << /C [/Separation /Cat /DeviceCMYK 100 0 R] >>',
      {
        objects: { 100: '<< /FunctionType 3 /Domain [0 1] /Functions [100 0 R] /Bounds [] /Encode [0 1] >>' },
      },
    ),
    'a reference that refers to itself': onePage('/F Do', '/XObject << /F 100 0 R >>', {
      objects: { 100: '100 0 R' },
    }),
    'parents that are each other': onePage('', '', { entries: '/MediaBox null /Parent 10 0 R' }),
    'an alternate that is its own': onePage('/I Do', '/XObject << /I 100 0 R >>', {
      objects: {
        100: {
          dict: '/Subtype /Image /Width 1 /Height 1 /SMask 100 0 R /Alternates [<< /Image 100 0 R >>]',
          data: '',
        },
      },
    }),
    'actions that follow each other': onePage('', '', {
      catalog: '/OpenAction 100 0 R',
      objects: { 100: '<< /S /JavaScript /JS (1) /Next 100 0 R >>' },
    }),
    'an XMP of 20 MB of one word': pdfX('x4', {
      packet: `xmlns:xmp="http://ns.adobe.com/xap/1.0/" ${'<xmp:CreateDate '.repeat(1.3e6)}`,
    }),
    'nothing but a header': Buffer.from('%PDF-1.7\n'),
    'a header and zeros': Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1e6)]),
  };
  return Object.entries(files).map(([name, file]) => ({ name, file }));
}
