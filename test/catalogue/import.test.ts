import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { importFiles } from '../../src/catalogue/import.ts';
import { cmykTiff } from '../artwork/tiff.ts';
import {
  file,
  importInto,
  importOne,
  noisePicture,
  plainPicture,
  pngChunk,
  temporaryWorkspace,
  WHEN,
  withChunks,
} from './helpers.ts';

/** A grey TIFF of 2×2 px, 16-bit whole or 32-bit floating-point numbers, which sharp does not write. */
function greyTiff(bits: 16 | 32): Buffer {
  const [width, height, pixelsAt] = [2, 2, 8];
  const length = (width * height * bits) / 8;
  const entries = [
    [0x100, width],
    [0x101, height],
    [0x102, bits],
    [0x103, 1], // not compressed
    [0x106, 1], // 0 is black
    [0x111, pixelsAt],
    [0x115, 1], // one channel
    [0x116, height],
    [0x117, length],
    [0x153, bits === 32 ? 3 : 1], // floating point or whole
  ] as const;
  const tiff = Buffer.alloc(pixelsAt + length + 2 + entries.length * 12 + 4);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(pixelsAt + length, 4);
  tiff.writeUInt16LE(entries.length, pixelsAt + length);
  for (const [i, [tag, value]] of entries.entries()) {
    const at = pixelsAt + length + 2 + i * 12;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(3, at + 2); // a short
    tiff.writeUInt32LE(1, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  }
  return tiff;
}

/** Outcome and reason (or ID) of each file, by its name. */
const short = (outcomes: Awaited<ReturnType<typeof importInto>>) =>
  outcomes.map((o) => [o.path.split('/').at(-1), o.outcome, o.outcome === 'refused' ? o.reason : o.image.id]);

describe('what a file is', () => {
  /** Each picture with what must be known of it; untagged 8-bit RGB of 64×48 px where nothing is said. */
  const pictures = {
    'p3.png': [plainPicture().withIccProfile('p3').png(), { colourSpace: 'Display P3', profile: 'sP3C' }],
    'p3.jpg': [
      plainPicture().withIccProfile('p3').jpeg(),
      { format: 'jpeg', colourSpace: 'Display P3', profile: 'sP3C' },
    ],
    'p3.tif': [
      plainPicture().withIccProfile('p3').tiff(),
      { format: 'tiff', colourSpace: 'Display P3', profile: 'sP3C' },
    ],
    'p3.avif': [
      plainPicture().withIccProfile('p3').avif(),
      { format: 'avif', colourSpace: 'Display P3', profile: 'sP3C' },
    ],
    'srgb.webp': [
      plainPicture().withIccProfile('srgb').webp(),
      { format: 'webp', colourSpace: 'sRGB', profile: 'sRGB' },
    ],
    '16.png': [plainPicture().toColourspace('rgb16').png(), { bitDepth: 16 }],
    'alpha.png': [plainPicture().ensureAlpha(0.5).png(), { hasAlpha: true }],
    'alpha.webp': [plainPicture().ensureAlpha(0.5).webp(), { format: 'webp', hasAlpha: true }],
    'grey.png': [plainPicture().toColourspace('b-w').png(), { colourSpace: 'grey' }],
    'cmyk.jpg': [
      plainPicture().toColourspace('cmyk').withIccProfile('cmyk').jpeg(),
      { format: 'jpeg', colourSpace: 'CMYK', profile: 'Chemical proof' },
    ],
    'turned.jpg': [
      plainPicture().withMetadata({ orientation: 6 }).jpeg(),
      { format: 'jpeg', widthPx: 48, heightPx: 64, orientation: 6, colourSpace: 'sRGB', profile: 'sRGB' },
    ],
  } as const;

  test.each(Object.entries(pictures))('%s', async (name, [picture, facts]) => {
    const { catalogue, folder } = await temporaryWorkspace();
    const bytes = await picture.toBuffer();
    const image = await importOne(catalogue, await file(folder, name, bytes));
    const format = 'format' in facts ? facts.format : 'png';
    expect(image.file).toEqual({
      format: 'png',
      mime: `image/${format}`,
      widthPx: 64,
      heightPx: 48,
      bitDepth: 8,
      colourSpace: 'untagged',
      profile: null,
      hasAlpha: false,
      orientation: 1,
      c2pa: false,
      digitalSourceType: null,
      ...facts,
    });
    expect((await readFile(catalogue.originalPath(image))).equals(bytes)).toBe(true);
  });

  test('a 16-bit grey TIFF', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const image = await importOne(catalogue, await file(folder, 'a.tif', greyTiff(16)));
    expect(image.file).toMatchObject({ format: 'tiff', bitDepth: 16, colourSpace: 'grey', widthPx: 2 });
  });

  test.each([
    [8, [0, 60, 80, 0]],
    [16, [0, 60, 80, 0]],
    [8, [0, 60, 80, 0, 128]],
  ] as const)('a %i-bit CMYK TIFF of %j', async (bits, pixel) => {
    const { catalogue, folder } = await temporaryWorkspace();
    const tiff = cmykTiff({ width: 4, height: 3, bits, pixel });
    const image = await importOne(catalogue, await file(folder, 'a.tif', tiff));
    const hasAlpha = pixel.length === 5;
    expect(image.file).toMatchObject({ colourSpace: 'CMYK', profile: null, bitDepth: bits, hasAlpha });
  });

  test('the content decides, not the extension, and that is noted', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const image = await importOne(
      catalogue,
      await file(folder, 'a.jpg', await plainPicture().png().toBuffer()),
    );
    expect(image.file.format).toBe('png');
    expect(image.notes).toEqual(['It is called .jpg but is PNG.']);
    expect(catalogue.originalPath(image)).toMatch(/[0-9a-f]{64}\.png$/);
  });
});

