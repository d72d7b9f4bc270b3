import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { registryOptions } from '../../src/models/npm-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'printcat-npmrc-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const prefix = join(folder, 'prefix');
const cwd = join(folder, 'work');
const userConfig = join(folder, 'user-npmrc');
await mkdir(join(prefix, 'etc'), { recursive: true });
await mkdir(cwd);
await writeFile(
  join(prefix, 'etc', 'npmrc'),
  'registry = http://global.test/\nproxy=http://proxy.test:8080\n',
);
await writeFile(
  userConfig,
  [
    '; a comment = no setting',
    '# another=one',
    'registry=http://user.test/npm/',
    `//user.test/npm/:_authToken=\${TOKEN}`,
    'strict-ssl=false',
    'https-proxy="http://secure.test"',
    'save-exact=true',
  ].join('\r\n'),
);
const env = { PREFIX: prefix, NPM_CONFIG_USERCONFIG: userConfig, TOKEN: 'secret' };

test("the user's .npmrc goes over the global one, tokens come from the environment", async () => {
  expect(await registryOptions(env, cwd)).toEqual({
    registry: 'http://user.test/npm/',
    proxy: 'http://proxy.test:8080',
    '//user.test/npm/:_authToken': 'secret',
    strictSSL: false,
    httpsProxy: 'http://secure.test',
  });
});

test("the folder's .npmrc goes over the user's, the environment over all", async () => {
  await writeFile(join(cwd, '.npmrc'), 'registry=http://folder.test/');
  expect((await registryOptions(env, cwd)).registry).toBe('http://folder.test/');
  const run = { ...env, npm_config_registry: 'http://run.test/', npm_config_strict_ssl: 'true' };
  expect(await registryOptions(run, cwd)).toMatchObject({ registry: 'http://run.test/', strictSSL: true });
});

test('without any there is nothing to say', async () => {
  const bare = { PREFIX: join(folder, 'none'), NPM_CONFIG_USERCONFIG: join(folder, 'none') };
  expect(await registryOptions(bare, folder)).toEqual({});
});
