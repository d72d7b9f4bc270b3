import type { IdOrigin } from './image.ts';

/** Runs of 14 digits, whole or with one separator between the parts: date and time in a file's name. */
const IN_NAME = /(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})[-_. T]?(\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/g;

/** `2022:09:12 03:48:58` (EXIF) and ISO 8601 with or without a zone. */
const DATE_TIME =
  /^(\d{4})[-:/](\d{2})[-:/](\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** RFC 1123, which the PNG specification recommends for `Creation Time`; only with a zone is it one moment. */
const RFC_1123 = /^\w{3}, \d{1,2} \w{3} \d{4} \d{2}:\d{2}:\d{2} (GMT|UTC|[+-]\d{4})$/;

/** `YYYYMMDDhhmmss` of a moment, in UTC. */
export const stampOfDate = (date: Date): string => date.toISOString().slice(0, 19).replace(/\D/g, '');

/** The 14 digits of year, month, day, hour, minute, second, or `null` where there is no such moment. */
function stampOfParts(parts: readonly string[]): string | null {
  const [year, month, day, hour, minute, second] = parts.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1970 || year > 2099) return null;
  const stamp = parts.join('');
  return stampOfDate(new Date(Date.UTC(year, month - 1, day, hour, minute, second))) === stamp ? stamp : null;
}

/** The timestamp in a file's name, such as `20220912034858.png`, `2022-09-12_03-48-58.jpg`. */
export function stampOfName(name: string): string | null {
  for (const match of name.matchAll(IN_NAME)) {
    const stamp = stampOfParts(match.slice(1, 7));
    if (stamp) return stamp;
  }
  return null;
}

/** The timestamp that a metadata text means: in UTC where it names its zone, else as it is written. */
export function stampOfText(text: string): string | null {
  const trimmed = text.trim();
  const match = DATE_TIME.exec(trimmed);
  if (!match) return RFC_1123.test(trimmed) ? stampOfDate(new Date(trimmed)) : null;
  const stamp = stampOfParts(match.slice(1, 7));
  const zone = match[7];
  if (!stamp || !zone) return stamp;
  const [year, month, day, hour, minute, second] = match.slice(1, 7);
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(date.getTime()) ? null : stampOfDate(date);
}

/**
 * The 14 digits of an image's ID and where they come from.
 * @param name the file's name
 * @param dates dates from the metadata, the most trusted first
 * @param modified the file's date
 */
export function stampOf(
  name: string,
  dates: readonly string[],
  modified: Date,
): { stamp: string; idOrigin: IdOrigin } {
  const named = stampOfName(name);
  if (named) return { stamp: named, idOrigin: 'file name' };
  for (const date of dates) {
    const stamp = stampOfText(date);
    if (stamp) return { stamp, idOrigin: 'metadata' };
  }
  return { stamp: stampOfDate(modified), idOrigin: 'file date' };
}
