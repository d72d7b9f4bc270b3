import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFill } from '../../src/fills/make-fill.ts';
import { packagePath } from '../../src/paths.ts';
import { sameEdges } from '../../src/units.ts';
import { scratchFolder } from '../artwork/pictures.ts';
import { existingPicture } from './pictures.ts';

const folder = scratchFolder();

test('the largest pattern, 417 MB of pixels, is made in a fraction of that', async () => {
  const id = '20220829211507';
  const picture = await existingPicture(id, packagePath('assets', 'demo', `${id}.png`));
  const before = process.memoryUsage().rss;
  let most = 0;
  const made = await makeFill(
    {
      ...{ kind: 'repeat', pictures: [picture], repeat: 'brick', gap: 2, seed: 1, turn: 0, smallest: 1 },
      ...{ tile: { width: null, height: null }, ground: '#ffffff', cyclic: 'keep' },
      ...{ size: { width: 841, height: 1189 }, bleed: sameEdges(0), ppi: 300, upscaler: 'lanczos' },
    },
    {
      ...{ cacheDir: folder, modelsDir: join(folder, 'no-models') },
      onProgress: () => {
        most = Math.max(most, process.memoryUsage().rss);
      },
    },
  );
  most = Math.max(most, process.memoryUsage().rss);
  expect([made.widthPx, made.heightPx]).toEqual([9934, 14044]);
  expect(most - before).toBeLessThan(300e6);
});
