import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { USUAL_BLEED_FILL } from '../artwork/artwork.ts';
import { hashFile, hashOf } from '../files.ts';
import { PRODUCER } from '../version.ts';
import type { Order } from './order.ts';
import type { ResolvedOrder } from './resolve-order.ts';

/** What an order's key is made of; a `ResolvedOrder` has it all, but none of it needs the geometry. */
export interface KeyParts extends Pick<ResolvedOrder, 'order' | 'printer' | 'keptCrops' | 'keptBleedFills'> {
  readonly product: Pick<ResolvedOrder['product'], 'name' | 'declaration'>;
  readonly template: Pick<ResolvedOrder['template'], 'name' | 'folder'>;
  readonly images: readonly Pick<ResolvedOrder['images'][number], 'id' | 'sha256'>[];
}

/**
 * The key of what an order prints: SHA-256, hexadecimal, over its words, the pictures' bytes, kept crops and
 * bleed fills, the template's files, the product's declaration, the printer's numbers and an own press profile. The same on every machine:
 * names and contents go in, paths do not. How many are wanted, and which version of the program makes them, are not part of it.
 * @param templateFiles gives what tells a folder's files from others, by their names
 */
export async function orderKey(
  { order, product, printer, template, images, keptCrops, keptBleedFills }: KeyParts,
  templateFiles: (folder: string) => Promise<object> = filesOf,
): Promise<string> {
  const { quantity, sku, allowUnreleased, template: _, profile, ...said } = order;
  const words = { ...said, bleedFill: said.bleedFill ?? USUAL_BLEED_FILL };
  return hashOf(
    canonical({
      ...{ words, printer, product: { name: product.name, declaration: product.declaration } },
      images: images.map(({ id, sha256 }) => ({ id, sha256 })),
      ...(keptCrops.some((crop) => crop !== null) && { crops: keptCrops }),
      ...(keptBleedFills.some((fill) => fill !== null) && { bleedFills: keptBleedFills }),
      template: { name: template.name, files: await templateFiles(template.folder) },
      profile: await profileKey(profile),
    }),
  );
}

/**
 * The key of ordering it: what is sent twice by mistake has the same, and a provider makes it once. Another quantity, or
 * another of the provider's products, is another order; another version of the program is not.
 */
export const idempotencyKey = (key: string, { quantity, sku }: Pick<Order, 'quantity' | 'sku'>): string =>
  hashOf(key, canonical({ quantity, sku }));

/**
 * The key of the files that this version of the program makes of it, manifest and proofs among them: where it is the
 * same, the files are.
 * @param ordered the key of ordering it
 * @param made what else the files depend on: their date, the looks of the proofs, rules that are switched off
 */
export const filesKey = (ordered: string, made: object): string => hashOf(ordered, PRODUCER, canonical(made));

/** JSON in which the order of names and what is left out make no difference. */
const canonical = (value: object): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** A folder's files by their names in it, each as the SHA-256 of its bytes; hidden ones have no say. */
export async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));
  const names = paths.map((path) => relative(folder, path).split(sep).join('/'));
  const hashes = await Promise.all(paths.map(hashFile));
  return Object.fromEntries(names.map((name, i) => [name, hashes[i]!]));
}

/** A shipped profile by its name, one of the user's own by its bytes. */
async function profileKey(profile: string | undefined): Promise<string | undefined> {
  const isFile = profile !== undefined && existsSync(profile) && statSync(profile).isFile();
  return isFile ? hashFile(profile) : profile;
}
