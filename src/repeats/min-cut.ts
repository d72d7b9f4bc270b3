/** What it costs to lead the cut between a pixel and the next of its row: row by row. */
export interface CutCosts {
  readonly costs: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** How many columns the cut may move from one row to the next. */
const STEP = 2;

/**
 * The cheapest cut from the top to the bottom, one column a row (the minimum cut of Efros and Freeman, "Image Quilting",
 * SIGGRAPH 2001, by dynamic programming).
 * @param closed whether it must end where it began, as the picture's bottom joins its top
 * @returns the column in each row
 */
export function cheapestCut(field: CutCosts, closed: boolean): Int32Array {
  const open = cutThrough(field, null);
  if (!closed) return open;
  // The open cut around two copies settles on the column where it is best to begin.
  const { costs, width, height } = field;
  const twice = new Float32Array(2 * costs.length);
  twice.set(costs);
  twice.set(costs, costs.length);
  const through = cutThrough({ costs: twice, width, height: 2 * height }, null);
  return cutThrough(field, through[height]!);
}

/** @param gate the column that the cut goes through in the first row, and near in the last; `null` for any */
function cutThrough({ costs, width, height }: CutCosts, gate: number | null): Int32Array {
  const total = new Float64Array(width * height);
  const came = new Int32Array(width * height);
  for (let x = 0; x < width; x++)
    total[x] = gate === null || x === gate ? costs[x]! : Number.POSITIVE_INFINITY;
  for (let y = 1; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let best = x;
      for (let from = Math.max(0, x - STEP); from <= Math.min(width - 1, x + STEP); from++) {
        if (total[(y - 1) * width + from]! < total[(y - 1) * width + best]!) best = from;
      }
      came[y * width + x] = best;
      total[y * width + x] = total[(y - 1) * width + best]! + costs[y * width + x]!;
    }
  }
  const cut = new Int32Array(height);
  let last = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let x = 0; x < width; x++) {
    if (gate !== null && Math.abs(x - gate) > STEP) continue;
    if (total[(height - 1) * width + x]! < least) [last, least] = [x, total[(height - 1) * width + x]!];
  }
  cut[height - 1] = last;
  for (let y = height - 1; y > 0; y--) cut[y - 1] = came[y * width + cut[y]!]!;
  return cut;
}
