import * as z from 'zod';
import { areaOf } from '../contours/path.ts';
import { toSvgData } from '../contours/path-text.ts';
import { lengthMm } from '../products/sourced.ts';
import { outlineOf } from './outline.ts';
import type { Preparation, PreparationJob } from './preparation.ts';
import { contourOptions } from './sticker-options.ts';

/** Longer side of a sticker where nothing is said, mm. */
const USUAL_LONGEST = 70;

/** The cut around the first picture of an order; the others stay as they are. */
export default async function prepareContour(job: PreparationJob): Promise<Preparation> {
  const { options, pictures, printer, cacheDir, signal, onStage } = job;
  const order = z.object(contourOptions).parse(options);
  const border = order.border ?? lengthMm(printer.safe);
  const bleed = lengthMm(printer.bleed);
  onStage('laying the cut around the picture');
  const outline = await outlineOf(
    pictures[0]!,
    {
      kind: order.outline,
      extent:
        order.width === undefined ? { longest: order.longest ?? USUAL_LONGEST } : { width: order.width },
      cut: { ...order, border },
      bleed,
    },
    cacheDir,
    signal,
  );
  const { path, size, art, white, clip, picture } = outline;
  return {
    values: {
      contour: { ...size },
      art: { ...art },
      least: { side: Math.min(size.width, size.height), area: areaOf(path), border },
    },
    cuts: { contour: path, white },
    data: { sticker: { ...size, art: { ...art, clip }, cut: toSvgData(path) }, bleed },
    ...(picture && { pictures: [picture] }),
  };
}
