import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutoolTrace, pdfFonts, pdfImages, qpdfCheck } from '../judges/index.ts';
import { inTemporaryFolder, judge } from '../judges/tool.ts';
import { traced, walked } from './painted-facts.ts';
import { buildPdf, HELVETICA, OVERPRINT, onePage, separation } from './pdf-builder.ts';

/** The widths stand in the file, so that it is known where a string ends. */
const TYPE = HELVETICA.replace(
  '/Helvetica',
  `/Helvetica /FirstChar 32 /LastChar 126 /Widths [${Array.from({ length: 95 }, (_, i) => 400 + 5 * i).join(' ')}]`,
);
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 200 200]';
const PIXELS = { dict: '/Type /XObject /Subtype /Image /Width 50 /Height 40 /BitsPerComponent 8', data: '' };

/** Forms in forms, each with a matrix, on a page that is turned; text that is leant, squeezed and raised. */
const NESTED = onePage(
  `q 0.5 0 0 0.5 10 10 cm /Fm0 Do Q
   q 2 0 0 2 0 0 cm 0 0 1 0 K 3 w 10 60 m 30 60 l 40 70 50 60 60 60 c S Q
   /Over1 gs 1 0 0 0 k 5 5 3 4 re f /Over0 gs 0 0 0 1 K 5 15 3 4 re s
   BT 0.8 0.2 0 0.1 k /F1 10 Tf 150 Tz 1 0.3 -0.3 1 20 150 Tm (Nested) Tj 2 Tc 5 Tw (a b) Tj (c) Tj 0 Tc 0 Tw 100 Tz 3 Ts 0 -20 Td [(tw) -500 (o)] TJ ET
   q 36 0 0 18 100 20 cm BI /W 4 /H 2 /BPC 8 /CS /G ID abcdEI g EI Q
   q 10 20 -20 10 150 50 cm /Im0 Do Q`,
  `${TYPE} ${OVERPRINT} /XObject << /Fm0 100 0 R /Im0 102 0 R >>`,
  {
    entries: '/Rotate 90',
    objects: {
      100: {
        dict: `${FORM} /Matrix [0.866 0.5 -0.5 0.866 50 0] /Resources << ${TYPE} /XObject << /Fm1 101 0 R /Im0 102 0 R >> /ColorSpace << /S ${separation('Cat Gold')} >> >>`,
        data: 'q 100 0 0 50 10 10 cm /Im0 Do Q /S cs 0.5 scn 0 0 20 10 re f q 2 0 0 3 0 0 cm /Fm1 Do Q BT /F1 8 Tf 10 20 Td (form) Tj ET',
      },
      101: { dict: `${FORM} /Resources << >>`, data: '0 1 0 rg 5 5 10 10 re f 0.5 G 1 w 5 30 10 10 re S' },
      102: { ...PIXELS, dict: `${PIXELS.dict} /ColorSpace /DeviceCMYK`, data: 'x'.repeat(8000) },
    },
  },
);

/** What Ghostscript makes of PostScript: embedded fonts, images, spots, a second page. */
const POSTSCRIPT = `%!PS
<< /PageSize [300 200] >> setpagedevice
0 1 0 0 setcmykcolor 0 0 72 72 rectfill 0.25 setlinewidth 0 0 0 1 setcmykcolor 100 100 50 30 rectstroke
[/Separation (Cat Gold) /DeviceCMYK { dup 0.2 mul exch dup 0.8 mul exch pop 0 3 1 roll 0 }] setcolorspace
0.5 setcolor 72 0 36 36 rectfill
0 0 0 1 setcmykcolor /Helvetica findfont 20 scalefont setfont 76 45 moveto (Cat) show
gsave 30 rotate /Times-Roman findfont [14 0 4 7 0 0] makefont setfont 100 20 moveto (leant) show grestore
/DeviceCMYK setcolorspace gsave 150 20 translate 15 rotate 36 54 scale
<< /ImageType 1 /Width 4 /Height 4 /BitsPerComponent 8 /Decode [0 1 0 1 0 1 0 1] /ImageMatrix [4 0 0 -4 0 4]
   /DataSource (${'\\377\\000\\000\\000'.repeat(16)}) >> image grestore
showpage
0.5 setgray 10 10 100 100 rectfill /Courier findfont 9 scalefont setfont 20 150 moveto (page two) show
gsave 200 50 translate 40 40 scale 24 24 true [24 0 0 -24 0 24] { <${'aa'.repeat(72)}> } imagemask grestore
showpage`;

