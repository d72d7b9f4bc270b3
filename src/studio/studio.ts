import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import type * as z from 'zod';
import type { BleedFill } from '../artwork/artwork.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Crop } from '../catalogue/image.ts';
import { PrintcatError } from '../errors.ts';
import { contactSheet } from '../gallery/contact-sheet.ts';
import { readyPage } from '../layout/pages.ts';
import { findTemplate, type Template } from '../layout/template.ts';
import type { Workshop } from '../make/workshop.ts';
import { make } from '../make.ts';
import { fileStem } from '../order/naming.ts';
import { orderOptions } from '../order/order-options.ts';
import { type ResolvedOrder, resolveOrder } from '../order/resolve-order.ts';
import { findProduct } from '../products/index.ts';
import { choicesOf } from './choices.ts';
import { type Pressed, PressRoom } from './press-room.ts';
import type { Choices, MadeFiles, PressView, ShownFinding, View, WrittenOrder } from './protocol.ts';
import { controlOf, type pageOrder, readPageOrder } from './read-page-order.ts';
import { Renderings } from './renderings.ts';
import { type Remembered, templateView } from './template-view.ts';
import { type ComparedProof, comparedProof, sheetOf } from './tile.ts';
import { writtenOrder } from './written-order.ts';

type PageOrder = z.output<typeof pageOrder>;

export interface StudioWish {
  readonly workshop: Workshop & { readonly workspace: string; readonly catalogue: Catalogue };
  /** Starts a printing browser; asked again where the one before has ended. */
  openBrowser(): Promise<Browser>;
  /** Who decides on pictures on the page. */
  who(): Promise<string>;
  /** What the page starts with, as it now stands. */
  order(): Promise<WrittenOrder | null>;
}

/** Deliveries that can be fetched; older ones lie in the workspace's output all the same. */
const KEPT_DELIVERIES = 20;

/** Pictures of compared orders that are kept, some 100 kB each. */
const KEPT_TILES = 300;

/** A workspace as the studio's page sees it: looks up, lays out, presses and makes its orders. */
export class Studio {
  readonly #workshop: StudioWish['workshop'];
  readonly #first: StudioWish['order'];
  readonly #who: StudioWish['who'];
  readonly #openBrowser: StudioWish['openBrowser'];
  #browser: Promise<Browser> | null = null;
  readonly #remembered: Remembered = { renderings: new Renderings(), plans: new Map() };
  readonly pressRoom = new PressRoom();
  readonly #made = new Map<string, readonly string[]>();
  readonly #tiles = new Map<string, ComparedProof>();

  constructor({ workshop, openBrowser, who, order }: StudioWish) {
    this.#workshop = workshop;
    this.#who = who;
    this.#openBrowser = openBrowser;
    this.#first = order;
  }

  get renderings(): Renderings {
    return this.#remembered.renderings;
  }

  get catalogue(): Catalogue {
    return this.#workshop.catalogue;
  }

  get cacheDir(): string {
    return this.#workshop.cacheDir;
  }

