import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import type { Artwork } from './artwork/artwork.ts';
import { makeArtwork } from './artwork/make-artwork.ts';
import { paletteOf } from './artwork/palette.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { ImageRecord } from './catalogue/image.ts';
import { requireMakeable } from './catalogue/makeable.ts';
import { ExactColours } from './colour/exact-colours.ts';
import { PressColours } from './colour/press-colours.ts';
import { type Delivery, deliver, describeFile, requireWritable } from './delivery/deliver.ts';
import { type Manifest, manifestOf } from './delivery/manifest.ts';
import { interrupted, stopIfAborted } from './errors.ts';
import { sheetHtml } from './layout/sheet.ts';
import { SheetPage, type SlotBox } from './layout/sheet-page.ts';
import { checkFields, type Template } from './layout/template.ts';
import { TemplateColours } from './layout/template-colours.ts';
import { refuseMixed } from './layout/unmixed.ts';
import { chooseTemplate } from './order/choose-template.ts';
import type { Order } from './order/order.ts';
import { richBlackWithin } from './press/black.ts';
import { pressPicture } from './press/pictures.ts';
import { press } from './press/press.ts';
import { standIn } from './press/stand-ins.ts';
import { standardFor } from './press/standards.ts';
import { drawGuides } from './preview/guides.ts';
import { proof } from './preview/proof.ts';
import type { Geometry } from './products/geometry.ts';
import { findProduct } from './products/index.ts';
import { formatMm } from './units.ts';
import { PRODUCER } from './version.ts';

/** What making needs besides the order. */
export interface Workshop {
  readonly catalogue: Catalogue;
  /** Folder of computed things that may be thrown away. */
  readonly cacheDir: string;
  /** Where the files go. */
  readonly outputDir: string;
  /** The user's own templates, by folder. */
  readonly templateDirs: readonly string[];
  /** Gives the running browser; asked for only when the order is known to be sound. */
  browser(): Promise<Browser>;
  /** Told when the order needs the browser no more. */
  browserDone?(): void;
  readonly signal: AbortSignal;
  /** Told what is being done, e.g. `enlarging the picture 3/9`. */
  onStage(stage: string): void;
}

export interface Made {
  readonly files: readonly { role: Delivery['role']; path: string }[];
  readonly manifest: Manifest;
}

/**
 * Makes one order: from an image ID to a delivered press file with its proof and manifest.
 * @param guides draws trim, bleed, safe areas and folds over the proof
 * @throws PrintcatError where the order cannot be made; nothing is written then
 */
