import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { importFiles } from '../../src/catalogue/import.ts';
import { initWorkspace } from '../../src/catalogue/workspace.ts';
import type { Order } from '../../src/order/order.ts';
import { orderOptions } from '../../src/order/order-options.ts';
import { packagePath } from '../../src/paths.ts';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/stable-diffusion', import.meta.url));
const hasSamples = existsSync(SAMPLES);
if (!hasSamples) console.warn(`${SAMPLES} is absent: the line is tested on the demo collection instead`);

/** Three generated pictures that differ much: the real ones where they are, else of the demo collection. */
export const IMAGES = hasSamples
  ? ['20220822090100', '20220822090400', '20220822090700']
  : ['20220829211507', '20220917081746', '20220926015527'];

/** One more, of the same collection. */
export const SPARE = hasSamples ? '20220822090800' : '20220912034858';

const WHEN = '2026-01-02T03:04:05.000Z';

/** A new workspace in which all test pictures are released; the caller removes it. */
export async function filledWorkspace(): Promise<{ workspace: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-make-'));
  const { workspace } = await initWorkspace(join(folder, 'workspace'));
  const catalogue = openCatalogue(workspace);
  const sources = [packagePath('assets', 'demo'), ...(hasSamples ? [SAMPLES] : [])];
  await importFiles(catalogue, sources, { cwd: '/', who: 'test', when: WHEN });
  catalogue.decide(catalogue.ids(), 'released', { who: 'test', when: WHEN });
  catalogue.close();
  return { workspace, remove: () => rm(folder, { recursive: true, force: true }) };
}

const { set: _, ...basics } = z.object(orderOptions).parse({});

/** An order of a book cover with the least that it needs; the Lanczos upscaler needs no weights. */
export const coverOrder = (image: string, more: Partial<Order> = {}): Order => ({
  ...basics,
  product: 'book-cover',
  images: [image],
  fields: { title: 'A Test' },
  options: { printer: 'jp', size: 'a6', pages: 200 },
  upscaler: 'lanczos',
  ...more,
});
