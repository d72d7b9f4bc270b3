import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { preflight } from '../../src/preflight/preflight.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { seeded } from '../../src/random.ts';
import { onePage } from './pdf-builder.ts';

const SIDE = 64;
const GREY = '/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray';

/** A page that draws a picture twice. */
const page = (dict: string, data: Uint8Array): Uint8Array =>
  onePage('q 50 0 0 50 10 10 cm /Im Do Q q 50 0 0 50 90 10 cm /Im Do Q', '/XObject << /Im 100 0 R >>', {
    objects: {
      100: {
        dict: `${GREY} ${dict.includes('/Width') ? dict : `/Width ${SIDE} /Height ${SIDE} ${dict}`}`,
        data,
      },
    },
  });

const found = async (file: Uint8Array) => {
  const report = await preflight(file, { profile: profileNamed('x4') });
  return {
    messages: report.findings.filter(({ rule }) => rule === 'RD-READ').map(({ message }) => message),
    unjudged: report.unjudged.map(({ what }) => what),
  };
};

const pixels = new Uint8Array(SIDE * SIDE);
let jpeg: Buffer;
beforeAll(async () => {
  const random = seeded(1);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.floor(random.next() * 256);
  jpeg = await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .jpeg()
    .toBuffer();
});

describe('a picture whose data is damaged is said, once', () => {
  test('whole ones are fine', async () => {
    expect(await found(page('/Filter /FlateDecode', deflateSync(pixels)))).toEqual({
      messages: [],
      unjudged: [],
    });
    expect((await found(page('/Filter /DCTDecode', jpeg))).messages).toEqual([]);
    // Some programs leave bytes behind the last row, or behind the end of a JPEG.
    const longer = deflateSync(Buffer.concat([pixels, Buffer.alloc(200)]));
    expect((await found(page('/Filter /FlateDecode', longer))).messages).toEqual([]);
    expect(
      (await found(page('/Filter /DCTDecode', Buffer.concat([jpeg, Buffer.alloc(9)])))).messages,
    ).toEqual([]);
  });

  test('Flate broken in its middle', async () => {
    const broken = Uint8Array.from(deflateSync(pixels));
    broken.fill(0xff, broken.length / 2, broken.length / 2 + 40);
    expect((await found(page('/Filter /FlateDecode', broken))).messages).toEqual([
      'A picture of 64 × 64 px has damaged Flate data',
    ]);
  });

  test('rows that are missing', async () => {
    const short = deflateSync(pixels.subarray(0, SIDE * (SIDE - 3)));
    expect((await found(page('/Filter /FlateDecode', short))).messages).toEqual([
      'A picture of 64 × 64 px ends before its last row',
    ]);
  });

  test('a JPEG that was cut off', async () => {
    const cut = jpeg.subarray(0, jpeg.length - 300);
    expect((await found(page('/Filter /DCTDecode', cut))).messages).toEqual([
      'A picture of 64 × 64 px has JPEG data without an end',
    ]);
  });

  test('what is too large to be unpacked is not judged, and that is said', async () => {
    const dict = '/Width 99999 /Height 9999 /Filter /FlateDecode';
    const { messages, unjudged } = await found(page(dict, deflateSync(pixels)));
    expect(messages).toEqual([]);
    expect(unjudged).toContain('whether the pixels of one picture are whole');
  });
});
