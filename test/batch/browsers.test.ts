import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'puppeteer-core';
import { afterEach, describe, expect, test } from 'vitest';
import { Browsers, memoryOf } from '../../src/batch/browsers.ts';

const BYTES = 200e6;
/** Starts so many of itself below it, fills some memory, and says when all are there, with their ids. */
const FAMILY = `
const { spawn } = require('node:child_process');
const [count, bytes] = process.argv.slice(1).map(Number);
const held = Buffer.alloc(bytes, 1);
const children = Array.from({ length: count }, () => spawn(process.execPath, ['-e', 'console.log(1);process.stdin.resume()']));
let there = 0;
for (const child of children) child.stdout.once('data', () => ++there === count && console.log(children.map(({ pid }) => pid).join(' ')));
process.stdin.resume();
process.stdin.on('end', () => process.exit(held.length > 0 ? 0 : 1));
`;

let family: ChildProcess | undefined;
afterEach(() => {
  family?.kill('SIGKILL');
});

async function familyOf(count: number, bytes: number): Promise<number[]> {
  const started = spawn(process.execPath, ['-e', FAMILY, String(count), String(bytes)]);
  family = started;
  const line = await new Promise<string>((resolve) =>
    started.stdout.once('data', (data) => resolve(String(data))),
  );
  return [started.pid!, ...line.trim().split(' ').map(Number)];
}

const residentOf = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s*(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

describe.skipIf(process.platform !== 'linux')('memory of a process with all below it', () => {
  test('counts what each has, and once what they share', async () => {
    const pids = await familyOf(4, BYTES);
    const alone = await Promise.all(pids.map(residentOf));
    const memory = await memoryOf(pids[0]!);
    expect(memory).toBeGreaterThan(BYTES);
    // Five times the program and its libraries (35 MB and more) against once.
    expect(memory).toBeLessThan(alone.reduce((sum, bytes) => sum + bytes) - 4 * 25e6);
    expect(memory).toBeGreaterThan(Math.max(...alone));
  });

  test('is nothing of a process that is gone', async () => {
    const [pid] = await familyOf(1, 0);
    const gone = new Promise((resolve) => family!.once('close', resolve));
    family!.kill('SIGKILL');
    await gone;
    expect(await memoryOf(pid!)).toBe(0);
  });
});

/** A browser that counts as one with the process of a given id. */
function standIn(pid: number, onClose: () => void): Browser {
  const nothing = () => undefined;
  const browser = {
    connected: true,
    once: nothing,
    on: nothing,
    process: () => ({ pid }),
    close: async () => onClose(),
  };
  return browser as unknown as Browser;
}

describe.skipIf(process.platform !== 'linux')('the browser of a run', () => {
  const browsersFor = async (bytes: number, orders: number): Promise<{ opened: number; closed: number }> => {
    const [pid] = await familyOf(2, 50e6);
    const count = { opened: 0, closed: 0 };
    const open = async () => {
      count.opened++;
      return standIn(pid!, () => count.closed++);
    };
    const browsers = new Browsers(open, { orders: 1000, bytes });
    for (let i = 0; i < orders; i++) {
      const lease = browsers.lend();
      await lease.browser();
      // It is weighed beside the orders.
      await new Promise((resolve) => setTimeout(resolve, 5));
      lease.end();
    }
    await browsers.close();
    return count;
  };

  test('stays while its own memory is within its bounds', async () => {
    expect(await browsersFor(150e6, 30)).toEqual({ opened: 1, closed: 1 });
  });

  test('is replaced when it has grown beyond them', async () => {
    const { opened, closed } = await browsersFor(40e6, 30);
    expect(opened).toBeGreaterThan(1);
    expect(closed).toBe(opened);
  });
});
