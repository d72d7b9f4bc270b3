import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expected, PrintcatError } from '../errors.ts';
import type { Geometry, PageDesign, Panel } from '../products/geometry.ts';
import type { Product } from '../products/product.ts';

const NAME = /^[a-z][a-z0-9-]*$/;

/**
 * Writes a template that works as it is: the picture in full on the first panel with a title over it, plain grounds in
 * its colours on the others.
 * @param images IDs of the pictures in its sample
 * @param geometry of the product's example order
 * @returns the files' names
 * @throws PrintcatError where the name is none, or is taken
 */
export async function scaffoldTemplate(
  folder: string,
  product: Product,
  images: readonly string[],
  geometry: Geometry,
): Promise<string[]> {
  const name = folder.split(/[/\\]/).at(-1)!;
  if (!NAME.test(name)) throw expected('a name such as my-cover', 'the template', name);
  if (existsSync(folder)) {
    throw new PrintcatError(`There is a template ${name} already: ${folder}`, {
      hint: 'Choose another name, or remove the folder.',
    });
  }
  const files = scaffold(product, images, geometry);
  const draft = join(dirname(folder), `.${name}-new`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(draft, file), text);
  await rename(draft, folder);
  return Object.keys(files);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function scaffold(product: Product, images: readonly string[], { pages }: Geometry): Record<string, string> {
  const { example } = product.declaration;
  const kinds = [...new Map(pages.map((page) => [page.kind, page])).values()];
  return {
    ...Object.fromEntries(
      kinds.map((page, i) => [
        kinds.length === 1 ? 'template.html' : `${page.kind}.html`,
        pageHtml(page, i === 0),
      ]),
    ),
    'style.css': STYLE,
    'template.json': json({
      title: `A layout of the ${product.title.toLowerCase()}`,
      description: 'Say in a sentence what it looks like',
      products: [product.name],
      language: 'en',
      fonts: ['@fontsource/jost/500.css'],
      slots: {
        art: {
          description: 'The picture, over the whole first panel',
          ...(product.declaration.fills.length > 0 && { fills: ['picture', ...product.declaration.fills] }),
        },
      },
      fields: {
        type: 'object',
        properties: {
          title: { type: 'string', description: 'A line over the picture', maxLength: 60 },
        },
        required: [],
      },
    }),
    'sample.json': json({
      product: product.name,
      ...(images.length === 1 ? { image: images[0] } : { images }),
      ...example,
      fields: { title: 'A cat of one’s own' },
    }),
  };
}

const HELP = `{%- comment -%}
Sizes are true: write mm and pt. A panel's data-ground reaches into the bleed, data-safe keeps off the cut and the folds.
{%- endcomment -%}
`;

function pageHtml({ panels }: PageDesign, isFirst: boolean): string {
  const main = panels.find(({ name }) => name === 'front') ?? panels[0];
  const first = panels[0];
  const vars = 'style="--dark:{{ slots.art.dark }};--light:{{ slots.art.light }}"';
  const sections = panels.map((panel) => panelHtml(panel, isFirst && panel === main));
  return first ? `${HELP}<main ${vars}>\n${sections.join('\n')}\n</main>\n` : HELP;
}

const panelHtml = ({ name, text }: Panel, hasArt: boolean): string =>
  [
    `<section data-panel="${name}">`,
    hasArt ? '  <img data-ground data-slot="art" alt="">' : '  <div data-ground class="plain"></div>',
    ...(hasArt && text
      ? [
          '  <div data-safe class="words">',
          '    <p class="title" data-fit="title">{{ title }}</p>',
          '  </div>',
        ]
      : []),
    '</section>',
  ].join('\n');

const STYLE = `main {
  font-family: "Jost", sans-serif;
  font-weight: 500;
}
.plain {
  background: var(--light);
}
.words {
  display: flex;
  align-items: flex-end;
}
.title {
  margin: 0;
  padding: 1.5mm 2.5mm;
  max-width: 100%;
  box-sizing: border-box;
  overflow: hidden;
  font-size: 12pt;
  line-height: 1.2;
  color: #fff;
  background: var(--dark);
}
.title:empty {
  display: none;
}
`;
