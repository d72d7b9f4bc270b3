import type { ColourFamily } from '../model.ts';

/** Enumerated colour spaces of JPEG 2000 (ISO 15444-1, table I.10; ISO 15444-2, table M.25) that have a like in PDF. */
const ENUMERATED: Readonly<Record<number, JpxSpace>> = {
  12: { family: 'DeviceCMYK', components: 4 },
  14: { family: 'Lab', components: 3 },
  // sRGB and its YCC are known to every reader as by a profile.
  16: { family: 'ICCBased', components: 3 },
  17: { family: 'DeviceGray', components: 1 },
  18: { family: 'ICCBased', components: 3 },
};
/** By the data colour space in an ICC profile's head (ICC.1, 7.2). */
const PROFILED: Readonly<Record<string, number>> = { GRAY: 1, 'RGB ': 3, CMYK: 4, 'Lab ': 3 };
/** Boxes before the one that tells the space. */
const MAX_BOXES = 100;

export interface JpxSpace {
  readonly family: ColourFamily;
  readonly components: number;
}

/** The colour space that JPEG 2000 data itself names; `null` where it names none, as bare codestreams do. */
export function jpxSpace(data: Uint8Array): JpxSpace | null {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0, boxes = 0; at + 8 <= bytes.length && boxes < MAX_BOXES; boxes++) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'colr' && at + 15 <= bytes.length) return colour(bytes.subarray(at + 8));
    // The header's boxes stand in the box jp2h.
    if (type === 'jp2h') at += 8;
    else if (length < 8 || type === 'jp2c') return null;
    else at += length;
  }
  return null;
}

/** METH, PREC, APPROX, then the number of a space or a profile (ISO 15444-1, I.5.3.3). */
function colour(box: Buffer): JpxSpace | null {
  if (box[0] === 1) return ENUMERATED[box.readUInt32BE(3)] ?? null;
  const components = PROFILED[box.toString('latin1', 19, 23)];
  return components === undefined ? null : { family: 'ICCBased', components };
}
