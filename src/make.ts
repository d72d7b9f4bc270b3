import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import type { Artwork } from './artwork/artwork.ts';
import { makeArtwork } from './artwork/make-artwork.ts';
import { paletteOf } from './artwork/palette.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { requireMakeable } from './catalogue/makeable.ts';
import { type Delivery, deliver, deliverReport, describeFile, requireWritable } from './delivery/deliver.ts';
import { type Manifest, manifestOf } from './delivery/manifest.ts';
import { interrupted, stopIfAborted } from './errors.ts';
import { refuseSeeThrough, seeThroughSlot } from './layout/see-through.ts';
import { sheetHtml } from './layout/sheet.ts';
import { SheetPage, type SlotBox } from './layout/sheet-page.ts';
import { checkFields } from './layout/template.ts';
import { TemplateColours } from './layout/template-colours.ts';
import { refuseMixed } from './layout/unmixed.ts';
import { chooseTemplate } from './order/choose-template.ts';
import { exactColours, refuseSpots, refuseWithoutInks } from './order/in-inks.ts';
import { dateOf, fileStem } from './order/naming.ts';
import type { Order } from './order/order.ts';
import { Gate, orderReport, refused } from './preflight/gate.ts';
import { hasErrors } from './preflight/report/group.ts';
import { richBlackWithin } from './press/black.ts';
import { encodePictures, openColours } from './press/output-colours.ts';
import { press } from './press/press.ts';
import { standIn } from './press/stand-ins.ts';
import { type Edition, STANDARDS, standardFor } from './press/standards.ts';
import { drawGuides } from './preview/guides.ts';
import { type ProofLook, Prover } from './preview/proof.ts';
import { wantedPage } from './preview/wanted.ts';
import { findProduct } from './products/index.ts';
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
  /** Rules of preflight that the user switched off by name. */
  readonly without?: readonly string[];
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
 * @throws PrintcatError where the order cannot be made; nothing is written then
 */
