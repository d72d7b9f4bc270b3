import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { twelveCats } from '../../bench/cats.mjs';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { importFiles } from '../../src/catalogue/import.ts';

const WHEN = '2026-01-02T03:04:05.000Z';

/** Takes PNGs into a workspace and releases them. */
async function taken(workspace: string, files: readonly string[], ids: readonly string[]): Promise<void> {
  const catalogue = openCatalogue(workspace);
  await importFiles(catalogue, files, { cwd: '/', who: 'test', when: WHEN });
  catalogue.decide([...ids], 'released', { who: 'test', when: WHEN });
  catalogue.close();
}

/** The middle of the pebble's picture, px, and how far its edge is from there in each direction. */
const PEBBLE = { size: 900, mean: 300, waves: 26 };

/** A dark blue pebble on clear ground: smooth enough for a cut to follow it everywhere. */
export const PEBBLE_ID = '20230501120000';
export async function takePebble(workspace: string): Promise<void> {
  const { size, mean, waves } = PEBBLE;
  const points = Array.from({ length: 720 }, (_, i) => {
    const angle = (i / 720) * 2 * Math.PI;
    const radius = mean + waves * Math.sin(3 * angle + 0.4) + 60 * Math.cos(2 * angle);
    return `${size / 2 + radius * Math.cos(angle)},${size / 2 + radius * Math.sin(angle)}`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><polygon fill="#101860" points="${points.join(' ')}"/></svg>`;
  const file = join(workspace, `${PEBBLE_ID}.png`);
  await sharp(Buffer.from(svg)).png().toFile(file);
  await taken(workspace, [file], [PEBBLE_ID]);
}

/** Far from each other and from white, in ink as well. */
const COLOURS: readonly (readonly [number, number, number])[] = [
  [190, 40, 40],
  [50, 120, 190],
  [40, 140, 70],
  [230, 190, 50],
  [120, 60, 140],
  [30, 30, 30],
  [140, 140, 140],
  [110, 70, 40],
  [40, 160, 165],
  [225, 130, 165],
  [240, 140, 60],
  [40, 50, 110],
];

/** A cat of one colour on clear ground. */
export interface FlatCat {
  readonly id: string;
  readonly rgb: readonly [number, number, number];
  readonly mask: {
    readonly data: Uint8Array | Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
  };
}

/** Twelve cats' outlines, each filled with a colour of its own, in the workspace. */
export async function takeFlatCats(workspace: string): Promise<FlatCat[]> {
  const folder = join(workspace, 'flat');
  await mkdir(folder, { recursive: true });
  const cats = (await twelveCats()).map(
    ({ mask }, i): FlatCat => ({ id: `202306010000${String(i).padStart(2, '0')}`, rgb: COLOURS[i]!, mask }),
  );
  for (const { id, rgb, mask } of cats) {
    const data = Buffer.alloc(4 * mask.width * mask.height);
    for (let at = 0; at < mask.width * mask.height; at++) data.set([...rgb, mask.data[at]!], 4 * at);
    await sharp(data, { raw: { width: mask.width, height: mask.height, channels: 4 } })
      .png()
      .toFile(join(folder, `${id}.png`));
  }
  await taken(
    workspace,
    cats.map(({ id }) => join(folder, `${id}.png`)),
    cats.map(({ id }) => id),
  );
  return cats;
}
