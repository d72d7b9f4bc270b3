import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { requireMakeable } from '../../src/catalogue/makeable.ts';
import { whoActs } from '../../src/catalogue/who.ts';
import {
  chooseWorkspace,
  findWorkspace,
  initWorkspace,
  readConfig,
  workspacePaths,
} from '../../src/catalogue/workspace.ts';
import { PrintcatError } from '../../src/errors.ts';
import {
  file,
  importInto,
  importOne,
  plainPicture,
  pngWithText,
  temporaryFolder,
  temporaryWorkspace,
  WHEN,
} from './helpers.ts';

/** What a promise or a function fails with, as the user sees it. */
async function failure(work: () => unknown): Promise<{ message: string; hint: string | undefined }> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PrintcatError) return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('It did not fail');
}

/** A catalogue with pictures of these IDs. */
async function catalogueOf(...ids: string[]) {
  const place = await temporaryWorkspace();
  for (const [i, id] of ids.entries()) {
    const png = await plainPicture(`#${(i + 1).toString(16).padStart(6, '0')}`)
      .png()
      .toBuffer();
    await importOne(place.catalogue, await file(place.folder, `${id}.png`, png));
  }
  return place;
}

const [A, B, C] = ['20220912034858', '20220912034912', '20231231235959'];

describe('decisions', () => {
  test('begin unreviewed and are kept as a history', async () => {
    const { catalogue } = await catalogueOf(A, B);
    expect(catalogue.get(A)?.decision).toBe('unreviewed');
    expect(catalogue.history(A)).toEqual([]);

    expect(catalogue.decide([A, B], 'released', { who: 'aki', when: WHEN })).toEqual([
      { id: A, before: 'unreviewed', after: 'released' },
      { id: B, before: 'unreviewed', after: 'released' },
    ]);
    const later = '2026-01-03T00:00:00.000Z';
    catalogue.decide([A], 'rejected', { who: 'ben', when: later, note: 'six toes' });
    catalogue.decide([B], 'unreviewed', { who: 'ben', when: later });
    expect(catalogue.get(A)?.decision).toBe('rejected');
    expect(catalogue.get(B)?.decision).toBe('unreviewed');
    expect(catalogue.history(A)).toEqual([
      { decision: 'released', who: 'aki', when: WHEN, note: null },
      { decision: 'rejected', who: 'ben', when: later, note: 'six toes' },
    ]);
  });

  test('the same again is recorded only with a note; an ID given twice counts once', async () => {
    const { catalogue } = await catalogueOf(A);
    expect(catalogue.decide([A, A], 'released', { who: 'aki', when: WHEN })).toHaveLength(1);
    catalogue.decide([A], 'released', { who: 'ben', when: WHEN });
    expect(catalogue.history(A)).toHaveLength(1);
    catalogue.decide([A], 'released', { who: 'ben', when: WHEN, note: 'seen again' });
    expect(catalogue.history(A)).toHaveLength(2);
  });

  test('an unknown ID among known ones changes nothing and is named', async () => {
    const { catalogue } = await catalogueOf(A, B);
    const decide = () =>
      catalogue.decide([A, '20220912034859', 'x', B], 'released', { who: 'aki', when: WHEN });
    expect(await failure(decide)).toEqual({
      message: 'Expected IDs of the catalogue but received 20220912034859, x',
      hint: `Did you mean ${A} or ${B}?`,
    });
    expect(catalogue.list({ decisions: ['unreviewed'] })).toHaveLength(2);
    expect(catalogue.history(A)).toEqual([]);
  });
});

describe('what may be made', () => {
  test('only a released picture, an unreviewed one for trials, a rejected one never', async () => {
    const { catalogue } = await catalogueOf(A);
    expect(await failure(() => requireMakeable(catalogue, A))).toEqual({
      message: `Expected a released image but ${A} is unreviewed`,
      hint: `printcat release ${A} releases it; --allow-unreleased makes a trial without.`,
    });
    expect((await requireMakeable(catalogue, A, { allowUnreleased: true })).id).toBe(A);
    catalogue.decide([A], 'released', { who: 'aki', when: WHEN });
    expect((await requireMakeable(catalogue, A)).id).toBe(A);
    catalogue.decide([A], 'rejected', { who: 'aki', when: WHEN, note: 'six toes' });
    expect(await failure(() => requireMakeable(catalogue, A, { allowUnreleased: true }))).toEqual({
      message: `Expected a released image but ${A} was rejected: six toes`,
      hint: `aki rejected it on 2026-01-02. printcat release ${A} takes that back.`,
    });
  });

  test('not one whose original is gone', async () => {
    const { catalogue } = await catalogueOf(A);
    catalogue.decide([A], 'released', { who: 'aki', when: WHEN });
    await rm(catalogue.originalPath(catalogue.get(A)!));
    const { message, hint } = await failure(() => requireMakeable(catalogue, A));
    expect(message).toMatch(
      /^Expected the original of 20220912034858 \(20220912034858\.png\) .* is gone from disk$/,
    );
    expect(hint).toMatch(/^Import the file again/);
  });

  test.each([
    ['2022091203485', `Did you mean ${A}?`],
    ['20220921034858', `Did you mean ${A}?`],
    ['20231231235958', `Did you mean ${C}?`],
    ['the cat', 'printcat list shows what there is.'],
  ])('unknown ID %s', async (id, hint) => {
    const { catalogue } = await catalogueOf(A, C);
    expect(await failure(() => requireMakeable(catalogue, id))).toEqual({
      message: `Expected an ID of the catalogue but received ${id}`,
      hint,
    });
  });
});

