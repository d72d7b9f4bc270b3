// Orders a minute of `printcat batch`, beside the loop that a user would write: for each order a browser is started with
// puppeteer, the native picture stands in the page, the page is printed, and Ghostscript converts it to CMYK. Both make
// the same 40 orders in the same run. With `--memory` ten times as many orders besides, with `--workers` the same 40 through
// Redis by one, two and three workers of this machine, two orders at a time each, all caches cold.
// Needs `npm run build`, Ghostscript, and for the workers redis-server.
// Run: node bench/batch.mjs [orders] [--quick] [--memory] [--workers]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { memoryOf } from '../dist/batch/browsers.js';
import { likelyBrowser } from '../dist/browser/find.js';
import { openCatalogue } from '../dist/catalogue/catalogue.js';
import { importFiles } from '../dist/catalogue/import.js';
import { initWorkspace } from '../dist/catalogue/workspace.js';
import { packagePath } from '../dist/paths.js';

const CLI = fileURLToPath(new URL('../dist/bin/printcat.js', import.meta.url));
const COUNT = Number(process.argv[2] ?? 40);
const [WIDTH, HEIGHT, BLEED] = [148, 105, 3];

const postcard = {
  ...{ title: 'Card', description: 'A card of the bench', group: 'paper', printer: 'offset' },
  ...{ trim: { width: `${WIDTH}`, height: `${HEIGHT}` }, panels: [{ name: 'front' }] },
};
const template = {
  ...{ title: 'Bench', description: 'A picture with a line', products: ['card'], language: 'en' },
  fonts: ['@fontsource/jost/latin-500.css'],
  slots: { art: { description: 'The picture' } },
  fields: { type: 'object', properties: { title: { type: 'string' } } },
};
const LINE = 'position:absolute;left:8mm;bottom:8mm;margin:0;font:500 12pt Jost;color:#fff';

function workspaceFiles(workspace) {
  const write = (path, text) => {
    mkdirSync(join(workspace, path, '..'), { recursive: true });
    writeFileSync(join(workspace, path), text);
  };
  write('products/card.json', JSON.stringify(postcard));
  write('templates/bench/template.json', JSON.stringify(template));
  write(
    'templates/bench/template.html',
    '<div data-panel="front"><img data-slot="art" data-ground><p data-safe>{{ title }}</p></div>',
  );
  write('templates/bench/style.css', `p{${LINE}}`);
}

/** What the processor did between two moments, by /proc/stat: the whole machine's share that was not idle. */
const ticks = () => {
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/);
  const numbers = fields.map(Number);
  return { all: numbers.slice(0, 8).reduce((a, b) => a + b), idle: numbers[3] + numbers[4] };
};

/** Seconds of processor that this process and all that it waited for have taken (proc(5): fields 14 to 17, 1/100 s). */
const processor = () => {
  const text = readFileSync('/proc/self/stat', 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / 100;
};

/** Runs a part, and says how long it took, how busy the machine was, and the peak of memory of all its processes. */
async function measured(work) {
  const [begun, before, used] = [performance.now(), ticks(), processor()];
  const peak = await work();
  const after = ticks();
  const ms = performance.now() - begun;
  return {
    ms,
    seconds: processor() - used,
    busy: 1 - (after.idle - before.idle) / (after.all - before.all),
    peak,
  };
}

function batch(workspace, file, out, ...more) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, 'batch', file, '--out', out, ...more], {
      cwd: workspace,
      stdio: 'inherit',
    });
    let peak = 0;
    const timer = setInterval(async () => {
      peak = Math.max(peak, await memoryOf(child.pid));
    }, 500);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code === 0) resolve(peak);
      else reject(new Error(`printcat batch ended with ${code}`));
    });
  });
}

/** The same orders by so many workers: they start before the clock does, as they would on machines of their own. */
async function byWorkers(workspace, folder, count) {
  const home = join(folder, `workers-${count}`);
  mkdirSync(home);
  const port = `${47_400 + count}`;
  const queue = ['--queue', `redis://127.0.0.1:${port}`, '--store', join(home, 'store')];
  const redis = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', home], {
    stdio: 'ignore',
  });
  const workers = [];
  try {
    for (let i = 0; i < count; i++) {
      const env = { ...process.env, XDG_CACHE_HOME: join(home, `cache-${i}`) };
      const worker = spawn(process.execPath, [CLI, 'worker', ...queue, '--at-once', '2'], { env });
      workers.push(worker);
      await new Promise((resolve, reject) => {
        worker.stdout.on('data', resolve);
        worker.stderr.on('data', resolve);
        worker.on('exit', (code) => reject(new Error(`a worker ended with ${code}`)));
      });
    }
    return await measured(() => batch(workspace, 'lanczos.jsonl', `w${count}`, ...queue));
  } finally {
    for (const worker of workers) worker.removeAllListeners('exit').kill('SIGINT');
    await Promise.all(workers.map((worker) => new Promise((resolve) => worker.on('close', resolve))));
    redis.kill();
  }
}

