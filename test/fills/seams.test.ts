import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pc from 'picocolors';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { runCli } from '../../src/commands/parse.ts';
import { seams } from '../../src/commands/seams.ts';
import { PrintcatError } from '../../src/errors.ts';
import { paint, png } from '../artwork/pictures.ts';
import { importOne, temporaryWorkspace } from '../catalogue/helpers.ts';

const N = 96;
const wave = (t: number) => 128 + 90 * Math.sin((2 * Math.PI * t) / N);
const PICTURES = {
  '20220101000001': paint(N, N, 3, (x, y) => [wave(x), wave(y), 99]),
  '20220101000002': paint(N, N, 3, (x, y) => [wave(x), 40 + 2 * y, 99]),
  '20220101000003': paint(N, N, 3, (x, y) => [40 + 2 * x, 40 + 2 * y, 99]),
};
const IDS = Object.keys(PICTURES);

async function workspaceOfThree() {
  const { catalogue, workspace, folder } = await temporaryWorkspace();
  for (const [id, picture] of Object.entries(PICTURES)) {
    await png(picture).toFile(join(folder, `${id}.png`));
    await importOne(catalogue, join(folder, `${id}.png`));
  }
  return { workspace, catalogue };
}

async function printcat(cwd: string, line: string[]) {
  const out: string[] = [];
  const warned: string[] = [];
  const nothing = () => {};
  const terminal = {
    print: (text = '') => out.push(text),
    json: (value: unknown) => out.push(JSON.stringify(value)),
    warn: (text: string) => warned.push(text),
    ...{ note: nothing, progress: nothing, done: nothing, clear: nothing },
    ...{ colours: pc.createColors(false), interactive: false },
  };
  const signal = new AbortController().signal;
  const code = await runCli([seams], line, '0.0.0', { terminal, signal, cwd, env: {} });
  return { code, out: out.join('\n'), warned };
}

describe('printcat seams', () => {
  test('tells where the seams are', async () => {
    const { workspace } = await workspaceOfThree();
    const { code, out } = await printcat(workspace, ['seams', ...IDS]);
    expect(code).toBe(0);
    const [head, ...rows] = out.split('\n');
    expect(head).toMatch(/^image +left–right +top–bottom/);
    expect(rows[0]).toMatch(/^20220101000001 +[01]\.\d\d +[01]\.\d\d +cyclic: joins its own copies$/);
    expect(rows[1]).toMatch(/a seam between bottom and top, none between right and left$/);
    expect(rows[2]).toMatch(/seams both ways/);
    const json = JSON.parse((await printcat(workspace, ['seams', ...IDS, '--json'])).out);
    expect(json.map(({ cyclic }: { cyclic: boolean }) => cyclic)).toEqual([true, false, false]);
    expect(json[2]).toMatchObject({ id: IDS[2], across: expect.any(Number), made: null });
    expect(existsSync(join(workspace, 'output', `${IDS[2]}-cyclic.png`))).toBe(false);
  });

  test('--make writes a version that joins, a sixth smaller where it had a seam, and leaves the original', async () => {
    const { workspace, catalogue } = await workspaceOfThree();
    const original = catalogue.originalPath(catalogue.get(IDS[1]!)!);
    const before = await readFile(original);
    const { out } = await printcat(workspace, ['seams', ...IDS, '--make']);
    expect(out).toContain(join('output', `${IDS[1]}-cyclic.png`));
    expect(existsSync(join(workspace, 'output', `${IDS[0]}-cyclic.png`))).toBe(false);
    const made = await sharp(join(workspace, 'output', `${IDS[1]}-cyclic.png`)).metadata();
    expect([made.width, made.height, made.space, made.icc !== undefined]).toEqual([96, 80, 'srgb', true]);
    expect(await readFile(original)).toEqual(before);
    const [{ made: own }] = JSON.parse(
      (await printcat(workspace, ['seams', IDS[1]!, '--make', '--json', '--out', 'elsewhere'])).out,
    );
    expect(own).toMatchObject({
      widthPx: 96,
      heightPx: 80,
      path: join(workspace, 'elsewhere', `${IDS[1]}-cyclic.png`),
    });
    expect(own.down).toBeLessThan(2);
    expect((await printcat(workspace, ['seams', IDS[0]!, '--make'])).out).toMatch(/Nothing was written/);
  });

  test('an ID that is not there is refused before anything is written', async () => {
    const { workspace } = await workspaceOfThree();
    const work = printcat(workspace, ['seams', IDS[2]!, '20220101000009', '--make']);
    await expect(work).rejects.toThrow(PrintcatError);
    await expect(work).rejects.toThrow(/IDs? of the catalogue but received 20220101000009/);
    expect(existsSync(join(workspace, 'output', `${IDS[2]}-cyclic.png`))).toBe(false);
  });
});
