import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { packagePath } from '../../src/paths.ts';
import { printcat } from './cli.ts';
import { filledWorkspace, IMAGES, SPARE } from './fixtures.ts';

const [GOOD, REJECTED, UNREVIEWED] = IMAGES as [string, string, string];

let workspace: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
  const catalogue = openCatalogue(workspace);
  const by = { who: 'Mei', when: '2026-01-02T03:04:05.000Z' };
  catalogue.decide([REJECTED], 'rejected', by);
  catalogue.decide([UNREVIEWED], 'unreviewed', by);
  const gone = catalogue.get(SPARE)!;
  await rm(catalogue.originalPath(gone));
  catalogue.close();
  await writeFile(join(workspace, 'broken.icc'), 'not a profile at all');
  await writeFile(join(workspace, 'a-file'), '');
  const { default: sharp } = await import('sharp');
  const { icc } = await sharp(
    await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .withIccProfile('srgb')
      .png()
      .toBuffer(),
  ).metadata();
  await writeFile(join(workspace, 'rgb.icc'), icc!);
  await templateWithScript();
});

afterAll(() => remove?.());

/** A template of the workspace's own that asks for what it may not have. */
async function templateWithScript(): Promise<void> {
  const folder = join(workspace, 'templates', 'spy');
  await mkdir(folder, { recursive: true });
  const manifest = {
    ...{ title: 'Spy', description: 'Asks the network', products: ['book-cover'], language: 'en' },
    ...{ slots: {}, fields: { type: 'object', properties: { title: { type: 'string' } } } },
  };
  await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'template.html'), '<img src="https://example.com/pixel.png">');
  await writeFile(join(folder, 'style.css'), '');
}

const TITLE = ['--set', 'title=Night Walks'];
const cover = (id: string, ...more: string[]) => [
  ...['make', 'book-cover', id, ...more],
  ...(more.includes('--pages') ? [] : ['--pages', '200']),
];

