// The press stage's cost for a picture of 5000 × 7000 px kept at full size, against Ghostscript's nearest equivalent
// and against libvips' bare decode, convert, encode of the same pixels: `node bench/press.mjs` (after `npm run build`).
// Every run is a process of its own, in turn, so that they share the machine's moods; medians are compared. The clock
// starts when the libraries have been loaded.
import { execFileSync, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// A small one only shows that the bench works.
const SMALL = process.env.PRINTCAT_BENCH === 'small';
const [WIDTH, HEIGHT] = SMALL ? [500, 700] : [5000, 7000];
const ROUNDS = SMALL ? 1 : 3;
const PROFILE = fileURLToPath(new URL('../assets/icc/FOGRA39L.icc', import.meta.url));
const WORK = join(tmpdir(), 'printcat-bench-press');
const PNG = join(WORK, 'picture.png');
const NATIVE = join(WORK, 'native.pdf');
const PRINTED = join(WORK, 'printed.pdf');

const mm = (px) => (px / 300) * 25.4;
const sides = (length) => ({ top: length, right: length, bottom: length, left: length });
const geometry = {
  product: 'bench',
  sizeName: 'bench',
  format: { width: mm(WIDTH) - 6, height: mm(HEIGHT) - 6 },
  trim: { width: mm(WIDTH) - 6, height: mm(HEIGHT) - 6 },
  bleed: sides(3),
  slug: sides(0),
  pages: [{ kind: 'page', index: 0, panels: [], folds: [], keepClear: [], dielines: [] }],
  marks: 'none',
  binding: null,
  spine: null,
  notes: [],
};
const artwork = {
  path: PNG,
  key: 'bench',
  widthPx: WIDTH,
  heightPx: HEIGHT,
  hasAlpha: false,
  sourcePpi: 300,
  factor: 1,
  method: 'none',
  cached: false,
  warnings: [],
};

/** A painting enlarged, with the grain that an enlarged painting lacks, and the pages that show it. */
async function prepare() {
  await mkdir(WORK, { recursive: true });
  const { default: sharp } = await import('sharp');
  const { samplePictures } = await import('./samples.mjs');
  const { standIn } = await import('../dist/press/stand-ins.js');
  const { PDFDocument } = await import('pdf-lib');
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 };
  const pixels = await sharp(samplePictures()[2])
    .removeAlpha()
    .resize(WIDTH, HEIGHT, { fit: 'cover' })
    .raw()
    .toBuffer();
  let seed = 7;
  for (let i = 0; i < pixels.length; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    pixels[i] = Math.min(255, Math.max(0, pixels[i] + ((seed >> 16) % 3) - 1));
  }
  await sharp(pixels, { raw, limitInputPixels: false })
    .withIccProfile('srgb')
    .png({ compressionLevel: 1 })
    .toFile(PNG);
  const jpeg = await sharp(pixels, { raw, limitInputPixels: false })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  for (const [path, bytes] of [
    [NATIVE, jpeg],
    [PRINTED, await standIn(artwork, 0, WORK)],
  ]) {
    const doc = await PDFDocument.create();
    const [width, height] = [(WIDTH / 300) * 72, (HEIGHT / 300) * 72];
    doc.addPage([width, height]).drawImage(await doc.embedJpg(bytes), { x: 0, y: 0, width, height });
    await writeFile(path, await doc.save({ useObjectStreams: false }));
  }
}

async function printcat(options) {
  const [{ PressColours }, { pressPictures }, { pressInto }] = await Promise.all([
    import('../dist/colour/press-colours.js'),
    import('../dist/press/pictures.js'),
    import('../dist/press/press.js'),
  ]);
  const cache = await mkdtemp(join(WORK, 'cache-'));
  try {
    const colours = await PressColours.open('FOGRA39', { inkLimit: 240 });
    const pictures = pressPictures([artwork], colours, cache, options);
    const facts = {
      title: 'bench',
      author: '',
      date: new Date(0),
      producer: 'bench',
      digitalSourceType: null,
    };
    const path = join(WORK, 'printcat.pdf');
    await rm(path, { force: true });
    await pressInto(path, {
      printed: await readFile(PRINTED),
      geometry,
      pictures,
      colours,
      facts,
      standard: 'x4',
    });
  } finally {
    await rm(cache, { recursive: true });
  }
  return join(WORK, 'printcat.pdf');
}

const CONTESTANTS = {
  printcat: () => printcat({}),
  'printcat, lossless': () => printcat({ lossless: true }),
  libvips: async () => {
    const { default: sharp } = await import('sharp');
    const path = join(WORK, 'libvips.jpg');
    await sharp(PNG, { limitInputPixels: false })
      .withIccProfile(PROFILE)
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4', optimiseCoding: false })
      .toFile(path);
    return path;
  },
  ghostscript: async () => {
    const path = join(WORK, 'ghostscript.pdf');
    const settings = ['-dPDFX', '-sColorConversionStrategy=CMYK', '-sProcessColorModel=DeviceCMYK'];
    const pictures = [
      '-dDownsampleColorImages=false',
      '-dAutoFilterColorImages=false',
      '-dColorImageFilter=/DCTEncode',
    ];
    execFileSync('gs', [
      ...['-q', '-dBATCH', '-dNOPAUSE', '-dNOSAFER', '-sDEVICE=pdfwrite'],
      ...settings,
      ...pictures,
      ...[`-sOutputICCProfile=${PROFILE}`, `-o${path}`, NATIVE],
    ]);
    return path;
  },
};

/** Runs one contestant in a process of its own. */
const run = (name) =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [name]);
    child.on('message', resolve);
    child.on('exit', (code) => code && reject(new Error(`${name} failed`)));
  });

const name = process.argv[2];
if (name === 'prepare') {
  await prepare();
  process.send({});
} else if (name) {
  await Promise.all([
    import('sharp'),
    import('../dist/colour/press-colours.js'),
    import('../dist/press/pictures.js'),
    import('../dist/press/press.js'),
  ]);
  const start = performance.now();
  const path = await CONTESTANTS[name]();
  const seconds = (performance.now() - start) / 1000;
  process.send({
    seconds,
    rss: process.resourceUsage().maxRSS / 1024,
    megabytes: (await stat(path)).size / 1e6,
  });
} else {
  if (!existsSync(PRINTED)) await run('prepare');
  const results = Object.fromEntries(Object.keys(CONTESTANTS).map((each) => [each, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of Object.keys(CONTESTANTS)) results[each].push(await run(each));
  }
  const median = (each, key) => results[each].map((result) => result[key]).sort((a, b) => a - b)[ROUNDS >> 1];
  const most = (each, key) => Math.max(...results[each].map((result) => result[key]));
  console.table(
    Object.fromEntries(
      Object.keys(CONTESTANTS).map((each) => [
        each,
        {
          'time, s': median(each, 'seconds').toFixed(2),
          '× libvips': (median(each, 'seconds') / median('libvips', 'seconds')).toFixed(2),
          '× Ghostscript': (median(each, 'seconds') / median('ghostscript', 'seconds')).toFixed(3),
          'node, peak MB': each === 'ghostscript' ? '' : most(each, 'rss').toFixed(0),
          'file, MB': median(each, 'megabytes').toFixed(1),
        },
      ]),
    ),
  );
  await rm(WORK, { recursive: true });
}