  async choices(): Promise<Choices> {
    return choicesOf(this.#workshop, await this.#first());
  }

  /** The order laid out as it will be printed. @throws PrintcatError as `make` */
  async view(given: PageOrder, signal: AbortSignal): Promise<View> {
    const started = performance.now();
    const workshop = this.#for(signal);
    const view = await templateView(await this.#resolved(given, workshop), workshop, this.#remembered);
    this.#spare();
    return { ...view, took: Math.round(performance.now() - started) };
  }

  /** The order pressed in memory, with its proofs and what preflight says. @throws PrintcatError as `make` */
  async press(given: PageOrder, signal: AbortSignal, onStage: (stage: string) => void): Promise<PressView> {
    const started = performance.now();
    const workshop = this.#for(signal, onStage);
    const pressed = await this.pressRoom.press(await this.#resolved(given, workshop), workshop);
    this.#spare();
    return { ...pressView(pressed), took: Math.round(performance.now() - started) };
  }

  /** A picture of the order's proof, to be compared with others; kept under an ID. @throws PrintcatError as `make` */
  async tile(given: PageOrder, signal: AbortSignal): Promise<{ id: string }> {
    const workshop = this.#for(signal);
    const proof = await comparedProof(
      this.pressRoom,
      // A small picture of a page shows no difference, and comes at once.
      await this.#resolved({ upscaler: 'lanczos', ...given }, workshop),
      workshop,
    );
    this.#spare();
    const id = randomBytes(16).toString('hex');
    this.#tiles.set(id, proof);
    for (const old of [...this.#tiles.keys()].slice(0, -KEPT_TILES)) this.#tiles.delete(old);
    return { id };
  }

  tilePicture(id: string): Buffer | null {
    return this.#tiles.get(id)?.picture ?? null;
  }

  /** Pictures of compared orders on one sheet; those that are kept no more are left out. */
  async contactSheet(ids: readonly string[], format: 'png' | 'pdf'): Promise<Uint8Array> {
    const proofs = ids.flatMap((id) => this.#tiles.get(id) ?? []);
    if (proofs.length === 0) throw new PrintcatError('Expected pictures to compare but there are none');
    return contactSheet(await this.#running(), { ...sheetOf(proofs), kind: format });
  }

  /** Makes the order, into the workspace's output. @throws PrintcatError as `make` */
  async make(given: PageOrder, signal: AbortSignal, onStage: (stage: string) => void): Promise<MadeFiles> {
    const order = readPageOrder(given, this.#workshop.workspace);
    const { files } = await make(order, this.#for(signal, onStage));
    this.#spare();
    const id = randomBytes(16).toString('hex');
    this.#made.set(
      id,
      files.map(({ path }) => path),
    );
    for (const old of [...this.#made.keys()].slice(0, -KEPT_DELIVERIES)) this.#made.delete(old);
    return { id, files: files.map(({ role, path }) => ({ role, name: baseOf(path) })) };
  }

  /** A file of a delivery, by its place in it; `null` where there is none. */
  madeFile(id: string, at: number): string | null {
    return this.#made.get(id)?.[at] ?? null;
  }

  /** The order as a file that the command line repeats. @throws PrintcatError where it cannot be made */
  async written(given: PageOrder, signal: AbortSignal): Promise<{ name: string; yaml: string }> {
    const job = await this.#resolved(given, this.#for(signal));
    const { order, product, template, geometry, printer } = job;
    return {
      name: `${fileStem(order, product, template, geometry, [printer.name])}.yaml`,
      yaml: writtenOrder(given, job, this.catalogue),
    };
  }

  /** Releases pictures, as `printcat release` does. @throws PrintcatError for what there is not */
  async release(images: readonly string[]): Promise<void> {
    this.catalogue.decide(images, 'released', { who: await this.#who() });
  }

  /** Keeps where a picture stands on a product, or forgets it. @throws PrintcatError for what there is not */
  keepCrop(image: string, product: string, crop: Crop | null): void {
    const { name } = findProduct(product, this.#workshop.workspace);
    this.catalogue.keepCrop(image, name, crop && { x: to4(crop.x), y: to4(crop.y), zoom: to4(crop.zoom) });
  }

  /** The same of how its bleed is filled there. @throws PrintcatError for what there is not */
  keepBleedFill(image: string, product: string, fill: BleedFill | null): void {
    const { name } = findProduct(product, this.#workshop.workspace);
    this.catalogue.keepBleedFill(image, name, fill);
  }

  /** The control of the page that an error is about, where it names one. */
  async controlOf(error: unknown, given: PageOrder): Promise<string | null> {
    const product = await attempt(() => findProduct(given.product, this.#workshop.workspace));
    const options = [...Object.keys(product?.options ?? {}), ...Object.keys(orderOptions)];
    return controlOf(error, options, await this.#template(given));
  }

  /** The folders whose files decide on what a view shows: when one changes, so does the view. */
  folders(): string[] {
    const { workspace } = this.#workshop;
    return ['templates', 'products', 'printers'].map((name) => join(workspace, name));
  }

  async close(): Promise<void> {
    this.pressRoom.close();
    const browser = await this.#browser?.catch(() => null);
    await browser?.close().catch(() => undefined);
  }

  /** An order to be looked at: also one of pictures that nobody has released yet, which `make` refuses. */
  #resolved(given: PageOrder, workshop: Workshop): Promise<ResolvedOrder> {
    const order = readPageOrder(given, this.#workshop.workspace);
    return resolveOrder({ ...order, allowUnreleased: true }, workshop, {});
  }

  async #template({ template }: PageOrder): Promise<Template | null> {
    if (template === undefined) return null;
    return attempt(() => findTemplate(template, this.#workshop.templateDirs));
  }

  #for(signal: AbortSignal, onStage: (stage: string) => void = () => undefined): Workshop {
    const { browserDone: _, ...shelves } = this.#workshop;
    return {
      ...shelves,
      browser: () => this.#running(),
      signal: AbortSignal.any([this.#workshop.signal, signal]),
      onStage,
    };
  }

  /** The browser that prints: the same for all, and a new one where it has ended. */
  async #running(): Promise<Browser> {
    const running = await this.#browser?.catch(() => null);
    if (running?.connected) return running;
    this.#browser = this.#openBrowser();
    return this.#browser;
  }

  /** Opens a page for the next layout, so that it need not wait for one; starts the browser where there is none. */
  #spare(): void {
    this.#running()
      .then(readyPage)
      // Who needs a page says what is wrong.
      .catch(() => undefined);
  }

  /** Starts what takes long to start. */
  warm(): void {
    this.#spare();
    void import('sharp');
  }
}

const to4 = (value: number): number => Math.round(value * 1e4) / 1e4;

const baseOf = (path: string): string => path.split(/[/\\]/).at(-1)!;

async function attempt<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}

function pressView({
  key,
  proofs,
  report,
  standard,
  spots,
  inInks,
  inkLimit,
}: Pressed): Omit<PressView, 'took'> {
  return {
    ...{ key, standard, pages: proofs.length },
    findings: (report?.findings ?? []).map(
      ({ rule, severity, page, message, hint, boxes }): ShownFinding => ({
        ...{ rule, severity, page, message, hint, boxes },
      }),
    ),
    unjudged: (report?.unjudged ?? []).map(({ what, why }) => `${what}: ${why}`),
    inkLimit: inkLimit ?? 400,
    inks: inInks ? ['Cyan', 'Magenta', 'Yellow', 'Black', ...spots] : [],
    ink: (report?.pages ?? []).map(({ ink }) => (ink === undefined ? null : Object.values(ink)[0]!)),
  };
}
