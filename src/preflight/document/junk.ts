/**
 * Bytes between objects from which on it is worth clearing them away. pdf-lib looks at each byte that belongs to
 * no object as if an object began there, at some microseconds a byte: a few megabytes of a stream that lost its
 * head would take it half a minute.
 */
const WORTH_CLEARING = 1024;
/** How far from where a stream's Length says its `endstream` may stand. */
const NEAR = 32;
/** `%PDF-1.6`. */
const HEADER = 8;

const isSpace = (c: number | undefined): boolean =>
  c === 32 || c === 10 || c === 13 || c === 9 || c === 12 || c === 0;
const isDigit = (c: number | undefined): boolean => c !== undefined && c >= 48 && c <= 57;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The file with what stands between its objects blanked, cross-reference tables too (pdf-lib finds objects by
 * looking for them), and with an end for the last object where the file was cut off. The offsets stay.
 */
export function withoutJunk(file: Buffer): Uint8Array {
  const blanks: Span[] = [];
  let at = file.indexOf('%PDF-') + HEADER;
  let cut = '';
  for (let header = nextHeader(file, at); header; header = nextHeader(file, at)) {
    blankBetween(file, at, header.start, blanks);
    const end = objectEnd(file, header.end);
    at = end.at;
    cut = end.missing;
    if (cut) break;
  }
  if (!cut) blankBetween(file, at, file.length, blanks);
  if (blanks.length === 0 && !cut) return file;
  const clean = Buffer.concat([file, Buffer.from(cut)]);
  for (const { start, end } of blanks) clean.fill(32, start, end);
  return clean;
}

/** The next `12 0 obj`, from its first digit to its end. */
function nextHeader(file: Buffer, from: number): Span | null {
  for (let at = file.indexOf('obj', from); at >= 0; at = file.indexOf('obj', at + 3)) {
    let i = at;
    const back = (matches: (c: number | undefined) => boolean) => {
      const before = i;
      while (i > from && matches(file[i - 1])) i--;
      return i < before;
    };
    if (back(isSpace) && back(isDigit) && back(isSpace) && back(isDigit)) return { start: i, end: at + 3 };
  }
  return null;
}

/** Where an object ends whose header ends at `from`, and what a file that was cut off lacks for it. */
function objectEnd(file: Buffer, from: number): { readonly at: number; readonly missing: string } {
  const end = file.indexOf('endobj', from);
  const stream = file.indexOf('stream', from);
  if (stream >= 0 && (end < 0 || stream < end) && isAfterDictionary(file, stream)) {
    const data = stream + 6;
    const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(file.toString('latin1', from, stream))?.[1];
    const expected = data + Number(length ?? 0);
    const near = length === undefined ? -1 : file.indexOf('endstream', expected);
    const found = near >= 0 && near - expected < NEAR ? near : file.indexOf('endstream', data);
    if (found < 0) return { at: file.length, missing: '\nendstream\nendobj\n' };
    const after = file.indexOf('endobj', found);
    return { at: after >= 0 && after - found < NEAR ? after + 6 : found + 9, missing: '' };
  }
  return end < 0 ? { at: file.length, missing: '\nendobj\n' } : { at: end + 6, missing: '' };
}

function isAfterDictionary(file: Buffer, at: number): boolean {
  let i = at - 1;
  while (isSpace(file[i])) i--;
  return file[i] === 62 && file[i - 1] === 62;
}

/** Notes what is to be blanked between two objects: all up to the trailer, if there is one. */
function blankBetween(file: Buffer, start: number, end: number, blanks: Span[]): void {
  if (end - start < WORTH_CLEARING) return;
  const part = file.subarray(start, end);
  const [trailer, tail] = [part.indexOf('trailer'), part.indexOf('startxref')];
  const keep = trailer >= 0 ? trailer : tail;
  blanks.push({ start, end: keep >= 0 ? start + keep : end });
}
