import * as z from 'zod';

/** What a delivered file is for. */
export const ROLES = [
  'print',
  'sheet',
  'white',
  'art',
  'cut',
  'list',
  'proof',
  'gamut',
  'report',
  'credits',
  'manifest',
] as const;
export type Role = (typeof ROLES)[number];

const hex = (digits: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `Expected ${digits} hexadecimal digits`);

/**
 * A path that stays in the folder of the manifest that lists it, with `/` between names: whoever reads a manifest of
 * somebody else opens nothing besides.
 */
export const nearPath = z
  .string()
  .regex(/^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:]+$/, 'Expected a path within the folder, such as cover.pdf');

/** A delivered file, as a manifest lists it. */
export const fileEntry = z.strictObject({
  role: z.enum(ROLES),
  path: nearPath.describe("From the manifest's own folder"),
  bytes: z.int().min(0),
  md5: hex(32).describe('Hexadecimal; several providers ask for it'),
  sha256: hex(64).describe('Hexadecimal'),
  pages: z.int().min(1).nullable().describe('Of a PDF; 1 for a picture; null for what has none'),
});
export type FileEntry = Readonly<z.output<typeof fileEntry>>;