describe('what cannot be used is refused by name and stops nothing', () => {
  test('damaged, huge and foreign files among good ones', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const png = await noisePicture().png().toBuffer();
    const jpeg = await noisePicture().jpeg().toBuffer();
    const bomb = Buffer.from(await plainPicture().png().toBuffer());
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const flipped = Buffer.from(png);
    flipped[png.length >> 1]! ^= 1;
    const deepCmyk = cmykTiff({ width: 4, height: 3, bits: 16, pixel: [0, 60, 80, 0, 128] });
    const frames = await sharp(
      [await plainPicture().png().toBuffer(), await plainPicture('#00f').png().toBuffer()],
      {
        join: { animated: true },
      },
    )
      .webp()
      .toBuffer();
    const files: [name: string, bytes: Buffer | string, outcome: RegExp][] = [
      ['a-good.png', await plainPicture().png().toBuffer(), /^imported/],
      ['animated.png', withChunks(png, pngChunk('acTL', Buffer.alloc(8))), /^it is animated/],
      ['animated.webp', frames, /^it is animated/],
      ['bomb.png', bomb, /^it claims 60000×60000 px, 3600 megapixels; the limit is 400$/],
      ['cmyk-16-alpha.tif', deepCmyk, /^it is CMYK with transparency at 16 bits a channel; with 8 bits/],
      [
        'cut-half.avif',
        (await noisePicture().avif().toBuffer()).subarray(0, 20_000),
        /damaged|cannot be read/,
      ],
      ['cut-half.jpg', jpeg.subarray(0, jpeg.length >> 1), /^it does not decode: damaged or cut off/],
      ['cut-half.png', png.subarray(0, png.length >> 1), /^it does not decode: damaged or cut off/],
      [
        'cut-half.webp',
        (await noisePicture().webp().toBuffer()).subarray(0, 9000),
        /^its header cannot be read/,
      ],
      ['cut-header.png', png.subarray(0, 20), /^its header cannot be read/],
      ['cut-last.jpg', jpeg.subarray(0, -20), /^it does not decode: damaged or cut off/],
      ['empty.png', '', /^it is empty \(0 bytes\)$/],
      ['flipped-bit.png', flipped, /^it does not decode: damaged or cut off/],
      ['float.tif', greyTiff(32), /^its pixels are of type float/],
      ['moving.gif', await plainPicture().gif().toBuffer(), /^it is GIF; PNG, JPEG, WebP, TIFF and AVIF are/],
      ['notes.png', 'just some text', /^it is not a picture/],
      ['paper.pdf', '%PDF-1.7\n', /^it is PDF/],
      ['vector.svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', /^it is SVG/],
      ['z-good.jpg', await plainPicture('#00f').jpeg().toBuffer(), /^imported/],
    ];
    const pictures = join(folder, 'pictures');
    await mkdir(pictures);
    for (const [name, bytes] of files) await file(pictures, name, bytes);
    const outcomes = await importInto(catalogue, pictures, join(folder, 'absent.png'));
    expect(short(outcomes).map(([name]) => name)).toEqual([...files.map(([name]) => name), 'absent.png']);
    for (const [i, [name, , wanted]] of files.entries()) {
      const entry = outcomes[i]!;
      expect(entry.outcome === 'refused' ? entry.reason : entry.outcome, name).toMatch(wanted);
    }
    expect(outcomes.at(-1)).toMatchObject({ outcome: 'refused', reason: 'there is no such file' });
    expect(catalogue.list()).toHaveLength(2);
  });

  test('the limit of megapixels is the caller’s', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const path = await file(folder, 'a.png', await plainPicture('#fff', 1000, 1001).png().toBuffer());
    const options = { cwd: '/', who: 'test', when: WHEN, maxMegapixels: 1 };
    expect(await importFiles(catalogue, [path], options)).toMatchObject([
      { outcome: 'refused', reason: 'it claims 1000×1001 px, 1.1 megapixels; the limit is 1' },
    ]);
    expect(await importFiles(catalogue, [path], { ...options, maxMegapixels: 1.001 })).toMatchObject([
      { outcome: 'imported' },
    ]);
  });

  test.skipIf(process.platform === 'win32')('a pipe is not waited for', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    execFileSync('mkfifo', [join(folder, 'pipe.png')]);
    expect(await importInto(catalogue, join(folder, 'pipe.png'))).toMatchObject([
      { outcome: 'refused', reason: 'it is not a regular file' },
    ]);
  });

  // The superuser may read everything.
  test.skipIf(process.getuid?.() === 0)('a file without permission', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const path = await file(folder, 'a.png', await plainPicture().png().toBuffer());
    await chmod(path, 0);
    expect(await importInto(catalogue, path)).toMatchObject([
      { outcome: 'refused', reason: 'it may not be read (permission denied)' },
    ]);
  });

  test('a damaged text chunk costs the text, not the picture', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const broken = pngChunk('zTXt', Buffer.from('parameters\0\0not deflated'));
    const png = withChunks(await plainPicture().png().toBuffer(), broken);
    const image = await importOne(catalogue, await file(folder, 'a.png', png));
    expect(image.generation.prompt).toBeNull();
  });
});

