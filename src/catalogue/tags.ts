import { expected } from '../errors.ts';

/** Most letters of a tag. */
const LONGEST = 60;

/** What a tag is, in words. */
export const TAG = `a word or a few, up to ${LONGEST} letters, without commas`;

/**
 * A tag as the catalogue keeps it: in lower case, composed letters, single spaces; so that `Cats` is `cats`.
 * @returns `null` for what is no tag
 */
export function tagOf(given: string): string | null {
  const tag = given.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
  return tag !== '' && tag.length <= LONGEST && !/[\p{Cc},]/u.test(tag) ? tag : null;
}

/** A tag as the catalogue keeps it. @throws PrintcatError for what is no tag */
export function readTag(given: string): string {
  const tag = tagOf(given);
  if (tag !== null) return tag;
  throw expected(TAG, 'a tag', given, 'Several tags are given one by one: --tag cats --tag night');
}

/** A tag, and how many pictures have it. */
export interface TagCount {
  readonly tag: string;
  readonly pictures: number;
}

/** Tags that pictures get, and tags that they lose. */
export interface TagChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}
