import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Picture } from '../artwork/artwork.ts';
import type { Outline as OutlineKind } from '../contours/contour.ts';
import type { CutPath } from '../contours/path.ts';
import { ellipse, roundedRectangle } from '../contours/shapes.ts';
import { ExitCode, PrintcatError } from '../errors.ts';
import { hashFile, hashOf, writeWhole } from '../files.ts';
import { type Box, inset, outset, type Size, sameEdges } from '../units.ts';
import { cutOutAside } from './cut-out-aside.ts';
import { kept } from './kept.ts';
import type { OrderedPicture } from './preparation.ts';
import type { CutOrder } from './sticker-options.ts';

/** How large a sticker is to be, mm: its longer side once it is cut, or the whole picture's width in print. */
export type Extent = { readonly longest: number } | { readonly width: number };

/** What is to be cut out of a picture. */
export interface OutlineWish {
  readonly kind: OutlineKind;
  readonly extent: Extent;
  readonly cut: CutOrder;
  /** How far art without a border runs past the cut, mm. */
  readonly bleed: number;
}

/** A picture with the cut around it; lengths in mm from the top left corner of the cut's box. */
export interface Outline {
  readonly path: CutPath;
  readonly size: Size;
  /** Where the picture stands. */
  readonly art: Box;
  /** Radius of the picture's own corners, as CSS writes it. */
  readonly clip: string;
  /** The area of white ink under the art. */
  readonly white: CutPath;
  /** From the art to the cut; negative where the art runs past it. */
  readonly border: number;
  /** The cut-out in place of the picture; `null` where it stays as it is. */
  readonly picture: Picture | null;
}

/** Goes up whenever the same wish gives another outline. */
const VERSION = 2;

const point = z.tuple([z.number(), z.number()]);
const path = z.object({
  loops: z.array(z.array(z.object({ from: point, control1: point, control2: point, to: point }))),
});
const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const outline: z.ZodType<Outline> = z.object({
  path,
  size: z.object({ width: z.number(), height: z.number() }),
  art: box,
  clip: z.string(),
  white: path,
  border: z.number(),
  picture: z.object({ path: z.string(), sha256: z.string() }).nullable(),
});

/**
 * Finds the cut around a picture, and cuts the subject out where the cut follows it.
 * @param cacheDir folder of computed things that may be thrown away
 * @throws PrintcatError with the picture's ID where there is nothing to cut out, or it cannot be cut as asked; where it
 *   is stopped
 */
export async function outlineOf(
  picture: OrderedPicture,
  wish: OutlineWish,
  cacheDir: string,
  signal: AbortSignal,
): Promise<Outline> {
  const { kind, extent, cut } = wish;
  const isShape = kind === 'circle' || kind === 'ellipse' || kind === 'rectangle';
  if (isShape && !(await isCutOut(picture))) return ofShape(kind, picture, wish);
  const folder = join(cacheDir, 'outlines');
  const key = hashOf({ version: VERSION, sha256: picture.sha256, kind, extent, cut });
  return kept(
    folder,
    key,
    outline,
    async () => {
      const { path, sha256 } = picture;
      const question = { picture: { path, sha256 }, wish, folder };
      const { png, ...found } = await cutOutAside(question, signal).catch((error: unknown) => {
        throw named(error, picture.id);
      });
      const file = join(folder, `${key}.png`);
      await writeWhole(file, (temporary) => writeFile(temporary, png));
      return { ...found, picture: { path: file, sha256: await hashFile(file) } };
    },
    async (found) => found.picture !== null && (await hashFile(found.picture.path)) === found.picture.sha256,
  );
}

/** Whether a picture was cut out before: a shape goes around what is to be seen of it, and crops nothing. */
async function isCutOut(picture: OrderedPicture): Promise<boolean> {
  if (!picture.hasAlpha) return false;
  const { isOpaque } = await import('../fills/originals.ts');
  return !(await isOpaque(picture));
}

/** Which of many pictures it is about. */
function named(error: unknown, id: string): unknown {
  if (!(error instanceof PrintcatError) || error.exitCode === ExitCode.interrupted) return error;
  const { message, hint, exitCode } = error;
  return new PrintcatError(`${id}: ${message}`, { ...(hint && { hint }), exitCode, cause: error });
}

/** A shape that the picture fills, cropped to it; without a border it fills the shape beyond its cut. */
function ofShape(
  kind: 'circle' | 'ellipse' | 'rectangle',
  { id, widthPx, heightPx }: OrderedPicture,
  { extent, cut, bleed }: OutlineWish,
): Outline {
  const { border, corner, choke } = cut;
  const aspect = kind === 'circle' ? 1 : heightPx / widthPx;
  const width = 'width' in extent ? extent.width : (extent.longest - 2 * border) * Math.min(1, 1 / aspect);
  const size = { width: width + 2 * border, height: width * aspect + 2 * border };
  if (!(width > 1 && width * aspect > 1)) {
    throw new PrintcatError(
      `${id}: Expected a sticker larger than its border but nothing is left inside it`,
      {
        hint: 'Choose a larger sticker or a narrower border.',
      },
    );
  }
  const whole = { x: 0, y: 0, ...size };
  const round = (area: Box, radius: number): CutPath =>
    kind === 'rectangle' ? roundedRectangle(area, Math.max(0, radius)) : ellipse(area);
  const inner = border === 0 ? -bleed : border;
  return {
    path: round(whole, corner),
    size,
    art: inset(whole, sameEdges(inner)),
    clip: kind === 'rectangle' ? `${Math.max(0, corner - inner)}mm` : '50%',
    white: round(outset(whole, sameEdges(-border - choke)), corner - border - choke),
    border: inner,
    picture: null,
  };
}
