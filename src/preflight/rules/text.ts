import type { Listener, Paint, Rule, RuleContext, TextMark } from '../model.ts';
import { error, warning } from './levels.ts';
import {
  describePaint,
  inkCount,
  isBlackInk,
  isGrayBlack,
  isWhite,
  leavesOthers,
  processInks,
  type Use,
  usesOf,
} from './paints.ts';

/** A rule on small type: judges the size of the texts of which a paint is what the rule is about. */
const onSmallText =
  (concerns: (use: Use, mark: TextMark) => boolean, message: (paint: Paint) => string) =>
  ({ judge }: RuleContext): Listener => ({
    text(mark) {
      const use = usesOf(mark).find((candidate) => concerns(candidate, mark));
      if (!use) return;
      judge(mark.sizePt, {
        page: mark.page.number,
        box: mark.box,
        message: message(use.paint),
        object: mark.font.name,
      });
    },
  });

export const whiteTextOverprint: Rule = {
  id: 'R0007',
  clause: 'GWG 2022 R0007',
  title: 'White text does not overprint',
  hint: 'Switch overprint off for the text: white is no ink, and where it overprints it clears none or only some.',
  levels: { sheetfed: error(), label: error(), digital: error() },
  check: ({ report }) => ({
    text(mark) {
      if (!usesOf(mark).some(({ paint, overprint }) => overprint && isWhite(paint))) return;
      report({
        page: mark.page.number,
        box: mark.box,
        message: 'White text is set to overprint: ink below it shows through',
        object: mark.font.name,
      });
    },
  }),
};

export const blackTextOverprint: Rule = {
  id: 'R0009',
  clause: 'GWG 2022 R0009',
  title: 'Small black text overprints',
  hint: 'Set the text to overprint (with overprint mode 1), so that no white edge shows where plates shift.',
  unit: 'pt',
  levels: { sheetfed: warning(12), label: warning(12) },
  check: onSmallText(
    ({ paint, overprint }, mark) => isBlackInk(paint) && !leavesOthers(paint, overprint, mark.overprintMode),
    () => 'Small black text knocks out what is below it',
  ),
};

export const grayText: Rule = {
  id: 'R0011',
  clause: 'GWG 2022 R0011',
  title: 'Small black text is not DeviceGray',
  hint: 'Use black ink (CMYK 0 0 0 100) and overprint: text in DeviceGray always knocks out.',
  unit: 'pt',
  levels: { sheetfed: warning(12), label: warning(12) },
  check: onSmallText(
    ({ paint }) => isGrayBlack(paint),
    () => 'Small black text is in DeviceGray, which cannot overprint',
  ),
};

export const courier: Rule = {
  id: 'R0014',
  clause: 'GWG 2022 R0014',
  title: 'No Courier',
  hint: 'Make sure that Courier was meant: programs put it in the place of a font that is missing.',
  levels: { sheetfed: warning(), label: warning() },
  check: ({ report }) => ({
    text(mark) {
      if (!/^Courier($|-)/i.test(mark.font.name) || usesOf(mark).length === 0) return;
      report({
        page: mark.page.number,
        box: mark.box,
        message: 'Text is set in Courier, often a sign of a missing font',
        object: mark.font.name,
        key: mark.font.name,
      });
    },
  }),
};

/** From this share of black on a text counts as black. */
const BLACK_FROM = 85;

export const richBlackText: Rule = {
  id: 'R0015',
  clause: 'GWG 2022 R0015',
  title: 'Black text is not made of four inks',
  hint: 'Use black ink alone (CMYK 0 0 0 100) for text: four inks never meet exactly.',
  unit: '%',
  fails: 'above',
  levels: { sheetfed: warning(280), label: warning(280), digital: warning(280) },
  check: ({ judge }) => ({
    text(mark) {
      for (const { paint } of usesOf(mark)) {
        const { sum, black } = processInks(paint);
        if (black < BLACK_FROM - 0.01) continue;
        judge(sum, {
          page: mark.page.number,
          box: mark.box,
          message: `Black text is made of several inks (${describePaint(paint)})`,
          object: mark.font.name,
        });
      }
    },
  }),
};

export const smallWhiteText: Rule = {
  id: 'R0016',
  clause: 'GWG 2022 R0016',
  title: 'White text is large enough',
  hint: 'Make the text larger or bolder: ink around it spreads and closes fine strokes.',
  unit: 'pt',
  levels: { sheetfed: warning(8), label: warning(5), digital: warning(5) },
  check: onSmallText(
    ({ paint }) => isWhite(paint),
    () => 'White text is small and may fill in',
  ),
};

export const smallColouredText: Rule = {
  id: 'R0017',
  clause: 'GWG 2022 R0017',
  title: 'Text of several inks is large enough',
  hint: 'Set small text in one ink, best in black alone, or make it larger.',
  unit: 'pt',
  levels: { sheetfed: warning(8), label: warning(14), digital: warning(5) },
  check(context) {
    const judged = onSmallText(
      ({ paint }) => (inkCount(paint) ?? 0) > 1,
      (paint) => `Small text is made of several inks (${describePaint(paint)})`,
    )(context);
    return {
      text(mark) {
        judged.text?.(mark);
        if (mark.sizePt >= (context.levels[0]?.limit ?? 0)) return;
        const unknown = usesOf(mark).find(
          ({ paint }) => !paint.pattern && inkCount(paint) === null && !isWhite(paint),
        );
        if (!unknown) return;
        context.unjudged(
          `how many inks small text in ${unknown.paint.space.family} takes`,
          'only its conversion to ink will tell',
          mark.page.number,
        );
      },
    };
  },
};
