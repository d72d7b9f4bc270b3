import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the registry client is told, by the names that npm's own libraries give the settings. */
export type RegistryOptions = Record<string, string | boolean>;

/** The settings of `.npmrc` that concern how a registry is reached. */
const NAMES = new Map([
  ['registry', 'registry'],
  ['proxy', 'proxy'],
  ['https-proxy', 'httpsProxy'],
  ['noproxy', 'noProxy'],
  ['strict-ssl', 'strictSSL'],
]);

const value = (text: string): string | boolean =>
  text === 'true' ? true : text === 'false' ? false : text.replace(/^(["'])(.*)\1$/, '$2');

/** Reads the lines `name = value` of an `.npmrc`, `${NAME}` taken from the environment as npm does. */
function parse(text: string, env: NodeJS.ProcessEnv): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (match) {
      const filled = match[2]!.replace(/\$\{(\w+)\}/g, (whole, name: string) => env[name] ?? whole);
      settings.set(match[1]!, filled);
    }
  }
  return settings;
}

/**
 * How the user has npm reach the registry: the global, the user's and the folder's `.npmrc` and the environment
 * (`npm_config_registry`), the later over the earlier, as in npm's documentation of `npmrc`.
 */
export async function registryOptions(env: NodeJS.ProcessEnv, cwd: string): Promise<RegistryOptions> {
  const prefix = env.npm_config_prefix ?? env.PREFIX ?? dirname(dirname(process.execPath));
  const files = [
    env.npm_config_globalconfig ?? join(prefix, 'etc', 'npmrc'),
    env.npm_config_userconfig ?? env.NPM_CONFIG_USERCONFIG ?? join(homedir(), '.npmrc'),
    join(cwd, '.npmrc'),
  ];
  const options: RegistryOptions = {};
  const take = (name: string, text: string) => {
    // What belongs to one registry, such as a token, is named after its address.
    const known = name.startsWith('//') ? name : NAMES.get(name);
    if (known && text) options[known] = value(text);
  };
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const [name, setting] of parse(text, env)) take(name, setting);
  }
  for (const [name, setting] of Object.entries(env)) {
    const match = /^npm_config_(.+)$/i.exec(name);
    if (match) take(match[1]!.toLowerCase().replaceAll('_', '-'), setting ?? '');
  }
  return options;
}
