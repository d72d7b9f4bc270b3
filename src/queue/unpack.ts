import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { enlargerFor } from '../artwork/make-artwork.ts';
import type { Pictures } from '../catalogue/catalogue.ts';
import { FORMATS, type ImageRecord } from '../catalogue/image.ts';
import { ExitCode, PrintcatError } from '../errors.ts';
import { temporaryName, writeWhole } from '../files.ts';
import type { Order } from '../order/order.ts';
import { type Objects, tree } from './objects.ts';
import type { SentOrder } from './sent-order.ts';
import { objectName } from './store.ts';

/** What must be right in a record for everything else to be a matter of the catalogue that wrote it. */
const recordShape = z.looseObject({
  id: z.string().regex(/^\d{14}(-\d+)?$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int(),
  fileName: z.string(),
  decision: z.string(),
  file: z.looseObject({ format: z.enum(FORMATS), widthPx: z.int(), heightPx: z.int() }),
  generation: z.looseObject({}),
});
const imageRecord = z.custom<ImageRecord>(
  (value) => recordShape.safeParse(value).success,
  'Expected a picture',
);

/** An order with what it needs, in places of this machine. */
export interface UnpackedOrder {
  readonly order: Order;
  readonly catalogue: Pictures;
  readonly workspace: string;
  readonly templateDirs: readonly string[];
}

/**
 * @throws PrintcatError (exit code 3) where this machine would make other files of an order than its sender
 */
export async function requireLikeSender({
  order,
  sender,
}: Pick<SentOrder, 'order' | 'sender'>): Promise<void> {
  const { name } = await enlargerFor(order.upscaler, {});
  if (name !== sender.enlarger) {
    throw new PrintcatError(
      `Expected pictures enlarged by ${sender.enlarger}, as where the orders come from, but here ${name} enlarges them`,
      {
        hint: 'printcat models fetch fetches the weights; do so here and where the orders come from.',
        exitCode: ExitCode.missingTool,
      },
    );
  }
  const epoch = process.env.SOURCE_DATE_EPOCH ?? null;
  if (epoch === sender.epoch) return;
  throw new PrintcatError(
    `Expected SOURCE_DATE_EPOCH to be ${sender.epoch ?? 'unset'}, as where the orders come from, but it is ${epoch ?? 'unset'} here`,
    { hint: 'Start the worker with the same.', exitCode: ExitCode.missingTool },
  );
}

/** Fetches from the store what orders need, each thing once, and keeps it in a folder that workers may share. */
export class Unpacker {
  readonly #folder: string;
  readonly #objects: Objects;
  readonly #underway = new Map<string, Promise<unknown>>();

  /** @param folder for what is fetched; all of it can be fetched again */
  constructor(folder: string, objects: Objects) {
    this.#folder = folder;
    this.#objects = objects;
  }

  async unpack({ order, template, workspace, profile, pictures }: SentOrder): Promise<UnpackedOrder> {
    const [own, templates, profilePath, images] = await Promise.all([
      this.#tree(workspace),
      this.#tree(template.tree),
      profile && this.#file(profile.sha256, join('profiles', profile.sha256, profile.name)),
      Promise.all(Object.values(pictures).map(({ record }) => this.#picture(record))),
    ]);
    return {
      order: { ...order, template: template.name, ...(profilePath && { profile: profilePath }) },
      workspace: own,
      templateDirs: [templates],
      catalogue: sentPictures(images, pictures, (sha256) => this.#originalPath(sha256)),
    };
  }

  async #picture(record: string): Promise<ImageRecord> {
    const image = imageRecord.parse(await this.#objects.getJson(record));
    await this.#file(image.sha256, join('originals', objectName(image.sha256)));
    return image;
  }

  #originalPath(sha256: string): string {
    return join(this.#folder, 'originals', objectName(sha256));
  }

  /** A folder with the files of a tree. */
  #tree(sha256: string): Promise<string> {
    const folder = join(this.#folder, 'trees', sha256);
    return this.#once(folder, async () => {
      const files = Object.entries(tree.parse(await this.#objects.getJson(sha256)));
      await mkdir(dirname(folder), { recursive: true });
      const fresh = temporaryName(dirname(folder));
      try {
        await mkdir(fresh);
        for (const [name, content] of files) {
          const path = join(fresh, ...name.split('/'));
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, await this.#objects.get(content));
        }
        await rename(fresh, folder);
      } catch (error) {
        await rm(fresh, { recursive: true, force: true });
        // Another worker of this machine was quicker.
        if (!existsSync(folder)) throw error;
      }
    });
  }

  #file(sha256: string, name: string): Promise<string> {
    const path = join(this.#folder, name);
    return this.#once(path, async () => {
      const bytes = await this.#objects.get(sha256);
      await writeWhole(path, (temporary) => writeFile(temporary, bytes));
    });
  }

  /** Makes what is at a path where nothing is; once for all who want it meanwhile. */
  async #once(path: string, work: () => Promise<void>): Promise<string> {
    if (!existsSync(path)) {
      const underway = this.#underway.get(path) ?? work().finally(() => this.#underway.delete(path));
      this.#underway.set(path, underway);
      await underway;
    }
    return path;
  }
}

/** The pictures of an order as a catalogue has them. */
function sentPictures(
  images: readonly ImageRecord[],
  sent: SentOrder['pictures'],
  pathOf: (sha256: string) => string,
): Pictures {
  const byId = new Map(images.map((image) => [image.id, image]));
  return {
    get: (id) => byId.get(id) ?? null,
    ids: () => [...byId.keys()],
    history: () => [],
    crop: (id) => sent[id]?.crop ?? null,
    bleedFill: (id) => sent[id]?.bleedFill ?? null,
    originalPath: ({ sha256 }) => pathOf(sha256),
    hasOriginal: async ({ sha256 }) => existsSync(pathOf(sha256)),
  };
}
