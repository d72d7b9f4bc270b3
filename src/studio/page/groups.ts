import type { OptionFacts } from '../../option-facts.ts';
import type { Word } from './en.ts';

/** Options that belong together, by the headings under which they are found; the first group takes all the others. */
const GROUPS: readonly (readonly [Word, readonly string[]])[] = [
  [
    'group.cut',
    [
      'outline',
      'border',
      'corner',
      'radius',
      'narrowest',
      'holes',
      'islands',
      'bridge',
      'speck',
      'choke',
      'wall',
    ],
  ],
  ['group.pattern', ['repeat', 'tile', 'ground', 'turn', 'smallest', 'cyclic']],
  [
    'group.mosaic',
    ['columns', 'sortBy', 'empty', 'dark', 'darkColour', 'darkEdge', 'link', 'credits', 'qrSize'],
  ],
  ['group.arrange', ['arrange', 'gap', 'margin', 'rotations', 'effort', 'seed']],
  ['group.colour', ['profile', 'condition', 'standard', 'intent', 'black']],
  ['group.resolution', ['ppi', 'upscaler', 'lossless']],
  ['group.sheet', ['sheet', 'copies', 'gutter', 'flip', 'sheetMargin', 'ruler']],
  ['group.order', ['quantity', 'sku', 'allowUnreleased']],
  ['group.numbers', ['override']],
];

/** Options that are set at the picture itself. */
export const AT_THE_PICTURE = ['focal', 'zoom', 'bleedFill'];

export interface Group {
  /** `null` for what stands first, without a heading of its own. */
  readonly word: Word | null;
  readonly options: readonly (readonly [name: string, facts: OptionFacts])[];
}

/** The options of a product and of every order, as they stand on the page. */
export function groupsOf(facts: Readonly<Record<string, OptionFacts>>): Group[] {
  const all = Object.entries(facts).filter(([name]) => !AT_THE_PICTURE.includes(name));
  const elsewhere = GROUPS.flatMap(([, names]) => names);
  const first = all
    .filter(([name]) => !elsewhere.includes(name))
    // Who prints it decides on all else.
    .sort(([a], [b]) => Number(b === 'printer') - Number(a === 'printer'));
  const others = GROUPS.map(([word, names]) => ({
    word,
    options: all.filter(([name]) => names.includes(name)),
  }));
  return [{ word: null, options: first }, ...others].filter(({ options }) => options.length > 0);
}
