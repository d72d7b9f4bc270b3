import { srgbProfile } from '../colour/screen-colours.ts';
import { ExitCode, PrintcatError } from '../errors.ts';
import type { ImageForm } from './draw.ts';

/** What a picture is held against before it is delivered. */
export interface ImageWish extends ImageForm {
  /** A provider's limit. */
  readonly maxBytes?: number;
  /** The pictures that were placed in it, each with the resolution that its pixels have there, px per inch. */
  readonly pictures?: readonly { readonly name: string; readonly ppi: number }[];
  /** Least resolution of such a picture, px per inch; that of the file where it is not given. */
  readonly leastPpi?: number;
}

/** What a picture is held against. */
export const IMAGE_RULES = [
  'format',
  'size',
  'depth',
  'profile',
  'ppi',
  'alpha',
  'empty',
  'bytes',
  'pictures',
] as const;

/** Something that is wrong with a picture. */
export interface ImageFinding {
  readonly rule: (typeof IMAGE_RULES)[number];
  /** What was expected and what was found. */
  readonly message: string;
}

/** Places are rounded to the layout's pixels: so much of a picture's resolution may be missing (`press/coarse.ts`). */
const COARSE_SLACK = 0.99;

/** Holds a PNG against what its provider asks for; nothing is found in a sound one. */
export async function judgeImage(png: Uint8Array, wish: ImageWish): Promise<ImageFinding[]> {
  const { default: sharp } = await import('sharp');
  const open = () => sharp(png, { limitInputPixels: false });
  const found: ImageFinding[] = [];
  const hold = (rule: ImageFinding['rule'], isSound: boolean, wanted: string, came: unknown) => {
    if (!isSound) found.push({ rule, message: `Expected ${wanted} but found ${came}` });
  };
  const facts = await open()
    .metadata()
    .catch(() => null);
  if (facts?.format !== 'png')
    return [{ rule: 'format', message: `Expected a PNG but found ${facts?.format ?? 'no picture'}` }];
  const { size, ppi, transparent, maxBytes, pictures = [], leastPpi = ppi } = wish;
  const { width, height, channels, depth, icc, density = 0, hasAlpha } = facts;
  const isSize = width === size.width && height === size.height;
  hold('size', isSize, `${size.width} × ${size.height} px`, `${width} × ${height} px`);
  hold('depth', depth === 'uchar', '8 bits a sample', depth);
  const isSrgb = channels >= 3 && icc !== undefined && icc.equals(await srgbProfile());
  const profile = channels < 3 ? 'greys' : icc ? 'another profile' : 'no profile';
  hold('profile', isSrgb, 'sRGB with its profile embedded', profile);
  // PNG names whole pixels a metre (11.3.4.3); the library rounds them back.
  hold('ppi', density === Math.round(ppi), `${ppi} ppi`, `${density || 'no'} ppi`);
  hold(
    'alpha',
    hasAlpha === transparent,
    transparent ? 'an alpha channel' : 'no alpha channel',
    hasAlpha ? 'one' : 'none',
  );
  if (transparent && hasAlpha) {
    const alpha = await open().extractChannel('alpha').raw().toBuffer();
    const isSeen = alpha.some((value) => value > 0);
    hold('empty', isSeen, 'something on the picture', 'nothing but clear ground');
  }
  if (maxBytes !== undefined) hold('bytes', png.length <= maxBytes, `at most ${maxBytes} bytes`, png.length);
  for (const picture of pictures) {
    const came = `${Math.floor(picture.ppi)} ppi for ${picture.name}`;
    hold('pictures', picture.ppi >= leastPpi * COARSE_SLACK, `pictures of ${leastPpi} ppi`, came);
  }
  return found;
}

/**
 * The last gate of a picture: what does not pass it is not delivered.
 * @param name the file's, for the message
 * @throws PrintcatError with all that is wrong
 */
export async function requireSoundImage(name: string, png: Uint8Array, wish: ImageWish): Promise<void> {
  const found = await judgeImage(png, wish);
  if (found.length === 0) return;
  throw new PrintcatError(
    `${name} is not what its provider takes: ${found.map(({ message }) => message).join('; ')}`,
    {
      exitCode: ExitCode.failed,
      ...(found.some(({ rule }) => rule === 'pictures') && {
        hint: 'Take a larger picture, a smaller place for it, or another upscaler.',
      }),
    },
  );
}
