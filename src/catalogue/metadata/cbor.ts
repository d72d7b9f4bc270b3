/** Deeper than any C2PA assertion; a file that nests deeper is not decoded. */
const MAX_DEPTH = 64;
const INDEFINITE = 31;
const BREAK = 0xff;

/**
 * Decodes one CBOR item (RFC 8949). Tags are dropped; byte strings come as Buffers, maps as objects.
 * @throws RangeError where the bytes end too soon or are no CBOR
 */
export function decodeCbor(bytes: Buffer): unknown {
  let at = 0;

  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError('CBOR ends too soon');
    at += length;
    return bytes.subarray(at - length, at);
  };

  /** The number after the initial byte (RFC 8949, 3); `null` for an indefinite length. */
  const argument = (info: number): number | null => {
    if (info < 24) return info;
    if (info === 24) return take(1).readUInt8();
    if (info === 25) return take(2).readUInt16BE();
    if (info === 26) return take(4).readUInt32BE();
    if (info === 27) return Number(take(8).readBigUInt64BE());
    if (info === INDEFINITE) return null;
    throw new RangeError(`CBOR has no additional information ${info}`);
  };

  /** Items up to a count or, where there is none, up to the break. */
  const items = (length: number | null, depth: number): unknown[] => {
    const list: unknown[] = [];
    while (length === null ? bytes[at] !== BREAK : list.length < length) list.push(item(depth));
    if (length === null) at += 1;
    return list;
  };

  const float = (info: number): number => {
    if (info === 26) return take(4).readFloatBE();
    if (info === 27) return take(8).readDoubleBE();
    const half = take(2).readUInt16BE();
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    const size =
      exponent === 0
        ? fraction * 2 ** -24
        : exponent === 31
          ? fraction
            ? Number.NaN
            : Number.POSITIVE_INFINITY
          : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return half & 0x8000 ? -size : size;
  };

  const item = (depth: number): unknown => {
    if (depth > MAX_DEPTH) throw new RangeError('CBOR is nested too deep');
    const initial = take(1).readUInt8();
    const info = initial & 31;
    switch (initial >> 5) {
      case 0:
        return argument(info);
      case 1:
        return -1 - argument(info)!;
      case 2:
      case 3: {
        const length = argument(info);
        const text = initial >> 5 === 3;
        if (length !== null) return text ? take(length).toString('utf8') : take(length);
        const parts = items(null, depth + 1);
        return text ? parts.join('') : Buffer.concat(parts as Buffer[]);
      }
      case 4:
        return items(argument(info), depth + 1);
      case 5: {
        const length = argument(info);
        const flat = items(length === null ? null : length * 2, depth + 1);
        const pairs = Array.from({ length: flat.length / 2 }, (_, i) => [
          String(flat[2 * i]),
          flat[2 * i + 1],
        ]);
        return Object.fromEntries(pairs);
      }
      case 6:
        argument(info);
        return item(depth + 1);
      default:
        if (info === 20 || info === 21) return info === 21;
        if (info >= 25 && info <= 27) return float(info);
        if (info === 24) take(1);
        return null;
    }
  };

  return item(0);
}