describe('folders', () => {
  test('go deep, in order, without hidden files, links to folders and our own output', async () => {
    const { catalogue, workspace } = await temporaryWorkspace();
    const png = (colour: string) => plainPicture(colour).png().toBuffer();
    await mkdir(join(workspace, 'b', 'deep'), { recursive: true });
    await file(workspace, 'c.png', await png('#003'));
    await file(join(workspace, 'b'), '2.png', await png('#002'));
    await file(join(workspace, 'b', 'deep'), '1.png', await png('#001'));
    await file(join(workspace, 'b'), '.hidden.png', await png('#004'));
    await file(join(workspace, 'output'), 'proof.png', await png('#005'));
    await symlink(workspace, join(workspace, 'b', 'circle'));
    await symlink(join(workspace, 'c.png'), join(workspace, 'a-link.png'));
    await rm(join(workspace, 'printcat.json'));
    const options = { cwd: workspace, who: 'test', when: WHEN };
    const outcomes = await importFiles(catalogue, ['.', 'c.png'], options);
    expect(outcomes.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
      'a-link.png imported',
      'b/2.png imported',
      'b/deep/1.png imported',
      'c.png already there',
    ]);
  });
});

describe('IDs', () => {
  test('pictures of the same second get suffixes in order; the date of the file is the last resort', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    for (const [i, colour] of ['#100', '#200', '#300'].entries()) {
      await file(folder, `20220912034858-${i}.png`, await plainPicture(colour).png().toBuffer());
    }
    const undated = await file(folder, 'z.png', await plainPicture('#400').png().toBuffer());
    const modified = new Date('2021-05-06T07:08:09Z');
    await utimes(undated, modified, modified);
    await rm(join(folder, 'workspace', 'printcat.json'));
    expect(short(await importInto(catalogue, folder))).toEqual([
      ['20220912034858-0.png', 'imported', '20220912034858'],
      ['20220912034858-1.png', 'imported', '20220912034858-2'],
      ['20220912034858-2.png', 'imported', '20220912034858-3'],
      ['z.png', 'imported', '20210506070809'],
    ]);
    expect(catalogue.get('20210506070809')?.idOrigin).toBe('file date');
    expect(catalogue.list().map(({ id }) => id)).toEqual([
      '20210506070809',
      '20220912034858',
      '20220912034858-2',
      '20220912034858-3',
    ]);
  });
});