describe('the walk, beside programs that are not ours', () => {
  let folder = '';
  const files: Record<string, string> = {};
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'printcat-walk-'));
    for (const name of ['nested', 'ghostscript']) files[name] = join(folder, `${name}.pdf`);
    await writeFile(files.nested!, NESTED);
    const source = join(folder, 'page.ps');
    await writeFile(source, POSTSCRIPT);
    const device = ['-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-sDEVICE=pdfwrite', '-dEmbedAllFonts=true'];
    const asIs = ['-sColorConversionStrategy=LeaveColorUnchanged', '-dAutoFilterColorImages=false'];
    const lossless = ['-dColorImageFilter=/FlateEncode', '-c', '<< /NeverEmbed [] >> setdistillerparams'];
    await judge('gs', ...device, ...asIs, '-o', files.ghostscript!, ...lossless, '-f', source);
  });

  for (const name of ['nested', 'ghostscript']) {
    it(`sees what MuPDF sees: ${name}`, async () => {
      const ours = await walked(await readFile(files[name]!));
      const theirs = traced(await mutoolTrace(files[name]!));
      expect(theirs.paths.length + theirs.images.length).toBeGreaterThan(4);
      expect(ours.paths).toEqual(theirs.paths);
      expect(ours.images).toEqual(theirs.images);
      expect(ours.glyphs).toEqual(theirs.glyphs);
      const nearest = ours.origins.map(([x, y]) =>
        Math.min(...theirs.origins.map(([a, b]) => Math.hypot(a - x, b - y))),
      );
      expect(Math.max(...nearest)).toBeLessThan(0.05);
    });

    it(`measures the resolution that pdfimages measures: ${name}`, async () => {
      const { pictures } = await walked(await readFile(files[name]!));
      const images = await pdfImages(files[name]!);
      expect(images.length).toBeGreaterThan(1);
      // pdfimages lists in the order of drawing, rounded to whole pixels an inch.
      expect(
        pictures.map(({ widthPx, heightPx, ppi }) => [
          widthPx,
          heightPx,
          Math.round(ppi.x),
          Math.round(ppi.y),
        ]),
      ).toEqual(images.map(({ width, height, xPpi, yPpi }) => [width, height, xPpi, yPpi]));
    });
  }

  it('names the fonts that pdffonts names, embedded or not', async () => {
    for (const file of [files.ghostscript!, files.nested!]) {
      const { texts } = await walked(await readFile(file));
      const ours = new Map(texts.map(({ font }) => [font.name, font.embedded]));
      const theirs = new Map(
        (await pdfFonts(file)).map(({ name, embedded }) => [name.replace(/^[A-Z]{6}\+/, ''), embedded]),
      );
      expect(ours).toEqual(theirs);
    }
  });

  it('reads the same through object streams, another compression, and encryption', async () => {
    const plain = await walked(NESTED);
    const rewritten = {
      objects: ['--object-streams=generate', '--compress-streams=y'],
      'RC4 40': ['--allow-weak-crypto', '--encrypt', '', 'owner', '40', '--'],
      'RC4 128': ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=n', '--'],
      'AES 128': ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=y', '--'],
      'AES 256': ['--encrypt', '', 'owner', '256', '--'],
    };
    for (const [how, options] of Object.entries(rewritten)) {
      const file = join(folder, `${how}.pdf`);
      await judge('qpdf', ...options, files.nested!, file);
      expect((await qpdfCheck(file)).ok).toBe(true);
      const { paths, glyphs } = await walked(await readFile(file));
      expect({ how, paths, glyphs }).toEqual({ how, paths: plain.paths, glyphs: plain.glyphs });
    }
  });
});

