// One measurement in a process of its own, so that peak memory is its own: stages.mjs make|press|upscale …
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeArtwork } from '../dist/artwork/make-artwork.js';
import { openBrowser } from '../dist/browser/open.js';
import { openCatalogue } from '../dist/catalogue/catalogue.js';
import { workspacePaths } from '../dist/catalogue/workspace.js';
import { PressColours } from '../dist/colour/press-colours.js';
import { sheetHtml } from '../dist/layout/sheet.js';
import { SheetPage } from '../dist/layout/sheet-page.js';
import { checkFields, findTemplate } from '../dist/layout/template.js';
import { make } from '../dist/make.js';
import { readOrder } from '../dist/order/read-order.js';
import { pressPictures } from '../dist/press/pictures.js';
import { press } from '../dist/press/press.js';
import { standIn } from '../dist/press/stand-ins.js';
import { findProduct } from '../dist/products/index.js';
import { processTerminal } from '../dist/terminal.js';
import { inWorkshop } from '../dist/workshop.js';
import { meanSsim } from './ssim.mjs';

const signal = new AbortController().signal;
const [mode, ...args] = process.argv.slice(2);
const options = { printer: 'kdp', size: '6x9', pages: 240, paper: 'white' };
const written = { product: 'book-cover', template: 'quarter', fields: { title: 'Bench' }, upscaler: 'fast' };
const orderOf = (image) => readOrder({ ...written, ...options, image }, 'the bench');

const modes = {
  async make(workspace, id, out) {
    let last = performance.now();
    let stage = 'starting';
    let times = {};
    const next = (name) => {
      const now = performance.now();
      const known = name.replace(/ \d+\/\d+$/, '');
      times[stage] = (times[stage] ?? 0) + now - last;
      [last, stage] = [now, known];
    };
    const terminal = { ...processTerminal(), progress: next };
    const context = { cwd: '/', env: process.env, signal, terminal };
    const runs = [];
    await inWorkshop(workspace, out, context, async (workshop) => {
      for (let i = 0; i < 2; i++) {
        times = {};
        await make(orderOf(id), { ...workshop, browserDone: undefined });
        next('starting');
        runs.push(times);
      }
    });
    return { first: runs[0], again: runs[1], peakMb: Math.round(process.resourceUsage().maxRSS / 1024) };
  },

  /** The press stage alone with nothing cached; also leaves the page as a browser prints it with full pictures. */
  async press(workspace, id, native, anew) {
    const catalogue = openCatalogue(workspace);
    const image = catalogue.get(id);
    const picture = { path: catalogue.originalPath(image), sha256: image.sha256 };
    const template = await findTemplate('quarter');
    const geometry = findProduct('book-cover').geometry(options);
    const colours = { dark: '#222222', mid: '#777777', light: '#f4f0e8', accent: '#aa3322' };
    const html = await sheetHtml(template, geometry, {
      fields: checkFields(template, { title: 'Bench' }),
      pictures: [{ ...image, width: image.file.widthPx, height: image.file.heightPx, palette: colours }],
    });
    const browser = await openBrowser({ env: process.env, signal, terminal: processTerminal() });
    const { default: sharp } = await import('sharp');
    const { cache } = workspacePaths(workspace);
    const print = async (pictures) => {
      const sheet = await SheetPage.open(browser, template, geometry, html);
      const artworks = [];
      for (const { box, bleed } of sheet.slots) {
        const wish = { picture, size: box, bleed, ppi: 300, bleedFill: 'scale', upscaler: 'fast' };
        artworks.push(await makeArtwork(wish, { cacheDir: cache, signal }));
      }
      await sheet.place(await Promise.all(artworks.map(pictures)));
      const pdf = await sheet.pdf();
      await sheet.close();
      return { pdf, artworks };
    };
    const full = await print((artwork) => sharp(artwork.path).jpeg({ quality: 95 }).toBuffer());
    writeFileSync(native, full.pdf);
    const { pdf, artworks } = await print((artwork, i) => standIn(artwork, i, cache));
    await browser.close();
    catalogue.close();
    // The press profile's table is made once a machine; with `anew` it is made here.
    const tablesDir = join(cache, anew ? `tables-${process.pid}` : 'tables');
    const empty = join(cache, `bench-${process.pid}`);
    const start = performance.now();
    const press_ = await PressColours.open('CGATS TR 006', { tablesDir });
    const pictures = pressPictures(artworks, press_, empty);
    const facts = {
      title: 'Bench',
      author: '',
      date: new Date(0),
      producer: 'bench',
      digitalSourceType: null,
    };
    await press({ printed: pdf, geometry, pictures, colours: press_, facts });
    return { ms: performance.now() - start };
  },

  /** Seconds per output megapixel, and how near an enlarged reduction comes to the picture that it was. */
  async upscale(folder) {
    const { default: sharp } = await import('sharp');
    const { mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const { hashFile } = await import('../dist/files.js');
    const scratch = mkdtempSync(join(tmpdir(), 'printcat-bench-'));
    const NO_BLEED = { top: 0, right: 0, bottom: 0, left: 0 };
    const enlarge = async (path, px, upscaler) => {
      const picture = { path, sha256: await hashFile(path) };
      const mm = (px / 300) * 25.4;
      const wish = {
        picture,
        size: { width: mm, height: mm },
        bleed: NO_BLEED,
        ppi: 300,
        bleedFill: 'scale',
        upscaler,
      };
      return makeArtwork(wish, { cacheDir: join(scratch, 'cache'), signal });
    };
    try {
      const files = readdirSync(folder)
        .filter((name) => name.endsWith('.png'))
        .slice(0, 6);
      let [ssim, lanczos, method] = [0, 0, ''];
      for (const name of files) {
        const small = join(scratch, name);
        const original = await sharp(join(folder, name))
          .flatten({ background: '#fff' })
          .removeAlpha()
          .png()
          .toBuffer();
        await sharp(original).resize(128, 128, { kernel: 'cubic' }).png().toFile(small);
        const reference = await sharp(original).raw().toBuffer();
        const score = async (artwork) =>
          meanSsim(reference, await sharp(artwork.path).removeAlpha().raw().toBuffer(), 512, 512);
        const artwork = await enlarge(small, 512, 'fast');
        method = artwork.method;
        ssim += (await score(artwork)) / files.length;
        lanczos += (await score(await enlarge(small, 512, 'lanczos'))) / files.length;
      }
      const start = performance.now();
      await enlarge(join(folder, files[0]), 2048, 'fast');
      const perMegapixel = ((performance.now() - start) / 1000 / 2048 ** 2) * 1e6;
      return { ssim, lanczos, method, perMegapixel };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

console.log(JSON.stringify(await modes[mode](...args)));
