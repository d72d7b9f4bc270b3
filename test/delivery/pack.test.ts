import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findManifests, type PackWish, pack } from '../../src/delivery/pack.ts';
import { writeZip } from '../../src/delivery/zip.ts';
import { hasTool } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { printcat } from '../make/cli.ts';
import { cardFiles, keyOf, manifest, writeOrder } from './orders.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-pack-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const work = { signal: new AbortController().signal, onStage: () => undefined };
const packed = async (wanted: readonly string[], wish: PackWish = {}, to = at('out.zip')) =>
  pack(await findManifests(wanted), to, wish, work);

/** Two orders for one printer, in folders of their own. */
async function twoOrders(): Promise<void> {
  await writeOrder(at('orders', 'a', 'card.json'), cardFiles('card'));
  await writeOrder(at('orders', 'b', 'card.json'), cardFiles('文庫 & co'), {
    idempotencyKey: keyOf('b'),
    quantity: 7,
  });
}
const NAMES = [
  ...['a/card-preflight.html', 'a/card.json', 'a/card.pdf', 'a/card.png'],
  ...['b/card.json', 'b/文庫 & co-preflight.html', 'b/文庫 & co.pdf', 'b/文庫 & co.png', 'ticket.xjdf'],
];

const READ = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps({
  'broken': z.testzip(),
  'files': {i.filename: z.read(i).decode() for i in z.infolist()},
  'dates': sorted(set(map(str, (i.date_time for i in z.infolist())))),
}))`;
const read = async (zip: string) =>
  JSON.parse(await judge('python3', '-c', READ, zip)) as {
    broken: string | null;
    files: Record<string, string>;
    dates: string[];
  };

describe('a package', () => {
  test.skipIf(!hasTool('python3'))(
    'holds manifests, files and ticket, as another program reads them',
    async () => {
      await twoOrders();
      const made = await packed([at('orders')]);
      const { broken, files, dates } = await read(made.path);
      expect(broken).toBeNull();
      expect(Object.keys(files)).toEqual(NAMES);
      expect(made.files).toEqual(NAMES);
      expect(files['b/文庫 & co.pdf']).toBe('the PDF of 文庫 & co');
      expect(JSON.parse(files['b/card.json']!)).toMatchObject({ quantity: 7, idempotencyKey: keyOf('b') });
      expect(files['ticket.xjdf']).toContain(`URL="b/${encodeURIComponent('文庫 & co')}.pdf"`);
      // The orders' own date, none of this day.
      expect(dates).toEqual(['(2022, 9, 12, 3, 48, 58)']);
      expect(made.orders.map(({ quantity }) => quantity)).toEqual([100, 7]);
    },
  );

  test.skipIf(!hasTool('unzip'))('is sound by unzip', async () => {
    await twoOrders();
    const { path } = await packed([at('orders')]);
    expect(await judge('unzip', '-t', path)).toContain('No errors detected');
  });

  test('has the same bytes whenever, from wherever and in whichever order it is packed', async () => {
    await twoOrders();
    const { path } = await packed([at('orders')]);
    const first = await readFile(path);
    await cp(at('orders'), at('elsewhere'), { recursive: true });
    await packed([at('elsewhere', 'b'), at('elsewhere', 'a', 'card.json')], {}, at('other.zip'));
    expect((await readFile(at('other.zip'))).equals(first)).toBe(true);
  });

  test('with --print-only has no proofs and no reports', async () => {
    await twoOrders();
    const { files } = await packed([at('orders')], { printOnly: true });
    expect(files).toEqual(NAMES.filter((name) => !/png$|html$/.test(name)));
  });

  test.skipIf(!hasTool('python3'))(
    'of more entries than a ZIP had room for in 1990 is read whole',
    async () => {
      const entries = Array.from({ length: 65_600 }, (_, i) => ({
        name: `${i}.txt`,
        content: Buffer.from(`${i}`),
      }));
      await writeZip(at('many.zip'), entries, new Date('1970-01-01'));
      const { broken, files, dates } = await read(at('many.zip'));
      expect(broken).toBeNull();
      expect(Object.keys(files)).toHaveLength(65_600);
      expect(files['65599.txt']).toBe('65599');
      expect(dates).toEqual(['(1980, 1, 1, 0, 0, 0)']);
    },
  );
});

describe('what is not as its manifest says', () => {
  test('a changed file and a missing one are refused by name, and nothing is written', async () => {
    await twoOrders();
    await writeFile(at('out.zip'), 'an older package');
    await appendFile(at('orders', 'a', 'card.pdf'), ' ');
    await rm(at('orders', 'b', '文庫 & co.png'));
    await expect(packed([at('orders')])).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(
        /card\.pdf is not the file that its manifest describes; .*& co\.png is missing/,
      ),
    });
    expect(await readFile(at('out.zip'), 'utf8')).toBe('an older package');
    expect(await readdir(folder)).toEqual(['orders', 'out.zip']);
  });

  test('one that is changed without its length is found as well', async () => {
    await twoOrders();
    await writeFile(at('orders', 'a', 'card.pdf'), 'the PDF of carx');
    await expect(packed([at('orders')])).rejects.toThrow(/a\/card\.pdf is not/);
  });

  test('one that changes while it is packed leaves no package', async () => {
    await writeFile(at('a.pdf'), 'before');
    const entry = { name: 'a.pdf', content: { path: at('a.pdf'), bytes: 6, crc: 1 } };
    await expect(writeZip(at('new.zip'), [entry], new Date(0))).rejects.toThrow(/was changed while/);
  });

  test('a manifest that leads out of its folder is none', async () => {
    const path = await writeOrder(at('evil.json'), cardFiles('card'));
    const json = JSON.parse(await readFile(path, 'utf8'));
    json.files[0].path = '../../etc/passwd';
    await writeFile(path, JSON.stringify(json));
    await expect(packed([path])).rejects.toThrow(
      /evil\.json is no manifest: files\.0\.path: Expected a path within/,
    );
  });
});

describe('which orders', () => {
  test('those of two printers are not mixed; one is chosen by name', async () => {
    await twoOrders();
    const other = { provider: { name: 'kdp', title: 'KDP', sku: null }, idempotencyKey: keyOf('c') };
    await writeOrder(at('orders', 'c', 'book.json'), cardFiles('book'), other);
    await expect(packed([at('orders')])).rejects.toMatchObject({
      message: 'Expected orders for one printer but received some for jp, kdp',
      hint: expect.stringContaining('--printer jp'),
    });
    const made = await packed([at('orders')], { printer: 'kdp' });
    expect(made.files).toEqual(['book-preflight.html', 'book.json', 'book.pdf', 'book.png', 'ticket.xjdf']);
    await expect(packed([at('orders')], { printer: 'lulu' })).rejects.toThrow(/one of jp, kdp for --printer/);
  });

  test('the same order twice is refused; the same file named twice is one', async () => {
    await twoOrders();
    const { orders } = await packed([at('orders'), at('orders', 'a', 'card.json')]);
    expect(orders).toHaveLength(2);
    await cp(at('orders', 'a'), at('orders', 'copy'), { recursive: true });
    await expect(packed([at('orders')])).rejects.toThrow(
      /copy\/card\.json is the same order as .*a\/card\.json/,
    );
  });

  test('a trial is packed, and said to be one', async () => {
    const [image] = manifest().images;
    await writeOrder(at('card.json'), cardFiles('card'), { images: [{ ...image!, decision: 'unreviewed' }] });
    expect((await packed([folder])).warnings).toEqual([
      'card.json is a trial: not released are 20220912034858.',
    ]);
  });

  test('other JSON in a folder is passed over; named by itself it is refused', async () => {
    await twoOrders();
    await writeFile(at('orders', 'run.json'), '{"format":"printcat-run-1"}');
    await writeFile(at('orders', 'broken.json'), '{');
    expect((await packed([at('orders')])).orders).toHaveLength(2);
    await expect(packed([at('orders', 'run.json')])).rejects.toThrow(/run\.json is no manifest: format/);
    await expect(packed([at('orders', 'broken.json')])).rejects.toThrow(/broken\.json is no manifest/);
  });
});

describe('the command', () => {
  test('says what it wrote, as text and as JSON', async () => {
    await twoOrders();
    const text = await printcat(folder, ['pack', 'orders', '--to', 'out/jp.zip']);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(
      /^out\/jp\.zip: 2 orders for Printer & Söhne, 107 pieces, 9 files, 0\.0 MB\n$/,
    );
    const { stdout } = await printcat(folder, ['pack', 'orders', '--to', 'jp.zip', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ format: 'printcat-pack-1', files: NAMES, provider: { name: 'jp' } },
    });
  });

  test.each<[string[], RegExp]>([
    [['pack', 'nowhere', '--to', 'a.zip'], /^error: Expected a manifest or a folder .*nowhere\nhint: /],
    [['pack', '.', '--to', 'a.zip'], /^error: Expected manifests in .* but found none\nhint: /],
    [
      ['pack', '.', '--to', 'a.pdf'],
      /^error: Expected a file that ends in \.zip for --to but received a\.pdf\n$/,
    ],
    [['pack', '.'], /^error: Expected .* for --to but received nothing\n$/],
  ])('%j is one line and exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await printcat(folder, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
