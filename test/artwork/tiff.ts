export interface FlatCmyk {
  readonly width: number;
  readonly height: number;
  readonly bits: 8 | 16;
  /** Inks 0…255, and then alpha where there is one. */
  readonly pixel: readonly number[];
  readonly icc?: Buffer;
}

/** Types of a TIFF's fields (TIFF 6.0, section 2). */
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/**
 * A TIFF of one CMYK colour, uncompressed, in one strip. sharp itself writes CMYK with 8 bits and without alpha only.
 */
export function cmykTiff({ width, height, bits, pixel, icc }: FlatCmyk): Buffer {
  const samples = Buffer.alloc((pixel.length * bits) / 8);
  for (const [i, value] of pixel.entries()) {
    if (bits === 8) samples.writeUInt8(value, i);
    else samples.writeUInt16LE(value * 257, i * 2);
  }
  const strip = Buffer.alloc(width * height * samples.length, samples);
  const shorts = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer);
  const long = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
  const fields = (stripAt: number): [tag: number, type: number, value: Buffer][] => [
    [256, SHORT, shorts(width)],
    [257, SHORT, shorts(height)],
    [258, SHORT, shorts(...pixel.map(() => bits))],
    [259, SHORT, shorts(1)],
    // PhotometricInterpretation: separated.
    [262, SHORT, shorts(5)],
    [273, LONG, long(stripAt)],
    [277, SHORT, shorts(pixel.length)],
    [278, SHORT, shorts(height)],
    [279, LONG, long(strip.length)],
    // ExtraSamples: alpha that the colours are not multiplied with.
    ...(pixel.length > 4 ? [[338, SHORT, shorts(2)] as [number, number, Buffer]] : []),
    ...(icc ? [[34675, UNDEFINED, icc] as [number, number, Buffer]] : []),
  ];
  const directory = (stripAt: number): Buffer => {
    const entries = fields(stripAt);
    const beyondAt = 8 + 2 + 12 * entries.length + 4;
    const head = Buffer.alloc(beyondAt);
    head.write('II*\0', 'latin1');
    head.writeUInt32LE(8, 4);
    head.writeUInt16LE(entries.length, 8);
    let beyond = Buffer.alloc(0);
    for (const [i, [tag, type, value]] of entries.entries()) {
      const at = 10 + 12 * i;
      head.writeUInt16LE(tag, at);
      head.writeUInt16LE(type, at + 2);
      head.writeUInt32LE(value.length / { [SHORT]: 2, [LONG]: 4, [UNDEFINED]: 1 }[type]!, at + 4);
      if (value.length <= 4) value.copy(head, at + 8);
      else {
        head.writeUInt32LE(beyondAt + beyond.length, at + 8);
        beyond = Buffer.concat([beyond, value, Buffer.alloc(value.length % 2)]);
      }
    }
    return Buffer.concat([head, beyond]);
  };
  // Its length does not depend on where the strip is.
  return Buffer.concat([directory(directory(0).length), strip]);
}
