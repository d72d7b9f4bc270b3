import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findBrowser } from '../browser/find.ts';
import { byHand, thisSystem } from '../browser/system.ts';
import { cacheFolder } from '../cache.ts';
import { PrintcatError } from '../errors.ts';
import { packagePath } from '../paths.ts';
import { findOnPath } from './path.ts';
import { runProgram } from './run.ts';

/** Something that printcat uses of the machine. */
export interface Check {
  readonly name: string;
  /** `needed`: nothing can be made without it; `better`: it can; `developer`: only the tests use it. */
  readonly use: 'needed' | 'better' | 'developer';
  /**
   * Loads or runs the thing itself.
   * @returns its version and whatever else tells one from another
   * @throws where it is missing or does not work
   */
  look(env: NodeJS.ProcessEnv): Promise<string>;
  /** What to do where it is missing. */
  readonly todo: string;
}

/** What a look at one thing brought. */
export interface Finding {
  readonly name: string;
  readonly use: Check['use'];
  readonly ok: boolean;
  /** What was found, or why not. */
  readonly text: string;
  readonly todo?: string;
}

const REINSTALL = 'Install printcat again: npm ci in its folder, or npm install printcat.';

const require = createRequire(import.meta.url);
const manifestOf = async (
  path: string,
): Promise<{ version: string; dependencies?: Record<string, string> }> =>
  JSON.parse(await readFile(path, 'utf8'));
const packageVersion = async (name: string): Promise<string> =>
  (await manifestOf(require.resolve(`${name}/package.json`))).version;

/** The oldest Node.js that printcat runs on, as package.json's `engines` says. */
const OLDEST_NODE = [20, 19] as const;

async function node(): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new Error(`${process.versions.node} is older than ${OLDEST_NODE.join('.')}`);
  }
  return process.versions.node;
}

async function browser(env: NodeJS.ProcessEnv): Promise<string> {
  const found = await findBrowser({ env });
  if (!found) throw new Error('no Chrome, Chromium or Edge found');
  return `${found.name} ${found.version}: ${found.path} (${found.from})`;
}

async function pictures(): Promise<string> {
  const { default: sharp } = await import('sharp');
  return `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`;
}

async function database(): Promise<string> {
  const { default: Database } = await import('libsql');
  const db = new Database(':memory:');
  try {
    const row = db.prepare('select sqlite_version() as version').get() as { version: string };
    return `SQLite ${row.version} (libsql)`;
  } finally {
    db.close();
  }
}

async function colourEngine(): Promise<string> {
  const { IccProfile } = await import('../colour/lcms.ts');
  await IccProfile.srgb();
  return `LittleCMS (lcms-wasm ${await packageVersion('lcms-wasm')})`;
}

async function pressProfiles(): Promise<string> {
  const { IccProfile } = await import('../colour/lcms.ts');
  const folder = packagePath('assets', 'icc');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.icc')).sort();
  if (files.length === 0) throw new Error(`none in ${folder}`);
  const names = [];
  for (const file of files) {
    const { space, description } = await IccProfile.fromBytes(await readFile(join(folder, file)), file);
    names.push(`${description} (${space.trim()})`);
  }
  return names.join(', ');
}

/** The font packages are those that printcat's own package.json depends on. */
async function fonts(): Promise<string> {
  const { dependencies = {} } = await manifestOf(packagePath('package.json'));
  const names = Object.keys(dependencies).filter((name) => name.startsWith('@fontsource/'));
  const found = names.map(
    async (name) => `${name.replace('@fontsource/', '')} ${await packageVersion(name)}`,
  );
  return (await Promise.all(found)).join(', ');
}

async function neuralRuntime(): Promise<string> {
  const { env } = await import('onnxruntime-node');
  return env.versions.node ?? env.versions.common;
}

/** The default upscaler's; the others' are told where they are there too. */
async function weights(env: NodeJS.ProcessEnv): Promise<string> {
  const { MODELS } = await import('../models/catalogue.ts');
  const { modelState } = await import('../models/store.ts');
  const folder = cacheFolder(env, 'models');
  const state = await modelState(MODELS.upconv_7, folder);
  if (state !== 'present') throw new Error(`${MODELS.upconv_7.name} ${state}`);
  const others = Object.values(MODELS).filter((model) => model !== MODELS.upconv_7);
  const states = others.map(async (model) => `${model.name} ${await modelState(model, folder)}`);
  return [`${MODELS.upconv_7.name} ${state}`, ...(await Promise.all(states))].join(', ');
}

async function cache(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = cacheFolder(env);
  const size = await folderSize(folder);
  return size === null ? `${folder}, still empty` : `${folder}, ${(size / 1e6).toFixed(1)} MB`;
}

/** Bytes in all files below a folder; `null` where there is no such folder. */
export async function folderSize(folder: string): Promise<number | null> {
  let entries: Awaited<ReturnType<typeof list>>;
  try {
    entries = await list(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let bytes = 0;
  for (const entry of entries) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}
const list = (folder: string) => readdir(folder, { recursive: true, withFileTypes: true });

/** A program that the tests let judge a PDF. */
const judge = (name: string, program: string, ...args: string[]): Check => ({
  name,
  use: 'developer',
  todo: 'Only printcat’s own tests use it: node test/setup/judges.mjs installs it.',
  async look(env) {
    const path = findOnPath(program, env);
    if (!path) throw new Error(`no ${program} on the PATH`);
    const { stdout, stderr } = await runProgram(path, args, { env });
    return /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? 'unknown version';
  },
});

/** All that printcat uses, what it cannot do without first. */
export const checks: readonly Check[] = [
  { name: 'Node.js', use: 'needed', look: node, todo: `Install Node.js ${OLDEST_NODE.join('.')} or newer.` },
  {
    name: 'Browser',
    use: 'needed',
    look: browser,
    todo: `printcat setup installs one where it can. Or by hand: ${byHand(thisSystem())}`,
  },
  { name: 'Pictures', use: 'needed', look: pictures, todo: REINSTALL },
  { name: 'Catalogue', use: 'needed', look: database, todo: REINSTALL },
  { name: 'Colour', use: 'needed', look: colourEngine, todo: REINSTALL },
  { name: 'ICC profiles', use: 'needed', look: pressProfiles, todo: REINSTALL },
  { name: 'Fonts', use: 'needed', look: fonts, todo: REINSTALL },
  {
    name: 'ONNX Runtime',
    use: 'better',
    look: neuralRuntime,
    todo: `Pictures are enlarged by Lanczos without it. ${REINSTALL}`,
  },
  {
    name: 'Weights',
    use: 'better',
    look: weights,
    todo: 'printcat setup fetches them; until then pictures are enlarged by Lanczos.',
  },
  { name: 'Cache', use: 'better', look: cache, todo: 'Name a folder of yours in PRINTCAT_CACHE.' },
  judge('Ghostscript', 'gs', '--version'),
  judge('poppler', 'pdftoppm', '-v'),
  judge('qpdf', 'qpdf', '--version'),
  judge('MuPDF', 'mutool', '-v'),
];

/** Looks at one thing; whatever is wrong with it becomes a finding. */
export async function look(check: Check, env: NodeJS.ProcessEnv): Promise<Finding> {
  const { name, use } = check;
  try {
    return { name, use, ok: true, text: await check.look(env) };
  } catch (error) {
    const text = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    const todo = (error instanceof PrintcatError && error.hint) || check.todo;
    return { name, use, ok: false, text, todo };
  }
}
