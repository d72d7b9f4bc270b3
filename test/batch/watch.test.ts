import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IMAGES } from '../make/fixtures.ts';
import { batchWorkspace } from './workspace.ts';

const CLI = fileURLToPath(new URL('../../dist/bin/printcat.js', import.meta.url));

let workspace: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ workspace, remove } = await batchWorkspace());
});
afterAll(() => remove?.());

test('--watch makes what changes, and a broken template is a line', async () => {
  const file = join(workspace, 'orders.yaml');
  const order = (product: string, more = '') =>
    `- { product: ${product}, image: ${IMAGES[0]}, upscaler: lanczos, ppi: 150, template: plain${more} }\n`;
  await writeFile(file, order('tag') + order('slip'));
  const child = spawn(process.execPath, [CLI, 'batch', 'orders.yaml', '--watch'], {
    cwd: workspace,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let seen = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      seen += data;
    });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  /** Waits for a text and forgets what came up to it. */
  const until = async (text: RegExp) => {
    for (let waited = 0; ; waited++) {
      const match = text.exec(seen);
      if (match) {
        seen = seen.slice(match.index + match[0].length);
        return;
      }
      if (waited > 400) throw new Error(`${text} did not come: ${seen}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  try {
    await until(/2 made /);
    await until(/Watching/);
    await writeFile(file, order('tag') + order('slip') + order('label'));
    await until(/orders\.yaml\n1 made .*2 unchanged/);
    const manifest = join(workspace, 'templates', 'plain', 'template.json');
    const whole = await readFile(manifest, 'utf8');
    await writeFile(manifest, whole.slice(0, -5));
    await until(/error: .*template\.json is not valid/);
    await writeFile(manifest, whole);
    await until(/0 made, 3 unchanged/);
    const css = join(workspace, 'templates', 'plain', 'style.css');
    await writeFile(css, (await readFile(css, 'utf8')).replace('7pt', '6pt'));
    await until(/templates\/plain\/style\.css\n3 made /);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  } finally {
    child.kill('SIGKILL');
  }
}, 120_000);