describe('the list', () => {
  test('is filtered by decision and by words of any field, in any script and case', async () => {
    const { catalogue, folder } = await catalogueOf(A, B);
    const parameters = 'A Cat by the RIVER, 猫\nSteps: 3, Model: Fluffy_v2';
    const path = await file(folder, `${C}.png`, await pngWithText({ parameters }));
    await importOne(catalogue, path);
    catalogue.decide([A], 'released', { who: 'aki', when: WHEN });
    catalogue.decide([B], 'rejected', { who: 'aki', when: WHEN });
    const ids = (filter: Parameters<typeof catalogue.list>[0]) => catalogue.list(filter).map(({ id }) => id);
    expect(ids({})).toEqual([A, B, C]);
    expect(ids({ decisions: ['released'] })).toEqual([A]);
    expect(ids({ decisions: ['rejected', 'unreviewed'] })).toEqual([B, C]);
    expect(ids({ search: 'river cat' })).toEqual([C]);
    expect(ids({ search: '猫' })).toEqual([C]);
    expect(ids({ search: 'fluffy_V2' })).toEqual([C]);
    expect(ids({ search: '0349' })).toEqual([B]);
    expect(ids({ search: 'cat%' })).toEqual([]);
    expect(ids({ search: 'river', decisions: ['released'] })).toEqual([]);
  });
});

describe('tags', () => {
  test('are kept as one word however they are typed, and found by the list', async () => {
    const { catalogue } = await catalogueOf(A, B, C);
    // The same letter composed and decomposed.
    catalogue.tag([A, B], { add: ['  Series   One ', 'CAFE\u0301', '猫'] });
    catalogue.tag([A, C], { add: ['series one', 'night'], remove: ['猫', 'nothing'] });
    expect(catalogue.get(A)?.tags).toEqual(['café', 'night', 'series one']);
    expect(catalogue.get(B)?.tags).toEqual(['café', 'series one', '猫']);
    expect(catalogue.tags()).toEqual([
      { tag: 'café', pictures: 2 },
      { tag: 'night', pictures: 2 },
      { tag: 'series one', pictures: 3 },
      { tag: '猫', pictures: 1 },
    ]);
    const ids = (filter: Parameters<typeof catalogue.list>[0]) => catalogue.list(filter).map(({ id }) => id);
    expect(ids({ tags: ['Café'] })).toEqual([A, B]);
    expect(ids({ tags: ['café', 'NIGHT'] })).toEqual([A]);
    expect(ids({ tags: ['series'] })).toEqual([]);
    expect(ids({ search: 'one nigh' })).toEqual([A, C]);
  });

  test('are given to all pictures or to none', async () => {
    const { catalogue } = await catalogueOf(A);
    const { message } = await failure(() => catalogue.tag([A, B], { add: ['cats'] }));
    expect(message).toBe(`Expected an ID of the catalogue but received ${B}`);
    expect(catalogue.tags()).toEqual([]);
    for (const wrong of ['', '  ', 'a,b', 'a\u001b[31m', 'x'.repeat(61)]) {
      const refused = await failure(() => catalogue.tag([A], { add: [wrong] }));
      expect(refused.message).toMatch(/^Expected a word or a few, up to 60 letters, without commas/);
    }
  });

  test('come to a catalogue of the schema before', async () => {
    const { catalogue, workspace } = await catalogueOf(A);
    catalogue.close();
    const db = new Database(workspacePaths(workspace).database);
    db.exec('DROP TABLE tag; PRAGMA user_version = 3');
    db.close();
    const again = openCatalogue(workspace);
    again.tag([A], { add: ['cats'] });
    expect(again.get(A)?.tags).toEqual(['cats']);
    again.close();
  });
});

