import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { packagePath } from '../../src/paths.ts';
import { type Fixed, fixPdf } from '../../src/preflight/fix/fix.ts';
import { inspect } from '../../src/preflight/inspect.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import {
  colouredSteps,
  hasTool,
  mutoolTrace,
  pdfBoxes,
  pdfImages,
  plates,
  qpdfCheck,
} from '../judges/index.ts';
import { inTemporaryFolder, judge } from '../judges/tool.ts';
import { buildPdf, onePage } from './pdf-builder.ts';

/** A picture with every colour in it, as a camera has: no hard edges. */
const photo = (): Promise<Buffer> => {
  const [width, height] = [64, 48];
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
    pixels.set([40 + 200 * x, 60 + 160 * y, 200 - 160 * x * y], 3 * i);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
};

/** RGB in all its forms, hairlines at two scales, a CropBox, no TrimBox: what a browser or an office program makes. */
async function screenPage(): Promise<Uint8Array> {
  const image = (width: number, height: number, rest: string) =>
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 ${rest}`;
  return buildPdf({
    pages: [
      {
        media: [0, 0, 200, 200],
        entries: '/CropBox [10 10 190 190] /Group << /S /Transparency /CS /DeviceRGB >>',
        resources:
          '/XObject << /Photo 100 0 R /Flat 101 0 R /Palette 102 0 R /Form 103 0 R >> /Shading << /Axial 104 0 R >> /ExtGState << /Half << /ca 0.5 >> >>',
        content: [
          '1 1 0.9 rg 0 0 200 200 re f 0.8 0.1 0.2 rg 20 20 40 40 re f 0 0 0 rg 70 20 40 40 re f',
          '/DeviceRGB cs 0.2 0.5 0.8 sc 120 20 40 40 re f',
          '0 0 0 RG 0.1 w 20 70 m 180 70 l S 1 w 20 75 m 180 75 l S q 0.1 0 0 0.1 0 0 cm 2 w 200 800 m 1800 800 l S Q',
          'q 60 0 0 45 20 90 cm /Photo Do Q q 40 0 0 40 90 90 cm /Flat Do Q q 40 0 0 40 140 90 cm /Palette Do Q',
          'q 20 150 160 30 re W n /Axial sh Q q 0.5 0 0 0.5 0 0 cm /Form Do Q q /Half gs 0 0.4 0.2 rg 150 40 30 60 re f Q',
        ].join('\n'),
      },
    ],
    objects: {
      100: { dict: image(64, 48, '/ColorSpace /DeviceRGB /Filter /DCTDecode'), data: await photo() },
      101: {
        dict: image(2, 2, '/ColorSpace /DeviceRGB /Filter /FlateDecode'),
        data: deflateSync(Uint8Array.from([200, 30, 30, 30, 160, 60, 40, 60, 190, 250, 240, 90])),
      },
      102: {
        dict: image(2, 1, '/ColorSpace [/Indexed /DeviceRGB 1 <C04020 2060A0>]'),
        data: Uint8Array.from([0, 1]),
      },
      103: {
        dict: '/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources << >>',
        data: '0.3 w 0.1 0.4 0.2 RG 40 280 m 360 290 l S',
      },
      104: '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [20 0 180 0] /Function << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0.9 0.2 0.1] /C1 [0.1 0.3 0.8] >> >>',
    },
    trailer: '/Info << /CreationDate (D:20260102030405Z) /Title (Screen) >>',
  });
}

/** A page in sRGB by Ghostscript, inks as the press profile shows them. */
const onScreen = (pdf: Uint8Array): Promise<Uint8Array> =>
  inTemporaryFolder(async (folder) => {
    const [file, image] = [join(folder, 'page.pdf'), join(folder, 'page.png')];
    await writeFile(file, pdf);
    const profile = packagePath('assets', 'icc', 'FOGRA39L.icc');
    const files = ['-dNOSAFER', `-sDefaultCMYKProfile=${profile}`, '-dRenderIntent=1', '-dBlackPtComp=1'];
    await judge(
      'gs',
      '-q',
      '-dBATCH',
      '-dNOPAUSE',
      '-sDEVICE=png16m',
      '-r72',
      '-dGraphicsAlphaBits=4',
      ...files,
      '-o',
      image,
      file,
    );
    return sharp(image).raw().toBuffer();
  });

const onDisk = <T>(pdf: Uint8Array, use: (file: string) => Promise<T>): Promise<T> =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, 'page.pdf');
    await writeFile(file, pdf);
    return use(file);
  });

describe.skipIf(!hasTool('gs') || !hasTool('qpdf'))('a page made for a screen', () => {
  let original: Uint8Array;
  let fixed: Fixed;
  beforeAll(async () => {
    original = await screenPage();
    fixed = await fixPdf(original, { colours: true });
  });

  test('each change is listed', () => {
    expect(fixed.left).toEqual(['Not called PDF/X-4: it has no output intent for a CMYK press']);
    expect(fixed.changes).toEqual(
      expect.arrayContaining([
        'TrimBox set to the CropBox (page 1)',
        'CropBox set to the MediaBox (page 1)',
        'Lines below 0.25 pt made 0.25 pt wide (page 1)',
        'RGB colours converted to the press profile (page 1)',
        'RGB pictures converted to the press profile (page 1)',
        'RGB gradients converted to the press profile (page 1)',
        'Transparency blended in DeviceCMYK instead of RGB (page 1)',
        'Trapped set to False',
        'File identifier added',
      ]),
    );
  });

  test('the new file is sound, and the same every time', async () => {
    expect(await onDisk(fixed.pdf, qpdfCheck)).toMatchObject({ ok: true });
    expect((await fixPdf(await screenPage(), { colours: true })).pdf).toEqual(fixed.pdf);
  });

  test('boxes', async () => {
    const { boxes } = await onDisk(fixed.pdf, (file) => pdfBoxes(file));
    expect(boxes.TrimBox).toEqual([10, 10, 190, 190]);
    expect(boxes.CropBox).toEqual([0, 0, 200, 200]);
    expect(boxes.MediaBox).toEqual([0, 0, 200, 200]);
  });

  test('no RGB is left, black is black ink alone', async () => {
    const images = await onDisk(fixed.pdf, pdfImages);
    expect(images.map(({ color }) => color).sort()).toEqual(['cmyk', 'cmyk', 'index']);
    const { findings } = await inspect(fixed.pdf, { profile: profileNamed('sheetfed') });
    expect(findings.map(({ rule }) => rule)).not.toContain('R0027');
    const { C, K, width } = await onDisk(fixed.pdf, (file) => plates(file, { dpi: 72 }));
    const at = (200 - 40) * width + 90;
    expect([C[at], K[at]]).toEqual([0, 255]);
  });

  test('lines are 0.25 pt on the page, whatever the scale they are drawn at', async () => {
    const widths = async (pdf: Uint8Array) => {
      const trace = await onDisk(pdf, (file) => judge('mutool', 'trace', file));
      return [...trace.matchAll(/<stroke_path linewidth="([\d.]+)"[^>]*transform="([-\d.]+) /g)].map(
        ([, width, scale]) => Number((Number(width) * Number(scale)).toFixed(3)),
      );
    };
    expect(await widths(original)).toEqual([0.1, 1, 0.2, 0.15]);
    expect(await widths(fixed.pdf)).toEqual([0.25, 1, 0.25, 0.25]);
  });

  test('it looks as it did, but for the lines and for what ink cannot show', async () => {
    const [before, after] = await Promise.all([onScreen(original), onScreen(fixed.pdf)]);
    expect(after.length).toBe(before.length);
    // Within the CropBox: without it the page's edge is seen as well.
    const inside = Array.from(before.keys()).filter((i) => {
      const [x, y] = [Math.floor(i / 3) % 200, Math.floor(i / 600)];
      return Math.min(x, y) >= 10 && Math.max(x, y) < 190;
    });
    const differences = inside.map((i) => Math.abs(before[i]! - after[i]!));
    expect(differences.reduce((sum, d) => sum + d, 0) / differences.length).toBeLessThan(9);
    expect(differences.filter((d) => d > 80).length / differences.length).toBeLessThan(0.02);
  });
});

test('inks, spots and their overprint stay as they were', async () => {
  const spot =
    '[/Separation /CutContour /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] >>]';
  const pdf = onePage(
    '/Over gs 0.2 0.4 0 0.1 k 20 20 60 60 re f /Cut CS 1 SCN 0.1 w 10 10 100 100 re S 0 0 0 1 K 0.05 w 5 5 m 150 150 l S',
    `/ColorSpace << /Cut ${spot} >> /ExtGState << /Over << /OP true /op true /OPM 1 >> >>`,
    { entries: '/TrimBox [0 0 200 200]' },
  );
  const { pdf: fixed, changes } = await fixPdf(pdf, { colours: true });
  expect(changes.filter((change) => change.includes('page 1'))).toEqual([
    'Lines below 0.25 pt made 0.25 pt wide (page 1)',
  ]);
  const steps = colouredSteps(await onDisk(fixed, mutoolTrace));
  expect(steps.length).toBe(3);
  const trace = await onDisk(fixed, (file) => judge('mutool', 'trace', file));
  // A dieline keeps its width: it is cut, not printed.
  expect([...trace.matchAll(/linewidth="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([0.1, 0.25]);
});

test('RGB beside objects that overprint in mode 1 is left, and said', async () => {
  const pdf = onePage(
    '1 0 0 rg 0 0 100 100 re f /Over gs 0 1 0 rg 50 50 100 100 re f',
    '/ExtGState << /Over << /op true /OPM 1 >> >>',
  );
  const { left, changes } = await fixPdf(pdf, { colours: true });
  expect(left).toContain('RGB beside objects that overprint in mode 1 (page 1)');
  expect(changes.join()).not.toContain('RGB');
});

test('where RGB is allowed it stays', async () => {
  const { changes } = await fixPdf(onePage('1 0 0 rg 0 0 100 100 re f'), { colours: false });
  expect(changes.join()).not.toContain('RGB');
});

describe('what must not be written anew is refused', () => {
  test('a damaged file', async () => {
    const pdf = Buffer.concat([Buffer.from('rubbish\n'), onePage('0 0 100 100 re f')]);
    await expect(fixPdf(pdf, { colours: true })).rejects.toThrow(/Not fixed: the file is damaged/);
  });

  test('a signed file', async () => {
    const pdf = onePage('0 0 100 100 re f', '', { catalog: '/AcroForm << /SigFlags 3 /Fields [] >>' });
    await expect(fixPdf(pdf, { colours: true })).rejects.toThrow(/Not fixed: the file is signed/);
  });

  test.skipIf(!hasTool('qpdf'))('an encrypted file', () =>
    inTemporaryFolder(async (folder) => {
      const [plain, locked] = [join(folder, 'plain.pdf'), join(folder, 'locked.pdf')];
      await writeFile(plain, onePage('0 0 100 100 re f'));
      await judge('qpdf', '--encrypt', '', 'owner', '256', '--modify=none', '--', plain, locked);
      await expect(fixPdf(await readFile(locked), { colours: true })).rejects.toThrow(
        /Not fixed: .*encrypted/,
      );
    }),
  );
});

describe('identification as PDF/X-4', () => {
  const inkPage = async (content: string, xmp?: string) =>
    onePage(content, '', {
      catalog: `${xmp ? '/Metadata 101 0 R ' : ''}/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (FOGRA39) /RegistryName (http://www.color.org) /DestOutputProfile 100 0 R >>]`,
      objects: {
        100: { dict: '/N 4', data: await readFile(packagePath('assets', 'icc', 'FOGRA39L.icc')) },
        ...(xmp ? { 101: { dict: '/Type /Metadata /Subtype /XML', data: xmp } } : {}),
      },
      trailer: '/Info << /CreationDate (D:20260102030405Z) /ModDate (D:20260102030405Z) /Title (Ink) >>',
    });
  const metadata = (pdf: Uint8Array) => onDisk(pdf, (file) => judge('pdfinfo', '-meta', file));

  test('where all its rules are kept', async () => {
    const { pdf, changes, left } = await fixPdf(await inkPage('0 0 0 1 k 20 20 60 60 re f'), {
      colours: true,
    });
    expect(left).toEqual([]);
    expect(changes).toContain('Identified as PDF/X-4 in XMP');
    expect(await metadata(pdf)).toMatch(/GTS_PDFXVersion>PDF\/X-4</);
  });

  test('not where one is broken: RGB for a press of inks', async () => {
    const page = await inkPage('0.2 0.1 0.7 rg 0 0 9 9 re f');
    const { left, pdf } = await fixPdf(page, { colours: false });
    expect(left.join()).toMatch(/Not called PDF\/X-4: it breaks /);
    expect(await metadata(pdf)).not.toContain('GTS_PDFXVersion');
  });

  test('what the XMP holds besides is kept', async () => {
    const xmp =
      '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights>kept</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>';
    const { pdf } = await fixPdf(await inkPage('0 0 0 1 k 20 20 60 60 re f', xmp), { colours: true });
    expect(await metadata(pdf)).toContain('kept');
  });
});

