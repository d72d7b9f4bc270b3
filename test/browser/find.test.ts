import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/browser/find.ts';
import { ExitCode } from '../../src/errors.ts';
import { testFolder, writeBrowser, writeProgram } from './programs.ts';

describe.skipIf(process.platform === 'win32')('findBrowser', () => {
  const folder = testFolder();
  /** An environment in which there is nothing. */
  const bare = () => ({ PATH: '', PRINTCAT_CACHE: join(folder.path, 'cache') });

  it('finds nothing where nothing is', async () => {
    expect(await findBrowser({ env: bare(), places: [] })).toBeNull();
  });

  it('finds the one that this machine has, which tells its own version', async () => {
    const found = await findBrowser({ env: process.env });
    expect(found?.version).toMatch(/^\d{3}(\.\d+){3}$/);
    expect(found?.name).toMatch(/^(Google Chrome|Chromium|Microsoft Edge)/);
  });

  it('prefers what is named to what is borrowed, to the PATH, to the usual places, to its own', async () => {
    const at = (name: string) => join(folder.path, name);
    const own = join('cache', 'browsers', 'chrome-headless-shell');
    await writeBrowser(at('named'), 'Google Chrome 1.0.0.1 ');
    await writeBrowser(at('configured'), 'Chromium 1.0.0.2 built on Debian GNU/Linux 12 (bookworm)');
    await writeBrowser(at('borrowed'), 'Microsoft Edge 1.0.0.3 ');
    await writeBrowser(at('bin/chromium'), 'Chromium 1.0.0.4 snap');
    await writeBrowser(at('place'), 'Brave Browser 1.0.0.5 ');
    for (const build of ['8.0.0.6', '101.0.0.6', '10.0.0.6']) {
      const program = join(own, `linux-${build}`, 'chrome-headless-shell-linux64', 'chrome-headless-shell');
      await writeBrowser(at(program), `Google Chrome for Testing ${build}`);
    }
    const env = {
      ...bare(),
      PRINTCAT_BROWSER: at('named'),
      CHROME_PATH: at('borrowed'),
      PATH: at('bin'),
    };
    const find = (without: string[], configured?: string) => {
      const left = Object.fromEntries(Object.entries(env).filter(([name]) => !without.includes(name)));
      return findBrowser({ env: left, configured, places: [at('place')] });
    };
    expect(await find([], at('configured'))).toEqual({
      path: at('named'),
      name: 'Google Chrome',
      version: '1.0.0.1',
      from: 'PRINTCAT_BROWSER',
    });
    expect(await find(['PRINTCAT_BROWSER'], at('configured'))).toMatchObject({
      name: 'Chromium',
      version: '1.0.0.2',
      from: 'configuration',
    });
    expect(await find(['PRINTCAT_BROWSER'])).toMatchObject({ name: 'Microsoft Edge', from: 'CHROME_PATH' });
    const nothingNamed = ['PRINTCAT_BROWSER', 'CHROME_PATH'];
    expect(await find(nothingNamed)).toMatchObject({ version: '1.0.0.4', from: 'PATH' });
    expect(await find([...nothingNamed, 'PATH'])).toMatchObject({ name: 'Brave Browser', from: 'installed' });
    if (process.platform !== 'linux') return;
    expect(await findBrowser({ env: bare(), places: [] })).toMatchObject({
      name: 'Google Chrome for Testing',
      version: '101.0.0.6',
      from: 'printcat',
    });
  });

  it('names a configured path that does not exist, and takes no other in its place', async () => {
    const path = join(folder.path, 'gone');
    const wrong = { exitCode: ExitCode.missingTool, message: expect.stringContaining(path) };
    await expect(findBrowser({ env: { ...process.env, PRINTCAT_BROWSER: path } })).rejects.toMatchObject(
      wrong,
    );
    await expect(findBrowser({ env: bare(), configured: path })).rejects.toMatchObject(wrong);
  });

  it.each([
    ['another program', 'echo "echo (GNU coreutils) 9.1"', 'answers "echo (GNU coreutils) 9.1"'],
    ['Firefox', 'echo "Mozilla Firefox 128.0.3"', 'not as a browser'],
    ['one that lacks a library', 'echo "libnss3.so: cannot open" >&2; exit 127', 'libnss3.so: cannot open'],
  ])('refuses %s as the configured browser', async (_, script, complaint) => {
    const path = await writeProgram(join(folder.path, 'program'), script);
    await expect(findBrowser({ env: { ...bare(), PRINTCAT_BROWSER: path } })).rejects.toThrow(complaint);
  });

  it('passes over what cannot be run: a stub on the PATH, a borrowed path that leads nowhere', async () => {
    await writeProgram(join(folder.path, 'chromium'), 'echo "requires the chromium snap" >&2; exit 1');
    const place = await writeBrowser(join(folder.path, 'real'), 'Chromium 2.0.0.0');
    await writeFile(join(folder.path, 'text'), 'no program');
    const env = { ...bare(), PATH: folder.path, CHROME_PATH: join(folder.path, 'text') };
    const places = [folder.path, place];
    expect(await findBrowser({ env, places })).toMatchObject({ path: place, from: 'installed' });
  });
});