describe('bad input gets one line, a hint where there is something to do, and an exit code', () => {
  test.each<[what: string, code: number, message: RegExp, args: string[]]>([
    [
      'unknown ID',
      2,
      /Expected an ID of the catalogue but received 20990101000000/,
      cover('20990101000000', ...TITLE),
    ],
    [
      'more pictures than the product takes',
      2,
      /Expected 1 picture for book-cover but received 3/,
      ['make', 'book-cover', GOOD, GOOD, GOOD, ...TITLE, '--pages', '200'],
    ],
    ['rejected image', 2, new RegExp(`${REJECTED} was rejected`), cover(REJECTED, ...TITLE)],
    ['unreleased image', 2, new RegExp(`${UNREVIEWED} is unreviewed`), cover(UNREVIEWED, ...TITLE)],
    ['unknown product', 2, /one of book-cover.*received teapot/, ['make', 'teapot', GOOD, ...TITLE]],
    ['unknown size', 2, /received a99/, cover(GOOD, ...TITLE, '--size', 'a99')],
    [
      'unknown printer',
      2,
      /one of ingram, jp, kdp, lulu for --printer but received acme/,
      cover(GOOD, ...TITLE, '--printer', 'acme'),
    ],
    [
      'unknown template',
      2,
      /one of .*quarter.* for --template but received gothic/,
      cover(GOOD, ...TITLE, '-t', 'gothic'),
    ],
    ['unknown field', 2, /one of title, .*received colour/, cover(GOOD, ...TITLE, '--set', 'colour=red')],
    ['unknown option', 2, /Unknown argument: colour/, cover(GOOD, ...TITLE, '--colour', 'red')],
    [
      'field without a value',
      2,
      /Expected field=value for --set but received title/,
      cover(GOOD, '--set', 'title'),
    ],
    ['too few pages', 2, /24/, cover(GOOD, ...TITLE, '--printer', 'kdp', '--size', '6x9', '--pages', '10')],
    [
      'too many pages',
      2,
      /828/,
      cover(GOOD, ...TITLE, '--printer', 'kdp', '--size', '6x9', '--pages', '2000'),
    ],
    [
      'pages that are no number',
      2,
      /whole number for --pages but received many/,
      cover(GOOD, ...TITLE, '--pages', 'many'),
    ],
    ['missing title', 2, /Expected a title for template quarter/, cover(GOOD, '--template', 'quarter')],
    [
      'title of 400 characters',
      2,
      /title.*400 characters|at most \d+ characters for title/,
      cover(GOOD, '--set', `title=${'cat '.repeat(100)}`),
    ],
    [
      'control character',
      2,
      /without control characters for title but received U\+0001/,
      cover(GOOD, '--set', 'title=a\u0001b'),
    ],
    ['wrong ISBN', 2, /ISBN.*978-4-00-000000-1/, cover(GOOD, ...TITLE, '--set', 'isbn=978-4-00-000000-1')],
    ['image gone from disk', 2, new RegExp(`original of ${SPARE}.*gone from disk`), cover(SPARE, ...TITLE)],
    [
      'unreadable profile',
      2,
      /Expected an ICC profile but broken.icc is not one/,
      cover(GOOD, ...TITLE, '--profile', 'broken.icc'),
    ],
    ['missing profile', 2, /none.icc/, cover(GOOD, ...TITLE, '--profile', 'none.icc')],
    [
      'RGB profile',
      2,
      /CMYK output profile for --profile but received rgb.icc, a profile for RGB/,
      cover(GOOD, ...TITLE, '--profile', 'rgb.icc'),
    ],
    [
      'condition without its profile',
      2,
      /--profile file\.icc beside --condition.*received FOGRA51/,
      cover(GOOD, ...TITLE, '--condition', 'FOGRA51'),
    ],
    [
      'condition of another profile',
      2,
      /--condition JC200103 but received --profile FOGRA39/,
      cover(GOOD, ...TITLE, '--profile', 'FOGRA39', '--condition', 'JC200103'),
    ],
    [
      'profile beside rgb',
      2,
      /--standard rgb.* for --profile but received FOGRA39/,
      cover(GOOD, ...TITLE, '--profile', 'FOGRA39', '--standard', 'rgb'),
    ],
    [
      'paper white of no paper',
      2,
      /in inks for --paper-white but received PDF 1\.7 in sRGB/,
      cover(GOOD, ...TITLE, '--paper-white', '--standard', 'rgb'),
    ],
    ['output that is no folder', 2, /written to for --out/, cover(GOOD, ...TITLE, '--out', 'a-file')],
    ['no workspace', 2, /Expected a workspace/, cover(GOOD, ...TITLE, '--workspace', '/')],
    ['no command', 2, /Expected a command/, []],
    ['unknown command', 2, /Unknown (argument|command): bake|Did you mean/, ['bake']],
    [
      'template that asks the network',
      2,
      /spy asks for https:\/\/example.com\/pixel.png/,
      cover(GOOD, ...TITLE, '-t', 'spy'),
    ],
    ['browser that is none', 3, /PRINTCAT_BROWSER/, cover(GOOD, ...TITLE)],
  ])('%s', async (what, code, message, args) => {
    const env = what === 'browser that is none' ? { PRINTCAT_BROWSER: '/nowhere/chrome' } : {};
    const run = await printcat(workspace, args, env);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(code);
    const lines = run.stderr.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('error: '))).toHaveLength(1);
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.stdout).toBe('');
    expect(await readdir(join(workspace, 'output'))).toEqual([]);
  });

  test('an image that is not released makes a trial with --allow-unreleased', async () => {
    const args = [
      ...cover(UNREVIEWED, ...TITLE, '--upscaler', 'lanczos'),
      '--allow-unreleased',
      '--out',
      'trial',
    ];
    const run = await printcat(workspace, args);
    expect(run.code).toBe(0);
    expect((await readdir(join(workspace, 'trial'))).sort()).toEqual(
      ['-preflight.html', '.json', '.pdf', '.png'].map(
        (end) => `${UNREVIEWED}-book-cover-a6-jp-12.5mm-quarter${end}`,
      ),
    );
  });
});

test('help names every command and every option of make', async () => {
  const help = await printcat(workspace, ['--help']);
  for (const name of ['init', 'import', 'list', 'show', 'release', 'reject', 'make', 'doctor', 'templates']) {
    expect(help.stdout).toMatch(new RegExp(`printcat ${name}\\b`));
  }
  const make = await printcat(workspace, ['make', '--help']);
  for (const name of [
    'size',
    'pages',
    'paper',
    'printer',
    'template',
    'binding',
    'profile',
    'ppi',
    'out',
    'json',
    'set',
  ]) {
    expect(make.stdout).toMatch(new RegExp(`--${name}\\b`));
  }
});

test('the shipped profiles have their sources beside them', async () => {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(packagePath('assets', 'icc', 'README.md'), 'utf8');
  for (const file of await readdir(packagePath('assets', 'icc'))) {
    if (file.endsWith('.icc')) expect(text).toContain(file);
  }
});