test('RGB that is left is listed: in glyphs, inline pictures and soft masks', async () => {
  const glyph = (content: string) => ({ dict: '', data: content });
  const font =
    '/Font << /T << /Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 1000 1000] /FirstChar 65 /LastChar 65 /Widths [1000] /Encoding << /Differences [65 /a] >> /CharProcs << /a 100 0 R >> >> >>';
  const page = (colour: string, space: string, inline: string) =>
    onePage(
      `BT /T 20 Tf 20 20 Td (A) Tj ET /M gs 0 0 0 1 k 50 50 20 20 re f q 9 0 0 9 90 90 cm BI /W 1 /H 1 /BPC 8 /CS ${inline} ID abcd EI Q`,
      `${font} /ExtGState << /M << /SMask << /S /Luminosity /G 101 0 R >> >> >> /ColorSpace << /Own [/ICCBased 102 0 R] >>`,
      {
        objects: {
          100: glyph(`1000 0 d0 ${colour} 0 0 500 500 re f`),
          101: {
            dict: `/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Group << /S /Transparency /CS /${space} >>`,
            data: `${colour} 0 0 200 200 re f`,
          },
          102: { dict: '/N 3', data: '' },
        },
      },
    );
  const left = async (...options: Parameters<typeof page>) =>
    (await fixPdf(page(...options), { colours: true })).left.filter((what) => /RGB/.test(what));
  const all = [
    'RGB in glyphs of a Type 3 font (page 1)',
    'RGB in a soft mask, which is light and not ink (page 1)',
    'An inline picture in RGB (page 1)',
  ];
  expect(await left('1 0 0 rg', 'DeviceRGB', '/RGB')).toEqual(all);
  expect(await left('1 0 0 rg', 'DeviceRGB', '/Own')).toEqual(all);
  expect(await left('1 0 0 0 k', 'DeviceGray', '/CMYK')).toEqual([]);
});
