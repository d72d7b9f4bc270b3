/** One operator of a content stream with its operands as they stand in the file. */
export interface Operation {
  readonly operator: string;
  readonly operands: readonly string[];
  /** Of an inline image: its data, encoded as its dictionary says. */
  readonly data?: Uint8Array;
}

const isSpace = (c: number | undefined): boolean =>
  c === 32 || c === 10 || c === 13 || c === 9 || c === 12 || c === 0;

/** ISO 32000-1, 7.2.2: white space and ( ) < > [ ] { } / % end a token. */
const isDelimiter = (c: number | undefined): boolean =>
  c === undefined ||
  isSpace(c) ||
  c === 40 ||
  c === 41 ||
  c === 60 ||
  c === 62 ||
  c === 91 ||
  c === 93 ||
  c === 123 ||
  c === 125 ||
  c === 47 ||
  c === 37;

/** The index after a literal string that starts at `at`; nested parentheses and escapes count. */
function endOfString(bytes: Uint8Array, at: number): number {
  let depth = 0;
  for (let i = at; i < bytes.length; i++) {
    const c = bytes[i];
    if (c === 92) i++;
    else if (c === 40) depth++;
    else if (c === 41 && --depth === 0) return i + 1;
  }
  return bytes.length;
}

/** The index after a hex string, dictionary or array that starts at `at`. */
function endOfGroup(bytes: Uint8Array, at: number): number {
  let depth = 0;
  for (let i = at; i < bytes.length; i++) {
    const c = bytes[i];
    if (c === 40) i = endOfString(bytes, i) - 1;
    else if (c === 60 || c === 91) depth++;
    else if ((c === 62 || c === 93) && --depth === 0) return i + 1;
  }
  return bytes.length;
}

const NUMBER = /^[+-]?(\d|\.\d)/;

/**
 * Reads a content stream operation by operation (ISO 32000-1, 7.8.2). An inline image comes as one operation
 * `BI` whose operands are its dictionary's tokens, with its data.
 */
export function* operations(bytes: Uint8Array): Generator<Operation> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = (from: number, to: number) => all.toString('latin1', from, to);
  let operands: string[] = [];
  let i = 0;
  while (i < bytes.length) {
    const c = bytes[i]!;
    if (isSpace(c)) {
      i++;
      continue;
    }
    const start = i;
    if (c === 37) {
      while (i < bytes.length && bytes[i] !== 10 && bytes[i] !== 13) i++;
      continue;
    }
    if (c === 40) i = endOfString(bytes, i);
    else if (c === 60 || c === 91) i = endOfGroup(bytes, i);
    else {
      i++;
      while (!isDelimiter(bytes[i])) i++;
    }
    const token = text(start, i);
    if (
      c === 40 ||
      c === 60 ||
      c === 91 ||
      c === 47 ||
      NUMBER.test(token) ||
      token === 'true' ||
      token === 'false' ||
      token === 'null'
    ) {
      operands.push(token);
      continue;
    }
    if (token === 'BI') continue;
    if (token === 'ID') {
      // One white space stands before the data and one before EI.
      const data = i + 1;
      i = endOfInlineImage(bytes, i);
      yield { operator: 'BI', operands, data: bytes.subarray(data, Math.max(data, i - 3)) };
    } else yield { operator: token, operands };
    operands = [];
  }
}

/** The index after the `EI` of an inline image whose data starts at `at`. */
function endOfInlineImage(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    if (bytes[i] === 69 && bytes[i + 1] === 73 && isSpace(bytes[i - 1]) && isDelimiter(bytes[i + 2]))
      return i + 2;
  }
  return bytes.length;
}

/** A number as PDF likes it: at most four decimals, no exponent. */
export const pdfNumber = (value: number): string => String(Math.round(value * 1e4) / 1e4);
