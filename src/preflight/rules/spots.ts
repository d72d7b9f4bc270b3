import type { ColourSpace, Listener, Mark, Paint, Rule } from '../model.ts';
import { error, warning } from './levels.ts';
import { isNone, spotsOf, usesOf } from './paints.ts';

/** Gathers the spots that the art has plates for, in the order in which they appear, with their first page. */
function gatherSpots(then: (spots: ReadonlyMap<string, number>) => void): Listener {
  const spots = new Map<string, number>();
  const add = (space: ColourSpace | null, mark: Mark) => {
    for (const spot of spotsOf(space)) if (!spots.has(spot)) spots.set(spot, mark.page.number);
  };
  return {
    text(mark) {
      for (const { paint } of usesOf(mark)) add(paint.space, mark);
    },
    path(mark) {
      for (const { paint } of usesOf(mark)) add(paint.space, mark);
    },
    image: (mark) => add(mark.stencil ? mark.stencil.space : mark.space, mark),
    shading: (mark) => add(mark.space, mark),
    end: () => then(spots),
  };
}

export const spotCount: Rule = {
  id: 'R0020',
  clause: 'GWG 2022 R0020',
  title: 'No spot colours',
  hint: 'Convert the spots to CMYK, or order the job with these inks.',
  fails: 'above',
  levels: { sheetfed: error(0), digital: warning(0) },
  check: ({ judge, expect }) =>
    gatherSpots((spots) => {
      const wanted = new Set([
        ...(expect.spots ?? []),
        ...(expect.cutSpots ?? []),
        ...(expect.whiteSpots ?? []),
      ]);
      const others = [...spots.keys()].filter((spot) => !wanted.has(spot));
      judge(others.length, {
        message: `Spot colours are used: ${others.join(', ')}`,
        object: others.join(', '),
      });
    }),
};

/** Printing conditions that are part of a spot's name, not another ink: PANTONE's, HKS's. */
const SUFFIX = /^(.*\S)[ _-]+(C|U|M|CV|CVC|CVU|CVM|CVP|CVS|CP|UP|EC|PC|TC|TPX|TCX|K|N|Z|E)$/i;

const withoutSuffix = (spot: string): string => SUFFIX.exec(spot)?.[1] ?? spot;

/** As people see a name: no case, no spaces, no marks, no letters of another alphabet that look the same. */
const asSeen = (spot: string): string =>
  spot
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Pairs of spots that are the same in a way that the press does not see. */
function pairs(
  spots: ReadonlyMap<string, number>,
  same: (a: string, b: string) => boolean,
): { readonly a: string; readonly b: string }[] {
  const names = [...spots.keys()];
  return names.flatMap((a, i) => names.slice(i + 1).flatMap((b) => (same(a, b) ? [{ a, b }] : [])));
}

const pairRule = (
  rule: Omit<Rule, 'check'>,
  same: (a: string, b: string) => boolean,
  message: string,
): Rule => ({
  ...rule,
  check: ({ report }) =>
    gatherSpots((spots) => {
      for (const { a, b } of pairs(spots, same)) {
        report({ message: `${message}: ${a}, ${b}`, object: `${a}, ${b}`, key: `${a}\n${b}` });
      }
    }),
});

const sameButCase = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const spotSuffix = pairRule(
  {
    id: 'R0021',
    clause: 'GWG 2022 R0021',
    title: 'A spot has one suffix',
    hint: 'Merge the two into one spot: each name becomes a plate of its own.',
    levels: { label: warning() },
  },
  (a, b) => !sameButCase(a, b) && withoutSuffix(a).toLowerCase() === withoutSuffix(b).toLowerCase(),
  'Two spots differ only in their suffix',
);

export const spotCase = pairRule(
  {
    id: 'R0022',
    clause: 'GWG 2022 R0022',
    title: 'A spot is written in one way',
    hint: 'Merge the two into one spot: each name becomes a plate of its own.',
    levels: { label: error() },
  },
  sameButCase,
  'Two spots differ only in capitals',
);

export const spotLookAlike = pairRule(
  {
    id: 'R0023',
    clause: 'GWG 2022 R0023',
    title: 'No two spots look alike',
    hint: 'Merge the two into one spot: each name becomes a plate of its own.',
    levels: { label: error() },
  },
  (a, b) => !sameButCase(a, b) && asSeen(a) === asSeen(b),
  'Two spots differ only in spaces or signs',
);

const isRegistration = (paint: Paint): boolean =>
  paint.inks?.some(({ name, tint }) => name === 'All' && !isNone(tint)) ?? false;

export const registrationColour: Rule = {
  id: 'R0024',
  clause: 'GWG 2022 R0024',
  title: 'Registration colour is not used in the art',
  hint: 'Use black instead: registration colour prints on every plate and belongs to the marks outside the trim.',
  levels: { sheetfed: warning(), label: warning(), digital: warning() },
  check({ report }) {
    const tell = (mark: Mark) =>
      report({ page: mark.page.number, box: mark.box, message: 'Registration colour is used in the art' });
    return {
      text: (mark) => usesOf(mark).some(({ paint }) => isRegistration(paint)) && tell(mark),
      path: (mark) => usesOf(mark).some(({ paint }) => isRegistration(paint)) && tell(mark),
      image(mark) {
        const space = mark.space?.family === 'Indexed' ? mark.space.base : mark.space;
        if ((mark.stencil && isRegistration(mark.stencil)) || space?.names.includes('All')) tell(mark);
      },
      shading: (mark) => mark.space?.names.includes('All') && tell(mark),
    };
  },
};
