import * as z from 'zod';
import { boundsOf, placePath } from '../contours/path.ts';
import { toSvgData } from '../contours/path-text.ts';
import { withTab } from '../contours/tab.ts';
import prepareContour from './contour.ts';
import type { Preparation, PreparationJob } from './preparation.ts';
import { tabOptions } from './sticker-options.ts';

interface Sticker {
  readonly art: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly clip: string;
  };
}

/** The cut around the first picture with a tab for a ring at its top. */
export default async function prepareKeychain(job: PreparationJob): Promise<Preparation> {
  const plain = await prepareContour(job);
  const { hole, wall, radius } = z.object(tabOptions).parse(job.options);
  const { contour, white } = plain.cuts!;
  const tabbed = withTab(contour!, { hole, wall, radius });
  const { x, y, width, height } = boundsOf(tabbed.path);
  const moved = { x: -x, y: -y, angle: 0 };
  const path = placePath(tabbed.path, moved);
  const { art } = (plain.data as { sticker: Sticker }).sticker;
  const place = { ...art, x: art.x - x, y: art.y - y };
  return {
    ...plain,
    values: { ...plain.values, contour: { width, height }, art: { ...place } },
    cuts: { contour: path, white: placePath(white!, moved) },
    data: { ...plain.data, sticker: { width, height, art: place, cut: toSvgData(path) } },
  };
}
