import { PrintcatError } from '../errors.ts';
import type { Pictures } from './catalogue.ts';
import type { ImageRecord } from './image.ts';

/** Up to this many typing errors, an ID is taken for a misspelt one. */
const MAX_TYPOS = 3;

/**
 * The picture of this ID if a product may be made of it.
 * @param options.allowUnreleased for trials: a picture that nobody has reviewed will do
 * @throws PrintcatError where it is unknown, rejected, not released, or its original is gone from disk
 */
export async function requireMakeable(
  catalogue: Pictures,
  id: string,
  { allowUnreleased = false }: { allowUnreleased?: boolean } = {},
): Promise<ImageRecord> {
  const image = catalogue.get(id);
  if (!image) throw unknownIds(catalogue, [id]);
  if (image.decision === 'rejected') {
    const { who, when, note } = catalogue.history(id).at(-1)!;
    const why = note ? `: ${note}` : '';
    throw new PrintcatError(`Expected a released image but ${id} was rejected${why}`, {
      hint: `${who} rejected it on ${when.slice(0, 10)}. printcat release ${id} takes that back.`,
    });
  }
  if (image.decision === 'unreviewed' && !allowUnreleased) {
    throw new PrintcatError(`Expected a released image but ${id} is unreviewed`, {
      hint: `printcat release ${id} releases it; --allow-unreleased makes a trial without.`,
    });
  }
  if (!(await catalogue.hasOriginal(image))) {
    throw new PrintcatError(
      `Expected the original of ${id} (${image.fileName}) at ${catalogue.originalPath(image)} but it is gone from disk`,
      { hint: 'Import the file again: printcat import puts it back in its place.' },
    );
  }
  return image;
}

/**
 * The pictures of these IDs, as `requireMakeable` gives each.
 * @throws PrintcatError that names all unknown IDs at once, else for the first that no product may be made of
 */
export async function requireAllMakeable(
  catalogue: Pictures,
  ids: readonly string[],
  options: { allowUnreleased?: boolean } = {},
): Promise<ImageRecord[]> {
  const unknown = [...new Set(ids)].filter((id) => !catalogue.get(id));
  if (unknown.length > 0) throw unknownIds(catalogue, unknown);
  const images: ImageRecord[] = [];
  for (const id of ids) images.push(await requireMakeable(catalogue, id, options));
  return images;
}

/** The error for IDs that are not in the catalogue; it suggests those that look like them. */
export function unknownIds(catalogue: Pictures, unknown: readonly string[]): PrintcatError {
  const nearest = nearestIds(unknown[0]!, catalogue.ids());
  return new PrintcatError(
    `Expected ${unknown.length === 1 ? 'an ID' : 'IDs'} of the catalogue but received ${unknown.join(', ')}`,
    {
      hint:
        nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}?` : 'printcat list shows what there is.',
    },
  );
}

function nearestIds(id: string, ids: readonly string[]): string[] {
  return ids
    .map((candidate) => ({ candidate, typos: editDistance(id, candidate) }))
    .filter(({ typos }) => typos <= MAX_TYPOS)
    .sort((a, b) => a.typos - b.typos)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's distance: how many characters must be put in, taken out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
