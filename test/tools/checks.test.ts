import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODELS } from '../../src/models/catalogue.ts';
import { weightsPath } from '../../src/models/store.ts';
import { checks, folderSize, look } from '../../src/tools/checks.ts';
import { testFolder } from '../browser/programs.ts';

const check = (name: string) => checks.find((c) => c.name === name)!;

describe('checks', () => {
  const folder = testFolder();

  it('find all that is needed on a machine that runs these tests, with versions', async () => {
    const findings = await Promise.all(checks.map((c) => look(c, process.env)));
    const texts = Object.fromEntries(findings.map(({ name, text }) => [name, text]));
    expect(findings.filter(({ ok, use }) => !ok && use !== 'better')).toEqual([]);
    expect(texts['Node.js']).toBe(process.versions.node);
    expect(texts.Browser).toMatch(/ \d{3}(\.\d+){3}: .+ \(.+\)$/);
    expect(texts.Pictures).toMatch(/^sharp 0\.\d+\.\d+, libvips 8\.\d+\.\d+$/);
    expect(texts.Catalogue).toMatch(/^SQLite 3\.\d+\.\d+/);
    expect(texts.Colour).toMatch(/lcms-wasm \d/);
    expect(texts['ICC profiles']).toMatch(/FOGRA39.*\(CMYK\), .*TR006.*\(CMYK\)/);
    expect(texts.Fonts).toMatch(/noto-serif-jp \d+\.\d+\.\d+/);
    expect(texts['ONNX Runtime']).toMatch(/^1\.\d+\.\d+$/);
    expect(texts.qpdf).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('turn what is wrong into one line and what to do', async () => {
    const env = { PATH: '', PRINTCAT_BROWSER: '/nowhere/chrome' };
    expect(await look(check('Browser'), env)).toEqual({
      name: 'Browser',
      use: 'needed',
      ok: false,
      text: expect.stringContaining('/nowhere/chrome'),
      todo: expect.stringContaining('Name the program itself'),
    });
    expect(await look(check('qpdf'), env)).toMatchObject({
      ok: false,
      use: 'developer',
      text: 'no qpdf on the PATH',
      todo: expect.stringContaining('judges.mjs'),
    });
  });

  it('tell weights that are absent from ones that are damaged', async () => {
    const env = { PRINTCAT_CACHE: folder.path };
    expect(await look(check('Weights'), env)).toMatchObject({ ok: false, text: 'upconv_7 absent' });
    await mkdir(join(folder.path, 'models'));
    for (const part of ['param', 'bin'] as const) {
      await writeFile(weightsPath(join(folder.path, 'models'), MODELS.upconv_7, part), 'not the weights');
    }
    expect(await look(check('Weights'), env)).toMatchObject({ ok: false, text: 'upconv_7 damaged' });
  });

  it('tell the cache and its size', async () => {
    const env = { PRINTCAT_CACHE: join(folder.path, 'cache') };
    expect((await look(check('Cache'), env)).text).toBe(`${env.PRINTCAT_CACHE}, still empty`);
    await mkdir(join(env.PRINTCAT_CACHE, 'a/b'), { recursive: true });
    await writeFile(join(env.PRINTCAT_CACHE, 'a/b/c'), Buffer.alloc(1_250_000));
    await writeFile(join(env.PRINTCAT_CACHE, 'd'), Buffer.alloc(50_000));
    await symlink('d', join(env.PRINTCAT_CACHE, 'link'));
    expect((await look(check('Cache'), env)).text).toBe(`${env.PRINTCAT_CACHE}, 1.3 MB`);
    expect(await folderSize(env.PRINTCAT_CACHE)).toBe(1_300_000);
  });
});
