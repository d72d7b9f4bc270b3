import { layOnAcrylic } from '../../mock-ups/acrylic.ts';
import { cutOut, ringsOf } from '../../mock-ups/outline.ts';
import { pagesOf } from '../../mock-ups/scene.ts';
import { type Texture, textureOf } from '../../mock-ups/texture.ts';
import type { MockUp } from '../../products/mock-up.ts';
import type { Size } from '../../units.ts';

/** A thing with its pages as printed. */
export interface Dressed {
  readonly mockUp: MockUp;
  readonly textures: readonly Texture[];
}

/**
 * Fetches the pages that lie on a thing.
 * @param key of the press file
 * @param trim mm
 */
export async function dressed(
  mockUp: MockUp,
  key: string,
  trim: Size,
  signal: AbortSignal,
): Promise<Dressed> {
  const rings = mockUp.shape === 'sheet' && mockUp.outline !== null ? ringsOf(mockUp.outline) : null;
  const textures: Texture[] = [];
  for (const page of pagesOf(mockUp)) {
    const response = await fetch(`/api/faces/${key}/${page + 1}.png`, { signal });
    if (!response.ok) throw new Error(await response.text());
    const { data, width, height } = await pixelsOf(await response.blob());
    const box = { x: 0, y: 0, width: trim.width, height: trim.height };
    if (rings) cutOut(data, width, height, box, rings);
    if (mockUp.shape === 'keychain') layOnAcrylic(data, width, height, mockUp);
    textures.push(textureOf(data, width, height, box));
  }
  return { mockUp, textures };
}

async function pixelsOf(png: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(png, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  const canvas = Object.assign(document.createElement('canvas'), {
    ...{ width: bitmap.width, height: bitmap.height },
  });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}
