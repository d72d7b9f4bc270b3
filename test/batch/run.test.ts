import { copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { initWorkspace } from '../../src/catalogue/workspace.ts';
import { hashFile } from '../../src/files.ts';
import { packagePath } from '../../src/paths.ts';
import { printcat } from '../make/cli.ts';
import { IMAGES } from '../make/fixtures.ts';
import { batchWorkspace, writeTemplate } from './workspace.ts';

const [A, B, C] = IMAGES as [string, string, string];
const DEFAULTS = 'defaults: { upscaler: lanczos, ppi: 150, template: plain }\n';

let workspace: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ workspace, remove } = await batchWorkspace());
});
afterAll(() => remove?.());

const run = (...args: string[]) => printcat(workspace, ['batch', ...args]);
const orders = (name: string, text: string) => writeFile(join(workspace, name), text);

/** Hashes of all files that a run made, by path; what it keeps for itself is left out. */
async function made(out: string): Promise<Record<string, string>> {
  const folder = join(workspace, out);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = files
    .sort()
    .map(async (file) => [file.slice(folder.length + 1), await hashFile(file)] as const);
  return Object.fromEntries(
    (await Promise.all(hashes)).filter(([file]) => !file.startsWith('.printcat') && file !== 'run.json'),
  );
}

