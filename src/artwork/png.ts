import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Raster } from './raster.ts';

/** Signature and IHDR come first, at a fixed length: 8 + 4 + 4 + 13 + 4 bytes. */
const AFTER_HEADER = 33;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/**
 * Encodes pixels as PNG, quickly rather than small, with the profile that their colours are in.
 * @param profile an ICC profile; without one the pixels are sRGB, and its profile is embedded
 */
export async function encodePng(raster: Raster, profile: Buffer | null): Promise<Buffer> {
  const { data, width, height, channels } = raster;
  const pixels = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const options = { compressionLevel: 1 };
  if (!profile) return pixels.withIccProfile('srgb').png(options).toBuffer();
  const png = await pixels.png(options).toBuffer();
  // sharp can only attach a profile by converting into it; these pixels are in it already (PNG, 11.3.2.3 iCCP).
  const named = Buffer.from('ICC profile\0\0', 'latin1');
  const iccp = chunk('iCCP', Buffer.concat([named, deflateSync(profile)]));
  return Buffer.concat([png.subarray(0, AFTER_HEADER), iccp, png.subarray(AFTER_HEADER)]);
}
