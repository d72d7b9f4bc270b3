import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeWhole } from '../files.ts';
import type { Picture } from './artwork.ts';
import { fromLab, type Lab, type Rgb, toLab } from './lab.ts';

/** Colours that sit well beside a picture, `#rrggbb` in sRGB, for grounds and type of a layout. */
export interface Palette {
  /** A ground or text colour, L* 12…21, tinted like the picture's shadows; at least 9:1 against `light`. */
  readonly dark: string;
  /** A ground or text colour, L* 93…97, tinted like the picture's lights. */
  readonly light: string;
  /** The picture's most characteristic colour, L* 35…60. */
  readonly accent: string;
  /** A quiet tone between both, L* 45…65, of the picture's mean colour. */
  readonly mid: string;
}

/** Longer side of the copy that is looked at, px. */
const LOOK_AT = 64;
/** Hues are counted in bins of 15 degrees. */
const BINS = 24;
/** Below this chroma a pixel has no hue worth counting: greys, and the noise of JPEG. */
const GREY = 6;
/** From this alpha on a pixel is seen as its own colour. */
const SEEN = 128;

const DARK = { l: [12, 21], chroma: 16 } as const;
const LIGHT = { l: [93, 97], chroma: 5 } as const;
const ACCENT = { l: [35, 60], chroma: [24, 80] } as const;
const MID = { l: [45, 65], chroma: 24 } as const;

const clamp = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, value));
const chromaOf = ([, a, b]: Lab): number => Math.hypot(a, b);

const hexColour = z.string().regex(/^#[0-9a-f]{6}$/);
const paletteSchema = z.object({ dark: hexColour, light: hexColour, accent: hexColour, mid: hexColour });

/** Goes up whenever the same picture gives another palette than before. */
const PALETTE_VERSION = 2;

/**
 * Takes a palette from a reduced copy of the picture. The same picture always gives the same colours.
 * @param cacheDir where results are kept, as for `makeArtwork`
 * @throws PrintcatError where the original cannot be read, or has changed since it was imported
 */
export async function paletteOf(picture: Picture, cacheDir: string): Promise<Palette> {
  const path = join(cacheDir, 'artwork', `${picture.sha256}-palette-${PALETTE_VERSION}.json`);
  try {
    return paletteSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Not there or not whole: as good as new.
    const palette = paletteFrom(await readPixels(picture));
    await writeWhole(path, (temporary) => writeFile(temporary, JSON.stringify(palette)));
    return palette;
  }
}

/** The pixels of a small copy, in sRGB whatever the picture's own space is: these colours go into a layout. */
async function readPixels(picture: Picture): Promise<Lab[]> {
  const { openUpright, readFacts } = await import('./source.ts');
  const facts = await readFacts(picture);
  const data = await openUpright({ ...facts, profile: null })
    .resize(LOOK_AT, LOOK_AT, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer();
  const pixels: Lab[] = [];
  for (let i = 0; i < data.length; i += 4) {
    // Of a cut-out only what is seen has a say; where nothing is, white.
    if (data[i + 3]! >= SEEN) pixels.push(toLab([data[i]!, data[i + 1]!, data[i + 2]!]));
  }
  return pixels.length > 0 ? pixels : [toLab([255, 255, 255])];
}

/** The palette of a picture's pixels. */
export function paletteFrom(pixels: readonly Lab[]): Palette {
  const byLightness = pixels.toSorted((a, b) => a[0] - b[0]);
  const quarter = Math.max(1, Math.floor(pixels.length / 4));
  const shadows = mean(byLightness.slice(0, quarter));
  const lights = mean(byLightness.slice(-quarter));
  const all = mean(pixels);
  return {
    dark: hex(withChroma([clamp(shadows[0], DARK.l), shadows[1], shadows[2]], DARK.chroma)),
    light: hex(withChroma([clamp(lights[0], LIGHT.l), lights[1], lights[2]], LIGHT.chroma)),
    accent: hex(accentOf(pixels) ?? [clamp(all[0], ACCENT.l), all[1], all[2]]),
    mid: hex(withChroma([clamp(all[0], MID.l), all[1], all[2]], MID.chroma)),
  };
}

function mean(pixels: readonly Lab[]): Lab {
  const sum = [0, 0, 0];
  for (const pixel of pixels) for (let c = 0; c < 3; c++) sum[c]! += pixel[c]!;
  return [sum[0]! / pixels.length, sum[1]! / pixels.length, sum[2]! / pixels.length];
}

/** The colour with at most this chroma. */
function withChroma([l, a, b]: Lab, most: number): Lab {
  const chroma = Math.hypot(a, b);
  const factor = chroma > most ? most / chroma : 1;
  return [l, a * factor, b * factor];
}

/** The mean colour of the hue that the picture has most of, counted by chroma; `null` for a grey picture. */
function accentOf(pixels: readonly Lab[]): Lab | null {
  const bins: { weight: number; pixels: Lab[] }[] = Array.from({ length: BINS }, () => ({
    weight: 0,
    pixels: [],
  }));
  for (const pixel of pixels) {
    const chroma = chromaOf(pixel);
    if (chroma < GREY) continue;
    const turn = Math.atan2(pixel[2], pixel[1]) / (2 * Math.PI);
    const bin = bins[Math.floor((turn + 1) * BINS) % BINS]!;
    // Cubed: a little of a strong colour is what one remembers of a picture, not much of a weak one.
    bin.weight += chroma ** 3;
    bin.pixels.push(pixel);
  }
  // A hue may lie on the edge of two bins: its neighbours count half.
  const weightAt = (i: number) => bins[(i + BINS) % BINS]!.weight;
  const score = (i: number) => weightAt(i) + (weightAt(i - 1) + weightAt(i + 1)) / 2;
  const order = bins.map((_, i) => i).toSorted((a, b) => score(b) - score(a) || a - b);
  const { pixels: chosen } = bins[order[0]!]!;
  if (chosen.length === 0) return null;
  const strongest = chosen.toSorted((a, b) => chromaOf(b) - chromaOf(a));
  const [l, a, b] = mean(strongest.slice(0, Math.ceil(strongest.length / 2)));
  const chroma = Math.hypot(a, b);
  const factor = clamp(chroma, ACCENT.chroma) / chroma;
  return [clamp(l, ACCENT.l), a * factor, b * factor];
}

/** The colour as sRGB has it: at the same lightness and hue, with as much chroma as fits. */
function hex(lab: Lab): string {
  const inside = (rgb: Rgb) => rgb.every((v) => v >= -0.5 && v <= 255.5);
  let [low, high] = [0, 1];
  const at = (factor: number): Rgb => fromLab([lab[0], lab[1] * factor, lab[2] * factor]);
  if (inside(at(1))) low = 1;
  // Halving 12 times leaves less than 1/4096 of the chroma undecided.
  for (let i = 0; i < 12 && low < 1; i++) {
    const middle = (low + high) / 2;
    if (inside(at(middle))) low = middle;
    else high = middle;
  }
  return `#${at(low)
    .map((v) =>
      Math.min(255, Math.max(0, Math.round(v)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
