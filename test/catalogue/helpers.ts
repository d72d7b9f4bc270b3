import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { onTestFinished } from 'vitest';
import { type Catalogue, openCatalogue } from '../../src/catalogue/catalogue.ts';
import type { ImageRecord } from '../../src/catalogue/image.ts';
import { type ImportOutcome, importFiles } from '../../src/catalogue/import.ts';
import { initWorkspace } from '../../src/catalogue/workspace.ts';

/** The real generators' files beside the repository; absent in a bare clone. */
export const SAMPLES = fileURLToPath(new URL('../../../shared/samples', import.meta.url));
export const noSamples = !existsSync(SAMPLES);
if (noSamples) console.warn(`Skipped: tests on real generators' files, because ${SAMPLES} is absent`);

export const WHEN = '2026-01-02T03:04:05.000Z';

/** A new folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A new workspace with its catalogue, and a folder beside it for the files to import. */
export async function temporaryWorkspace(): Promise<{
  catalogue: Catalogue;
  workspace: string;
  folder: string;
}> {
  const folder = await temporaryFolder();
  const { workspace } = await initWorkspace(join(folder, 'workspace'));
  const catalogue = openCatalogue(workspace);
  onTestFinished(() => catalogue.close());
  return { catalogue, workspace, folder };
}

export const importInto = (catalogue: Catalogue, ...paths: string[]): Promise<ImportOutcome[]> =>
  importFiles(catalogue, paths, { cwd: '/', who: 'test', when: WHEN });

/** Imports one file that must be taken. */
export async function importOne(catalogue: Catalogue, path: string): Promise<ImageRecord> {
  const [entry] = await importInto(catalogue, path);
  if (entry?.outcome !== 'imported') throw new Error(JSON.stringify(entry));
  return entry.image;
}

/** Writes a file into a folder and gives its path. */
export async function file(folder: string, name: string, bytes: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** A picture of one colour; different colours are different pictures. */
export const plainPicture = (background = '#c40', width = 64, height = 48): Sharp =>
  sharp({ create: { width, height, channels: 3, background } });

/** A picture of noise, which no format compresses to nothing: cutting its file cuts its pixels. */
export function noisePicture(size = 256): Sharp {
  const pixels = Buffer.alloc(size * size * 3);
  let state = 1;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    pixels[i] = state >>> 16;
  }
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } });
}

/** A PNG chunk: length, type, data, CRC. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

const AFTER_IHDR = 33;

/** Puts chunks into a PNG, after its header. */
export const withChunks = (png: Buffer, ...chunks: Buffer[]): Buffer =>
  Buffer.concat([png.subarray(0, AFTER_IHDR), ...chunks, png.subarray(AFTER_IHDR)]);

/** An uncompressed iTXt chunk, UTF-8. */
export const textChunk = (keyword: string, text: string): Buffer =>
  pngChunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`));

/** A PNG with these text chunks. */
export const pngWithText = async (texts: Record<string, string>): Promise<Buffer> =>
  withChunks(
    await plainPicture().png().toBuffer(),
    ...Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text)),
  );
