import { type Box, formatMm, intersect, ptToMm, translate } from '../../../units.ts';
import type { Expectation, PageExpectation, Rule, TextMark } from '../../model.ts';
import { everywhere } from '../levels.ts';

/**
 * Type is measured by its font's box, not by its ink: this much of its size past a limit may hold none. The box goes
 * 0.22 em below the line and 0.92 em above it, a Chinese character 0.12 and 0.88.
 */
const SLACK_EM = 0.1;
/** What nobody sees, mm. */
const SLACK_MM = 0.1;
const slackOf = ({ sizePt }: TextMark): number => Math.max(SLACK_MM, SLACK_EM * ptToMm(sizePt)) + 1e-6;

const SOURCE = 'the printer’s preset and the order';

/** How far a box reaches out of another, mm; 0 where it lies within. */
const excess = (inner: Box, outer: Box): number =>
  Math.max(
    0,
    outer.x - inner.x,
    outer.y - inner.y,
    inner.x + inner.width - outer.x - outer.width,
    inner.y + inner.height - outer.y - outer.height,
  );

/** A mark's box, mm from the trim's top left corner. */
function fromTrim({ page: { trim }, box }: TextMark): Box {
  return trim ? translate(box, -trim.x, -trim.y) : box;
}

/** What holds on the page that a mark stands on; nothing on one that was not ordered. */
const onItsPage = ({ onPages = [] }: Expectation, { page }: TextMark): PageExpectation =>
  onPages[page.number - 1] ?? {};

/** Whether type belongs to the spine: its middle is nearer to the spine's own area than to a panel's. */
function isOnSpine(box: Box, { spine, safe = [] }: PageExpectation): boolean {
  if (!spine) return false;
  const middle = box.x + box.width / 2;
  const away = (area: Box) => Math.max(0, area.x - middle, middle - area.x - area.width);
  return safe.every((area) => away(spine.box) < away(area));
}

export const safeArea: Rule = {
  id: 'PR-SAFE',
  clause: SOURCE,
  title: 'Type stands inside the safe area',
  hint: 'Move the type inwards: what is near the trim or a fold may be cut or folded away.',
  unit: 'mm',
  fails: 'above',
  levels: everywhere('error'),
  needs: ({ onPages = [] }) => onPages.some(({ safe = [] }) => safe.length > 0),
  check: ({ report, expect }) => ({
    text(mark) {
      const box = fromTrim(mark);
      const page = onItsPage(expect, mark);
      if (!page.safe?.length || isOnSpine(box, page)) return;
      const out = Math.min(...page.safe.map((area) => excess(box, area)));
      if (out <= slackOf(mark)) return;
      report({
        page: mark.page.number,
        box: mark.box,
        message: `Type leaves the safe area by ${formatMm(out)}`,
        measured: out,
        threshold: 0,
      });
    },
  }),
};

export const spineType: Rule = {
  id: 'PR-SPINE',
  clause: SOURCE,
  title: 'Type on the spine stands within its safe width',
  hint: 'Make the spine’s type smaller, or leave it out where the printer allows none.',
  unit: 'mm',
  fails: 'above',
  levels: everywhere('error'),
  needs: ({ onPages = [] }) => onPages.some(({ spine }) => spine !== undefined),
  check: ({ report, expect }) => ({
    text(mark) {
      const box = fromTrim(mark);
      const page = onItsPage(expect, mark);
      const { spine } = page;
      if (!spine || !isOnSpine(box, page)) return;
      const out = excess(box, spine.box);
      const at = { page: mark.page.number, box: mark.box };
      if (!spine.text)
        report({ ...at, message: 'There is type on a spine that has no room for it', key: 'none' });
      else if (out > slackOf(mark)) {
        report({
          ...at,
          message: `Type leaves the spine’s safe width by ${formatMm(out)}`,
          measured: out,
          threshold: 0,
        });
      }
    },
  }),
};

export const keepClear: Rule = {
  id: 'PR-CLEAR',
  clause: SOURCE,
  title: 'Areas that the printer keeps for itself are free of type',
  hint: 'Move the type away: the printer sets a barcode there.',
  levels: everywhere('error'),
  needs: ({ onPages = [] }) => onPages.some(({ keepClear: areas = [] }) => areas.length > 0),
  check: ({ report, expect }) => ({
    text(mark) {
      const box = fromTrim(mark);
      for (const { name, box: area } of onItsPage(expect, mark).keepClear ?? []) {
        const shared = intersect(box, area);
        if (!shared || Math.min(shared.width, shared.height) <= slackOf(mark)) continue;
        report({
          page: mark.page.number,
          box: mark.box,
          message: `Type stands in the area of the ${name}`,
          key: name,
        });
      }
    },
  }),
};