describe('the store', () => {
  test('importing twice adds nothing, under whatever name', async () => {
    const { catalogue, folder, workspace } = await temporaryWorkspace();
    const png = await plainPicture().png().toBuffer();
    const image = await importOne(catalogue, await file(folder, '20220912034858.png', png));
    const again = await importInto(catalogue, await file(folder, '20230101000000.png', png));
    expect(again).toMatchObject([{ outcome: 'already there', image: { id: '20220912034858' } }]);
    expect(catalogue.list()).toEqual([image]);
    expect(await readdir(join(workspace, '.printcat', 'originals', image.sha256.slice(0, 2)))).toEqual([
      `${image.sha256}.png`,
    ]);
  });

  test('the same picture twice in one import', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const png = await plainPicture().png().toBuffer();
    const paths = [await file(folder, 'a.png', png), await file(folder, 'b.png', png)];
    expect((await importInto(catalogue, ...paths)).map(({ outcome }) => outcome)).toEqual([
      'imported',
      'already there',
    ]);
  });

  test.each(['gone', 'cut off'])(
    'an original that is %s is restored by importing it again',
    async (state) => {
      const { catalogue, folder } = await temporaryWorkspace();
      const png = await plainPicture().png().toBuffer();
      const path = await file(folder, 'a.png', png);
      const image = await importOne(catalogue, path);
      const original = catalogue.originalPath(image);
      await rm(original);
      if (state === 'cut off') await writeFile(original, png.subarray(0, 50));
      expect(await catalogue.hasOriginal(image)).toBe(false);
      expect(await importInto(catalogue, path)).toMatchObject([
        { outcome: 'restored', image: { id: image.id } },
      ]);
      expect((await readFile(original)).equals(png)).toBe(true);
      expect(await importInto(catalogue, path)).toMatchObject([{ outcome: 'already there' }]);
    },
  );

  test('an original of which a byte changed is restored by importing it again', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const png = await plainPicture().png().toBuffer();
    const path = await file(folder, 'a.png', png);
    const image = await importOne(catalogue, path);
    const original = catalogue.originalPath(image);
    const changed = Buffer.from(png);
    changed[png.length >> 1]! ^= 1;
    await rm(original);
    await writeFile(original, changed);
    expect(await importInto(catalogue, path)).toMatchObject([
      { outcome: 'restored', image: { id: image.id } },
    ]);
    expect((await readFile(original)).equals(png)).toBe(true);
    expect(await importInto(catalogue, path)).toMatchObject([{ outcome: 'already there' }]);
    expect(await readdir(join(original, '..'))).toEqual([`${image.sha256}.png`]);
  });

  test('an original without its entry, as a crash leaves it, is taken up', async () => {
    const { catalogue, folder } = await temporaryWorkspace();
    const path = await file(folder, 'a.png', await plainPicture().png().toBuffer());
    const { catalogue: other } = await temporaryWorkspace();
    const original = catalogue.originalPath(await importOne(other, path));
    await mkdir(join(original, '..'), { recursive: true });
    await writeFile(original, await readFile(path));
    const { mtimeMs } = await stat(original);
    const image = await importOne(catalogue, path);
    expect(catalogue.originalPath(image)).toBe(original);
    expect((await stat(original)).mtimeMs).toBe(mtimeMs);
  });

  test('stopping keeps what is done and begins nothing more', async () => {
    const { catalogue, folder, workspace } = await temporaryWorkspace();
    const pictures = join(folder, 'pictures');
    await mkdir(pictures);
    for (let i = 0; i < 9; i++)
      await file(pictures, `${i}.png`, await plainPicture(`#${i}00`).png().toBuffer());
    const stop = new AbortController();
    const outcomes = await importFiles(catalogue, [pictures], {
      cwd: '/',
      who: 'test',
      when: WHEN,
      signal: stop.signal,
      onProgress: (done) => done === 3 && stop.abort(),
    });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['imported', 'imported', 'imported']);
    expect(catalogue.list()).toHaveLength(3);
    const stored = await readdir(join(workspace, '.printcat', 'originals'), { recursive: true });
    expect(stored.filter((name) => name.endsWith('.png'))).toHaveLength(3);
    expect(stored.filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a store that cannot be written refuses the picture and adds nothing', async () => {
    const { catalogue, folder, workspace } = await temporaryWorkspace();
    const path = await file(folder, 'a.png', await plainPicture().png().toBuffer());
    await rm(join(workspace, '.printcat', 'originals'), { recursive: true });
    await writeFile(join(workspace, '.printcat', 'originals'), 'in the way');
    expect(await importInto(catalogue, path)).toMatchObject([{ outcome: 'refused' }]);
    expect(catalogue.list()).toEqual([]);
    expect(existsSync(path)).toBe(true);
  });
});
