import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { CACHE_GIGABYTES } from '../cache-limit.ts';
import { messageOf, PrintcatError } from '../errors.ts';
import { writeWhole } from '../files.ts';

const CONFIG_FILE = 'printcat.json';
const CONFIG_VERSION = 1;

const plainDefault = z.union([z.string(), z.number(), z.boolean()]);

const configSchema = z.strictObject({
  version: z.literal(CONFIG_VERSION),
  /** Who releases and rejects here, where neither `--as` nor PRINTCAT_USER says so. */
  user: z.string().min(1).optional(),
  /** Defaults of orders by option name, and those of one product under its name. */
  defaults: z.record(z.string(), z.union([plainDefault, z.record(z.string(), plainDefault)])).default({}),
  /** What PDFs are held against here, and the rules that are switched off by name. */
  preflight: z
    .strictObject({ rules: z.string().optional(), without: z.array(z.string()).default([]) })
    .optional(),
  /** Size that the cache is kept within by runs of many orders, GB. */
  cacheGigabytes: z.number().positive().default(CACHE_GIGABYTES),
});
export type WorkspaceConfig = z.output<typeof configSchema>;

/** The places of a workspace. All follow from its folder, so that the folder can be moved. */
export const workspacePaths = (workspace: string) => ({
  config: join(workspace, CONFIG_FILE),
  database: join(workspace, '.printcat', 'catalogue.db'),
  originals: join(workspace, '.printcat', 'originals'),
  cache: join(workspace, '.printcat', 'cache'),
  output: join(workspace, 'output'),
});

/**
 * The workspace that `dir` lies in: itself, or the nearest folder above it that has a `printcat.json`.
 * @throws PrintcatError where there is none
 */
export function findWorkspace(dir: string): string {
  const start = resolve(dir);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG_FILE))) return folder;
    if (dirname(folder) === folder) {
      throw new PrintcatError(`Expected a workspace in ${start} or above it but found no ${CONFIG_FILE}`, {
        hint: 'printcat init makes this folder a workspace.',
      });
    }
  }
}

/**
 * The workspace that a command works in.
 * @param cwd the folder that the command is run in
 * @param given `--workspace`: this very folder, not one above it
 */
export function chooseWorkspace(cwd: string, given: string | undefined): string {
  if (given === undefined) return findWorkspace(cwd);
  const folder = resolve(cwd, given);
  if (existsSync(join(folder, CONFIG_FILE))) return folder;
  throw new PrintcatError(`Expected a workspace for --workspace but ${folder} has no ${CONFIG_FILE}`, {
    hint: `printcat init ${given} makes it one.`,
  });
}

/**
 * The workspace that a command may look into, where there is one.
 * @throws PrintcatError where one was asked for that is none
 */
export function workspaceIfAny(cwd: string, given: string | undefined): string | undefined {
  try {
    return chooseWorkspace(cwd, given);
  } catch (error) {
    if (given === undefined && error instanceof PrintcatError) return undefined;
    throw error;
  }
}

/**
 * Makes a folder a workspace; what is already there stays as it is.
 * @returns the workspace's folder and whether it is new
 */
export async function initWorkspace(dir: string): Promise<{ workspace: string; created: boolean }> {
  const workspace = resolve(dir);
  const paths = workspacePaths(workspace);
  const created = !existsSync(paths.config);
  try {
    for (const folder of [paths.originals, paths.cache, paths.output]) {
      await mkdir(folder, { recursive: true });
    }
    if (created) {
      const config: z.input<typeof configSchema> = { version: CONFIG_VERSION, defaults: {} };
      await writeWhole(paths.config, (path) => writeFile(path, `${JSON.stringify(config, null, 2)}\n`));
    }
  } catch (error) {
    throw new PrintcatError(`Could not make a workspace in ${workspace}: ${messageOf(error)}`, {
      hint: 'Name a folder that you may write to.',
      cause: error,
    });
  }
  return { workspace, created };
}

/**
 * Reads a workspace's `printcat.json`.
 * @throws PrintcatError naming the field that cannot be used
 */
export async function readConfig(workspace: string): Promise<WorkspaceConfig> {
  const path = workspacePaths(workspace).config;
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new PrintcatError(`Could not read ${path}: ${messageOf(error)}`, { cause: error });
  }
  const parsed = configSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.') || 'the whole file';
  throw new PrintcatError(`Expected a valid ${field} in ${path}: ${issue.message}`, {
    hint: `This printcat reads version ${CONFIG_VERSION} of the file: { "version": ${CONFIG_VERSION}, "defaults": {} }`,
  });
}
