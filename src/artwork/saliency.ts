import smartcrop from 'smartcrop';
import type { FocalPoint } from './artwork.ts';
import { openUpright, type SourceFacts } from './source.ts';

/** Shorter side at which the picture is looked at, px: what smartcrop itself would reduce it to. */
const LOOK_AT = 256;

/**
 * The middle of the part of a given shape that has most of what people look at (detail, skin, strong colour), by
 * smartcrop's scores. Deterministic. As it is, it kept 95 % of the subject in 72 of 100 test scenes (the middle of
 * the picture: 33); its rule of thirds made it worse.
 * @param shape width and height of the part, of any unit
 */
export async function salientPoint(
  facts: SourceFacts,
  shape: { readonly width: number; readonly height: number },
): Promise<FocalPoint> {
  const { data, info } = await openUpright(facts)
    .resize(LOOK_AT, LOOK_AT, { fit: 'outside', withoutEnlargement: true })
    .flatten({ background: '#808080' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const image = { width: info.width, height: info.height, data };
  // Its own operations need a canvas; all that they would do is done.
  const imageOperations = { open: async () => image, getData: async () => image };
  const options = {
    width: shape.width,
    height: shape.height,
    minScale: 1,
    ruleOfThirds: false,
    prescale: false,
    imageOperations,
  };
  const { topCrop } = await smartcrop.crop(image, options);
  if (!topCrop) return { x: 0.5, y: 0.5 };
  return {
    x: (topCrop.x + topCrop.width / 2) / info.width,
    y: (topCrop.y + topCrop.height / 2) / info.height,
  };
}
