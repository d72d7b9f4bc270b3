import type { ImageMark, PageFacts, Rule } from '../model.ts';
import { errorThenWarning } from './levels.ts';

/** Images of this many px or less both ways are no pictures (GWG 2022). */
const NO_PICTURE_PX = 16;

const isPicture = ({ widthPx, heightPx }: ImageMark): boolean =>
  widthPx > NO_PICTURE_PX || heightPx > NO_PICTURE_PX;

/** The lower of the resolutions along the two sides. */
const lowest = ({ ppi }: ImageMark): number => Math.min(ppi.x, ppi.y);

const named = ({ object, widthPx, heightPx }: ImageMark): string =>
  `${widthPx} × ${heightPx} px${object ? ` (${object})` : ''}`;

/** 1 bit a component in one component, masks among them. */
const isBitmap = ({ bitsPerComponent, space }: ImageMark): boolean =>
  bitsPerComponent === 1 && (space === null || space.components === 1);

const resolutionRule = (
  rule: Pick<Rule, 'id' | 'clause' | 'title' | 'hint' | 'levels'>,
  concerns: (mark: ImageMark) => boolean,
  message: string,
): Rule => ({
  ...rule,
  unit: 'ppi',
  fails: 'at or below',
  check: ({ judge }) => ({
    image(mark) {
      if (!isPicture(mark) || !concerns(mark)) return;
      judge(lowest(mark), {
        page: mark.page.number,
        box: mark.box,
        message: `${message}: ${named(mark)}`,
        object: mark.object ?? 'inline image',
        key: mark.object ?? `inline ${mark.widthPx} ${mark.heightPx}`,
      });
    },
  }),
});

export const imageResolution = resolutionRule(
  {
    id: 'R0031',
    clause: 'GWG 2022 R0031',
    title: 'Images have enough pixels for their size',
    hint: 'Place the image smaller, or use one with more pixels.',
    levels: {
      sheetfed: errorThenWarning(149, 224),
      label: errorThenWarning(199, 239),
      digital: errorThenWarning(95, 149),
    },
  },
  (mark) => !isBitmap(mark),
  'An image has few pixels for its size',
);

export const bitmapResolution = resolutionRule(
  {
    id: 'R0032',
    clause: 'GWG 2022 R0032',
    title: 'Line art (1 bit) has enough pixels for its size',
    hint: 'Scan or export the line art with more pixels, or as vectors.',
    levels: {
      sheetfed: errorThenWarning(549, 799),
      label: errorThenWarning(549, 799),
      digital: errorThenWarning(349, 599),
    },
  },
  isBitmap,
  'Line art has few pixels for its size',
);

export const pageImageResolution: Rule = {
  id: 'R0033',
  clause: 'GWG 2022 R0033',
  title: 'A page that is one image has enough pixels for its text',
  hint: 'Export the page with its text and lines as vectors instead of as one image.',
  unit: 'ppi',
  fails: 'at or below',
  levels: { label: errorThenWarning(449, 1199) },
  check({ judge }) {
    let images: ImageMark[] = [];
    let others = 0;
    const other = () => {
      others++;
    };
    return {
      page() {
        images = [];
        others = 0;
      },
      image(mark) {
        if (images.length < 2) images.push(mark);
      },
      text: other,
      path: other,
      shading: other,
      pageEnd({ number }: PageFacts) {
        const [only] = images;
        if (images.length !== 1 || !only || others > 0 || !isPicture(only)) return;
        judge(lowest(only), {
          page: number,
          box: only.box,
          message: `The page is one image: ${named(only)}`,
          object: only.object ?? 'inline image',
        });
      },
    };
  },
};
