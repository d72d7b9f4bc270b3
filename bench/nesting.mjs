// How much more of a sheet the nesting fills than packing rectangles: `node bench/nesting.mjs [width of the sheet, mm]`
// (after `npm run build`), on twelve mixed cat contours. Fill is the area of the contours as a share of the sheet that
// they need: its width, and as much of its length as is used, margins included.
import * as z from 'zod';
import { contourOf, contourOptions } from '../dist/contours/contour.js';
import { areaOf, boundsOf, flatten } from '../dist/contours/path.js';
import { nest, nestOptions } from '../dist/nesting/nest.js';
import { lengthOf, packRectangles } from '../dist/nesting/rectangles.js';
import { twelveCats } from './cats.mjs';

const width = Number(process.argv[2] ?? 210);
const endless = { width, height: 2000 };
const contour = z.object(contourOptions).parse({});
const options = z.object(nestOptions).parse({});
const { gap, margin } = options;

const paths = (await twelveCats()).map(({ mask, width }) => contourOf(mask, width, contour).path);
const area = paths.reduce((sum, path) => sum + areaOf(path), 0);
const share = (length) => area / (width * length);
const percent = (value) => `${(100 * value).toFixed(1)} %`;

/** The box of the contour as it lies, and the smallest that any turn of a whole degree gives. */
const upright = paths.map(boundsOf);
const smallest = paths.map((path) => {
  const outline = flatten(path).flat();
  let best = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };
  for (let angle = 0; angle < 90; angle++) {
    const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    const xs = outline.map(([x, y]) => x * cos - y * sin);
    const ys = outline.map(([x, y]) => x * sin + y * cos);
    const size = { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
    if (size.width * size.height < best.width * best.height) best = size;
  }
  return best;
});
const room = { width: width - 2 * margin, height: endless.height - 2 * margin };
const packed = (sizes) => share(lengthOf(packRectangles(sizes, room, gap)) + 2 * margin);
const [boxes, turned] = [packed(upright), packed(smallest)];

const begun = performance.now();
const nesting = nest(
  paths.map((path) => ({ path })),
  endless,
  options,
);
const seconds = (performance.now() - begun) / 1000;
console.log(
  `twelve cats on a sheet ${width} mm wide, gap ${gap} mm, margin ${margin} mm: ${nesting.placements.length} placed`,
);
console.log(`  boxes, best of 24 packings      ${percent(boxes)} filled`);
console.log(`  smallest turned boxes, the same ${percent(turned)} filled`);
console.log(`  nested in ${seconds.toFixed(1)} s on one core     ${percent(nesting.fillOfLength)} filled`);
console.log(
  `  more than the better boxes      ${percent(nesting.fillOfLength / Math.max(boxes, turned) - 1)}`,
);
