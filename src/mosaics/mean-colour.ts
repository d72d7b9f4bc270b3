import { type Lab, toLab } from '../artwork/lab.ts';
import { messageOf, PrintcatError } from '../errors.ts';

/** Side of the copy that is looked at, px. */
const LOOK_AT = 32;

/**
 * The mean colour of a picture; what is transparent does not count.
 * @throws PrintcatError where it cannot be read
 */
export async function meanColourOf(path: string): Promise<Lab> {
  const { default: sharp } = await import('sharp');
  const data = await sharp(path, { limitInputPixels: false })
    .toColourspace('srgb')
    .resize(LOOK_AT, LOOK_AT, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer()
    .catch((error: unknown) => {
      throw new PrintcatError(
        `Expected a readable picture but ${path} is not: ${messageOf(error).split('\n')[0]}`,
        {
          cause: error,
        },
      );
    });
  const sum = [0, 0, 0];
  let weight = 0;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    const lab = toLab([data[i]!, data[i + 1]!, data[i + 2]!]);
    for (let c = 0; c < 3; c++) sum[c]! += lab[c]! * alpha;
    weight += alpha;
  }
  if (weight === 0) return [100, 0, 0];
  return [sum[0]! / weight, sum[1]! / weight, sum[2]! / weight];
}
