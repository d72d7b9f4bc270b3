// What the press stage needs for many pages: an interior of 10 to 200 pages of type with a picture on every fifth, and a
// calendar of 1 to 30 pages of full-page pictures, so that it shows whether memory grows with the pages. Each page is
// another; every run is a process of its own. After `npm run build`: node bench/pages.mjs
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORK = process.env.PRINTCAT_BENCH_PAGES ?? join(tmpdir(), `printcat-bench-pages-${process.pid}`);
const INCH = 25.4;
const BLEED = 3;
const facts = { title: 'bench', author: '', date: new Date(0), producer: 'bench', digitalSourceType: null };
const sides = (length) => ({ top: length, right: length, bottom: length, left: length });
const sheet = (width, height) => ({
  ...{ product: 'bench', sizeName: 'bench', format: { width, height }, trim: { width, height } },
  ...{ bleed: sides(BLEED), slug: sides(0), marks: 'none' },
  pages: [{ kind: 'page', index: 0, panels: [], folds: [], keepClear: [], dielines: [] }],
  ...{ binding: null, spine: null, notes: [] },
});

const withPages = (geometry, count) => ({
  ...geometry,
  pages: Array.from({ length: count }, (_, index) => ({ ...geometry.pages[0], index })),
});

const WORDS =
  'the cat sat on the window and looked at the rain that fell on the roofs of the town below'.split(' ');
const paragraph = (seed, length) =>
  Array.from({ length }, (_, i) => WORDS[(seed * 7 + i * i + i) % WORDS.length]).join(' ');

const KINDS = {
  interior: {
    counts: [10, 30, 100, 200],
    geometry: sheet(148, 210),
    pictureEvery: 5,
    picture: { width: 112, height: 60 },
    page: (i, standIn) =>
      `<h2>Chapter ${i + 1}</h2>${standIn && `<img src="data:image/jpeg;base64,${standIn}">`}${Array.from({ length: standIn ? 3 : 7 }, (_, p) => `<p>${paragraph(i + p, 70)}.</p>`).join('')}<footer>${i + 1}</footer>`,
    css: 'img{display:block;width:112mm;height:60mm} section{padding:20mm 18mm;font:10pt/1.4 "EB Garamond"} h2{font-weight:400;color:#a33} p{text-align:justify;margin:0 0 3mm} footer{position:absolute;bottom:12mm;right:18mm;border-top:.5pt solid #000}',
  },
  calendar: {
    counts: [1, 10, 30],
    geometry: sheet(210, 297),
    pictureEvery: 1,
    picture: { width: 210 + 2 * BLEED, height: 297 + 2 * BLEED },
    page: (i, standIn) =>
      `<img src="data:image/jpeg;base64,${standIn}"><h2>Month ${i + 1}</h2><table>${Array.from({ length: 5 }, (_, w) => `<tr>${Array.from({ length: 7 }, (_, d) => `<td>${w * 7 + d + 1}`).join('')}`).join('')}</table>`,
    css: 'img{position:absolute;inset:0;width:100%;height:100%} h2,table{position:relative;background:#fff;margin:10mm} td{padding:2mm 6mm;border:.3pt solid #000}',
  },
};

const countsOf = (kind, only, counts) =>
  only === undefined ? KINDS[kind].counts : only === kind ? counts.split(',').map(Number) : [];

/** A painting enlarged to a size in mm: eight paintings in turn, each of the others a file of its own. */
async function artworkOf(i, { width, height }) {
  const { default: sharp } = await import('sharp');
  const { samplePictures } = await import('./samples.mjs');
  const px = (mm) => Math.round((mm / INCH) * 300);
  const [widthPx, heightPx] = [px(width), px(height)];
  const path = join(WORK, `artwork-${i}.png`);
  const pictures = samplePictures();
  await sharp(pictures[i % pictures.length])
    .removeAlpha()
    .resize(widthPx, heightPx, { fit: 'cover' })
    .withIccProfile('srgb')
    .png({ compressionLevel: 1 })
    .toFile(path);
  return {
    ...{ path, key: `bench-${i}`, widthPx, heightPx, hasAlpha: false, sourcePpi: 300 },
    ...{ factor: 1, method: 'none', cached: false, warnings: [] },
  };
}

