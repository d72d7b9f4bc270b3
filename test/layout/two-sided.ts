import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemplate, type Template } from '../../src/layout/template.ts';

/** A front that its picture fills, with a title. */
export const FRONT = `<div data-panel="main">
  <img data-slot="art" data-ground>
  <div data-safe><h1 data-fit="title">{{ title }}</h1></div>
</div>`;

/** A back of two panels: solid inks left of the fold, another picture and a text right of it. */
export const BACK = `<div class="ground"></div>
<div data-panel="left"><i class="brand"></i><i class="gold"></i></div>
<div data-panel="main">
  <div data-safe>
    <img data-slot="small" data-picture="1">
    <p data-fit="note">{{ note }}</p>
  </div>
</div>`;

const CSS = `
*{margin:0} body{font:9pt/1.2 Jost;color:#000}
h1{font:400 14pt Jost;color:#fff}
.ground{position:absolute;inset:-3mm;background:#f4efe4}
.brand,.gold{position:absolute;left:5mm;width:20mm;height:15mm}
.brand{top:5mm;background:var(--colour-brand)} .gold{top:25mm;background:var(--colour-gold)}
[data-slot=small]{display:block;width:20mm;height:15mm;object-fit:cover}
[data-kind=back] p{width:30mm}
`;

export interface Sides {
  readonly front?: string;
  readonly back?: string;
  readonly css?: string;
  /** `colours` of the template.json. */
  readonly colours?: Readonly<Record<string, unknown>>;
}

const COLOURS = {
  brand: { cmyk: [0, 80, 100, 0] },
  gold: { spot: 'PANTONE 871 C', cmyk: [20, 30, 70, 15] },
};

/** Writes a template of two pages into a folder. */
export async function writeTwoSided(
  folder: string,
  { front = FRONT, back = BACK, css = '', colours = COLOURS }: Sides = {},
) {
  const manifest = {
    ...{ title: 'Two sides', description: 'A card of a test', products: ['card'], language: 'en' },
    fonts: ['@fontsource/jost/latin-400.css'],
    slots: { art: { description: 'The front' }, small: { description: 'On the back' } },
    colours,
    fields: {
      type: 'object',
      properties: { title: { type: 'string' }, note: { type: 'string' } },
    },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'front.html'), front);
  await writeFile(join(folder, 'back.html'), back);
  await writeFile(join(folder, 'style.css'), CSS + css);
  await writeFile(
    join(folder, 'dot.png'),
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAk+Uzr4AAAAASUVORK5CYII=',
      'base64',
    ),
  );
}

/** A template of two pages in a folder of its own; the caller removes it. */
export async function twoSidedTemplate(
  sides?: Sides,
): Promise<{ template: Template; remove: () => Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'printcat-sides-'));
  const folder = join(parent, 'sides');
  await writeTwoSided(folder, sides);
  return {
    template: await findTemplate(folder),
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
