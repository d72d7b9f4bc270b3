import { ExitCode, PrintcatError } from '../errors.ts';
import { pdfium } from '../pdfium.ts';
import type { Size } from '../units.ts';
import { onPixelGrid } from './pixel-grid.ts';

/** What a provider that takes PNG asks of it. */
export interface ImageForm {
  /** Exactly so many, px. */
  readonly size: Size;
  /** Resolution that the file names, px per inch. */
  readonly ppi: number;
  /** Whether what no art covers stays clear; on white where it does not. */
  readonly transparent: boolean;
}

/**
 * Draws a page of a file in sRGB (`press` with the standard `rgb`, without marks) as the PNG that a provider takes:
 * 8 bits, sRGB with its profile, its resolution written in. Pictures that were made for this resolution come through
 * pixel for pixel.
 * @param pageIndex from 0
 */
export async function drawImage(
  pdf: Uint8Array,
  { size, ppi, transparent }: ImageForm,
  pageIndex = 0,
): Promise<Buffer> {
  const { width, height } = size;
  const pixels = await drawn(await onPixelGrid(pdf, pageIndex, size), pageIndex, size, transparent);
  const { default: sharp } = await import('sharp');
  const picture = sharp(pixels, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  if (!transparent) picture.removeAlpha();
  // With filters half as large as without, in the same time.
  const png = { compressionLevel: 3, adaptiveFiltering: true };
  return picture.withDensity(ppi).withIccProfile('srgb').png(png).toBuffer();
}

/** Red, green, blue and alpha of each pixel; colours are not multiplied by alpha. */
async function drawn(
  pdf: Uint8Array,
  pageIndex: number,
  size: Size,
  transparent: boolean,
): Promise<Uint8Array> {
  const document = await (await pdfium()).loadDocument(pdf);
  try {
    const page = document.getPage(pageIndex);
    return (await page.render({ ...size, render: 'bitmap', renderFormFields: false, transparent })).data;
  } catch (cause) {
    throw new PrintcatError(`A picture of ${size.width} × ${size.height} px could not be drawn`, {
      ...{ hint: 'Lower the resolution (--ppi).', exitCode: ExitCode.failed, cause },
    });
  } finally {
    document.destroy();
  }
}
