import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchema } from '../../src/batch/schema.ts';
import { packagePath } from '../../src/paths.ts';
import { hasTool } from '../judges/index.ts';
import { inTemporaryFolder, judge } from '../judges/tool.ts';

const PUBLISHED = packagePath('assets', 'schemas', 'orders.schema.json');

// After an option or a product has changed (npm run build first):
// node -e "import('./dist/batch/schema.js').then((s) => process.stdout.write(s.jsonSchema()))" > assets/schemas/orders.schema.json
// npx biome check --write assets/schemas
test('the published schema is that of the declarations', async () => {
  expect(JSON.parse(await readFile(PUBLISHED, 'utf8'))).toEqual(JSON.parse(jsonSchema()));
});

const VALIDATOR =
  'import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))';

test.skipIf(!hasTool('python3'))(
  'an independent validator takes what is right and refuses the rest',
  async ({ skip }) => {
    await judge('python3', '-c', 'import jsonschema').catch(() => skip('python3 has no jsonschema'));
    await inTemporaryFolder(async (folder) => {
      const validate = async (value: unknown) => {
        const file = join(folder, 'orders.json');
        await writeFile(file, JSON.stringify(value));
        return judge('python3', '-c', VALIDATOR, file, PUBLISHED);
      };
      const order = { product: 'book-cover', image: '20220912034858', pages: 200, fields: { title: 'A' } };
      await validate([order, { ...order, bleedFill: 'mirror', spine: '12mm' }]);
      const gang = { product: 'gang-sheet', images: ['1', '2'] };
      await validate([
        { ...gang, longest: 40, override: 'bleed=5mm' },
        { ...gang, longest: [40, 60], override: [] },
      ]);
      await expect(validate([{ ...gang, longest: 'long' }])).rejects.toThrow(/long|not valid/);
      await validate({
        defaults: { pages: 200 },
        orders: [{ product: 'book-cover', image: '1' }],
        matrix: { images: { search: 'cat' }, products: ['book-cover'], size: ['a6', 'a5'], pages: 200 },
      });
      await expect(validate([{ ...order, bleedFill: 'sideways' }])).rejects.toThrow(/sideways|not valid/);
      await expect(validate([{ ...order, pages: 'many' }])).rejects.toThrow(/many|not valid/);
      await expect(validate([{ product: 'book-cover' }])).rejects.toThrow(/not valid/);
      await expect(validate({ orders: [order], colour: 'red' })).rejects.toThrow(/not valid/);
    });
  },
);
