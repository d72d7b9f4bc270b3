import type { ArtworkFacts } from '../artwork/cache.ts';
import type { Enlarger } from '../artwork/make-artwork.ts';
import { expected } from '../errors.ts';
import { codesInPixels } from '../mosaics/codes.ts';
import type { Composition } from '../repeats/compose.ts';
import { pixelGrid } from '../repeats/lattice.ts';
import type { Placement } from '../repeats/pattern.ts';
import { cyclicOf } from './cyclic.ts';
import type { MosaicFill, RepeatFill } from './fill.ts';
import { layMosaicFill, layRepeatFill } from './lay-fill.ts';
import type { FillOptions } from './make-fill.ts';
import { isOpaque } from './originals.ts';
import { prepareTiles } from './tiles.ts';

export interface PreparedFill {
  readonly composition: Composition;
  readonly facts: ArtworkFacts;
  /** The network was wished for and its weights are there, but it cannot be run here. */
  readonly fellBack: boolean;
}

/** All that is to be composed for a pattern or a mosaic, without a look at the cache for the whole. */
export async function prepareFill(
  given: RepeatFill | MosaicFill,
  enlarger: Enlarger,
  options: FillOptions,
): Promise<PreparedFill> {
  const wish = given.kind === 'repeat' ? await joining(given, options) : given;
  const { size, bleed, ppi, printedPpi = ppi, tone } = wish;
  const surface = { size, bleed };
  const grid = pixelGrid(surface, ppi);
  const printed = pixelGrid(surface, printedPpi);
  const warnings: string[] = [];
  const codes = wish.kind === 'mosaic' ? wish.codes : [];
  for (const { box } of codes) {
    const inside =
      box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
    if (!inside) throw expected('a box within the slot', 'a QR code', box);
  }
  const drawn = codesInPixels(codes, printed);
  let layers: Composition['layers'];
  if (wish.kind === 'repeat') layers = await layRepeatFill(wish, printed.pixel);
  else {
    const laid = await layMosaicFill(wish, printed.pixel);
    layers = laid.layers;
    if (laid.left.length > 0)
      warnings.push(
        `${laid.left.length} of ${wish.pictures.length} pictures found no place in the mosaic: smaller tiles hold more.`,
      );
  }
  const placements = layers.filter((layer): layer is Placement => 'picture' in layer);
  const tiles = await prepareTiles(wish, placements, grid.pixel, enlarger, options);
  // Where nothing shows through, no ground is needed, and no alpha.
  const ground = wish.ground ?? ((await coversAll(wish)) ? '#ffffff' : null);
  return {
    composition: {
      ...{ surface, ppi, ground, layers: [...layers, ...drawn.layers] },
      sources: { ...tiles.sources, ...drawn.sources },
      ...(tone !== undefined && { tone }),
    },
    facts: {
      ...{ widthPx: grid.widthPx, heightPx: grid.heightPx, hasAlpha: ground === null },
      ...{ sourcePpi: ppi / tiles.factor, factor: tiles.factor, method: tiles.method },
      warnings: [...warnings, ...tiles.warnings],
    },
    fellBack: tiles.fellBack,
  };
}

/** The wish with its picture made cyclic, where that was asked for. */
async function joining(wish: RepeatFill, options: FillOptions): Promise<RepeatFill> {
  if (wish.cyclic === 'keep') return wish;
  const { repeat, pictures, gap } = wish;
  if (pictures.length > 1 || gap > 0 || repeat === 'mirrored' || repeat === 'scattered') {
    throw expected(
      'one picture in a grid, brick or half-drop, without a gap,',
      'a pattern that is to be cyclic',
      `${pictures.length === 1 ? 'one' : pictures.length}, ${repeat}, a gap of ${gap} mm`,
      'Other patterns show no seam that could go: leave --cyclic out.',
    );
  }
  // Shifted rows or columns join along one direction only.
  const ways = { across: repeat !== 'half-drop', down: repeat !== 'brick' };
  return { ...wish, pictures: [await cyclicOf(pictures[0]!, ways, options)] };
}

/** Whether no ground can be seen: tiles that touch each other all over, of pictures that are opaque. */
async function coversAll(wish: RepeatFill | MosaicFill): Promise<boolean> {
  if (wish.gap > 0) return false;
  if (wish.kind === 'repeat' ? wish.repeat === 'scattered' : wish.fill === 'empty' || wish.codes.length > 0)
    return false;
  for (const picture of wish.pictures) if (!(await isOpaque(picture))) return false;
  return true;
}