export async function make(order: Order, workshop: Workshop, guides = false): Promise<Made> {
  const { catalogue, cacheDir, outputDir, signal, onStage } = workshop;
  onStage('reading the order');
  const product = findProduct(order.product);
  const template = await chooseTemplate(order, workshop.templateDirs);
  const options = { binding: template.binding, ...withoutUndefined(order.options) };
  const geometry = product.geometry(options);
  const printer = product.printer(options);
  const fields = checkFields(template, order.fields);
  const image = await requireMakeable(catalogue, order.image, { allowUnreleased: order.allowUnreleased });
  const [colours] = await Promise.all([
    PressColours.open(order.profile ?? printer.file.profile.value, {
      intent: order.intent,
      neutrals: order.black === 'profile' ? 'profile' : 'black',
      ...(printer.file.tac && { inkLimit: printer.file.tac.value }),
    }),
    requireWritable(outputDir),
  ]);
  stopIfAborted(signal);

  const standard = order.standard ?? standardFor(printer.file.pdf?.value);
  const ppi = order.ppi ?? printer.file.ppi.value;
  const picture = { path: catalogue.originalPath(image), sha256: image.sha256 };
  try {
    onStage('laying out');
    const palette = await paletteOf(picture, cacheDir);
    const slots = Object.fromEntries(Object.keys(template.slots).map((slot) => [slot, palette]));
    const exact = new ExactColours((inks) => colours.look(inks), colours.inkLimit);
    const own = new TemplateColours(template.colours, exact, printer.spots);
    const html = await sheetHtml(template, geometry, fields, slots, own);
    // The heavy libraries load while the browser starts.
    const [browser] = await Promise.all([workshop.browser(), import('sharp'), import('@hyzyla/pdfium')]);
    const sheet = await SheetPage.open(browser, template, geometry, html);
    try {
      const artworks: Artwork[] = [];
      for (const slot of sheet.slots) {
        stopIfAborted(signal);
        onStage('preparing the picture');
        artworks.push(await artworkFor(slot));
      }
      onStage('printing the page');
      await sheet.place(await Promise.all(artworks.map(standIn)));
      const printed = await sheet.pdf();
      await refuseMixed(sheet, template, exact, printed);
      const resolution = { ppi, drawn: await sheet.drawnPictures() };
      const overlay = guides ? await drawGuides(browser, geometry) : undefined;
      await sheet.close();
      workshop.browserDone?.();
      onStage('converting to press colours');
      const pictures = [];
      const { lossless } = order;
      for (const artwork of artworks) {
        pictures.push(await pressPicture(artwork, colours, cacheDir, { lossless }));
      }
      const facts = {
        title: fields.title || image.id,
        author: fields.author ?? '',
        date: dateOf(image),
        producer: PRODUCER,
        digitalSourceType: image.file.digitalSourceType,
      };
      const richBlack = richBlackWithin(printer.file.richBlack.value, colours.inkLimit);
      const pressed = await press({
        ...{ printed, geometry, pictures, colours, exact, facts, standard, resolution },
        ...(order.black === 'rich' && { richBlack }),
      });
      stopIfAborted(signal);
      onStage('drawing the proof');
      const png = await proof({
        pdf: pressed.pdf,
        geometry,
        colours,
        picturePpi: ppi,
        ...(overlay && { overlay }),
      });
      stopIfAborted(signal);
      onStage('writing the files');
      const stem = fileStem(order, template, geometry, printer.name);
      const goods: Delivery[] = [
        { name: `${stem}.pdf`, role: 'print', bytes: pressed.pdf },
        { name: `${stem}.png`, role: 'proof', bytes: png },
      ];
      const manifest = manifestOf({
        ...{ image, template, geometry, printer, colours, standard },
        summary: product.summary(options),
        slots: sheet.slots.map((slot, i) => ({ slot, artwork: artworks[i]! })),
        coverage: pictures.map((picture) => picture.coverage),
        pressed,
        files: goods.map(describeFile),
      });
      const list: Delivery = {
        name: `${stem}.json`,
        role: 'manifest',
        bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
      };
      await deliver(outputDir, [...goods, list]);
      const files = [...goods, list].map(({ role, name }) => ({ role, path: join(outputDir, name) }));
      return { files, manifest };
    } finally {
      await sheet.close();
    }
  } catch (error) {
    // A browser that was shut down by Ctrl-C complains in its own words.
    throw signal.aborted ? interrupted() : error;
  }

  function artworkFor({ box, bleed }: SlotBox): Promise<Artwork> {
    const { bleedFill, focal, upscaler } = order;
    const size = { width: box.width, height: box.height };
    return makeArtwork(
      { picture, size, bleed, ppi, bleedFill, upscaler, ...(focal && { focal }) },
      {
        cacheDir,
        signal,
        onProgress: ({ done, total }) => onStage(`enlarging the picture ${done}/${total}`),
      },
    );
  }
}

/** `20220912034858-book-cover-6x9-kdp-15.1mm-quarter`: what makes another product, makes another file. */
function fileStem(order: Order, template: Template, { sizeName, spine }: Geometry, printer: string): string {
  const thickness = spine ? [formatMm(spine.value).replace(' ', '')] : [];
  return [order.image, order.product, sizeName, printer, ...thickness, template.name]
    .map((part) => part.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, '-'))
    .join('-');
}

/**
 * The date that the file carries: the picture's own, from its ID, so that the same order gives the same bytes
 * on every day; SOURCE_DATE_EPOCH (seconds) takes its place where it is set.
 */
function dateOf(image: ImageRecord): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch && /^\d+$/.test(epoch)) return new Date(Number(epoch) * 1000);
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/.exec(image.id)!;
  return new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

const withoutUndefined = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