export async function make(order: Order, workshop: Workshop, look: ProofLook = {}): Promise<Made> {
  const { catalogue, cacheDir, outputDir, signal, onStage } = workshop;
  onStage('reading the order');
  const product = findProduct(order.product);
  const template = await chooseTemplate(order, workshop.templateDirs);
  const options = { binding: template.binding, ...withoutUndefined(order.options) };
  const geometry = product.geometry(options);
  const printer = product.printer(options);
  const fields = checkFields(template, order.fields);
  const image = await requireMakeable(catalogue, order.image, { allowUnreleased: order.allowUnreleased });
  const standard = order.standard ?? standardFor(printer.file.pdf?.value);
  const edition: Edition = STANDARDS[standard];
  refuseWithoutInks(edition, order, look);
  const [colours] = await Promise.all([
    openColours(order, standard, printer.file, join(cacheDir, 'tables')),
    requireWritable(outputDir),
  ]);
  stopIfAborted(signal);

  const ppi = order.ppi ?? printer.file.ppi.value;
  const picture = { path: catalogue.originalPath(image), sha256: image.sha256 };
  let prover: Prover | undefined;
  let gate: Gate | undefined;
  try {
    onStage('laying out');
    const palette = await paletteOf(picture, cacheDir);
    const slots = Object.fromEntries(Object.keys(template.slots).map((slot) => [slot, palette]));
    const exact = exactColours(colours);
    const own = new TemplateColours(template.colours, exact, printer.spots);
    const html = await sheetHtml(template, geometry, fields, slots, own);
    if (edition.space === 'rgb') refuseSpots(edition, exact);
    // The heavy libraries load while the browser starts.
    const [browser] = await Promise.all([workshop.browser(), import('sharp')]);
    const sheet = await SheetPage.open(browser, template, geometry, html);
    try {
      if (!edition.live) refuseSeeThrough(template, edition.title, await sheet.seeThrough());
      const artworks: Artwork[] = [];
      for (const slot of sheet.slots) {
        stopIfAborted(signal);
        onStage('preparing the picture');
        const artwork = await artworkFor(slot);
        if (!edition.live && artwork.hasAlpha)
          refuseSeeThrough(template, edition.title, [seeThroughSlot(slot)]);
        artworks.push(artwork);
      }
      onStage('printing the page');
      // The pictures are converted while the browser prints.
      const pictures = encodePictures(artworks, colours, cacheDir, { lossless: order.lossless });
      await sheet.place(await Promise.all(artworks.map((artwork, i) => standIn(artwork, i, cacheDir))));
      // Their libraries load while the page is printed.
      prover = new Prover(colours, look.paperWhite);
      gate = new Gate();
      const printed = await sheet.pdf();
      await refuseMixed(sheet, template, exact, printed);
      const resolution = { ppi, drawn: await sheet.drawnPictures() };
      const overlay = look.guides ? await drawGuides(browser, geometry) : undefined;
      void sheet.close();
      workshop.browserDone?.();
      onStage('converting the colours');
      const facts = {
        title: fields.title || image.id,
        author: fields.author ?? '',
        date: dateOf(image),
        producer: PRODUCER,
        digitalSourceType: image.file.digitalSourceType,
      };
      const pressed = await press({
        ...{ printed, geometry, pictures, colours, exact, facts, standard, resolution },
        ...(order.black === 'rich' &&
          colours.space === 'cmyk' && {
            richBlack: richBlackWithin(printer.file.richBlack.value, colours.inkLimit),
          }),
      });
      stopIfAborted(signal);
      onStage('drawing the proof and judging the file');
      const hasSpots = pressed.spots.length > 0;
      const wanted = look.gamut && (await wantedPage(artworks, { printed, geometry, facts }, ppi));
      const [shown, report] = await Promise.all([
        prover.proof({
          ...{ pdf: pressed.pdf, geometry, picturePpi: ppi },
          ...(overlay && { overlay }),
          ...(wanted && { wanted }),
        }),
        gate.judge(pressed.pdf, {
          ...{ geometry, printer, standard, hasSpots },
          ...{ ownBarcode: Boolean(fields.isbn), without: workshop.without ?? [] },
        }),
      ]);
      stopIfAborted(signal);
      onStage('writing the files');
      const usual = standardFor(printer.file.pdf?.value);
      const made = standard === usual ? [] : [standard];
      const stem = fileStem(order, template, geometry, [printer.name, ...made]);
      const judged: Delivery = {
        name: `${stem}-preflight.html`,
        role: 'report',
        bytes: Buffer.from(orderReport(`${stem}.pdf`, report, shown.sheet)),
      };
      if (hasErrors(report)) throw refused(report, await deliverReport(outputDir, judged));
      const goods: Delivery[] = [
        { name: `${stem}.pdf`, role: 'print', bytes: pressed.pdf },
        { name: `${stem}.png`, role: 'proof', bytes: shown.png },
        ...(shown.gamut
          ? [{ name: `${stem}-gamut.png`, role: 'gamut' as const, bytes: shown.gamut.png }]
          : []),
        judged,
      ];
      const manifest = manifestOf({
        ...{ image, template, geometry, printer, colours, standard },
        summary: product.summary(options),
        slots: sheet.slots.map((slot, i) => ({ slot, artwork: artworks[i]! })),
        coverage: (await Promise.all(pictures.map(({ encoded }) => encoded))).map(({ coverage }) => coverage),
        proof: { paperWhite: look.paperWhite ?? false, gamut: shown.gamut?.finding ?? null },
        ...{ report, pressed },
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
  } finally {
    prover?.close();
    gate?.close();
  }

  function artworkFor({ box, bleed }: SlotBox): Promise<Artwork> {
    const { bleedFill, focal, upscaler } = order;
    const size = { width: box.width, height: box.height };
    const tone = printer.file.tone?.value;
    return makeArtwork(
      {
        ...{ picture, size, bleed, ppi, bleedFill, upscaler },
        ...(focal && { focal }),
        ...(tone !== undefined && { tone }),
      },
      {
        cacheDir,
        signal,
        onProgress: ({ done, total }) => onStage(`enlarging the picture ${done}/${total}`),
      },
    );
  }
}

const withoutUndefined = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
