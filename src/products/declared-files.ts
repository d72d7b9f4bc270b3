import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, PrintcatError } from '../errors.ts';

const EXTENSION = '.json';

/** The names of the declarations in some folders, of which some may not be there. */
export const namesIn = (folders: readonly string[]): string[] =>
  [
    ...new Set(
      folders
        .filter((folder) => existsSync(folder))
        .flatMap((folder) => readdirSync(folder))
        .filter((file) => file.endsWith(EXTENSION))
        .map((file) => file.slice(0, -EXTENSION.length)),
    ),
  ].sort();

/** The file that declares a name: the one in the first folder that has it. */
export const fileOf = (folders: readonly string[], name: string): string | null =>
  folders.map((folder) => join(folder, `${name}${EXTENSION}`)).find((file) => existsSync(file)) ?? null;

/** @throws PrintcatError for a file that is no JSON object */
export function readJson(file: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return json as Record<string, unknown>;
  } catch (error) {
    throw new PrintcatError(`Expected JSON in ${file}: ${messageOf(error)}`, { cause: error });
  }
  throw new PrintcatError(`Expected a JSON object in ${file}`);
}

const parsed = new Map<string, unknown>();

/**
 * Reads a declaration, once as long as the file stays as it is.
 * @param extra what the file does not say of itself
 * @param change applied to its JSON before it is held against the schema
 * @throws PrintcatError with the file and the field that cannot be used
 */
export function readDeclared<S extends z.ZodType>(
  file: string,
  schema: S,
  extra: object,
  change: (json: Record<string, unknown>) => object = (json) => json,
): z.output<S> {
  const { mtimeMs, size } = statSync(file);
  const key = `${file} ${mtimeMs} ${size}`;
  const known = parsed.get(key);
  if (known !== undefined) return known as z.output<S>;
  try {
    const { $schema: _, ...json } = { ...change(readJson(file)), ...extra } as Record<string, unknown>;
    const result = schema.parse(json);
    parsed.set(key, result);
    return result;
  } catch (error) {
    if (error instanceof PrintcatError && error.message.includes(file)) throw error;
    throw new PrintcatError(`${file} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

/** The first thing that is wrong, with its place. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  const [issue] = error.issues;
  const place = issue!.path.join('.');
  return place ? `${place}: ${issue!.message}` : issue!.message;
}
