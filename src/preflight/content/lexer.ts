/**
 * What stands before an operator: a name is a `string` (escapes undone, no slash), a string is its bytes.
 * The plain tokens of `press/content.ts` are for rewriting what Chromium wrote; this reads what anybody wrote.
 */
export type Operand = number | boolean | null | string | Uint8Array | Operand[] | Map<string, Operand>;

/** Operands before one operator, and items and levels of one array: more is no content but an attack. */
const MAX_OPERANDS = 1024;
const MAX_ITEMS = 1_000_000;
const MAX_DEPTH = 32;

// ISO 32000-1, 7.2.2: 1 white space, 2 delimiter, 0 regular.
const KIND = new Uint8Array(256);
for (const c of [0, 9, 10, 12, 13, 32]) KIND[c] = 1;
for (const c of '()<>[]{}/%') KIND[c.charCodeAt(0)] = 2;

/** Ends an array or a dictionary; never an operand. */
const CLOSE = Symbol('close');
const END = Symbol('end');

/** An inline image's dictionary and encoded data. */
export interface InlineImage {
  readonly dict: ReadonlyMap<string, Operand>;
  readonly data: Uint8Array;
}

/** Reads a content stream operator by operator; `next` until it is `null`. Garbage is passed over. */
export class Lexer {
  operands: Operand[] = [];
  /** After the operator `BI`. */
  image: InlineImage | null = null;
  /** Tokens that are neither operands nor operators. */
  garbage = 0;
  readonly #bytes: Uint8Array;
  #at = 0;
  #token = '';

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next operator; its operands are in `operands`. */
  next(): string | null {
    this.operands = [];
    for (;;) {
      const value = this.#value(0);
      if (value === END) return null;
      if (value === CLOSE) this.garbage++;
      else if (value !== undefined) {
        if (this.operands.length < MAX_OPERANDS) this.operands.push(value);
        else this.garbage++;
      } else if (this.#token === 'BI') {
        this.#inlineImage();
        return 'BI';
      } else return this.#token;
    }
  }

