import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  colouredSteps,
  hasTool,
  mutoolTrace,
  pdfBoxes,
  pdfFonts,
  pdfImages,
  plates,
  qpdfCheck,
  render,
} from './index.ts';
import { judge } from './tool.ts';

/**
 * A page of 144 × 72 pt, written by hand so that each number is known: a square of 72 pt in full magenta at the
 * left, beside it a spot of half strength below and a black word above, and an image of 4 × 4 px on 36 pt.
 */
const PAGE = `%!PS
<< /PageSize [144 72] >> setpagedevice
0 1 0 0 setcmykcolor 0 0 72 72 rectfill
[/Separation (Cat Gold) /DeviceCMYK { dup 0.2 mul exch dup 0.8 mul exch pop 0 3 1 roll 0 }] setcolorspace
0.5 setcolor 72 0 36 36 rectfill
0 0 0 1 setcmykcolor /Helvetica findfont 20 scalefont setfont 76 45 moveto (Cat) show
/DeviceCMYK setcolorspace gsave 108 0 translate 36 36 scale
<< /ImageType 1 /Width 4 /Height 4 /BitsPerComponent 8 /Decode [0 1 0 1 0 1 0 1] /ImageMatrix [4 0 0 -4 0 4]
   /DataSource (${'\\377\\000\\000\\000'.repeat(16)}) >> image grestore
[ /TrimBox [9 9 135 63.5] /BleedBox [0.5 0.5 143.5 71.5] /PAGE pdfmark
showpage showpage`;

describe('the judges', () => {
  let folder = '';
  let pdf = '';
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'printcat-judges-'));
    const source = join(folder, 'page.ps');
    pdf = join(folder, 'page.pdf');
    await writeFile(source, PAGE);
    const device = ['-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-sDEVICE=pdfwrite', '-dEmbedAllFonts=true'];
    const asIs = ['-sColorConversionStrategy=LeaveColorUnchanged', '-dAutoFilterColorImages=false'];
    const lossless = ['-dColorImageFilter=/FlateEncode', '-c', '<< /NeverEmbed [] >> setdistillerparams'];
    await judge('gs', ...device, ...asIs, '-o', pdf, ...lossless, '-f', source);
  });

  it('are all installed', () => {
    const missing = [
      'gs',
      'pdfinfo',
      'pdfimages',
      'pdffonts',
      'pdftoppm',
      'qpdf',
      'mutool',
      'transicc',
    ].filter((name) => !hasTool(name));
    expect(missing).toEqual([]);
    expect(hasTool('no-such-judge')).toBe(false);
  });

  it('read boxes and pages', async () => {
    const { pages, boxes } = await pdfBoxes(pdf);
    expect(pages).toBe(2);
    expect(boxes.MediaBox).toEqual([0, 0, 144, 72]);
    expect(boxes.TrimBox).toEqual([9, 9, 135, 63.5]);
    expect(boxes.BleedBox).toEqual([0.5, 0.5, 143.5, 71.5]);
    expect((await pdfBoxes(pdf, 2)).boxes.TrimBox).toEqual([0, 0, 144, 72]);
  });

  it('read images with their effective resolution', async () => {
    // 4 px on 36 pt = half an inch: 8 px an inch.
    expect(await pdfImages(pdf)).toEqual([
      {
        page: 1,
        type: 'image',
        width: 4,
        height: 4,
        color: 'cmyk',
        comp: 4,
        bpc: 8,
        enc: 'image',
        xPpi: 8,
        yPpi: 8,
      },
    ]);
  });

  it('read fonts', async () => {
    const [font, ...others] = await pdfFonts(pdf);
    expect(others).toEqual([]);
    expect(font?.name).toMatch(/^[A-Z]{6}\+/);
    expect(font).toMatchObject({ type: 'Type 1C', embedded: true, subset: true });
  });

  it('separate into plates: full, half and no ink, each where it belongs', async () => {
    const { width, height, C, M, Y, K, spots } = await plates(pdf, { dpi: 72 });
    expect([width, height]).toEqual([144, 72]);
    const at = (plate: Uint8Array, x: number, y: number) => plate[y * width + x];
    const inks = (x: number, y: number) => [C, M, Y, K].map((plate) => at(plate, x, y));
    expect([...spots.keys()]).toEqual(['Cat Gold']);
    const gold = spots.get('Cat Gold')!;
    expect(inks(36, 36)).toEqual([0, 255, 0, 0]);
    expect(at(gold, 36, 36)).toBe(0);
    expect(inks(90, 54)).toEqual([0, 0, 0, 0]);
    expect(at(gold, 90, 54)).toBeGreaterThanOrEqual(127);
    expect(at(gold, 90, 54)).toBeLessThanOrEqual(128);
    expect(inks(126, 54)).toEqual([255, 0, 0, 0]);
    expect(Math.max(...K)).toBe(255);
    expect(inks(140, 4)).toEqual([0, 0, 0, 0]);
    expect((await plates(pdf, { dpi: 150, page: 2 })).M.every((ink) => ink === 0)).toBe(true);
    expect((await plates(pdf)).width).toBe(300);
  });

  it('render what a screen shows', async () => {
    const { data, width, height } = await render(pdf, 144);
    expect([width, height]).toEqual([288, 144]);
    const pixel = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    const [r, g, b] = pixel(72, 72);
    expect(r).toBeGreaterThan(200);
    expect(g).toBeLessThan(60);
    expect(b).toBeLessThan(180);
    expect(pixel(280, 8)).toEqual([255, 255, 255]);
    const blank = await render(pdf, 72, 2);
    expect(blank.data).toHaveLength(144 * 72 * 3);
    expect(blank.data.every((value) => value === 255)).toBe(true);
  });

  it('trace colour spaces', async () => {
    const steps = colouredSteps(await mutoolTrace(pdf));
    expect(steps.map(({ op, colorspace }) => `${op} ${colorspace}`)).toEqual([
      'fill_path DeviceCMYK',
      expect.stringMatching(/^fill_path Separation\(DeviceCMYK,Cat Gold\)/),
      'fill_text DeviceCMYK',
      'fill_image DeviceCMYK',
    ]);
    expect(steps.map(({ color }) => color)).toEqual([[0, 1, 0, 0], [0.5], [0, 0, 0, 1], []]);
  });

  it('check the syntax', async () => {
    expect(await qpdfCheck(pdf)).toMatchObject({ ok: true });
    const broken = join(folder, 'broken.pdf');
    await writeFile(broken, '%PDF-1.6\n1 0 obj\n<<');
    const { ok, text } = await qpdfCheck(broken);
    expect(ok).toBe(false);
    expect(text).toContain('broken.pdf');
  });

  it('fail loudly', async () => {
    await expect(pdfBoxes(join(folder, 'none.pdf'))).rejects.toThrow(/pdfinfo .*none\.pdf/);
  });
});
