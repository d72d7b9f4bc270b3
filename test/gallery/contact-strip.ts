import sharp from 'sharp';

/** Height of a strip, px: small enough to lie in the repository, large enough to see type move. */
const HEIGHT = 220;
const GAP = 8;
/** Pages of a strip: further ones are like them. */
const PAGES = 6;

/** The proofs of a product side by side on grey, as raw RGB. */
export async function contactStrip(
  proofs: readonly string[],
): Promise<{ data: Buffer; width: number; height: number }> {
  const pages = await Promise.all(
    proofs.slice(0, PAGES).map(async (proof) => {
      const { data, info } = await sharp(proof)
        .flatten({ background: '#fff' })
        .resize(HEIGHT * 2, HEIGHT, { fit: 'inside' })
        .png()
        .toBuffer({ resolveWithObject: true });
      return { data, width: info.width };
    }),
  );
  const width = pages.reduce((sum, page) => sum + page.width + GAP, -GAP);
  let left = 0;
  const places = pages.map((page) => {
    const place = { input: page.data, left, top: 0 };
    left += page.width + GAP;
    return place;
  });
  const { data, info } = await sharp({ create: { width, height: HEIGHT, channels: 3, background: '#888' } })
    .composite(places)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
