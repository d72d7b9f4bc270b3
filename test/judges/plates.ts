import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { inTemporaryFolder, judge } from './tool.ts';

/** The plates of a page; each is one byte a pixel from the top left: 0 is no ink, 255 full ink. */
export interface Plates {
  readonly width: number;
  readonly height: number;
  readonly C: Uint8Array;
  readonly M: Uint8Array;
  readonly Y: Uint8Array;
  readonly K: Uint8Array;
  /** Spot colours by their names. */
  readonly spots: ReadonlyMap<string, Uint8Array>;
}

export interface PlatesOptions {
  /** px per inch. */
  readonly dpi?: number;
  readonly page?: number;
  /** Fills shapes where they cover a pixel's middle, not wherever they touch one, as presses' programs do. */
  readonly middles?: boolean;
  /** A CMYK profile that colours other than inks go through, relative colorimetric with black point compensation. */
  readonly profile?: string;
}

/** Separates a page into its plates with Ghostscript's tiffsep, without anti-aliasing. */
export const plates = (
  file: string,
  { dpi = 150, page = 1, middles = false, profile }: PlatesOptions = {},
): Promise<Plates> =>
  inTemporaryFolder(async (folder) => {
    await judge(
      'gs',
      // The operator for it is withheld from programs that are kept safe.
      ...['-q', middles ? '-dNOSAFER' : '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=tiffsep', `-r${dpi}`],
      ...(profile ? [`-sOutputICCProfile=${profile}`, '-dRenderIntent=1', '-dBlackPtComp=1'] : []),
      ...[`-dFirstPage=${page}`, `-dLastPage=${page}`],
      ...['-o', join(folder, 'page.tif')],
      ...(middles ? ['-c', '0 0 .setfilladjust2', '-f', file] : [file]),
    );
    // Beside page.tif, which shows the inks together, stands one file a plate: page(Cyan).tif.
    const inks = new Map<string, Uint8Array>();
    let size = { width: 0, height: 0 };
    for (const name of await readdir(folder)) {
      const ink = /^page\((.*)\)\.tif$/s.exec(name)?.[1];
      if (ink === undefined) continue;
      const { data, info } = await sharp(join(folder, name))
        .negate()
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      inks.set(ink, data);
      size = info;
    }
    const plate = (ink: string): Uint8Array => {
      const data = inks.get(ink);
      if (!data) throw new Error(`Ghostscript made no plate ${ink} of ${file}`);
      inks.delete(ink);
      return data;
    };
    return {
      width: size.width,
      height: size.height,
      C: plate('Cyan'),
      M: plate('Magenta'),
      Y: plate('Yellow'),
      K: plate('Black'),
      spots: inks,
    };
  });
