// How long the line takes, stage by stage, and beside it in the same run: a bare browser that prints a page, and
// Ghostscript that converts the same page to CMYK. Needs `npm run build` and Ghostscript. Run: npm run bench
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCatalogue } from '../dist/catalogue/catalogue.js';
import { importFiles } from '../dist/catalogue/import.js';
import { initWorkspace, workspacePaths } from '../dist/catalogue/workspace.js';
import { packagePath } from '../dist/paths.js';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const SMALL = '20220912034858';
const LARGE = '20300101000000';
// A small one only shows that the bench works.
const RUNS = process.env.PRINTCAT_BENCH === 'small' ? 1 : 5;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

/** A 5000×7000 original: a demo cat enlarged, with a grain that no encoder can leave out; the same every time. */
async function largeOriginal(path) {
  const { default: sharp } = await import('sharp');
  const [width, height] = [5000, 7000];
  const grain = new Uint8Array(width * height);
  for (let i = 0, seed = 1; i < grain.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    grain[i] = 120 + (seed >>> 28);
  }
  const layer = await sharp(grain, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  await sharp(packagePath('assets', 'demo', `${SMALL}.png`))
    .resize(width, height, { fit: 'cover' })
    .composite([{ input: layer, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toFile(path);
}

function child(...args) {
  const run = spawnSync(process.execPath, [here('stages.mjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function elapsed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const folder = mkdtempSync(join(tmpdir(), 'printcat-bench-'));
try {
  const { workspace } = await initWorkspace(join(folder, 'ws'));
  const large = join(folder, `${LARGE}.jpg`);
  await largeOriginal(large);
  const catalogue = openCatalogue(workspace);
  const who = { who: 'bench', when: '2026-01-01T00:00:00.000Z' };
  await importFiles(catalogue, [packagePath('assets', 'demo', `${SMALL}.png`), large], { cwd: '/', ...who });
  catalogue.decide(catalogue.ids(), 'released', who);
  catalogue.close();

  console.log(`Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0].model}`);
  console.log(
    'Book cover 6×9 in, KDP, 240 pages, 300 ppi, upconv_7 where its weights are there (printcat models)\n',
  );
  for (const [id, what] of [
    [SMALL, '512×512 px original'],
    [LARGE, '5000×7000 px original'],
  ]) {
    rmSync(workspacePaths(workspace).cache, { recursive: true, force: true });
    const cold = child('make', workspace, id, join(folder, 'cold'));
    const cached = child('make', workspace, id, join(folder, 'cached'));
    console.log(`${what}: first time | cached artwork, new process | again in that process`);
    for (const stage of Object.keys(cold.first)) {
      const cells = [cold.first[stage], cached.first[stage], cached.again[stage]];
      console.log(`  ${stage.padEnd(30)}${cells.map((ms) => seconds(ms ?? 0).padStart(9)).join('')}`);
    }
    console.log(
      `  peak memory of the node process: ${cold.peakMb} MB first time, ${cached.peakMb} MB cached\n`,
    );
    const press = child('press', workspace, id, join(folder, 'native.pdf'));
    const gs = elapsed(() =>
      execFileSync('gs', [
        ...['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pdfwrite', '-dPDFSETTINGS=/prepress'],
        ...['-sColorConversionStrategy=CMYK', '-sProcessColorModel=DeviceCMYK'],
        `-sOutputICCProfile=${packagePath('assets', 'icc', 'GRACoL2006-TR006.icc')}`,
        ...['-o', join(folder, 'gs.pdf'), join(folder, 'native.pdf')],
      ]),
    );
    console.log(
      `  press stage, nothing cached ${seconds(press.ms)}; Ghostscript pdfwrite on the same page ${seconds(gs)}`,
    );
    console.log(
      `  ratio ${(press.ms / gs).toFixed(3)} (aim: at most 0.2); ${statSync(join(folder, 'gs.pdf')).size} bytes by gs\n`,
    );
  }

  const [make, bare] = [[], []];
  const args = [
    'make',
    'book-cover',
    SMALL,
    '-w',
    workspace,
    '--printer',
    'kdp',
    '--size',
    '6x9',
    '--pages',
    '240',
  ];
  for (let i = 0; i < RUNS; i++) {
    bare.push(elapsed(() => execFileSync(process.execPath, [here('bare-browser.mjs')])));
    const out = ['-s', 'title=Bench', '--out', join(folder, 'out')];
    make.push(
      elapsed(() =>
        execFileSync(process.execPath, [here('../dist/bin/printcat.js'), ...args, ...out], {
          stdio: 'ignore',
        }),
      ),
    );
  }
  const ratio = median(make) / median(bare);
  console.log(`whole process, artwork cached, median of ${RUNS} in turn: make ${seconds(median(make))},`);
  console.log(
    `  bare browser and page.pdf ${seconds(median(bare))}; ratio ${ratio.toFixed(2)} (aim: at most 2)\n`,
  );

  const upscale = child('upscale', packagePath('assets', 'demo'));
  console.log(
    `upscaling 512→2048, ${upscale.method}: ${upscale.perMegapixel.toFixed(2)} s per output megapixel,`,
  );
  console.log(
    `  SSIM ${upscale.ssim.toFixed(3)} (Lanczos ${upscale.lanczos.toFixed(3)}) on the demo cats reduced by area ÷4 and enlarged ×4`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
