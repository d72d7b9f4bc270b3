import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTemplate } from '../../src/layout/template.ts';
import { sampleOrder } from '../../src/order/sample.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-sample-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function orderOf(pictures: Record<string, unknown>) {
  const sample = { product: 'card', fields: { title: 'Cats' }, size: 'a6', ...pictures };
  await writeFile(join(folder, 'sample.json'), JSON.stringify(sample));
  return sampleOrder({ ...(await findTemplate('quarter')), name: 'own', folder });
}

test('a sample shows one picture or several', async () => {
  expect(await orderOf({ image: '20220912034858' })).toMatchObject({
    ...{ template: 'own', images: ['20220912034858'], options: { size: 'a6' } },
  });
  const images = ['20220912034858', '20220917081746'];
  expect((await orderOf({ images })).images).toEqual(images);
});

test.each([{}, { images: [] }, { image: '1', images: ['2'] }])(
  '%j is refused in one line',
  async (pictures) => {
    await expect(orderOf(pictures)).rejects.toThrow(/^Template own: sample.json is not valid: [^\n]*$/);
  },
);
