import { inflateRawSync, inflateSync, constants as zlib } from 'node:zlib';

/** Decoded bytes, and what was wrong on the way; bytes up to the damage are kept where they can be. */
export interface Decoded {
  readonly bytes: Uint8Array;
  readonly problem: string | null;
}

const fine = (bytes: Uint8Array): Decoded => ({ bytes, problem: null });

const tooLarge = (limit: number): string => `unpacks to more than ${Math.round(limit / 1e6)} MB`;

/** Flate, as zlib or without its head; data that ends early is taken as far as it goes. */
export function flate(bytes: Uint8Array, limit: number): Decoded {
  const options = { maxOutputLength: limit, finishFlush: zlib.Z_SYNC_FLUSH };
  try {
    return fine(inflateSync(bytes, options));
  } catch (error) {
    if (isBomb(error)) return { bytes: new Uint8Array(0), problem: tooLarge(limit) };
  }
  // A wrong checksum or a damaged head: the data itself has neither.
  for (const skip of [2, 0]) {
    try {
      return { bytes: inflateRawSync(bytes.subarray(skip), options), problem: 'has damaged Flate data' };
    } catch (error) {
      if (isBomb(error)) return { bytes: new Uint8Array(0), problem: tooLarge(limit) };
    }
  }
  return { bytes: new Uint8Array(0), problem: 'has damaged Flate data' };
}

const isBomb = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

/** A byte list that grows, up to a limit. */
class Output {
  #bytes: Uint8Array;
  length = 0;
  readonly #limit: number;

  constructor(expected: number, limit: number) {
    this.#bytes = new Uint8Array(Math.max(16, Math.min(expected, limit)));
    this.#limit = limit;
  }

  /** @returns whether there was room */
  push(byte: number): boolean {
    if (this.length >= this.#limit) return false;
    if (this.length === this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#limit, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.length++] = byte;
    return true;
  }

  at(index: number): number {
    return this.#bytes[index] ?? 0;
  }

  done(problem: string | null = null): Decoded {
    return { bytes: this.#bytes.subarray(0, this.length), problem };
  }
}

/** LZW (ISO 32000-1, 7.4.4); `early` is its EarlyChange. */
export function lzw(bytes: Uint8Array, limit: number, early: number): Decoded {
  const out = new Output(bytes.length * 4, limit);
  // A code's string is a stretch of the output: where the one before it was written, and one byte more.
  const starts = new Int32Array(4097);
  const lengths = new Int32Array(4097);
  let next = 258;
  let width = 9;
  let previous = -1;
  let previousStart = 0;
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (buffer >> bits) & ((1 << width) - 1);
    if (code === 257) return out.done();
    if (code === 256) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    const start = out.length;
    if (code < 256) {
      if (!out.push(code)) return out.done(tooLarge(limit));
    } else {
      if (previous < 0 || code > next) return out.done('has damaged LZW data');
      const known = code < next;
      const from = known ? starts[code]! : previousStart;
      const length = known ? lengths[code]! : start - previousStart + 1;
      for (let i = 0; i < length; i++) if (!out.push(out.at(from + i))) return out.done(tooLarge(limit));
    }
    if (previous >= 0 && next < 4096) {
      starts[next] = previousStart;
      lengths[next] = start - previousStart + 1;
      next++;
    }
    if (next + early >= 1 << width && width < 12) width++;
    previous = code;
    previousStart = start;
  }
  return out.done();
}

export function runLength(bytes: Uint8Array, limit: number): Decoded {
  const out = new Output(bytes.length * 2, limit);
  for (let i = 0; i < bytes.length; ) {
    const n = bytes[i++]!;
    if (n === 128) break;
    const copy = n < 128;
    const count = copy ? n + 1 : 257 - n;
    for (let k = 0; k < count; k++) {
      const byte = bytes[copy ? i + k : i];
      if (byte === undefined) return out.done('has run-length data that ends early');
      if (!out.push(byte)) return out.done(tooLarge(limit));
    }
    i += copy ? count : 1;
  }
  return out.done();
}

const hexDigit = (c: number): number => {
  if (c >= 48 && c <= 57) return c - 48;
  const letter = c | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
};

export function asciiHex(bytes: Uint8Array): Decoded {
  const out = new Output(bytes.length / 2 + 1, bytes.length + 1);
  let high = -1;
  for (const c of bytes) {
    if (c === 62) break;
    const digit = hexDigit(c);
    if (digit < 0) continue;
    if (high < 0) high = digit;
    else {
      out.push((high << 4) | digit);
      high = -1;
    }
  }
  if (high >= 0) out.push(high << 4);
  return out.done();
}

export function ascii85(bytes: Uint8Array): Decoded {
  // One `z` stands for four bytes.
  const out = new Output(bytes.length, bytes.length * 4 + 4);
  let value = 0;
  let count = 0;
  const flush = (digits: number) => {
    for (let i = 0; i < digits - 1; i++) out.push(Math.floor(value / 256 ** (3 - i)) % 256);
    value = 0;
    count = 0;
  };
  for (const c of bytes) {
    if (c === 126) break;
    if (c === 122 && count === 0) for (let i = 0; i < 4; i++) out.push(0);
    else if (c >= 33 && c <= 117) {
      value = value * 85 + (c - 33);
      if (++count === 5) flush(5);
    }
  }
  if (count > 1) {
    const digits = count;
    for (; count < 5; count++) value = value * 85 + 84;
    flush(digits);
  }
  return out.done();
}

/** The parameters of a predictor (ISO 32000-1, table 8). */
export interface Prediction {
  readonly predictor: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
}

/** Undoes TIFF's predictor 2 (8 bits) and PNG's predictors. */
export function unpredict(bytes: Uint8Array, { predictor, colors, bits, columns }: Prediction): Decoded {
  if (predictor < 2) return fine(bytes);
  const pixel = Math.max(1, (colors * bits) >> 3);
  const row = Math.ceil((colors * bits * columns) / 8);
  if (!(row > 0 && row < 1e8)) return { bytes, problem: 'has a predictor with absurd columns' };
  if (predictor === 2) {
    if (bits !== 8) return { bytes, problem: `has a TIFF predictor at ${bits} bits, which is not undone` };
    const out = Uint8Array.from(bytes);
    for (let start = 0; start < out.length; start += row) {
      const end = Math.min(start + row, out.length);
      for (let i = start + pixel; i < end; i++) out[i] = out[i]! + out[i - pixel]!;
    }
    return fine(out);
  }
  const rows = Math.ceil(bytes.length / (row + 1));
  const out = new Uint8Array(rows * row);
  for (let r = 0; r < rows; r++) {
    const filter = bytes[r * (row + 1)]!;
    const from = r * (row + 1) + 1;
    const to = r * row;
    const length = Math.min(row, bytes.length - from);
    for (let i = 0; i < length; i++) {
      const left = i >= pixel ? out[to + i - pixel]! : 0;
      const up = r > 0 ? out[to + i - row]! : 0;
      const corner = r > 0 && i >= pixel ? out[to + i - row - pixel]! : 0;
      out[to + i] = bytes[from + i]! + predicted(filter, left, up, corner);
    }
  }
  const last = bytes.length - (rows - 1) * (row + 1) - 1;
  return fine(rows > 0 && last < row ? out.subarray(0, (rows - 1) * row + Math.max(0, last)) : out);
}

/** PNG, 9.2: none, sub, up, average, Paeth. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
