import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { contourOptions } from '../../src/contours/contour.ts';
import { contourOfPicture } from '../../src/contours/picture-contour.ts';
import { hashFile } from '../../src/files.ts';
import { packagePath } from '../../src/paths.ts';
import { thinned } from '../setup/thinned.ts';
import { least, leastRadius, pointsOfSvg } from './judge.ts';
import { distanceMap, printed, readAt, withoutDirt } from './raster-judge.ts';

/** A cat with alpha; one on a plain ground; a generated picture that is cut out. Each in one piece. */
const PICTURES = [
  'assets/demo/20220923124418.png',
  'assets/demo/20220906193041.png',
  'assets/demo/20220919230104.png',
  '../shared/samples/generators/empty.png',
].map((path) => packagePath(path));
const [PRINT, PPI] = [60, 600];
/** What the cut may be off, mm: the 0.1 that is asked for, and half a square of the raster it is measured on. */
const OFF = 0.1 + 25.4 / PPI / 2;
/** The corners of hollows may be this much rounder than asked. */
const ROUNDER = 1.1;

describe('a cut measured on the raster', () => {
  test.each(
    thinned(
      PICTURES.filter((path) => existsSync(path)),
      4,
    ),
  )(
    'of %s lies at its border, and further off only where a hollow is as round as the knife asks',
    async (path) => {
      const options = z.object(contourOptions).parse({});
      const { border, radius } = options;
      const contour = await contourOfPicture({ path, sha256: await hashFile(path) }, PRINT, options);
      expect(contour.islands).toBe(1);
      const margin = border + 3 * radius + 2;
      const mask = await printed(contour.mask!, { print: PRINT, margin, ppi: PPI });
      const toAll = distanceMap(mask, (at) => mask.art[at] === 1);
      const kept = withoutDirt(mask, toAll, options.speck);
      // From a square's middle to the edge of the nearest one that is art.
      const toArt = distanceMap(mask, (at) => kept[at] === 1).map((value) => value - mask.pixel / 2);
      const lines = pointsOfSvg(contour.path);
      const points = lines.flat();
      const away = points.map((point) => readAt(mask, toArt, point));
      // A disc outside the border reaches a hollow's edge: so far its middle may be from the cut.
      const outside = [radius, radius * ROUNDER].map((round) => {
        const middles = distanceMap(mask, (at) => toArt[at]! >= border + round);
        return points.map((point) => round - readAt(mask, middles, point));
      });
      const beyond = points.map((_, i) => Math.min(outside[0]![i]!, outside[1]![i]!));
      expect(least(away)).toBeGreaterThanOrEqual(border - OFF);
      expect(Math.max(...beyond)).toBeLessThanOrEqual(OFF);
      expect(leastRadius(lines)).toBeGreaterThan(radius - 0.06);
    },
  );
});
