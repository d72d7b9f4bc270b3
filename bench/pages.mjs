// What the press stage needs for many pages: an interior of 200 pages of type and a calendar of 10 pages of full-page
// pictures, each beside a tenth of it, so that it shows whether memory grows with the pages. Every run is a process of
// its own. After `npm run build`: node bench/pages.mjs
import { fork } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORK = join(tmpdir(), 'printcat-bench-pages');
// A small one only shows that the bench works.
const SMALL = process.env.PRINTCAT_BENCH === 'small';
const INCH = 25.4;
const BLEED = 3;
const facts = { title: 'bench', author: '', date: new Date(0), producer: 'bench', digitalSourceType: null };
const sides = (length) => ({ top: length, right: length, bottom: length, left: length });
const pages = (count) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ kind: 'page', index, panels: [], folds: [], keepClear: [], dielines: [] },
  }));
const sheet = (width, height) => ({
  ...{ product: 'bench', sizeName: 'bench', format: { width, height }, trim: { width, height } },
  ...{ bleed: sides(BLEED), slug: sides(0), marks: 'none' },
  ...{ binding: null, spine: null, notes: [] },
});

const WORDS =
  'the cat sat on the window and looked at the rain that fell on the roofs of the town below'.split(' ');
const paragraph = (seed, length) =>
  Array.from({ length }, (_, i) => WORDS[(seed * 7 + i * i + i) % WORDS.length]).join(' ');

const KINDS = {
  interior: {
    counts: SMALL ? [3] : [20, 200],
    geometry: sheet(148, 210),
    pictures: false,
    page: (i) =>
      `<h2>Chapter ${i + 1}</h2>${Array.from({ length: 7 }, (_, p) => `<p>${paragraph(i + p, 70)}.</p>`).join('')}<footer>${i + 1}</footer>`,
    css: 'section{padding:20mm 18mm;font:10pt/1.4 "EB Garamond"} h2{font-weight:400;color:#a33} p{text-align:justify;margin:0 0 3mm} footer{position:absolute;bottom:12mm;right:18mm;border-top:.5pt solid #000}',
  },
  calendar: {
    counts: SMALL ? [2] : [2, 10, 30],
    geometry: sheet(210, 297),
    pictures: true,
    page: (i, standIn) =>
      `<img src="data:image/jpeg;base64,${standIn}"><h2>Month ${i + 1}</h2><table>${Array.from({ length: 5 }, (_, w) => `<tr>${Array.from({ length: 7 }, (_, d) => `<td>${w * 7 + d + 1}`).join('')}`).join('')}</table>`,
    css: 'img{position:absolute;inset:0;width:100%;height:100%} h2,table{position:relative;background:#fff;margin:10mm} td{padding:2mm 6mm;border:.3pt solid #000}',
  },
};

/** A painting enlarged to a full page, another one for each. */
async function artworkOf(i, { trim }) {
  const { default: sharp } = await import('sharp');
  const { samplePictures } = await import('./samples.mjs');
  const px = (mm) => Math.round(((mm + 2 * BLEED) / INCH) * 300);
  const [widthPx, heightPx] = [px(trim.width), px(trim.height)];
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

async function prepare() {
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
  for (const [kind, { counts, geometry, pictures, page: content, css }] of Object.entries(KINDS)) {
    for (const count of counts) {
      const artworks = [];
      const sections = [];
      for (let i = 0; i < count; i++) {
        if (pictures) artworks.push(await artworkOf(i, geometry));
        const small = pictures
          ? (await standIn(artworks[i], i, join(WORK, String(count)))).toString('base64')
          : '';
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
  const start = performance.now();
  const colours = await PressColours.open('FOGRA39', { inkLimit: 300, tablesDir: join(WORK, 'tables') });
  const pictures = pressPictures(artworks, colours, join(WORK, `cache-${process.pid}`));
  const path = `${stem}-press.pdf`;
  await rm(path, { force: true });
  await pressInto(path, {
    ...{ printed, pictures, colours, facts },
    geometry: { ...KINDS[kind].geometry, pages: pages(Number(count)) },
  });
  const seconds = (performance.now() - start) / 1000;
  return { seconds, rss: process.resourceUsage().maxRSS / 1024, megabytes: (await stat(path)).size / 1e6 };
}

const run = (...args) =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), args);
    child.on('message', resolve);
    child.on('exit', (code) => code && reject(new Error(`${args.join(' ')} failed`)));
  });

const [mode, ...args] = process.argv.slice(2);
if (mode === 'prepare') {
  await prepare();
  process.send({});
} else if (mode) {
  process.send(await convert(mode, ...args));
} else {
  try {
    await run('prepare');
    const rows = {};
    for (const [kind, { counts }] of Object.entries(KINDS)) {
      for (const count of counts) {
        const { seconds, rss, megabytes } = await run(kind, String(count));
        rows[`${kind}, ${count} pages`] = {
          'time, s': seconds.toFixed(2),
          'pages a second': (count / seconds).toFixed(1),
          'node, peak MB': rss.toFixed(0),
          'file, MB': megabytes.toFixed(1),
        };
      }
    }
    console.table(rows);
  } finally {
    await rm(WORK, { recursive: true, force: true });
  }
}