/** @param only the one kind, and its counts with commas; without them all */
async function prepare(only, onlyCounts) {
  await mkdir(WORK, { recursive: true });
  const { openBrowser } = await import('../dist/browser/open.js');
  const { processTerminal } = await import('../dist/terminal.js');
  const { standIn } = await import('../dist/press/stand-ins.js');
  const font = new URL(
    '../node_modules/@fontsource/eb-garamond/files/eb-garamond-latin-400-normal.woff2',
    import.meta.url,
  );
  const face = `@font-face{font-family:"EB Garamond";src:url(data:font/woff2;base64,${(await readFile(font)).toString('base64')})}`;
  const browser = await openBrowser({ env: process.env, terminal: processTerminal() });
  for (const [kind, { geometry, pictureEvery, picture, page: content, css }] of Object.entries(KINDS)) {
    for (const count of countsOf(kind, only, onlyCounts)) {
      const artworks = [];
      const sections = [];
      for (let i = 0; i < count; i++) {
        let small = '';
        if (i % pictureEvery === 0) {
          const slot = artworks.push(await artworkOf(i, picture)) - 1;
          small = (await standIn(artworks[slot], slot, join(WORK, String(count)))).toString('base64');
        }
        sections.push(`<section>${content(i, small)}</section>`);
      }
      const [width, height] = [geometry.trim.width, geometry.trim.height].map((mm) => mm + 2 * BLEED);
      const page = await browser.newPage();
      await page.setContent(
        `<style>${face}@page{size:${width}mm ${height}mm;margin:0}body{margin:0}
        section{position:relative;height:${height}mm;box-sizing:border-box;overflow:hidden;break-after:page}
        section:last-child{break-after:avoid}${css}</style>${sections.join('')}`,
      );
      const pdf = await page.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        tagged: false,
        outline: false,
      });
      await page.close();
      await writeFile(join(WORK, `${kind}-${count}.pdf`), pdf);
      await writeFile(join(WORK, `${kind}-${count}.json`), JSON.stringify(artworks));
    }
  }
  await browser.close();
}

/** The most memory that is not of files, MB, looked at every 20 ms: `RssAnon` of the process. */
function anonymousPeak() {
  let most = 0;
  const look = () => {
    const kilobytes = /RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
    most = Math.max(most, Number(kilobytes?.[1] ?? 0) / 1024);
  };
  const timer = setInterval(look, 20);
  return {
    end() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

async function convert(kind, count) {
  const [{ PressColours }, { pressPictures }, { pressInto }] = await Promise.all([
    import('../dist/colour/press-colours.js'),
    import('../dist/press/pictures.js'),
    import('../dist/press/press.js'),
    import('sharp'),
  ]);
  const stem = join(WORK, `${kind}-${count}`);
  const printed = await readFile(`${stem}.pdf`);
  const artworks = JSON.parse(await readFile(`${stem}.json`, 'utf8'));
  const watch = anonymousPeak();
  const start = performance.now();
  const colours = await PressColours.open('FOGRA39', { inkLimit: 300, tablesDir: join(WORK, 'tables') });
  const pictures = pressPictures(artworks, colours, join(WORK, `cache-${process.pid}`));
  const path = `${stem}-press.pdf`;
  await rm(path, { force: true });
  await pressInto(path, {
    printed,
    geometry: withPages(KINDS[kind].geometry, Number(count)),
    pictures,
    colours,
    facts,
  });
  const seconds = (performance.now() - start) / 1000;
  const rss = process.resourceUsage().maxRSS / 1024;
  return { seconds, rss, anonymous: watch.end(), megabytes: (await stat(path)).size / 1e6 };
}

const run = (...args) =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), args, {
      env: { ...process.env, PRINTCAT_BENCH_PAGES: WORK },
    });
    child.on('message', resolve);
    child.on('exit', (code) => code && reject(new Error(`${args.join(' ')} failed`)));
  });

const [mode, ...args] = process.argv.slice(2);
if (mode === 'prepare') {
  await prepare(...args);
  process.send({});
} else if (mode && mode !== '--json') {
  process.send(await convert(mode, ...args));
} else {
  try {
    await run('prepare', ...args);
    const found = [];
    for (const kind of Object.keys(KINDS)) {
      for (const count of countsOf(kind, ...args)) {
        found.push({ kind, count, ...(await run(kind, String(count))) });
      }
    }
    if (mode === '--json') console.log(JSON.stringify(found));
    else console.table(Object.fromEntries(found.map(row)));
  } finally {
    await rm(WORK, { recursive: true, force: true });
  }
}

function row({ kind, count, seconds, rss, anonymous, megabytes }) {
  return [
    `${kind}, ${count} pages`,
    {
      'time, s': seconds.toFixed(2),
      'pages a second': (count / seconds).toFixed(1),
      'node, peak MB': rss.toFixed(0),
      'without files, peak MB': anonymous.toFixed(0),
      'file, MB': megabytes.toFixed(1),
    },
  ];
}