  /** An operand; `undefined` for a keyword, which is then in `#token`. */
  #value(depth: number): Operand | typeof CLOSE | typeof END | undefined {
    const bytes = this.#bytes;
    let c = bytes[this.#at];
    for (;;) {
      if (c === undefined) return END;
      if (c === 37) {
        while (c !== undefined && c !== 10 && c !== 13) c = bytes[++this.#at];
      } else if (KIND[c] === 1) c = bytes[++this.#at];
      else break;
    }
    if (c === 40) return this.#string();
    if (c === 47) {
      this.#at++;
      return this.#name();
    }
    if (c === 91) {
      this.#at++;
      return this.#array(depth);
    }
    if (c === 60) {
      if (bytes[this.#at + 1] !== 60) return this.#hex();
      this.#at += 2;
      return this.#dictionary(depth);
    }
    if (c === 93) {
      this.#at++;
      return CLOSE;
    }
    if (c === 62) {
      this.#at += bytes[this.#at + 1] === 62 ? 2 : 1;
      return CLOSE;
    }
    if (KIND[c] === 2) {
      this.#at++;
      this.garbage++;
      return this.#value(depth);
    }
    if ((c >= 48 && c <= 57) || c === 43 || c === 45 || c === 46) return this.#number();
    const start = this.#at;
    while (KIND[bytes[this.#at] ?? 32] === 0) this.#at++;
    this.#token = latin1(bytes, start, Math.min(this.#at, start + 64));
    if (this.#token === 'true') return true;
    if (this.#token === 'false') return false;
    return this.#token === 'null' ? null : undefined;
  }

  /** As readers do: further signs and points within a number are passed over. */
  #number(): number {
    const bytes = this.#bytes;
    let c = bytes[this.#at]!;
    const negative = c === 45;
    while (c === 43 || c === 45) c = bytes[++this.#at] ?? 32;
    let value = 0;
    while (c >= 48 && c <= 57) {
      value = value * 10 + (c - 48);
      c = bytes[++this.#at] ?? 32;
    }
    if (c === 46) {
      c = bytes[++this.#at] ?? 32;
      let fraction = 0;
      let digits = 0;
      for (; c >= 48 && c <= 57; c = bytes[++this.#at] ?? 32) {
        if (digits >= 15) continue;
        fraction = fraction * 10 + (c - 48);
        digits++;
      }
      value += fraction / 10 ** digits;
    }
    while (c === 45 || c === 46 || (c >= 48 && c <= 57)) c = bytes[++this.#at] ?? 32;
    return negative ? -value : value;
  }

  #name(): string {
    const start = this.#at;
    const bytes = this.#bytes;
    let escaped = false;
    for (; KIND[bytes[this.#at] ?? 32] === 0; this.#at++) if (bytes[this.#at] === 35) escaped = true;
    const text = latin1(bytes, start, this.#at);
    return escaped
      ? text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : text;
  }

  #string(): Uint8Array {
    const bytes = this.#bytes;
    const out: number[] = [];
    let depth = 1;
    let i = this.#at + 1;
    for (; i < bytes.length; i++) {
      let c = bytes[i]!;
      if (c === 92) {
        c = bytes[++i] ?? 0;
        if (c === 13 && bytes[i + 1] === 10) i++;
        if (c === 13 || c === 10) continue;
        if (c >= 48 && c <= 55) {
          let code = c - 48;
          for (let k = 0; k < 2; k++) {
            const digit = bytes[i + 1] ?? 0;
            if (digit < 48 || digit > 55) break;
            code = code * 8 + (digit - 48);
            i++;
          }
          out.push(code & 255);
        } else out.push(ESCAPES.get(c) ?? c);
        continue;
      }
      if (c === 40) depth++;
      else if (c === 41 && --depth === 0) break;
      out.push(c);
    }
    this.#at = Math.min(i + 1, bytes.length);
    return Uint8Array.from(out);
  }

  #hex(): Uint8Array {
    const bytes = this.#bytes;
    const out: number[] = [];
    let high = -1;
    let i = this.#at + 1;
    for (; i < bytes.length && bytes[i] !== 62; i++) {
      const digit = Number.parseInt(String.fromCharCode(bytes[i]!), 16);
      if (Number.isNaN(digit)) continue;
      if (high < 0) high = digit;
      else {
        out.push(high * 16 + digit);
        high = -1;
      }
    }
    if (high >= 0) out.push(high * 16);
    this.#at = Math.min(i + 1, bytes.length);
    return Uint8Array.from(out);
  }

  #array(depth: number): Operand[] {
    const items: Operand[] = [];
    for (;;) {
      const value = depth < MAX_DEPTH ? this.#value(depth + 1) : CLOSE;
      if (value === CLOSE || value === END) return items;
      if (value === undefined) this.garbage++;
      else if (items.length < MAX_ITEMS) items.push(value);
    }
  }

  #dictionary(depth: number): Map<string, Operand> {
    const dict = new Map<string, Operand>();
    for (;;) {
      const key = depth < MAX_DEPTH ? this.#value(depth + 1) : CLOSE;
      if (key === CLOSE || key === END) return dict;
      if (typeof key !== 'string') {
        this.garbage++;
        continue;
      }
      const value = this.#value(depth + 1);
      if (value === CLOSE || value === END) return dict;
      if (value !== undefined && dict.size < MAX_OPERANDS) dict.set(key, value);
    }
  }

  #inlineImage(): void {
    const dict = new Map<string, Operand>();
    for (;;) {
      const key = this.#value(0);
      if (key === END) break;
      if (key === undefined) {
        if (this.#token === 'ID') break;
        this.garbage++;
        continue;
      }
      if (typeof key !== 'string') continue;
      const value = this.#value(0);
      if (value === END) break;
      if (value === undefined) {
        if (this.#token === 'ID') break;
      } else if (value !== CLOSE && dict.size < MAX_OPERANDS) dict.set(LONG_KEYS[key] ?? key, value);
    }
    // One white space ends `ID`.
    const start = Math.min(this.#at + 1, this.#bytes.length);
    const end = this.#endOfImage(start, plainLength(dict));
    this.image = { dict, data: this.#bytes.subarray(start, end) };
  }

  /** Where the data ends; afterwards the lexer stands behind its `EI`. */
  #endOfImage(start: number, expected: number | null): number {
    const bytes = this.#bytes;
    const isEnd = (i: number) =>
      bytes[i] === 69 && bytes[i + 1] === 73 && KIND[bytes[i + 2] ?? 32] !== 0 && this.#readsOn(i + 2);
    // Unfiltered data may hold `EI` itself: its length is known.
    if (expected !== null) {
      for (let i = start + expected; i < start + expected + 8 && i < bytes.length; i++) {
        if (!isEnd(i)) continue;
        this.#at = i + 2;
        return start + expected;
      }
    }
    for (let i = start; i < bytes.length; i++) {
      if (bytes[i] !== 69 || !(i === start || KIND[bytes[i - 1]!] === 1) || !isEnd(i)) continue;
      this.#at = i + 2;
      return Math.max(start, i - 1);
    }
    this.#at = bytes.length;
    this.garbage++;
    return bytes.length;
  }

  /** Whether what follows could be content: the bytes after an `EI` by chance seldom are plain text. */
  #readsOn(at: number): boolean {
    for (let i = at; i < at + 12 && i < this.#bytes.length; i++) {
      const c = this.#bytes[i]!;
      if (c > 126 || (c < 32 && KIND[c] !== 1)) return false;
    }
    return true;
  }
}

const ESCAPES = new Map(
  Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12 }).map(([letter, c]) => [letter.charCodeAt(0), c]),
);

/** ISO 32000-1, table 93. */
const LONG_KEYS: Readonly<Record<string, string>> = {
  BPC: 'BitsPerComponent',
  CS: 'ColorSpace',
  D: 'Decode',
  DP: 'DecodeParms',
  F: 'Filter',
  H: 'Height',
  IM: 'ImageMask',
  I: 'Interpolate',
  W: 'Width',
};

const COMPONENTS: Readonly<Record<string, number>> = {
  G: 1,
  DeviceGray: 1,
  RGB: 3,
  DeviceRGB: 3,
  CMYK: 4,
  DeviceCMYK: 4,
};

/** Bytes of an inline image without a filter; `null` where they cannot be told. */
function plainLength(dict: ReadonlyMap<string, Operand>): number | null {
  const filter = dict.get('Filter');
  if (filter !== undefined && !(Array.isArray(filter) && filter.length === 0)) return null;
  const [width, height] = [dict.get('Width'), dict.get('Height')];
  if (typeof width !== 'number' || typeof height !== 'number') return null;
  const space = dict.get('ColorSpace');
  const mask = dict.get('ImageMask') === true;
  const indexed = Array.isArray(space) && (space[0] === 'I' || space[0] === 'Indexed');
  const components = mask || indexed ? 1 : typeof space === 'string' ? COMPONENTS[space] : undefined;
  const bits = mask ? 1 : dict.get('BitsPerComponent');
  if (components === undefined || typeof bits !== 'number') return null;
  return Math.ceil((width * components * bits) / 8) * height;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
