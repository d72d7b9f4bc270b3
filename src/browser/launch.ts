import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { ExitCode, interrupted, messageOf, PrintcatError } from '../errors.ts';
import { isProgram } from '../tools/path.ts';

/**
 * Keeps the browser from the network and from everything that differs between machines: type is laid out on
 * unhinted outlines and drawn without LCD fringes, and the user's language does not pick fonts.
 * Puppeteer's own defaults already fix colours to sRGB and switch off sync, first run, extensions and the like.
 */
const ARGUMENTS = [
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-gpu',
  '--disable-lcd-text',
  '--disable-quic',
  '--font-render-hinting=none',
  '--lang=en-US',
  '--no-default-browser-check',
  '--no-pings',
  // Everything that is loaded is answered by us before it reaches the network. What asks for no answer, such as
  // a preconnect, ends at the discard port (RFC 863), where nobody listens; loopback is no exception.
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
];

export interface LaunchWish {
  readonly path: string;
  /** Ends the browser when aborted, at any time of its life. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a headless browser with a new, empty profile, which is deleted when it ends. It ends with `close()`,
 * with the signal, or with this process, however that dies.
 * @throws PrintcatError (exit code 3) with what the browser complained of; PrintcatError when stopped
 */
export async function launchBrowser({ path, signal }: LaunchWish): Promise<Browser> {
  if (signal?.aborted) throw interrupted();
  if (!isProgram(path)) throw launchFailed(path, 'there is no such program');
  // Chromium refuses to run as root with its sandbox on Linux; everything that it opens is our own page.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  try {
    return await start(path, asRoot, signal);
  } catch (error) {
    if (signal?.aborted) throw interrupted();
    const complaint = complaintIn(messageOf(error));
    if (asRoot || !NO_SANDBOX.test(complaint) || !inContainer()) throw launchFailed(path, complaint);
  }
  try {
    // Most containers withhold the namespaces that the sandbox is made of; the container is the fence then.
    return await start(path, true, signal);
  } catch (error) {
    throw signal?.aborted ? interrupted() : launchFailed(path, complaintIn(messageOf(error)));
  }
}

async function start(path: string, withoutSandbox: boolean, signal: AbortSignal | undefined) {
  const options: LaunchOptions = {
    executablePath: path,
    headless: path.includes('headless-shell') ? 'shell' : true,
    args: withoutSandbox ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS,
    // Ctrl-C is the caller's: it aborts the signal.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
  try {
    // A pipe, unlike a port, is closed to other users of the machine and breaks when this process dies.
    return await whileStarting(signal, (killer) =>
      puppeteer.launch({ ...options, pipe: true, signal: killer }),
    );
  } catch (error) {
    if (signal?.aborted) throw error;
  }
  // A failure over the pipe is mute, and a launcher script may not pass a pipe on; a port settles both.
  const overPort = () => whileStarting(signal, (killer) => puppeteer.launch({ ...options, signal: killer }));
  try {
    return await overPort();
  } catch (error) {
    // Puppeteer gives up when the process ends, which may be before what it complained of was read.
    if (signal?.aborted || printedBy(messageOf(error)).trim() !== '') throw error;
    return await overPort();
  }
}

/** A browser that does not start within this time after it was told to stop is killed, ms. */
const PATIENCE = 5000;

/**
 * A browser that is killed leaves its children, its profile and a broken pipe behind. So one that is told to stop while
 * it starts is let start, and then closed like any other; the caller need not wait for it.
 */
async function whileStarting(
  signal: AbortSignal | undefined,
  launch: (killer: AbortSignal) => Promise<Browser>,
): Promise<Browser> {
  signal?.throwIfAborted();
  const killer = new AbortController();
  const launching = launch(killer.signal).then((browser) => {
    // Puppeteer no longer listens when a browser that is closing breaks its pipe off.
    for (const stream of browser.process()?.stdio ?? []) stream?.on('error', () => {});
    const close = () => void browser.close().catch(() => {});
    if (signal?.aborted) close();
    signal?.addEventListener('abort', close, { once: true });
    browser.once('disconnected', () => signal?.removeEventListener('abort', close));
    return browser;
  });
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      const timer = setTimeout(() => killer.abort(), PATIENCE);
      launching.catch(() => {}).finally(() => clearTimeout(timer));
      reject(signal?.reason);
    };
  });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([launching, stopped]);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

const NO_SANDBOX = /sandbox|namespace/i;

const inContainer = (): boolean =>
  existsSync('/.dockerenv') ||
  existsSync('/run/.containerenv') ||
  Boolean(process.env.KUBERNETES_SERVICE_HOST);

/** Lines that Chromium writes on any day: what it lacks of a desktop, and where its port is. */
const CHATTER = /:(?:WARNING|INFO|VERBOSE\d):|\bdbus\b|\/bus\.cc|DevTools listening|^\s*$/;
const LOG_PREFIX = /^\[[\d:/.]+:(?:ERROR|FATAL):[^\]]*\] */;

/** The first line of the browser's standard error that tells something, from puppeteer's account of it. */
export function complaintIn(message: string): string {
  const lines = printedBy(message).split('\n');
  const line = lines.find((l) => !CHATTER.test(l)) ?? message.trim().split('\n')[0]!;
  return line.replace(LOG_PREFIX, '').trim();
}

/** What the browser wrote to its standard error, from puppeteer's account of its failure. */
const printedBy = (message: string): string =>
  (message.split(/^stderr:$/m)[1] ?? '').split('TROUBLESHOOTING:')[0]!;

function launchFailed(path: string, complaint: string): PrintcatError {
  let hint = 'printcat doctor shows which browser this is; PRINTCAT_BROWSER=/path names another one.';
  if (/shared librar/.test(complaint)) {
    hint = 'Libraries of the system are missing: install the distribution’s own Chromium instead.';
  } else if (NO_SANDBOX.test(complaint)) {
    hint = 'Install the distribution’s own Chrome or Chromium: the system lets that one use its sandbox.';
  }
  return new PrintcatError(`The browser ${path} did not start: ${complaint}`, {
    hint,
    exitCode: ExitCode.missingTool,
  });
}
