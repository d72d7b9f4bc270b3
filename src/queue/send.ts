import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { enlargerFor } from '../artwork/make-artwork.ts';
import type { Job } from '../batch/job.ts';
import type { Pictures } from '../catalogue/catalogue.ts';
import { requireAllMakeable } from '../catalogue/makeable.ts';
import { hashFile } from '../files.ts';
import { chooseTemplate } from '../order/choose-template.ts';
import type { Order } from '../order/order.ts';
import type { Objects } from './objects.ts';
import type { SentOrder } from './sent-order.ts';

/** Where what orders need is found on the machine that sends them. */
export interface SenderShelves {
  readonly catalogue: Pictures;
  readonly workspace: string;
  readonly templateDirs: readonly string[];
  /** Rules of preflight that are switched off. */
  readonly without: readonly string[];
}

/** Puts into the store what orders need; what many of them need is put once. */
export class Sender {
  readonly #shelves: SenderShelves;
  readonly #objects: Objects;
  readonly #templates = new Map<string, Promise<string>>();
  #workspace: Promise<string> | undefined;

  constructor(shelves: SenderShelves, objects: Objects) {
    this.#shelves = shelves;
    this.#objects = objects;
  }

  /**
   * @returns the order as a worker reads it
   * @throws PrintcatError where something of it is gone or has changed since it was planned
   */
  async send({ order, look, template: name }: Job): Promise<SentOrder> {
    const { templateDirs, without } = this.#shelves;
    const { folder } = await chooseTemplate({ ...order, template: order.template ?? name }, templateDirs);
    this.#workspace ??= this.#putWorkspace();
    const [tree, workspace, pictures, profile, enlarger] = await Promise.all([
      this.#putTemplate(name, folder),
      this.#workspace,
      this.#putPictures(order),
      this.#putProfile(order.profile),
      enlargerFor(order.upscaler, {}),
    ]);
    return {
      ...{ order, look: { proof: true, guides: false, paperWhite: false, gamut: false, ...look } },
      ...{ without: [...without], template: { name, tree }, workspace, profile, pictures },
      sender: { enlarger: enlarger.name, epoch: process.env.SOURCE_DATE_EPOCH ?? null },
    };
  }

  /** Puts everything anew that the store no longer has. */
  sendAgain(): void {
    this.#objects.lookAgain();
    this.#templates.clear();
    this.#workspace = undefined;
  }

  #putTemplate(name: string, folder: string): Promise<string> {
    const put = this.#templates.get(folder) ?? this.#objects.putFolders({ [name]: folder });
    this.#templates.set(folder, put);
    return put;
  }

  #putWorkspace(): Promise<string> {
    const folders = ['products', 'printers']
      .map((name) => [name, join(this.#shelves.workspace, name)] as const)
      .filter(([, folder]) => existsSync(folder));
    return this.#objects.putFolders(Object.fromEntries(folders));
  }

  async #putPictures(order: Order): Promise<SentOrder['pictures']> {
    const { catalogue } = this.#shelves;
    const images = await requireAllMakeable(catalogue, order.images, order);
    const put = images.map(async (image) => {
      await this.#objects.putFile(catalogue.originalPath(image), image.sha256);
      const record = await this.#objects.putJson(image);
      const crop = catalogue.crop(image.id, order.product);
      const bleedFill = catalogue.bleedFill(image.id, order.product);
      return [image.id, { record, crop, bleedFill }] as const;
    });
    return Object.fromEntries(await Promise.all(put));
  }

  async #putProfile(profile: string | undefined): Promise<SentOrder['profile']> {
    if (profile === undefined || !existsSync(profile) || !statSync(profile).isFile()) return null;
    const sha256 = await hashFile(profile);
    await this.#objects.putFile(profile, sha256);
    return { name: basename(profile), sha256 };
  }
}
