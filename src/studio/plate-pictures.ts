import { openPdf } from '../preflight/document/open.ts';
import { PlateReader } from '../preflight/ink/page-plates.ts';
import { type Plates, PROCESS } from '../preflight/ink/plates.ts';
import type { Pressed } from './press-room.ts';

/** Plates of press files, read when somebody wants to see them. */
const read = new WeakMap<Pressed, Map<number, Promise<Plates>>>();

/** @param page from 1 */
function platesOf(pressed: Pressed, page: number): Promise<Plates> | null {
  const known = read.get(pressed) ?? new Map<number, Promise<Plates>>();
  read.set(pressed, known);
  if (page < 1 || page > pressed.proofs.length) return null;
  let plates = known.get(page);
  if (!plates) {
    plates = openPdf(pressed.pdf).then(async (pdf) =>
      (await PlateReader.open(pdf)).page(pdf.pages[page - 1]!),
    );
    plates.catch(() => known.delete(page));
    known.set(page, plates);
  }
  return plates;
}

/** The name under which all inks together are asked for. */
export const ALL_INKS = 'ink';

/**
 * A plate of a page as a PNG, in its ink's own colour on white; or how much ink lies everywhere.
 * @param page from 1
 * @returns `null` where there is no such page or ink
 */
export async function platePicture(pressed: Pressed, page: number, ink: string): Promise<Buffer | null> {
  const plates = await platesOf(pressed, page);
  if (!plates) return null;
  const { width, height, inks } = plates;
  const plate = inks.get(ink);
  if (ink !== ALL_INKS && !plate) return null;
  const rgb = plate ? inColour(plate, ink) : inkMap([...inks.values()], pressed.inkLimit ?? 400);
  const { default: sharp } = await import('sharp');
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 4 })
    .toBuffer();
}

/** Which of red, green and blue an ink takes away; black and spots take all. */
const TAKES: Readonly<Record<string, readonly [number, number, number]>> = {
  [PROCESS[0]]: [1, 0, 0],
  [PROCESS[1]]: [0, 1, 0],
  [PROCESS[2]]: [0, 0, 1],
};

function inColour(plate: Uint8Array, ink: string): Uint8Array {
  const takes = TAKES[ink] ?? [1, 1, 1];
  const rgb = new Uint8Array(plate.length * 3);
  for (let i = 0; i < plate.length; i++) {
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = 255 - plate[i]! * takes[c]!;
  }
  return rgb;
}

/** Colours of the sum of inks, from none to the limit: pale to deep; the page draws its legend from the same. */
const SCALE: readonly (readonly [number, number, number])[] = [
  [255, 255, 255],
  [198, 225, 228],
  [92, 171, 181],
  [30, 103, 130],
  [27, 44, 84],
];
/** What is over the limit. */
const OVER = [214, 0, 60] as const;
/** Single pixels at hard edges stand a little above what was converted within the limit, %. */
const SLACK = 6;

/** @param limit %, where the scale ends */
function inkMap(inks: readonly Uint8Array[], limit: number): Uint8Array {
  const length = inks[0]?.length ?? 0;
  const rgb = new Uint8Array(length * 3);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (const plate of inks) sum += plate[i]!;
    const percent = (sum / 255) * 100;
    if (percent > limit + SLACK) {
      rgb.set(OVER, 3 * i);
      continue;
    }
    const at = Math.min(1, percent / limit) * (SCALE.length - 1);
    const below = Math.min(SCALE.length - 2, Math.floor(at));
    const share = at - below;
    for (let c = 0; c < 3; c++) {
      rgb[3 * i + c] = Math.round(SCALE[below]![c]! * (1 - share) + SCALE[below + 1]![c]! * share);
    }
  }
  return rgb;
}
