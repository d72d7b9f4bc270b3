// How long a change takes to be seen in a warm studio, in a real browser: the layout (≤ 300 ms) and the proof of the press
// file (≤ 2 s, artwork cached); and a picker over 5,000 pictures. After `npm run build`: node bench/studio.mjs
// A busy machine makes everything slow: each change is told beside what the same machine needs in the same minute to do it
// without a studio, which is to start the browser and print the same document, and `printcat make` of the same order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { findBrowser } from '../dist/browser/find.js';
import { openCatalogue } from '../dist/catalogue/catalogue.js';
import { demoWorkspace } from '../dist/commands/demo-workspace.js';

const CLI = fileURLToPath(new URL('../dist/bin/printcat.js', import.meta.url));
const PICTURES = 5000;
const CHANGES = 10;
/** Of the changes, those after which `printcat make` is run. */
const MADE = 3;

const folder = await mkdtemp(join(tmpdir(), 'printcat-bench-studio-'));
const workspace = await demoWorkspace(folder, new AbortController().signal);

/** The catalogue with many more pictures: each has an original of its own name, with the bytes of a demo picture. */
async function fillUp() {
  const catalogue = openCatalogue(workspace);
  const demo = catalogue.list();
  for (let i = demo.length; i < PICTURES; i++) {
    const { id: _, decision: __, ...like } = demo[i % demo.length];
    const sha256 = i.toString(16).padStart(64, '0');
    const image = { ...like, sha256, stamp: String(20230101000000 + i), raw: {} };
    const path = catalogue.originalPath(image);
    await mkdir(dirname(path), { recursive: true });
    await link(catalogue.originalPath(like), path);
    catalogue.add(image);
  }
  catalogue.close();
}

/** Starts a browser and prints a document with it. @returns ms */
async function printedCold(address) {
  const start = performance.now();
  const fresh = await puppeteer.launch({ executablePath: path, headless: true, args: ['--no-sandbox'] });
  const page = await fresh.newPage();
  await page.goto(address, { waitUntil: 'load' });
  await page.pdf({ scale: 0.1, preferCSSPageSize: true, printBackground: true });
  const took = performance.now() - start;
  await fresh.close();
  return took;
}

/** Makes the order on the command line; its artwork is in the cache. @returns ms */
async function madeAlone(title) {
  const start = performance.now();
  const made = spawn(process.execPath, [CLI, 'make', ...args, '-s', `title=${title}`], { stdio: 'ignore' });
  const [code] = await once(made, 'exit');
  if (code !== 0) throw new Error(`printcat make ended with ${code}`);
  return performance.now() - start;
}

const started = performance.now();
const args = ['book-cover', '20220912034858', '-t', 'quarter', '--pages', '240', '--size', '6x9'];
args.push('--printer', 'kdp', '--upscaler', 'lanczos', '-w', workspace);
const server = spawn(process.execPath, [CLI, 'preview', ...args, '-s', 'title=Bench', '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise((resolve) => {
  server.stdout.on('data', (text) => resolve(String(text).trim()));
});
const { path } = await findBrowser({ env: process.env });
const browser = await puppeteer.launch({ executablePath: path, headless: true, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1400, height: 900 });
  await page.goto(url);
  await page.waitForSelector('.frames iframe.there');
  const coldView = performance.now() - started;
  await page.waitForSelector('.printed.there', { timeout: 120_000 });
  const coldPress = performance.now() - started;

  const times = { layout: [], press: [], cold: [], make: [] };
  for (let i = 0; i < CHANGES; i++) {
    // Typed as a user does; measured in the page, from the last key to the frame and the picture.
    const change = await page.evaluate(async (title) => {
      const field = document.getElementById('control-fields.title');
      const before = document.querySelector('.frames iframe').src;
      field.value = title;
      const start = performance.now();
      field.dispatchEvent(new Event('input', { bubbles: true }));
      const until = async (done) => {
        while (!done()) await new Promise((resolve) => setTimeout(resolve, 4));
        return performance.now() - start;
      };
      const layout = await until(() => {
        const frame = document.querySelector('.frames iframe.there');
        return frame && frame.src !== before;
      });
      const press = await until(() => document.querySelector('.printed.there'));
      return { layout, press };
    }, `Bench ${i}`);
    times.layout.push(change.layout);
    times.press.push(change.press - change.layout);
    times.cold.push(await printedCold(await page.$eval('.frames iframe', (frame) => frame.src)));
    if (i < MADE) times.make.push(await madeAlone(`Bench ${i}`));
  }
  const median = (list) => Math.round(list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]);
  console.log(`load of the machine: ${loadavg()[0].toFixed(1)}`);
  console.log(`started, first layout: ${Math.round(coldView)} ms; first proof: ${Math.round(coldPress)} ms`);
  const beside = (own, other) => `${(median(own) / median(other)).toFixed(2)} of the ${median(other)} ms`;
  console.log(
    `a change is laid out and seen: median ${median(times.layout)} ms of ${CHANGES}, ${beside(times.layout, times.cold)} that a new browser takes to start and print the same document`,
  );
  console.log(
    `its proof after that, with 300 ms of rest: median ${median(times.press)} ms, ${beside(times.press, times.make)} that printcat make takes`,
  );

  await fillUp();
  const picker = await page.evaluate(async () => {
    const start = performance.now();
    document.querySelector('.picture').click();
    while (!document.querySelector('.cell img')?.complete)
      await new Promise((resolve) => setTimeout(resolve, 4));
    const first = performance.now() - start;
    const grid = document.querySelector('.grid');
    const frames = [];
    let last = performance.now();
    const end = last + 4000;
    let most = 0;
    while (last < end) {
      grid.scrollTop += 60;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      frames.push(now - last);
      last = now;
      most = Math.max(most, document.querySelectorAll('.cell').length);
    }
    const sorted = frames.toSorted((a, b) => a - b);
    return { first, median: sorted[sorted.length >> 1], p95: sorted[Math.floor(sorted.length * 0.95)], most };
  });
  const { JSHeapUsedSize } = await page.metrics();
  console.log(
    `picker over ${PICTURES}: first picture ${Math.round(picker.first)} ms; scrolling ${picker.median.toFixed(1)} ms a frame (95 %: ${picker.p95.toFixed(1)}), at most ${picker.most} cells, ${Math.round(JSHeapUsedSize / 1e6)} MB of script memory`,
  );
} finally {
  await browser.close();
  server.kill('SIGINT');
  await rm(folder, { recursive: true, force: true });
}
