import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ARTWORK_VERSION } from '../artwork/cache.ts';
import { enlargerFor } from '../artwork/make-artwork.ts';
import { hashOf } from '../files.ts';
import type { Template } from '../layout/template.ts';
import type { ProofLook } from '../preview/proof.ts';
import { PRODUCER } from '../version.ts';
import type { NamedOrder } from './resolve-order.ts';

/** What a made order's files depend on besides the order. */
export interface KeyWish {
  readonly look: ProofLook;
  /** Rules of preflight that are switched off. */
  readonly without: readonly string[];
}

/**
 * The keys of orders: equal keys, equal files. A key is a hash of the order as it was understood, of the template's
 * files, of what the catalogue says of the pictures with the hashes of their bytes, of the declarations of product and
 * printer, of the press profile where it is a file of the user's own, and of the program's version. The browser's version
 * is not in it.
 */
export class OrderKeys {
  readonly #templates = new Map<string, Promise<string>>();
  readonly #files = new Map<string, Promise<string>>();
  readonly #enlargers = new Map<string, Promise<string>>();

  async keyOf(named: NamedOrder, { look, without }: KeyWish): Promise<string> {
    const { order, product, template, options, printer, fields, images } = named;
    const { name, declaration } = product;
    const { template: _, ...rest } = order;
    const { guides = false, paperWhite = false, gamut = false } = look;
    return hashOf(
      sorted({
        program: PRODUCER,
        artwork: ARTWORK_VERSION,
        order: { ...rest, options, fields },
        look: { guides, paperWhite, gamut },
        without,
        product: { name, declaration },
        printer,
        template: { name: template.name, files: await this.#filesOf(template) },
        images: images.map(({ id, sha256, file, generation, decision, fileName }) => ({
          ...{ id, sha256, file, generation, decision, fileName },
        })),
        profile:
          order.profile !== undefined && existsSync(order.profile) ? await this.#hashOf(order.profile) : null,
        enlarger: await this.#enlarger(order.upscaler),
        epoch: process.env.SOURCE_DATE_EPOCH ?? null,
      }),
    );
  }

  /** A template's own files; one that nobody can see has no say. */
  #filesOf({ folder }: Template): Promise<string> {
    return once(this.#templates, folder, async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
      const parts = await Promise.all(
        files.map(
          async (file) => [relative(folder, file).split(sep).join('/'), await readFile(file)] as const,
        ),
      );
      return hashOf(...parts.flat());
    });
  }

  #hashOf(path: string): Promise<string> {
    return once(this.#files, path, async () => hashOf(await readFile(path)));
  }

  /** Which network there is for it: weights that come later make other pixels. */
  #enlarger(upscaler: Parameters<typeof enlargerFor>[0]): Promise<string> {
    return once(this.#enlargers, upscaler, async () => (await enlargerFor(upscaler, {})).name);
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? work();
  known.set(key, found);
  return found;
}

/** The same with the names of all objects in order, so that it is the same text whoever wrote it. */
function sorted(value: unknown): object {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ),
  );
}