describe('workspaces', () => {
  test('are found from below, and named where there is none', async () => {
    const folder = await temporaryFolder();
    const { message, hint } = await failure(() => findWorkspace(folder));
    expect(message).toBe(`Expected a workspace in ${folder} or above it but found no printcat.json`);
    expect(hint).toBe('printcat init makes this folder a workspace.');
    expect(await initWorkspace(folder)).toEqual({ workspace: folder, created: true });
    const deep = join(folder, 'a', 'b');
    await mkdir(deep, { recursive: true });
    expect(findWorkspace(deep)).toBe(folder);
    expect(chooseWorkspace(deep, undefined)).toBe(folder);
    expect(chooseWorkspace(deep, '../..')).toBe(folder);
    expect((await failure(() => chooseWorkspace(folder, 'a'))).message).toMatch(
      /^Expected a workspace for --w/,
    );
  });

  test('making one again changes nothing', async () => {
    const { catalogue, workspace } = await catalogueOf(A);
    const path = workspacePaths(workspace).config;
    await writeFile(path, '{ "version": 1, "user": "aki", "defaults": { "ppi": 350 } }');
    expect(await initWorkspace(workspace)).toEqual({ workspace, created: false });
    expect(await readConfig(workspace)).toMatchObject({ user: 'aki', defaults: { ppi: 350 } });
    expect(catalogue.list()).toHaveLength(1);
  });

  test.each([
    ['{', /^Could not read .*printcat\.json/],
    ['{ "version": 2 }', /^Expected a valid version in .*printcat\.json/],
    ['{ "version": 1, "defaults": { "ppi": [300] } }', /^Expected a valid defaults\.ppi in/],
    ['{ "version": 1, "colour": "blue" }', /^Expected a valid the whole file in .*"colour"/],
  ])('a config of %s is refused', async (json, message) => {
    const { workspace } = await temporaryWorkspace();
    await writeFile(workspacePaths(workspace).config, json);
    expect((await failure(() => readConfig(workspace))).message).toMatch(message);
  });

  test('who acts: the option, the environment, the config, the login', async () => {
    const { workspace } = await temporaryWorkspace();
    expect(await whoActs(workspace, { USER: 'login' })).toBe('login');
    await writeFile(workspacePaths(workspace).config, '{ "version": 1, "user": "aki" }');
    expect(await whoActs(workspace, { USER: 'login' })).toBe('aki');
    expect(await whoActs(workspace, { USER: 'login', PRINTCAT_USER: 'env' })).toBe('env');
    expect(await whoActs(workspace, { USER: 'login', PRINTCAT_USER: 'env' }, 'ben')).toBe('ben');
  });

  test('can be moved', async () => {
    const { catalogue, workspace, folder } = await catalogueOf(A);
    catalogue.decide([A], 'released', { who: 'aki', when: WHEN });
    catalogue.close();
    const moved = join(folder, 'moved');
    await rename(workspace, moved);
    const there = openCatalogue(moved);
    const image = await requireMakeable(there, A);
    expect(there.originalPath(image).startsWith(moved)).toBe(true);
    const json = JSON.stringify([there.list(), there.rawMetadata(A)]);
    const config = await readFile(workspacePaths(moved).config, 'utf8');
    expect(json + config).not.toContain(folder);
    there.close();
  });
});

describe('the database', () => {
  test('of a newer printcat is refused and left alone', async () => {
    const { catalogue, workspace } = await catalogueOf(A);
    catalogue.close();
    const path = workspacePaths(workspace).database;
    const db = new Database(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(await failure(() => openCatalogue(workspace))).toEqual({
      message: `Expected a catalogue of schema version 4 or older but ${path} is of version 99`,
      hint: 'It was made by a newer printcat: update this one.',
    });
  });

  test('that is none is refused', async () => {
    const folder = await temporaryFolder();
    const { workspace } = await initWorkspace(folder);
    const path = workspacePaths(workspace).database;
    await writeFile(path, 'not a database, but long enough to be taken for one'.repeat(100));
    expect((await failure(() => openCatalogue(workspace))).message).toMatch(
      /^Could not open the catalogue .*db: /,
    );
    expect(await readFile(path, 'utf8')).toMatch(/^not a database/);
  });

  test('takes imports of several processes at a time', async () => {
    const folder = await temporaryFolder();
    const { workspace } = await initWorkspace(join(folder, 'workspace'));
    const pictures = join(folder, 'pictures');
    await mkdir(pictures);
    // All of one second: the processes compete for every ID.
    for (let i = 0; i < 12; i++) {
      const png = await plainPicture(`#0000${i.toString(16).padStart(2, '0')}`)
        .png()
        .toBuffer();
      await file(pictures, `20220912034858-${i}.png`, png);
    }
    const built = fileURLToPath(new URL('../../dist/catalogue/', import.meta.url));
    const script = `
      const { openCatalogue } = await import(${JSON.stringify(`${built}catalogue.js`)});
      const { importFiles } = await import(${JSON.stringify(`${built}import.js`)});
      const catalogue = openCatalogue(${JSON.stringify(workspace)});
      const options = { cwd: '/', who: 'test', when: ${JSON.stringify(WHEN)} };
      const outcomes = await importFiles(catalogue, [${JSON.stringify(pictures)}], options);
      console.log(JSON.stringify(outcomes.map((o) => o.reason ?? o.outcome)));`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const runs = await Promise.all([run(), run(), run()]);
    const outcomes = runs.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(outcomes.filter((outcome) => outcome === 'imported')).toHaveLength(12);
    expect(outcomes.filter((outcome) => outcome === 'already there')).toHaveLength(24);
    const catalogue = openCatalogue(workspace);
    const ids = catalogue.list().map(({ id }) => id);
    expect(ids).toEqual([
      '20220912034858',
      ...Array.from({ length: 11 }, (_, i) => `20220912034858-${i + 2}`),
    ]);
    const again = await importInto(catalogue, pictures);
    expect(again.every(({ outcome }) => outcome === 'already there')).toBe(true);
    catalogue.close();
  });
});
