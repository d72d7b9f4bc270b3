import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import type { Artwork } from '../../src/artwork/artwork.ts';
import { encodePng } from '../../src/artwork/png.ts';
import type { Raster } from '../../src/artwork/raster.ts';
import type { Picture } from '../../src/press/pictures.ts';
import { storedStream } from '../../src/press/stored-stream.ts';

/** Writes pixels as the artwork stage does. */
export async function artworkOf(
  folder: string,
  raster: Raster,
  profile: Buffer | null = null,
): Promise<Artwork> {
  const { width: widthPx, height: heightPx, channels } = raster;
  const key = `${widthPx}x${heightPx}x${channels}`;
  const path = join(folder, `${key}.png`);
  await writeFile(path, await encodePng(raster, profile));
  const facts = { sourcePpi: 300, factor: 1, method: 'none', cached: false, warnings: [] };
  return { path, key, widthPx, heightPx, hasAlpha: channels === 4, ...facts };
}

/** A page of one picture and nothing else, one point a pixel, for programs that read PDF. */
export async function pageOf(file: string, { widthPx, heightPx, data, encoding }: Picture): Promise<void> {
  const doc = await PDFDocument.create();
  const page = doc.addPage([widthPx, heightPx]);
  const { context } = doc;
  const image = context.obj({
    ...{ Type: 'XObject', Subtype: 'Image', Width: widthPx, Height: heightPx },
    ...{ ColorSpace: 'DeviceCMYK', BitsPerComponent: 8 },
    ...(encoding === 'jpeg'
      ? { Filter: 'DCTDecode', Decode: [1, 0, 1, 0, 1, 0, 1, 0] }
      : { Filter: 'FlateDecode' }),
  });
  page.node.setXObject(
    PDFName.of('Im'),
    context.register(data instanceof Uint8Array ? PDFRawStream.of(image, data) : storedStream(image, data)),
  );
  const content = context.stream(`${widthPx} 0 0 ${heightPx} 0 0 cm /Im Do`);
  page.node.set(PDFName.of('Contents'), context.register(content));
  await writeFile(file, await doc.save());
}
