import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filledWorkspace } from '../make/fixtures.ts';

/** Small things to make, mm: what a run does, in little time. */
export const PRODUCTS = {
  ticket: [50, 20],
  tag: [40, 40],
  slip: [30, 60],
  label: [60, 40],
  leaf: [52, 74],
} as const;

/** A product of one panel of that size. */
export const flatProduct = (title: string, [width, height]: readonly [number, number]): object => ({
  title,
  description: `A ${title} of a test`,
  group: 'paper',
  printer: 'offset',
  parameters: { stamp: { kind: 'text', description: 'Anything' } },
  trim: { width: `${width}`, height: `${height}` },
  panels: [{ name: 'front' }],
});

const TEMPLATE = {
  title: 'Plain',
  description: 'The picture with a line over it',
  language: 'en',
  fonts: ['@fontsource/jost/latin-500.css'],
  slots: { art: { description: 'The picture' } },
  fields: {
    type: 'object',
    properties: { title: { type: 'string', description: 'A line', maxLength: 200 } },
  },
};

const HTML = `<div data-panel="front">
  <img data-slot="art" data-ground>
  <div data-safe><p data-fit="title" data-fit-min="90">{{ title }}</p></div>
</div>`;

const CSS = `*{margin:0} p{font:500 7pt/1.2 Jost;color:#000;background:#fff;width:20mm;height:6mm}
`;

/** Writes a template of a picture and a line for some products into a workspace. */
export async function writeTemplate(workspace: string, name: string, products: readonly string[]) {
  const folder = join(workspace, 'templates', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'template.json'), JSON.stringify({ ...TEMPLATE, products }));
  await writeFile(join(folder, 'template.html'), HTML);
  await writeFile(join(folder, 'style.css'), CSS);
  return folder;
}

/** A workspace with pictures that are released, the small products, and the templates `plain` and `other`. */
export async function batchWorkspace(): Promise<{ workspace: string; remove: () => Promise<void> }> {
  const filled = await filledWorkspace();
  const { workspace } = filled;
  await mkdir(join(workspace, 'products'));
  for (const [name, size] of Object.entries(PRODUCTS)) {
    await writeFile(join(workspace, 'products', `${name}.json`), JSON.stringify(flatProduct(name, size)));
  }
  await writeTemplate(workspace, 'plain', Object.keys(PRODUCTS));
  await writeTemplate(workspace, 'other', ['tag', 'label']);
  return filled;
}
