import type { Network } from './network.ts';
import { columnsOf, type Patch, type Region, rowsOf } from './raster.ts';

/** Largest side of the tiles that a picture is cut into for the network, px: larger ones need more memory, not less time. */
const TILE = 256;

const evenUp = (value: number): number => value + (value % 2);

/** The input pixels of which the network makes `region` of its output, an even number each way. */
function coreOf(region: Region): Region {
  const left = Math.floor(region.left / 2);
  const top = Math.floor(region.top / 2);
  return {
    left,
    top,
    width: evenUp(Math.ceil((region.left + region.width) / 2) - left),
    height: evenUp(Math.ceil((region.top + region.height) / 2) - top),
  };
}

/** The input pixels that the network looks at to make `region` of its output. */
export function doubleNeeds(region: Region, context: number): Region {
  const core = coreOf(region);
  return {
    left: core.left - context,
    top: core.top - context,
    width: core.width + 2 * context,
    height: core.height + 2 * context,
  };
}

/** Cuts `length` into even pieces of one size; the last may overlap its neighbour. */
function pieces(length: number): { size: number; starts: number[] } {
  const count = Math.ceil(length / TILE);
  const size = evenUp(Math.ceil(length / count));
  return { size, starts: Array.from({ length: count }, (_, i) => Math.min(i * size, length - size)) };
}

/** How many tiles `double` runs for a region. */
export function tileCount(region: Region): number {
  const core = coreOf(region);
  return pieces(core.width).starts.length * pieces(core.height).starts.length;
}

/**
 * Makes a region of the picture doubled by the network, tile by tile. Every tile sees as much of its surroundings as
 * the network does, so tiles meet without a seam: exactly for upconv_7; within half a level of 255 on average for
 * cunet, which also takes the mean of the whole tile into account.
 * @param patch holds at least the pixels that `doubleNeeds` names (mirrored at the picture's edges)
 * @param region which pixels of the doubled picture to make
 * @param onTile called after every tile; what it throws stops the work
 */
export async function double(
  patch: Patch,
  region: Region,
  network: Network,
  onTile: () => void,
): Promise<Patch> {
  const { channels, bounds } = patch;
  const core = coreOf(region);
  const across = pieces(core.width);
  const down = pieces(core.height);
  const out: Patch = {
    ...region,
    channels,
    data: new Uint8ClampedArray(region.width * region.height * channels),
    bounds: bounds && { width: bounds.width * 2, height: bounds.height * 2 },
  };
  const width = across.size + 2 * network.context;
  const height = down.size + 2 * network.context;
  const input = new Float32Array(3 * width * height);
  for (const y of down.starts) {
    for (const x of across.starts) {
      const left = core.left + x;
      const top = core.top + y;
      readTile(patch, left - network.context, top - network.context, width, height, input);
      const made = await network.run(input, width, height);
      const tile = { left: left * 2, top: top * 2, width: across.size * 2, height: down.size * 2 };
      writeTile(made, tile, out);
      onTile();
    }
  }
  return out;
}

/** Fills the network's input with a part of the picture; grey is given as RGB. */
function readTile(
  patch: Patch,
  left: number,
  top: number,
  width: number,
  height: number,
  input: Float32Array,
): void {
  const { data, channels } = patch;
  const columns = columnsOf(patch, left, width);
  const rows = rowsOf(patch, top, height);
  const plane = width * height;
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  let to = 0;
  for (const row of rows) {
    for (const column of columns) {
      const from = (row * patch.width + column) * channels;
      input[to] = data[from]! / 255;
      input[to + plane] = data[from + green]! / 255;
      input[to + 2 * plane] = data[from + blue]! / 255;
      to++;
    }
  }
}

/** Writes what the network made into its place; of a grey picture's three planes the mean. */
function writeTile(made: Float32Array, tile: Region, out: Patch): void {
  const data = out.data;
  const plane = tile.width * tile.height;
  const right = Math.min(tile.left + tile.width, out.left + out.width);
  const bottom = Math.min(tile.top + tile.height, out.top + out.height);
  for (let y = Math.max(tile.top, out.top); y < bottom; y++) {
    for (let x = Math.max(tile.left, out.left); x < right; x++) {
      const from = (y - tile.top) * tile.width + (x - tile.left);
      const r = made[from]! * 255;
      const g = made[from + plane]! * 255;
      const b = made[from + 2 * plane]! * 255;
      const to = ((y - out.top) * out.width + (x - out.left)) * out.channels;
      if (out.channels === 3) {
        data[to] = r;
        data[to + 1] = g;
        data[to + 2] = b;
      } else {
        data[to] = (r + g + b) / 3;
      }
    }
  }
}
