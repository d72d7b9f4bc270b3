import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { CHROME_BUILD } from '../../src/browser/download.ts';
import { ensureBrowser } from '../../src/browser/install.ts';
import type { System } from '../../src/browser/system.ts';
import { ExitCode } from '../../src/errors.ts';
import { processTerminal, type Terminal } from '../../src/terminal.ts';
import { testFolder, writeBrowser, writeProgram } from './programs.ts';

const debianRoot: System = { platform: 'linux', arch: 'x64', root: true, distribution: ['debian'] };
const debianUser: System = { ...debianRoot, root: false };

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('ensureBrowser', () => {
  const folder = testFolder();
  const at = (name: string) => join(folder.path, name);

  /** An order to ensure a browser on a machine that has none, and what it says on the way. */
  function order(system: System, variables: NodeJS.ProcessEnv = {}, signal = new AbortController().signal) {
    const said: string[] = [];
    const say = (message: string) => void said.push(message);
    const terminal: Terminal = { ...processTerminal(), warn: say, note: say };
    const env = { PATH: '', PRINTCAT_CACHE: at('cache'), ...variables };
    return { said, options: { env, places: [at('chromium')], terminal, signal, system } };
  }

  it('says and does nothing where there is one', async () => {
    await writeBrowser(at('chromium'), 'Chromium 3.0.0.0');
    const { said, options } = order(debianRoot);
    expect(await ensureBrowser(options)).toMatchObject({ version: '3.0.0.0' });
    expect(said).toEqual([]);
  });

  describe('with apt', () => {
    /** Does as apt-get does with package lists that are missing: fails until they were fetched. */
    const APT = `echo "$*, $DEBIAN_FRONTEND" >> "$LOG"
case "$1" in
  update) : > "$LOG.lists" ;;
  install) test -f "$LOG.lists" || { echo "E: Unable to locate package chromium" >&2; exit 100; }
    printf '#!/bin/sh\\necho Chromium 4.0.0.0\\n' > "$TARGET"; /bin/chmod +x "$TARGET" ;;
esac`;
    const variables = () => ({ PATH: at('bin'), LOG: at('log'), TARGET: at('chromium') });

    it('installs Debian’s own as root, fetching the lists first where that fails', async () => {
      await writeProgram(at('bin/apt-get'), APT);
      const { said, options } = order(debianRoot, variables());
      expect(await ensureBrowser(options)).toEqual({
        path: at('chromium'),
        name: 'Chromium',
        version: '4.0.0.0',
        from: 'installed',
      });
      const install = 'install -y --no-install-recommends chromium, noninteractive';
      expect((await readFile(at('log'), 'utf8')).trim().split('\n')).toEqual([
        install,
        'update, noninteractive',
        install,
      ]);
      expect(said).toEqual([expect.stringContaining('installing Debian’s chromium')]);
    });

    it('shows what apt-get said when it fails, and what to do', async () => {
      await writeProgram(at('bin/apt-get'), 'echo "E: no space left" >&2; exit 100');
      const { said, options } = order(debianRoot, variables());
      await expect(ensureBrowser(options)).rejects.toMatchObject({
        exitCode: ExitCode.missingTool,
        hint: expect.stringContaining('apt-get install chromium'),
      });
      expect(said.at(-1)).toContain('E: no space left');
    });
  });

  describe('with Chrome’s own build', () => {
    let server: Server;
    const asked: string[] = [];
    /** A place for builds whose archive holds a browser of the version that was asked for. */
    async function mirror(answer: (url: string) => Buffer | null): Promise<NodeJS.ProcessEnv> {
      asked.length = 0;
      server = createServer(({ url = '' }, response) => {
        asked.push(url);
        const body = answer(url);
        response.writeHead(body ? 200 : 404, { 'content-length': body?.length ?? 0 }).end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return { PUPPETEER_CHROME_HEADLESS_SHELL_DOWNLOAD_BASE_URL: `http://127.0.0.1:${port}` };
    }
    afterEach(() => void server?.close());

    const archive = (script: string) => () =>
      zip('chrome-headless-shell-linux64/chrome-headless-shell', Buffer.from(`#!/bin/sh\n${script}\n`));

    it('fetches the build that puppeteer knows into the cache, and finds it there the next time', async () => {
      const variables = await mirror(archive(`echo "Google Chrome for Testing ${CHROME_BUILD} "`));
      const { said, options } = order(debianUser, variables);
      const found = await ensureBrowser(options);
      expect(asked).toEqual([`/${CHROME_BUILD}/linux64/chrome-headless-shell-linux64.zip`]);
      expect(found).toMatchObject({ version: CHROME_BUILD, from: 'printcat' });
      expect(found.path.startsWith(at('cache'))).toBe(true);
      expect(said).toEqual([expect.stringContaining('fetching')]);
      expect(await ensureBrowser(options)).toEqual(found);
      expect(asked).toHaveLength(1);
      expect(await readdir(at('cache/browsers'))).toEqual(['chrome-headless-shell']);
    });

    it('is the build that the installed puppeteer is tested with', async () => {
      const revisions = new URL('../../node_modules/puppeteer-core/lib/esm/puppeteer/', import.meta.url);
      expect(await readFile(new URL('revisions.js', revisions), 'utf8')).toContain(
        `'chrome-headless-shell': '${CHROME_BUILD}'`,
      );
    });

    it('explains a fetch that fails and leaves nothing behind', async () => {
      const { options } = order(debianUser, await mirror(() => null));
      await expect(ensureBrowser(options)).rejects.toMatchObject({
        exitCode: ExitCode.missingTool,
        message: expect.stringContaining('404'),
        hint: expect.stringContaining('PRINTCAT_BROWSER'),
      });
      expect(await readdir(at('cache/browsers'))).toEqual([]);
    });

    it('explains a browser that does not run here', async () => {
      const broken = archive('echo "libnss3.so: cannot open shared object file" >&2; exit 127');
      const { options } = order(debianUser, await mirror(broken));
      await expect(ensureBrowser(options)).rejects.toThrow('libnss3.so: cannot open shared object file');
    });

    it('stops when asked to, without a half-fetched browser', async () => {
      const stop = new AbortController();
      const variables = await mirror((url) => {
        stop.abort();
        return archive('echo')().subarray(0, url.length);
      });
      const { options } = order(debianUser, variables, stop.signal);
      await expect(ensureBrowser(options)).rejects.toMatchObject({ exitCode: ExitCode.interrupted });
      expect(await readdir(at('cache/browsers'))).toEqual([]);
    });
  });

  it('explains in two lines where it can do nothing', async () => {
    const { said, options } = order({ ...debianUser, arch: 'arm64' });
    await expect(ensureBrowser(options)).rejects.toMatchObject({
      exitCode: ExitCode.missingTool,
      message: 'Expected Chrome, Chromium or Edge to lay pages out with, but found none',
      hint: 'Install one (sudo apt-get install chromium) or name one in PRINTCAT_BROWSER=/path/to/it.',
    });
    expect(said).toEqual([]);
  });
});

/** A ZIP archive of one stored file that may be run (PKWARE APPNOTE 4.3: local header, directory, end). */
function zip(name: string, content: Buffer): Buffer {
  const file = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, file, content]);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(0o100755 * 0x10000, 6);
  // 3 in the high byte of "version made by": the attributes are Unix's.
  const directory = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, attributes, file]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, directory, Buffer.from('PK\x05\x06'), end]);
}
