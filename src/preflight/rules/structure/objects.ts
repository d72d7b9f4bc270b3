import { PDFArray, PDFDict, type PDFObject, PDFRef, PDFStream } from 'pdf-lib';
import { nameOf } from '../../../press/pdf.ts';
import type { Pdf } from '../../document/pdf.ts';
import type { Level, PROFILES, Rule } from '../../model.ts';

/** A dictionary, a stream's own too, of all that a reader can come upon in the file. */
export interface Entry {
  readonly dict: PDFDict;
  /** `12 0 R` of the object that it stands in. */
  readonly object: string | null;
  /** The key under which it was found; in an array, the array's. */
  readonly key: string;
}

/** Dictionaries that are looked at; a file with more is a bomb. */
const MAX_ENTRIES = 1_000_000;

const known = new WeakMap<Pdf, readonly Entry[]>();

/**
 * Every dictionary that the trailer leads to, once. What older revisions of the file left behind is not in it:
 * no reader sees it.
 */
export function entriesOf(pdf: Pdf): readonly Entry[] {
  const before = known.get(pdf);
  if (before) return before;
  const entries: Entry[] = [];
  const seen = new Set<PDFObject | string>();
  const { Root, Info } = pdf.context.trailerInfo;
  const queue: { value: PDFObject | undefined; object: string | null; key: string }[] = [
    { value: Info, object: null, key: 'Info' },
    { value: Root, object: null, key: 'Root' },
  ];
  while (queue.length > 0 && entries.length < MAX_ENTRIES) {
    const { value, object, key } = queue.pop()!;
    if (value instanceof PDFRef) {
      const name = value.toString();
      if (seen.has(name)) continue;
      seen.add(name);
      queue.push({ value: pdf.context.lookup(value), object: name, key });
    } else if (value instanceof PDFArray) {
      for (const item of value.asArray()) queue.push({ value: item, object, key });
    } else if (value instanceof PDFDict || value instanceof PDFStream) {
      const dict = value instanceof PDFStream ? value.dict : value;
      if (seen.has(dict)) continue;
      seen.add(dict);
      entries.push({ dict, object, key });
      for (const [name, item] of dict.entries()) queue.push({ value: item, object, key: name.decodeText() });
    }
  }
  if (queue.length > 0) pdf.damaged(`There are more than ${MAX_ENTRIES} dictionaries; the rest was not read`);
  known.set(pdf, entries);
  return entries;
}

/** Every graphics state parameter dictionary (ISO 32000-1, 8.4.5): they need not name their type. */
export const statesOf = (pdf: Pdf): readonly Entry[] => {
  const entries = entriesOf(pdf);
  const states = new Set(
    entries
      .filter(({ key }) => key === 'ExtGState')
      .flatMap(({ dict }) => dict.values().map((value) => pdf.dict(value))),
  );
  return entries.filter(({ dict }) => states.has(dict) || nameOf(pdf.get(dict, 'Type')) === 'ExtGState');
};

/** What a rule on dictionaries is: a rule with its `check` told as what is wrong with one dictionary. */
export interface EntryRule extends Omit<Rule, 'check'> {
  /** The dictionaries that it asks about; all of them without it. */
  among?(pdf: Pdf): readonly Entry[];
  /** What is wrong with one, one sentence each. */
  wrong(pdf: Pdf, entry: Entry): readonly string[];
}

/** The rule that asks `wrong` about every dictionary of the file; the same words are one finding. */
export const aboutEntries = ({ wrong, among = entriesOf, ...rule }: EntryRule): Rule => ({
  ...rule,
  check: ({ report }) => ({
    document(pdf) {
      for (const entry of among(pdf)) {
        for (const message of wrong(pdf, entry)) {
          report({ message, key: message, ...(entry.object && { object: entry.object }) });
        }
      }
    },
  }),
});

/** The profiles that ask for PDF/X-4: the Ghent Workgroup's (R0001) and the bare standard. */
const ASKING_FOR_X4 = [
  'sheetfed',
  'label',
  'digital',
  'x4',
] as const satisfies readonly (typeof PROFILES)[number][];

/** Levels told by the standard that a profile asks for. */
export const byStandard = (levels: { x4?: readonly Level[]; x1a?: readonly Level[] }): Rule['levels'] => ({
  ...(levels.x4 && Object.fromEntries(ASKING_FOR_X4.map((name) => [name, levels.x4]))),
  ...(levels.x1a && { x1a: levels.x1a }),
});
