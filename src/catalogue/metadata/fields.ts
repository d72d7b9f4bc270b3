import * as z from 'zod';

/*
 * Fields of a generator's JSON. One that is missing or of another kind is null and does not spoil the others:
 * dialects change from version to version.
 */
export const text = z.string().nullable().catch(null);
export const amount = z.number().nullable().catch(null);
export const count = z.int().positive().nullable().catch(null);
export const seed = z
  .union([z.int(), z.string().regex(/^-?\d+$/)])
  .transform(String)
  .nullable()
  .catch(null);

/** Strings, numbers and the words that Python writes although JSON does not know them. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?\b(?:NaN|Infinity)\b/gs;

/**
 * Parses JSON as generators write it: whole numbers that a `number` cannot hold (seeds) come as strings of
 * their digits, Python's NaN and Infinity as null.
 * @returns `undefined` where the text is not JSON
 */
export function parseJson(json: string): unknown {
  const mended = json.replace(TOKENS, (token) => {
    if (/^-?[NI]/.test(token)) return 'null';
    return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
  });
  try {
    return JSON.parse(mended);
  } catch {
    return undefined;
  }
}

/** Parses JSON and reads an object's fields; `null` where it is no such object. */
export function parseFields<T>(json: string | undefined, schema: z.ZodType<T>): T | null {
  if (json === undefined) return null;
  const parsed = schema.safeParse(parseJson(json));
  return parsed.success ? parsed.data : null;
}
