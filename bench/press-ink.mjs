// What an ink limit costs in colour, and what the JPEG encoder makes of it: `node bench/press-ink.mjs` (after
// `npm run build`), on the sample pictures and on one that is made to break the limit.
import sharp from 'sharp';
import { deltaE2000 } from '../dist/colour/delta-e.js';
import { IccProfile, Transform } from '../dist/colour/lcms.js';
import { PressColours, SHIPPED_PROFILES } from '../dist/colour/press-colours.js';
import { encodeCmyk } from '../dist/press/pictures.js';
import { darkPicture } from './dark-picture.mjs';
import { samplePictures } from './samples.mjs';

const LIMITS = [300, 280, 270, 240, 220];

const pictures = { made: darkPicture() };
for (const [i, path] of samplePictures().entries()) {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  pictures[`sample ${i + 1}`] = { data, width: info.width, height: info.height };
}

const mean = (values) => values.reduce((sum, v) => sum + v, 0) / (values.length || 1);
const centile = (values, share) => Float64Array.from(values).sort()[Math.floor(values.length * share)] ?? 0;

/** Highest mean over all windows of `side` × `side` pixels, percent. */
function highestMean(cmyk, width, height, side) {
  let most = 0;
  for (let y = 0; y + side <= height; y++) {
    for (let x = 0; x + side <= width; x++) {
      let sum = 0;
      for (let j = 0; j < side; j++) {
        for (let i = 4 * ((y + j) * width + x); i < 4 * ((y + j) * width + x + side); i++) sum += cmyk[i];
      }
      most = Math.max(most, sum / side ** 2);
    }
  }
  return most / 2.55;
}

const labSpace = await IccProfile.lab();
for (const name of Object.keys(SHIPPED_PROFILES)) {
  const free = await PressColours.open(name);
  const toLab = new Transform(free.profile, 'cmyk8', labSpace, 'lab', 'relative', false, true);
  for (const inkLimit of LIMITS) {
    const bound = await PressColours.open(name, { inkLimit });
    const rows = {};
    const all = { shift: [], changed: [] };
    for (const [title, { data, width, height }] of Object.entries(pictures)) {
      const before = (await free.pictures(null)).run(data);
      const after = (await bound.pictures(null)).run(data);
      const [a, b] = [before, after].map((inks) => new Float64Array(toLab.run(inks).buffer));
      const shift = [];
      const changed = [];
      for (let i = 0; i < width * height; i++) {
        const differs = [0, 1, 2, 3].some((ink) => before[4 * i + ink] !== after[4 * i + ink]);
        const by = differs ? deltaE2000(a.subarray(3 * i, 3 * i + 3), b.subarray(3 * i, 3 * i + 3)) : 0;
        shift.push(by);
        if (differs) changed.push(by);
      }
      for (const by of shift) if (title !== 'made') all.shift.push(by);
      for (const by of changed) if (title !== 'made') all.changed.push(by);
      const jpeg = await encodeCmyk(after, width, height);
      const read = await sharp(jpeg).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer();
      rows[title] = {
        'before, %': highestMean(before, width, height, 1).toFixed(1),
        'after, %': highestMean(after, width, height, 1).toFixed(1),
        ...costs(shift, changed),
        'JPEG: pixel, %': highestMean(read, width, height, 1).toFixed(1),
        '2×2 mean, %': highestMean(read, width, height, 2).toFixed(1),
        '8×8 mean, %': highestMean(read, width, height, 8).toFixed(1),
      };
    }
    rows['all samples'] = costs(all.shift, all.changed);
    console.log(`\n${name}, ${inkLimit} %`);
    console.table(rows);
  }
}

function costs(shift, changed) {
  return {
    'changed, %': ((100 * changed.length) / shift.length).toFixed(1),
    'ΔE2000 mean': mean(shift).toFixed(3),
    '95 %': centile(shift, 0.95).toFixed(2),
    'of changed: mean': mean(changed).toFixed(2),
    '95 % of them': centile(changed, 0.95).toFixed(2),
    most: centile(changed, 1 - 1e-9).toFixed(2),
  };
}