describe('the state of what is painted', () => {
  const first = async (content: string, resources = '', rest: Parameters<typeof onePage>[2] = {}) =>
    walked(onePage(content, resources, rest));

  it('is in mm from the top left of the page as shown, whatever Rotate and UserUnit', async () => {
    const boxOf = async (entries: string) => {
      const { pictures } = await first('q 20 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q', '', {
        media: [0, 0, 200, 100],
        entries,
      });
      const { x, y, width, height } = pictures[0]!.box;
      return [x, y, width, height].map((mm) => Math.round((mm * 72) / 25.4));
    };
    expect(await boxOf('')).toEqual([0, 90, 20, 10]);
    expect(await boxOf('/Rotate 90')).toEqual([0, 0, 10, 20]);
    expect(await boxOf('/Rotate 180')).toEqual([180, 0, 20, 10]);
    expect(await boxOf('/Rotate 270')).toEqual([90, 180, 10, 20]);
    expect(await boxOf('/UserUnit 2')).toEqual([0, 180, 40, 20]);
  });

  it('is cut by the clip, and gone outside it', async () => {
    const clipped = '50 50 20 20 re W n q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q';
    const [image] = (await first(clipped)).pictures;
    expect(image!.box.width).toBeCloseTo((20 * 25.4) / 72, 6);
    expect((await first(`${clipped} 0 0 10 10 re W n 0 0 5 5 re f`)).paths).toEqual([]);
  });

  it('finds the end of an inline image whose data holds EI', async () => {
    const { pictures, paths } = await first(
      'q 1 0 0 1 0 0 cm BI /W 6 /H 1 /BPC 8 /CS /G ID a EI b EI Q 1 0 0 rg 10 10 5 5 re f',
    );
    expect(pictures).toHaveLength(1);
    expect(Buffer.from(pictures[0]!.stream.contents).toString()).toBe('a EI b');
    expect(paths).toHaveLength(1);
  });

  it('counts marks in layers that do not print as hidden', async () => {
    const layer = (config: string) =>
      first('/OC /L BDC 0 0 50 50 re f EMC 60 60 5 5 re f', '/Properties << /L 100 0 R >>', {
        objects: { 100: '<< /Type /OCG /Name (Notes) /Usage << /Print << /PrintState /OFF >> >> >>' },
        catalog: `/OCProperties << /OCGs [100 0 R] /D << ${config} >> >>`,
      });
    expect((await layer('')).paths).toHaveLength(2);
    expect((await layer('/OFF [100 0 R]')).paths).toHaveLength(1);
    expect((await layer('/BaseState /OFF')).paths).toHaveLength(1);
    expect((await layer('/BaseState /OFF /ON [100 0 R]')).paths).toHaveLength(2);
    expect((await layer('/AS [<< /Event /Print /OCGs [100 0 R] >>]')).paths).toHaveLength(1);
  });

  it.each([
    ['[/And 100 0 R 101 0 R]', false],
    ['[/Or 100 0 R 101 0 R]', true],
    ['[/Not 101 0 R]', true],
    ['[/And 100 0 R [/Not [/Or 101 0 R [/Not 100 0 R]]]]', true],
    ['[/Not [/Or 101 0 R 100 0 R]]', false],
  ])('follows the visibility expression %s as poppler does', async (expression, isShown) => {
    const file = onePage(
      '/OC /L BDC BT /F1 20 Tf 20 50 Td (Cat) Tj ET EMC',
      `${TYPE} /Properties << /L 102 0 R >>`,
      {
        objects: {
          100: '<< /Type /OCG /Name (On) >>',
          101: '<< /Type /OCG /Name (Off) >>',
          102: `<< /Type /OCMD /OCGs [100 0 R 101 0 R] /P /${isShown ? 'AllOn' : 'AnyOn'} /VE ${expression} >>`,
        },
        catalog: '/OCProperties << /OCGs [100 0 R 101 0 R] /D << /OFF [101 0 R] >> >>',
      },
    );
    const { texts } = await walked(file);
    const seen = await inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'page.pdf'), file);
      return judge('pdftotext', join(folder, 'page.pdf'), '-');
    });
    expect([texts.length === 1, seen.includes('Cat')]).toEqual([isShown, isShown]);
  });

  it('measures type of standard fonts without widths as MuPDF does', async () => {
    const words = 'Wide mill, 100 %';
    for (const font of ['Helvetica', 'Helvetica-BoldOblique', 'Times-Italic', 'Courier']) {
      const resources = HELVETICA.replace('Helvetica', font);
      const file = onePage(`BT /F1 10 Tf 10 50 Td (${words}) Tj (x) Tj ET`, resources);
      const { origins } = await walked(file);
      const trace = await inTemporaryFolder(async (folder) => {
        await writeFile(join(folder, 'page.pdf'), file);
        return mutoolTrace(join(folder, 'page.pdf'));
      });
      const theirs = [...trace.matchAll(/<g unicode="x"[^>]* x="([\d.]+)"/g)].map((match) =>
        Number(match[1]),
      );
      expect(Math.abs(origins.at(-1)![0] - theirs[0]!), font).toBeLessThan(0.05);
    }
  });

  it('walks patterns, coloured glyphs and printed annotations, and leaves soft masks apart', async () => {
    const cell = {
      dict: '/PatternType 1 /PaintType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>',
      data: '1 0 0 0 k 0 0 5 5 re f',
    };
    const tiled = await first(
      '/Pattern cs /P scn 10 10 50 50 re f 70 70 9 9 re f',
      '/Pattern << /P 100 0 R >>',
      { objects: { 100: cell } },
    );
    expect(tiled.paths.map((path) => path.replace(/ at .*/, ''))).toEqual([
      'fill_path DeviceCMYK 1 0 0 0 op 0 opm 0',
    ]);

    const marks = '1 0 0 0 k 3 4 20 10 re f 150 160 20 10 re f 195 195 20 20 re f';
    const once = async (step: number) => {
      const sheet = {
        ...cell,
        dict: cell.dict.replace('0 0 9 9', '0 0 190 200').replaceAll('Step 9', `Step ${step}`),
        data: marks,
      };
      return first('/Pattern cs /P scn 10 0 190 190 re f', '/Pattern << /P 100 0 R >>', {
        objects: { 100: sheet },
      });
    };
    // Where they are drawn, not wherever the pattern is; the third is outside of its cell.
    expect((await once(500)).paths.map((path) => path.replace(/.* at /, ''))).toEqual([
      '3.0 186.0 23.0 196.0',
      '150.0 30.0 170.0 40.0',
    ]);

    const glyph = (start: string) => ({ dict: '', data: `${start} 0 1 0 0 k 0 0 500 500 re f` });
    const type3 =
      '/Font << /T << /Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 1000 1000] /FirstChar 65 /LastChar 66 /Widths [1000 1000] /Encoding << /Differences [65 /a /b] >> /CharProcs << /a 100 0 R /b 101 0 R >> >> >>';
    const typed = await first('BT 0 0 0 1 k /T 10 Tf 20 20 Td (ABAB) Tj ET', type3, {
      objects: { 100: glyph('1000 0 d0'), 101: glyph('1000 0 0 0 1000 1000 d1') },
    });
    expect(typed.glyphs).toEqual({ '(none) 10.00 DeviceCMYK 0 0 0 1': 4 });
    expect(typed.paths).toHaveLength(1);
    expect(typed.paths[0]).toContain('DeviceCMYK 0 1 0 0');

    const stamp = {
      dict: '/Type /XObject /Subtype /Form /BBox [0 0 10 10]',
      data: '0 0 1 0 k 0 0 10 10 re f',
    };
    const note = (flags: number) =>
      first('', '', {
        entries: `/Annots [<< /Subtype /Stamp /Rect [50 50 150 100] /F ${flags} /AP << /N 100 0 R >> >>]`,
        objects: { 100: stamp },
      });
    expect((await note(4)).paths).toEqual([
      'fill_path DeviceCMYK 0 0 1 0 op 0 opm 0 at 50.0 100.0 150.0 150.0',
    ]);
    expect((await note(0)).paths).toEqual([]);
    expect((await note(6)).paths).toEqual([]);

    const mask = {
      dict: '/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Group << /S /Transparency /CS /DeviceGray >>',
      data: '1 g 0 0 99 99 re f',
    };
    const masked = await first(
      '/M gs 0 0 0 1 k 0 0 50 50 re f',
      '/ExtGState << /M << /SMask << /S /Luminosity /G 100 0 R >> >> >>',
      { objects: { 100: mask } },
    );
    expect(masked.paths).toHaveLength(1);
    expect(masked.paths[0]).toContain('DeviceCMYK 0 0 0 1');
  });

  it('goes on from page to page', async () => {
    const file = buildPdf({ pages: [{ content: '1 0 0 rg 0 0 5 5 re f q' }, { content: '0 0 5 5 re f' }] });
    expect((await walked(file)).paths.map((path) => path.split(' op')[0])).toEqual([
      'fill_path DeviceRGB 1 0 0',
      'fill_path DeviceGray 0',
    ]);
  });
});
