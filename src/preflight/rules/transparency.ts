import type { GroupMark, Mark, Rule } from '../model.ts';
import { error } from './levels.ts';

const isTransparent = (mark: Mark): boolean =>
  mark.blend !== 'Normal' || mark.alphaFill < 1 || mark.alphaStroke < 1 || mark.softMask;

export const blendSpace: Rule = {
  id: 'R0030',
  clause: 'GWG 2022 R0030',
  title: 'Transparency is blended in DeviceCMYK',
  hint: 'Set the blending colour space to CMYK: blended in another space, the colours come out changed.',
  levels: { sheetfed: error(), label: error(), digital: error() },
  check({ report }) {
    // A page's own group matters only where something on the page is transparent.
    let pageGroup: GroupMark | null = null;
    let transparent = false;
    const look = (mark: Mark) => {
      transparent ||= isTransparent(mark);
    };
    const wrong = ({ page, space, source }: GroupMark, of: string) =>
      report({
        page: page.number,
        message: `${of} blends in ${space?.family ?? 'an unknown space'}, not in DeviceCMYK`,
        measured: space?.family ?? 'unknown',
        object: source,
        key: source,
      });
    return {
      page() {
        pageGroup = null;
        transparent = false;
      },
      group(group) {
        const right = group.space === null || group.space.family === 'DeviceCMYK';
        if (group.of === 'soft mask') return;
        if (group.of === 'form') transparent = true;
        if (right) return;
        if (group.of === 'page') pageGroup = group;
        else wrong(group, 'A transparency group');
      },
      text: look,
      path: look,
      shading: look,
      image(mark) {
        look(mark);
        transparent ||= mark.hasSoftMask;
      },
      pageEnd() {
        if (pageGroup && transparent) wrong(pageGroup, 'The page');
      },
    };
  },
};

export const x1aTransparency: Rule = {
  id: 'PX-OPAQUE-1A',
  clause: 'ISO 15930-1, 6.12',
  title: 'PDF/X-1a: nothing is transparent',
  hint: 'Flatten the transparency when exporting, or deliver PDF/X-4 if the printer takes it.',
  levels: { x1a: error() },
  check({ report }) {
    const tell = (mark: Mark, what: string) =>
      report({ page: mark.page.number, box: mark.box, message: `PDF/X-1a allows no ${what}`, key: what });
    const look = (mark: Mark) => {
      if (mark.softMask) tell(mark, 'soft mask');
      else if (mark.blend !== 'Normal') tell(mark, `blend mode (${mark.blend})`);
      else if (isTransparent(mark)) tell(mark, 'transparent colour');
    };
    return {
      sees: ['art', 'slug', 'step', 'hidden'],
      text: look,
      path: look,
      shading: look,
      image(mark) {
        look(mark);
        if (mark.hasSoftMask) tell(mark, 'image with a soft mask');
      },
      group(group) {
        report({
          page: group.page.number,
          message: 'PDF/X-1a allows no transparency group',
          object: group.source,
          key: 'group',
        });
      },
    };
  },
};
