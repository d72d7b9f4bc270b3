import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/browser/find.ts';
import { complaintIn, launchBrowser } from '../../src/browser/launch.ts';
import { ExitCode } from '../../src/errors.ts';
import { testFolder, writeProgram } from './programs.ts';

describe('launchBrowser', () => {
  const folder = testFolder();
  let path = '';
  beforeAll(async () => {
    path = (await findBrowser({ env: process.env }))!.path;
  });

  /** The folder of the profile that a browser was started with. */
  const profileOf = (args: readonly string[]): string =>
    args.find((arg) => arg.startsWith('--user-data-dir='))!.split('=')[1]!;

  it('prints a page, keeps its sandbox unless root on Linux, opens no port, leaves no profile', async () => {
    const browser = await launchBrowser({ path });
    const args = browser.process()!.spawnargs;
    const page = await browser.newPage();
    await page.setContent('<p style="font: 12pt serif">Cat</p>');
    const pdf = await page.pdf({ width: '100mm', height: '50mm' });
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
    expect(args.includes('--no-sandbox')).toBe(asRoot);
    expect(args.filter((arg) => arg.startsWith('--remote-debugging'))).toEqual(['--remote-debugging-pipe']);
    const profile = profileOf(args);
    expect(existsSync(profile)).toBe(true);
    await browser.close();
    expect(existsSync(profile)).toBe(false);
  });

  it('ends with its signal while it works, and takes its profile with it', async () => {
    const stop = new AbortController();
    const browser = await launchBrowser({ path, signal: stop.signal });
    const child = browser.process()!;
    const page = await browser.newPage();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const work = page.evaluate('new Promise(() => {})');
    stop.abort();
    await expect(work).rejects.toThrow();
    await ended;
    await expect.poll(() => existsSync(profileOf(child.spawnargs))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('stops while it starts', async () => {
    const stop = new AbortController();
    const marker = join(folder.path, 'started');
    const hanging = await writeProgram(join(folder.path, 'hang'), `: > ${marker}; exec sleep 600`);
    const launch = launchBrowser({ path: hanging, signal: stop.signal });
    const stopped = expect(launch).rejects.toMatchObject({ exitCode: ExitCode.interrupted });
    await expect.poll(() => existsSync(marker)).toBe(true);
    stop.abort();
    await stopped;
    await expect(launchBrowser({ path, signal: stop.signal })).rejects.toMatchObject({
      exitCode: ExitCode.interrupted,
    });
  });

  it.skipIf(process.platform === 'win32')('says what the browser complained of', async () => {
    const broken = await writeProgram(
      join(folder.path, 'chrome'),
      'echo "chrome: error while loading shared libraries: libnss3.so" >&2; exit 127',
    );
    await expect(launchBrowser({ path: broken })).rejects.toMatchObject({
      message: `The browser ${broken} did not start: chrome: error while loading shared libraries: libnss3.so`,
      hint: expect.stringContaining('Libraries of the system'),
      exitCode: ExitCode.missingTool,
    });
    await expect(launchBrowser({ path: join(folder.path, 'none') })).rejects.toThrow('no such program');
  });
});

describe('complaintIn', () => {
  it('passes over what Chromium writes on any day', () => {
    const message = [
      'Failed to launch the browser process:  Code: 1',
      '',
      'stderr:',
      '[7:21:1122/105500.000001:ERROR:dbus/bus.cc(408)] Failed to connect to the bus',
      '[7:7:1122/105500.000002:WARNING:sandbox/policy/linux/sandbox_linux.cc(430)] InitializeSandbox()',
      '[7:7:1122/105500.000003:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox!',
      '#0 0x55d0c5 <unknown>',
      '',
      'TROUBLESHOOTING: https://pptr.dev/troubleshooting',
    ].join('\n');
    expect(complaintIn(message)).toBe('No usable sandbox!');
  });

  it('is puppeteer’s own headline where the browser said nothing', () => {
    const message = 'Failed to launch the browser process:  Code: 5\n\nstderr:\n\n\nTROUBLESHOOTING: x\n';
    expect(complaintIn(message)).toBe('Failed to launch the browser process:  Code: 5');
    expect(complaintIn('Timed out after 30000 ms')).toBe('Timed out after 30000 ms');
  });
});