async function loop(pictures, out) {
  const executablePath = await likelyBrowser({ env: process.env });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  for (let i = 0; i < COUNT; i++) {
    const browser = await puppeteer.launch({ executablePath, args });
    const page = await browser.newPage();
    const picture = readFileSync(pictures[i % pictures.length]).toString('base64');
    const [width, height] = [WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED];
    await page.setContent(
      `<style>@page{size:${width}mm ${height}mm;margin:0}body{margin:0}
       img{width:${width}mm;height:${height}mm;object-fit:cover;display:block}p{${LINE}}</style>
       <img src="data:image/png;base64,${picture}"><p>No. ${i}</p>`,
      { waitUntil: 'load' },
    );
    const rgb = join(out, `${i}-rgb.pdf`);
    await page.pdf({ path: rgb, width: `${width}mm`, height: `${height}mm`, printBackground: true });
    await browser.close();
    execFileSync('gs', [
      ...['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pdfwrite', '-dPDFSETTINGS=/prepress'],
      ...['-sColorConversionStrategy=CMYK', '-sProcessColorModel=DeviceCMYK'],
      `-sOutputICCProfile=${packagePath('assets', 'icc', 'FOGRA39L.icc')}`,
      ...['-o', join(out, `${i}.pdf`), rgb],
    ]);
  }
  return 0;
}

const folder = mkdtempSync(join(tmpdir(), 'printcat-bench-'));
try {
  const { workspace } = await initWorkspace(join(folder, 'ws'));
  workspaceFiles(workspace);
  const catalogue = openCatalogue(workspace);
  const who = { who: 'bench', when: '2026-01-01T00:00:00.000Z' };
  await importFiles(catalogue, [packagePath('assets', 'demo')], { cwd: '/', ...who });
  const ids = catalogue.ids().slice(0, 8);
  catalogue.decide(ids, 'released', who);
  const pictures = ids.map((id) => catalogue.originalPath(catalogue.get(id)));
  catalogue.close();
  const orders = (count, upscaler) =>
    Array.from({ length: count }, (_, i) =>
      JSON.stringify({
        ...{ product: 'card', image: ids[i % ids.length], template: 'bench', upscaler },
        ...{ name: `card-${i}`, fields: { title: `No. ${i}` } },
      }),
    ).join('\n');
  const write = (name, text) => writeFileSync(join(workspace, name), text);
  write('lanczos.jsonl', orders(COUNT, 'lanczos'));
  write('network.jsonl', orders(COUNT, 'fast'));
  write('many.jsonl', orders(COUNT * 10, 'lanczos'));

  console.log(`Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0].model}`);
  console.log(`${COUNT} cards of ${WIDTH} × ${HEIGHT} mm from ${ids.length} pictures\n`);
  const out = join(folder, 'loop');
  mkdirSync(out);
  const line = (what, { ms, busy, peak, seconds }, count = COUNT) =>
    console.log(
      `${what.padEnd(52)}${((count / ms) * 60_000).toFixed(0).padStart(6)} a minute, ${seconds === undefined ? '' : `${(seconds / count).toFixed(2)} s of processor each, `}cores ${Math.round(busy * 100)} % busy${peak ? `, peak ${Math.round(peak / 1e6)} MB` : ''}`,
    );
  const own = await measured(() => batch(workspace, 'lanczos.jsonl', 'a'));
  line('printcat batch, enlarged by Lanczos, nothing cached', own);
  const again = await measured(() => batch(workspace, 'lanczos.jsonl', 'a'));
  console.log(
    `the same again: ${Math.round(again.ms)} ms, ${((again.ms / own.ms) * 100).toFixed(1)} % of the first time`,
  );
  const net = process.argv.includes('--quick')
    ? own
    : await measured(() => batch(workspace, 'network.jsonl', 'b'));
  if (net !== own) line('printcat batch, enlarged by the network', net);
  const bare = await measured(() => batch(workspace, 'lanczos.jsonl', 'bare', '--no-proof'));
  line('the same without proofs, its artworks cached', bare);
  const users = await measured(() => loop(pictures, out));
  line('a browser for each, native picture, Ghostscript', users);
  const against = ({ ms }) => `${(users.ms / ms).toFixed(1)}×`;
  const byNetwork = net === own ? '' : `, ${against(net)} by the network`;
  console.log(
    `printcat against the loop: ${against(own)} by Lanczos, ${against(bare)} without proofs${byNetwork}`,
  );
  if (readdirSync(out).length !== 2 * COUNT) throw new Error('the loop did not make its files');
  if (process.argv.includes('--workers')) {
    for (const count of [1, 2, 3]) {
      const { ms, busy } = await byWorkers(workspace, folder, count);
      line(`${count} worker${count > 1 ? 's' : ''} through Redis, two orders at a time each`, { ms, busy });
    }
  }
  if (process.argv.includes('--memory')) {
    const many = await measured(() => batch(workspace, 'many.jsonl', 'c'));
    line(`${COUNT * 10} orders`, many, COUNT * 10);
    console.log(`peak memory against ${COUNT} orders: ${(many.peak / own.peak).toFixed(2)}×`);
    const manyBare = await measured(() => batch(workspace, 'many.jsonl', 'd', '--no-proof'));
    line(`${COUNT * 10} orders without proofs`, manyBare, COUNT * 10);
    const each = (users.ms / COUNT) * COUNT * 10;
    console.log(
      `against the loop, of which ${COUNT} were measured: ${(each / many.ms).toFixed(1)}×, without proofs ${(each / manyBare.ms).toFixed(1)}×`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
