import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll } from 'vitest';
import type { ArtworkWish, Picture } from '../../src/artwork/artwork.ts';
import { type Lab, toLab } from '../../src/artwork/lab.ts';
import type { Patch } from '../../src/artwork/raster.ts';
import { hashFile } from '../../src/files.ts';
import { sameEdges } from '../../src/units.ts';

/** A folder for this test file, removed after it. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'printcat-artwork-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A whole picture from a function of the place. */
export function paint(
  width: number,
  height: number,
  channels: 1 | 3 | 4,
  colour: (x: number, y: number) => readonly number[],
): Patch {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * channels);
  }
  return { data, channels, left: 0, top: 0, width, height, bounds: { width, height } };
}

/** Soft and hard shapes in strong colours on a gradient: something for every part of the pipeline to spoil. */
export const still = (width: number, height: number): Patch =>
  paint(width, height, 3, (x, y) => {
    const u = x / width;
    const v = y / height;
    if (Math.hypot(u - 0.6, v - 0.4) < 0.2) return [220, 90 + 60 * v, 40];
    if (Math.abs(u - v) < 0.02) return [20, 30, 60];
    const wave = 20 * Math.sin(u * 60) * Math.cos(v * 45);
    return [60 + 120 * u + wave, 110 + 60 * v + wave, 170 - 60 * u + wave];
  });

export const png = ({ data, width, height, channels }: Patch): Sharp =>
  sharp(data, { raw: { width, height, channels } }).png();

export async function pictureAt(path: string): Promise<Picture> {
  return { path, sha256: await hashFile(path) };
}

/** A wish for a box of `width` × `height` px at 254 ppi (10 px a mm), with 3 mm (30 px) of it bleed. */
export const wishFor = (
  picture: Picture,
  width: number,
  height: number,
  changes: Partial<ArtworkWish> = {},
): ArtworkWish => ({
  picture,
  size: { width: width / 10, height: height / 10 },
  bleed: sameEdges(3),
  ppi: 254,
  bleedFill: 'scale',
  upscaler: 'lanczos',
  ...changes,
});

/** The pixels of a file as they are stored, not converted. */
export async function rawPixels(path: string): Promise<Patch> {
  const { data, info } = await sharp(path, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = info.channels as 1 | 3 | 4;
  return { data, channels, left: 0, top: 0, width, height, bounds: { width, height } };
}

export const pixel = ({ data, width, channels }: Patch, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
];

/** L*a*b* of the mean colour. */
export function meanLab({ data, channels }: Patch): Lab {
  const sum = [0, 0, 0];
  for (let i = 0; i < data.length; i += channels) for (let c = 0; c < 3; c++) sum[c]! += data[i + c]!;
  const [r = 0, g = 0, b = 0] = sum.map((s) => (s / data.length) * channels);
  return toLab([r, g, b]);
}
