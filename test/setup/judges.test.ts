import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/tools/run.ts';
import { testFolder, writeProgram } from '../browser/programs.ts';

const SCRIPT = fileURLToPath(new URL('judges.mjs', import.meta.url));
const PROGRAMS = [
  'gs',
  'pdfinfo',
  'pdfimages',
  'pdffonts',
  'pdftoppm',
  'qpdf',
  'mutool',
  'transicc',
  'zbarimg',
  'identify',
  'unzip',
  'xmllint',
  'redis-server',
];

describe.skipIf(process.platform === 'win32')('judges.mjs', () => {
  const folder = testFolder();
  const run = () =>
    runProgram(process.execPath, [SCRIPT], {
      env: { PATH: folder.path, LOG: join(folder.path, 'log'), PRINTCAT_CACHE: join(folder.path, 'cache') },
    });

  it('does nothing where everything is there', async () => {
    for (const name of [...PROGRAMS, 'chromium', 'apt-get']) {
      await writeProgram(join(folder.path, name), 'echo "$*" >> "$LOG"');
    }
    expect(await run()).toEqual({ ok: true, stdout: '', stderr: '' });
    expect(existsSync(join(folder.path, 'log'))).toBe(false);
  });

  it('says what to install where it cannot do so itself', async () => {
    const { ok, stderr } = await run();
    expect(ok).toBe(false);
    expect(stderr).toMatch(
      process.platform === 'darwin' ? /brew install poppler/ : /apt-get install .*poppler-utils/,
    );
  });

  it('can do without the judge of one thing, and says what is not judged', async () => {
    for (const name of [...PROGRAMS, 'chromium'].filter((program) => program !== 'zbarimg')) {
      await writeProgram(join(folder.path, name), '');
    }
    const { ok, stderr } = await run();
    expect(ok).toBe(true);
    expect(stderr).toContain('Without zbarimg nobody judges the QR codes');
  });

  it('takes the browser that printcat fetched itself', async () => {
    for (const name of PROGRAMS) await writeProgram(join(folder.path, name), '');
    await mkdir(join(folder.path, 'cache/browsers/chrome-headless-shell'), { recursive: true });
    expect(await run()).toMatchObject({ ok: true });
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'as root has apt-get fetch the lists once and install only what is missing',
    async () => {
      const missing = ['pdfinfo', 'pdffonts', 'qpdf'];
      for (const name of PROGRAMS.filter((program) => !missing.includes(program))) {
        await writeProgram(join(folder.path, name), '');
      }
      const install = [...missing, 'chromium'].map((name) => `: > $D/${name}; /bin/chmod +x $D/${name}`);
      await writeProgram(
        join(folder.path, 'apt-get'),
        `D=${folder.path}; echo "$*" >> "$LOG"; [ "$1" = install ] || exit 0; ${install.join('; ')}`,
      );
      expect(await run()).toMatchObject({ ok: true });
      expect((await readFile(join(folder.path, 'log'), 'utf8')).trim().split('\n')).toEqual([
        'update',
        'install -y --no-install-recommends poppler-utils qpdf chromium',
      ]);
    },
  );
});
