/** A value of an order file as it was written, with its line: text, a list, or values by name. */
export interface Written {
  /** From 1. */
  readonly line: number;
  readonly value: string | readonly Written[] | ReadonlyMap<string, Written>;
}

/** A place in an order file, as messages name it: `orders.csv:12`. */
export interface Place {
  readonly file: string;
  /** From 1; `null` for the whole file. */
  readonly line: number | null;
}

export const placeName = ({ file, line }: Place): string => (line === null ? file : `${file}:${line}`);

/** What is wrong at a place. */
export interface Mistake extends Place {
  readonly message: string;
  readonly hint?: string | undefined;
}

export const mapOf = ({ value }: Written): ReadonlyMap<string, Written> | null =>
  value instanceof Map ? value : null;
export const listOf = ({ value }: Written): readonly Written[] | null =>
  Array.isArray(value) ? (value as readonly Written[]) : null;
export const textOf = ({ value }: Written): string | null => (typeof value === 'string' ? value : null);

/** What kind of value it is, in words. */
export const kindOf = (written: Written): string =>
  textOf(written) !== null ? 'text' : listOf(written) ? 'a list' : 'names with values';

/** The value without its lines. */
export function plainOf({ value }: Written): unknown {
  if (typeof value === 'string') return value;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [key, plainOf(one)]));
  return (value as readonly Written[]).map(plainOf);
}

/**
 * Values by name, with others beneath them that stand where these say nothing; names with values are laid over each
 * other, all else is replaced.
 */
export function over(own: Written, beneath: Written): Written {
  const [top, bottom] = [mapOf(own), mapOf(beneath)];
  if (!top || !bottom) return own;
  const all = new Map(bottom);
  for (const [key, value] of top) {
    const below = bottom.get(key);
    all.set(key, below ? over(value, below) : value);
  }
  return { line: own.line, value: all };
}