describe('a run', () => {
  // Text that does not fit is only seen when it is laid out.
  const TOO_LONG = 'Much too long for its place. '.repeat(6);
  const text = `${DEFAULTS}matrix:
  images: [${A}, ${B}, ${C}]
  products: [tag, label]
  fields: { title: "No. {{ id }}" }
orders:
  - { product: slip, image: ${A}, fields: { title: "${TOO_LONG}" } }
  - { product: slip, image: ${B} }
`;

  test('makes what can be made and names what cannot', async () => {
    await orders('run.yaml', text);
    const { code, stdout, stderr } = await run('run.yaml', '--out', 'run');
    expect(stderr).toMatch(/^failed: run\.yaml:7 \(\d+ slip\): .*title/m);
    expect(stderr.match(/^failed:/gm)).toHaveLength(1);
    expect(stdout).toMatch(/^7 made \(.* MB\), 1 failed in /);
    expect(code).toBe(1);
    const files = Object.keys(await made('run'));
    expect(files.filter((file) => file.endsWith('.pdf'))).toHaveLength(7);
    expect(files).toContain(`tag/${A}-tag-offset-plain.json`);
    expect(files.filter((file) => file.includes('.part'))).toEqual([]);
    const { filesKey } = JSON.parse(
      await readFile(join(workspace, 'run', 'tag', `${A}-tag-offset-plain.json`), 'utf8'),
    );
    expect(filesKey).toMatch(/^[0-9a-f]{64}$/);
  });

  const WITHOUT_BROWSER = { PRINTCAT_BROWSER: '/nowhere/chrome' };

  test('again makes nothing, knows what fails without trying it, and leaves all as it is', async () => {
    const before = await made('run');
    const again = ['batch', 'run.yaml', '--out', 'run'];
    const { code, stdout, stderr } = await printcat(workspace, again, WITHOUT_BROWSER);
    expect(stderr).toMatch(/^failed: run\.yaml:7 \(\d+ slip\): .*title/m);
    expect(stdout).toMatch(/^0 made, 7 unchanged, 1 failed in /);
    expect(stdout).toMatch(/^1 order failed before and is unchanged: .*--only failed/m);
    expect(code).toBe(1);
    expect(await made('run')).toEqual(before);
    const { code: tried } = await printcat(workspace, [...again, '--only', 'failed'], WITHOUT_BROWSER);
    expect(tried).toBe(3);
    const { stdout: first } = await run('run.yaml', '--out', 'run', '--fail-fast', '--json');
    expect(JSON.parse(first)).toMatchObject({ made: 0, failedBefore: 1, left: 0 });
  });

  test('the plan says what there is', async () => {
    const { code, stdout } = await run('run.yaml', '--out', 'run', '--dry-run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ orders: 8, made: 7, toMake: 0, failedBefore: 1 });
    const { stdout: fresh } = await run('run.yaml', '--out', 'elsewhere', '--dry-run');
    expect(fresh).toMatch(/^together +8 orders$/m);
    expect(fresh).toMatch(/8 orders from 3 pictures, used 8 times/);
    expect(await readdir(workspace)).not.toContain('elsewhere');
  });

  test('--only failed leaves out what was never tried', async () => {
    await orders('more.yaml', `${text}  - { product: slip, image: ${C} }\n`);
    const { stdout } = await run('more.yaml', '--out', 'run', '--only', 'failed', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      made: 0,
      unchanged: 7,
      failed: [{ product: 'slip', images: [A] }],
    });
  });

  test('what failed is tried again when it is another order', async () => {
    await orders('mended.yaml', text.replace(TOO_LONG, 'Short'));
    const { code, stdout } = await run('mended.yaml', '--out', 'run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ made: 1, unchanged: 7, failed: [], failedBefore: 0 });
    expect(code).toBe(0);
    const { stdout: back } = await run('run.yaml', '--out', 'run', '--json');
    expect(JSON.parse(back)).toMatchObject({ unchanged: 7, failed: [{ product: 'slip' }], failedBefore: 0 });
  });

  test('a cache that may hold next to nothing makes the same files, and is no larger afterwards', async () => {
    const config = join(workspace, 'printcat.json');
    const text = await readFile(config, 'utf8');
    await writeFile(config, JSON.stringify({ ...JSON.parse(text), cacheGigabytes: 0.0005 }));
    await run('mended.yaml', '--out', 'small');
    await writeFile(config, text);
    expect(await made('small')).toEqual(await made('run'));
    const { stdout } = await printcat(workspace, ['cache', '--json']);
    expect(JSON.parse(stdout).bytes).toBeLessThan(500_000);
  });

  test('what is damaged, changed or gone is made again, and comes out the same', async () => {
    const before = await made('run');
    const path = (product: string, id: string, ending: string) =>
      join(workspace, 'run', product, `${id}-${product}-offset-plain${ending}`);
    await rm(path('tag', A, '.png'));
    await writeFile(path('tag', B, '.pdf'), 'half');
    // As long as before, and younger than the manifest.
    const pdf = path('tag', C, '.pdf');
    await writeFile(pdf, Buffer.alloc((await stat(pdf)).size));
    await utimes(pdf, new Date(), new Date(Date.now() + 5000));
    await writeFile(path('label', A, '.json'), '{"half":');
    const { stdout } = await run('run.yaml', '--out', 'run');
    expect(stdout).toMatch(/^4 made .*, 3 unchanged, 1 failed in /);
    expect(await made('run')).toEqual(before);
  });

  test('a copy of the folder counts as made', async () => {
    const pdf = join(workspace, 'run', 'tag', `${A}-tag-offset-plain.pdf`);
    await copyFile(pdf, `${pdf}.copy`);
    await rm(pdf);
    await copyFile(`${pdf}.copy`, pdf);
    await rm(`${pdf}.copy`);
    const { stdout } = await run('run.yaml', '--out', 'run', '--dry-run', '--json');
    expect(JSON.parse(stdout).made).toBe(7);
  });

  test('a template, a product, a picture that changes makes its own orders again', async () => {
    await orders(
      'two.yaml',
      `${DEFAULTS}orders:
  - { product: tag, image: ${A} }
  - { product: tag, image: ${A}, template: other }
  - { product: label, image: ${A} }
`,
    );
    const counts = async () => {
      const { stdout } = await run('two.yaml', '--out', 'two', '--json');
      const { made: count, unchanged } = JSON.parse(stdout);
      return [count, unchanged];
    };
    expect(await counts()).toEqual([3, 0]);
    const other = join(workspace, 'templates', 'other', 'style.css');
    await writeFile(other, (await readFile(other, 'utf8')).replace('7pt', '6pt'));
    expect(await counts()).toEqual([1, 2]);
    const label = join(workspace, 'products', 'label.json');
    await writeFile(label, (await readFile(label, 'utf8')).replace('"60"', '"61"'));
    expect(await counts()).toEqual([1, 2]);
    expect(await counts()).toEqual([0, 3]);
    await printcat(workspace, ['reject', A]);
    const { code, stderr } = await run('two.yaml', '--out', 'two');
    expect(code).toBe(2);
    expect(stderr).toMatch(/two\.yaml:3: Expected a released image/);
    await printcat(workspace, ['release', A]);
    expect(await counts()).toEqual([0, 3]);
  });

  test('two runs into one folder make each order once', async () => {
    await orders(
      'shared.yaml',
      `${DEFAULTS}matrix:
  - { images: [${A}, ${B}, ${C}], products: ticket }
  - { images: [${A}, ${B}, ${C}], products: [leaf] }
`,
    );
    const both = await Promise.all([0, 1].map(() => run('shared.yaml', '--out', 'shared', '--json')));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const counts = both.map(({ stdout }) => JSON.parse(stdout));
    expect(counts[0].made + counts[1].made).toBe(6);
    expect(counts[0].unchanged + counts[1].unchanged).toBe(6);
    expect(Object.keys(await made('shared'))).toHaveLength(24);
    expect(await readdir(join(workspace, 'shared', '.printcat', 'claims'))).toEqual([]);
    expect(await readdir(join(workspace, 'shared', '.printcat', 'runs'))).toEqual([]);
  });

  test('--fail-fast ends with the first failure', async () => {
    const bad = `  - { product: ticket, image: ${A}, name: bad, fields: { title: "${TOO_LONG}" } }\n`;
    const good = Array.from(
      { length: 20 },
      (_, i) => `  - { product: ticket, image: ${A}, name: good-${i} }\n`,
    );
    await orders('fast.yaml', `${DEFAULTS}orders:\n${bad}${good.join('')}`);
    const { code, stdout } = await run('fast.yaml', '--out', 'fast', '--fail-fast', '--json');
    expect(code).toBe(1);
    const { failed, left } = JSON.parse(stdout);
    expect(failed).toHaveLength(1);
    expect(left).toBeGreaterThan(5);
  });
});

describe('before anything is made', () => {
  test('every mistake is told with its line', async () => {
    await writeTemplate(workspace, 'ticket-only', ['ticket']);
    await orders(
      'bad.yaml',
      `${DEFAULTS}orders:
  - { product: tag, image: ${A} }
  - { product: tag, image: "20000101000000" }
  - { product: tag, image: ${A}, template: ticket-only }
  - { product: tag, image: ${A}, fields: { title: x } }
  - { product: tag, images: [${A}, ${B}] }
  - { product: tag, image: ${A}, fields: { titel: x } }
  - { product: tag, image: ${B}, profile: nowhere.icc }
matrix:
  images: { search: no such words }
  products: [tag, label]
  templates: [plain, ticket-only]
  fields:
    title: "{{ titel }}"
`,
    );
    const { code, stderr } = await run('bad.yaml', '--out', 'bad');
    expect(code).toBe(2);
    const lines = stderr.match(/^error: bad\.yaml:\d+: .{24}/gm);
    expect(lines).toEqual([
      'error: bad.yaml:4: Expected an ID of the ca',
      'error: bad.yaml:5: Expected a template for ',
      'error: bad.yaml:6: It would write the same ',
      'error: bad.yaml:7: Expected 1 picture for t',
      'error: bad.yaml:8: Expected one of title fo',
      'error: bad.yaml:9: Expected a readable .icc',
      'error: bad.yaml:11: No image of the catalogu',
      'error: bad.yaml:13: Template ticket-only lay',
    ]);
    expect(await readdir(workspace)).not.toContain('bad');
  });

  test('what may be named in a text of a matrix', async () => {
    const matrix = (title: string) =>
      `matrix:\n  images: [${A}]\n  products: tag\n  fields:\n    title: "${title}"\n`;
    await orders('texts.yaml', DEFAULTS + matrix('{{ titel }}'));
    const { code, stderr } = await run('texts.yaml', '--dry-run');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: texts\.yaml:6: undefined variable: titel$/m);
    expect(stderr).toMatch(/A text may name .*\bprompt\b/);
  });

  test('a field of a matrix goes to the templates that have it', async () => {
    const matrix = (fields: string) =>
      `matrix: { images: [${A}], products: [postcard, tenugui, bookmark], fields: ${fields} }\n`;
    await orders('fields.yaml', matrix('{ line: "No. {{ id }}", title: "{{ title | default: id }}" }'));
    const plan = await run('fields.yaml', '--dry-run', '--json');
    expect(plan.stderr).not.toMatch(/^error/m);
    expect(JSON.parse(plan.stdout).orders).toBe(3);
    await orders('stray.yaml', matrix('{ line: x, titel: y }').replace('fields', '\n  fields'));
    const { code, stderr } = await run('stray.yaml', '--dry-run');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: stray\.yaml:2: Expected a field of one .* but received titel$/m);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    // Of one product and template each field is asked for.
    const alone = `matrix: { images: [${A}], products: tenugui, fields: { title: x } }\n`;
    await orders('alone.yaml', alone);
    expect((await run('alone.yaml', '--dry-run')).stderr).toMatch(/Template cloth has no fields .* title$/m);
  });

  test('a matrix takes the images of a tag', async () => {
    await printcat(workspace, ['tag', A, B, '--add', 'pair']);
    await printcat(workspace, ['tag', B, '--add', 'second']);
    const plan = async (name: string, tag: string) => {
      const images = `images: { tag: ${tag} }`;
      await orders(name, `${DEFAULTS}matrix: { ${images}, products: tag, fields: { title: x } }\n`);
      return run(name, '--dry-run', '--json');
    };
    const counts = [await plan('pair.yaml', 'Pair'), await plan('both.yaml', '[pair, second]')];
    expect(counts.map(({ stdout }) => JSON.parse(stdout).orders)).toEqual([2, 1]);
    const { code, stderr } = await plan('wrong.yaml', '"a,b"');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: wrong\.yaml:\d+: images\.tag: Expected a word or a few/m);
  });

  test("the README's orders can be made", async () => {
    const readme = await readFile(packagePath('README.md'), 'utf8');
    const yaml = /```yaml\n(defaults:.*?)```/s.exec(readme)![1]!;
    const folder = join(workspace, 'readme');
    await initWorkspace(folder);
    await printcat(folder, ['import', packagePath('assets', 'demo')]);
    const catalogue = openCatalogue(folder);
    catalogue.decide(catalogue.ids(), 'released', { who: 'test' });
    catalogue.close();
    await writeFile(join(folder, 'orders.yaml'), yaml);
    const plan = await printcat(folder, ['batch', 'orders.yaml', '--dry-run', '--json']);
    expect(plan.stderr).not.toMatch(/^error/m);
    // The cover, and a bookmark and a postcard of the cat before the moon.
    expect(JSON.parse(plan.stdout).orders).toBe(3);
  });

  test('a folder that cannot be written to', async () => {
    await mkdir(join(workspace, 'blocked'));
    await writeFile(join(workspace, 'blocked', 'out'), 'a file');
    await orders('one.yaml', `${DEFAULTS}orders:\n  - { product: tag, image: ${A} }\n`);
    const { code, stderr } = await run('one.yaml', '--out', 'blocked/out');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: Expected a folder that can be written to for --out/);
  });
});

test('make takes the one order of a file, and saves one', async () => {
  const args = [
    'make',
    'tag',
    A,
    '--template',
    'plain',
    '--upscaler',
    'lanczos',
    '--ppi',
    '150',
    '-s',
    'title=One',
  ];
  const saved = await printcat(workspace, [...args, '--out', 'first', '--save', 'saved.yaml']);
  expect(saved.stderr).not.toMatch(/^error/m);
  expect(saved.code).toBe(0);
  const { code } = await printcat(workspace, ['make', '--order', 'saved.yaml', '--out', 'second']);
  expect(code).toBe(0);
  expect(await made('second')).toEqual(await made('first'));
  const beside = await printcat(workspace, ['make', '--order', 'saved.yaml', '--ppi', '300']);
  expect(beside.code).toBe(2);
  expect(beside.stderr).toMatch(/Expected nothing beside it for --order but received --ppi/);
});
