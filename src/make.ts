import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import type { Artwork } from './artwork/artwork.ts';
import { makeArtwork } from './artwork/make-artwork.ts';
import { paletteOf } from './artwork/palette.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { ImageRecord } from './catalogue/image.ts';
import { requireMakeable } from './catalogue/makeable.ts';
import { ExactColours } from './colour/exact-colours.ts';
import { type Delivery, deliver, describeFile, requireWritable } from './delivery/deliver.ts';
import { type Manifest, manifestOf } from './delivery/manifest.ts';
import { interrupted, PrintcatError, stopIfAborted } from './errors.ts';
import { refuseSeeThrough, seeThroughSlot } from './layout/see-through.ts';
import { sheetHtml } from './layout/sheet.ts';
import { SheetPage, type SlotBox } from './layout/sheet-page.ts';
import { checkFields, type Template } from './layout/template.ts';
import { TemplateColours } from './layout/template-colours.ts';
import { refuseMixed } from './layout/unmixed.ts';
import { chooseTemplate } from './order/choose-template.ts';
import type { Order } from './order/order.ts';
import { richBlackWithin } from './press/black.ts';
import { encodePictures, type OutputColours, openColours } from './press/output-colours.ts';
import { press } from './press/press.ts';
import { standIn } from './press/stand-ins.ts';
import { type Edition, STANDARDS, standardFor } from './press/standards.ts';
import { drawGuides } from './preview/guides.ts';
import { Prover } from './preview/proof.ts';
import { wantedPage } from './preview/wanted.ts';
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

/** What the proof is to show besides the product. */
export interface ProofLook {
  /** Trim, bleed, safe areas and folds, drawn over it. */
  readonly guides?: boolean;
  /** The paper's own colour. */
  readonly paperWhite?: boolean;
  /** A second picture, in which is marked what the press cannot reach. */
  readonly gamut?: boolean;
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
      await sheet.place(await Promise.all(artworks.map(standIn)));
      // Its libraries load while the page is printed.
      prover = new Prover(colours, look.paperWhite);
      const printed = await sheet.pdf();
      await refuseMixed(sheet, template, exact, printed);
      const resolution = { ppi, drawn: await sheet.drawnPictures() };
      const overlay = look.guides ? await drawGuides(browser, geometry) : undefined;
      await sheet.close();
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
      onStage('drawing the proof');
      const shown = await prover.proof({
        pdf: pressed.pdf,
        geometry,
        picturePpi: ppi,
        ...(overlay && { overlay }),
        ...(look.gamut && { wanted: await wantedPage(artworks, { printed, geometry, facts }, ppi) }),
      });
      stopIfAborted(signal);
      onStage('writing the files');
      const usual = standardFor(printer.file.pdf?.value);
      const made = standard === usual ? [] : [standard];
      const stem = fileStem(order, template, geometry, [printer.name, ...made]);
      const goods: Delivery[] = [
        { name: `${stem}.pdf`, role: 'print', bytes: pressed.pdf },
        { name: `${stem}.png`, role: 'proof', bytes: shown.png },
        ...(shown.gamut
          ? [{ name: `${stem}-gamut.png`, role: 'gamut' as const, bytes: shown.gamut.png }]
          : []),
      ];
      const manifest = manifestOf({
        ...{ image, template, geometry, printer, colours, standard },
        summary: product.summary(options),
        slots: sheet.slots.map((slot, i) => ({ slot, artwork: artworks[i]! })),
        coverage: (await Promise.all(pictures.map(({ encoded }) => encoded))).map(({ coverage }) => coverage),
        proof: { paperWhite: look.paperWhite ?? false, gamut: shown.gamut?.finding ?? null },
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
  } finally {
    prover?.close();
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

/** What is asked of a press needs one. */
function refuseWithoutInks(
  { space, title }: Edition,
  { black }: Order,
  { paperWhite, gamut }: ProofLook,
): void {
  if (space === 'cmyk') return;
  const asked = paperWhite ? '--paper-white' : gamut ? '--gamut' : black === 'k' ? null : `--black ${black}`;
  if (asked) {
    throw new PrintcatError(`Expected a file in inks for ${asked} but received ${title}`, {
      hint: 'Its printer chooses the press: leave it out, or choose --standard x4 and the --profile of the press.',
    });
  }
}

/** A spot is an ink: in sRGB it would be a colour like any other, and a cut line would be printed. */
function refuseSpots({ title }: Edition, exact: ExactColours): void {
  const spot = exact.swaps.map(({ colour }) => colour).find((colour) => colour.kind === 'spot');
  if (!spot) return;
  throw new PrintcatError(
    `The template prints with the spot ${spot.spot.name}, which ${title} does not have`,
    {
      hint: 'Choose --standard x4, or a template without spots.',
    },
  );
}

/** The exact colours of a template, as they look in the file's own colours. */
const exactColours = (colours: OutputColours): ExactColours =>
  colours.space === 'cmyk'
    ? new ExactColours((inks) => colours.look(inks), colours.inkLimit)
    : new ExactColours();

/**
 * `20220912034858-book-cover-6x9-kdp-15.1mm-quarter`: what makes another product, makes another file.
 * @param made the printer, and the standard where it is not the printer's own
 */
function fileStem(order: Order, template: Template, { sizeName, spine }: Geometry, made: string[]): string {
  const thickness = spine ? [formatMm(spine.value).replace(' ', '')] : [];
  return [order.image, order.product, sizeName, ...made, ...thickness, template.name]
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
