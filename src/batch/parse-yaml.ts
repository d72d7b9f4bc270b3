import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Mistake, Written } from './written.ts';

/** Plain words for "nothing" (YAML 1.2, 10.3.2); what has no value is as if it were not there. */
const NOTHING = /^(|~|null|Null|NULL)$/;

/** The most times that what was written once stands for itself elsewhere: a bound for files that mean harm. */
const MOST_ALIASES = 10_000;

/**
 * Reads YAML, of which JSON is a part. All values stay text as it was written (the failsafe schema, YAML 1.2, 10.1): only
 * the option that one is for knows whether `1.50` is a number.
 * @param lineBefore lines of the file before the text
 */
export function parseYaml(
  text: string,
  file: string,
  lineBefore = 0,
): { root: Written | null; mistakes: Mistake[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: counter, prettyErrors: false });
  const lineAt = (offset: number) => lineBefore + counter.linePos(offset).line;
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ message, pos }) => ({
      ...{ file, line: lineAt(pos[0]), message: message.split('\n')[0]! },
    }));
    return { root: null, mistakes };
  }
  const mistakes: Mistake[] = [];
  let aliases = 0;
  const read = (node: unknown, line: number): Written | null => {
    if (isAlias(node)) {
      aliases++;
      if (aliases > MOST_ALIASES) {
        mistakes.push({ file, line, message: `Expected at most ${MOST_ALIASES} aliases` });
        return null;
      }
      return read(node.resolve(document), line);
    }
    if (isScalar(node)) {
      const value = String(node.value ?? '');
      return node.type === 'PLAIN' && NOTHING.test(value) ? null : { line, value };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => read(item, lineOf(item, line)));
      return { line, value: items.filter((item) => item !== null) };
    }
    if (isMap(node)) {
      const map = new Map<string, Written>();
      for (const { key, value } of node.items) {
        const at = lineOf(key, line);
        const own = read(value, at);
        if (own) map.set(isScalar(key) ? String(key.value) : '', { ...own, line: at });
      }
      return { line, value: map };
    }
    return null;
  };
  const lineOf = (node: unknown, otherwise: number): number => {
    const range = (node as { range?: [number, number, number] | null } | null)?.range;
    return range ? lineAt(range[0]) : otherwise;
  };
  return { root: read(document.contents, lineOf(document.contents, 1)), mistakes };
}
