// What each rendering intent does to the sample pictures on each shipped profile: `node bench/press-intents.mjs`
// (after `npm run build`). It is where the default of --intent comes from.
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { deltaE2000 } from '../dist/colour/delta-e.js';
import { IccProfile, Transform } from '../dist/colour/lcms.js';
import { samplePictures } from './samples.mjs';

const WAYS = [
  ['relative + BPC', 'relative', true],
  ['perceptual', 'perceptual', false],
  ['perceptual + BPC', 'perceptual', true],
];
/** A colour counts as out of gamut where the press misses it by more than an eye overlooks in a picture. */
const MISSED = 2;

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
const centile = (values, share) => Float64Array.from(values).sort()[Math.floor(values.length * share)];
const labOf = (bytes) => new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
const at = (lab, i) => [lab[3 * i], lab[3 * i + 1], lab[3 * i + 2]];

/** Structural similarity of L* (Wang et al. 2004: K1 0.01, K2 0.03, range 100), 8 × 8 windows, every fourth pixel. */
function ssim(a, b, width, height) {
  const [c1, c2] = [1, 9];
  let sum = 0;
  let count = 0;
  for (let y = 0; y + 8 <= height; y += 4) {
    for (let x = 0; x + 8 <= width; x += 4) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
      for (let j = 0; j < 64; j++) {
        const i = 3 * ((y + (j >> 3)) * width + x + (j & 7));
        sa += a[i];
        sb += b[i];
        saa += a[i] * a[i];
        sbb += b[i] * b[i];
        sab += a[i] * b[i];
      }
      const [ma, mb] = [sa / 64, sb / 64];
      const [va, vb, cov] = [saa / 64 - ma * ma, sbb / 64 - mb * mb, sab / 64 - ma * mb];
      sum += ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
      count++;
    }
  }
  return sum / count;
}

/** Mean difference (CIE76) between neighbours, where `only` says so: what is left of the detail. */
function detail(lab, width, height, only) {
  let sum = 0;
  let count = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const i = y * width + x;
      if (only && !only[i]) continue;
      for (const j of [i + 1, i + width]) {
        sum += Math.hypot(
          lab[3 * i] - lab[3 * j],
          lab[3 * i + 1] - lab[3 * j + 1],
          lab[3 * i + 2] - lab[3 * j + 2],
        );
        count++;
      }
    }
  }
  return sum / count;
}

const [srgb, labSpace] = [await IccProfile.srgb(), await IccProfile.lab()];
for (const file of ['FOGRA39L.icc', 'GRACoL2006-TR006.icc']) {
  const profile = await IccProfile.fromBytes(
    readFileSync(new URL(`../assets/icc/${file}`, import.meta.url)),
    file,
  );
  const original = new Transform(srgb, 'rgb8', labSpace, 'lab', 'relative', false, true);
  const printed = new Transform(profile, 'cmyk16', labSpace, 'lab', 'relative', false, true);
  const nearest = new Transform(srgb, 'rgb8', profile, 'cmyk16', 'relative', false, true);
  const ways = WAYS.map(
    ([, intent, bpc]) => new Transform(srgb, 'rgb8', profile, 'cmyk16', intent, bpc, true),
  );
  const totals = ways.map(() => ({
    shift: [],
    met: [],
    missed: [],
    ssim: [],
    detail: [],
    missedDetail: [],
    black: 100,
    most: 0,
  }));
  const shares = [];
  for (const path of samplePictures()) {
    const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const before = labOf(original.run(data));
    const best = labOf(printed.run(nearest.run(data)));
    const out = new Uint8Array(width * height);
    for (let i = 0; i < out.length; i++) out[i] = deltaE2000(at(before, i), at(best, i)) > MISSED ? 1 : 0;
    shares.push(mean(out));
    for (const [w, way] of ways.entries()) {
      const total = totals[w];
      const after = labOf(printed.run(way.run(data)));
      for (let i = 0; i < out.length; i++) {
        const shift = deltaE2000(at(before, i), at(after, i));
        total.shift.push(shift);
        (out[i] ? total.missed : total.met).push(shift);
        total.black = Math.min(total.black, after[3 * i]);
      }
      total.ssim.push(ssim(before, after, width, height));
      total.detail.push(detail(after, width, height) / detail(before, width, height));
      if (mean(out) > 0.01) {
        total.missedDetail.push(detail(after, width, height, out) / detail(before, width, height, out));
      }
    }
  }
  console.log(
    `\n${file}: out of gamut (ΔE2000 > ${MISSED}) ${shares.map(percent).join(', ')}; mean ${percent(mean(shares))}`,
  );
  console.table(
    Object.fromEntries(
      totals.map((total, w) => [
        WAYS[w][0],
        {
          'ΔE2000 mean': mean(total.shift).toFixed(2),
          '95 %': centile(total.shift, 0.95).toFixed(2),
          'in gamut: mean': mean(total.met).toFixed(2),
          'out of gamut: mean': mean(total.missed).toFixed(2),
          'SSIM of L*': mean(total.ssim).toFixed(4),
          'detail kept': percent(mean(total.detail)),
          'out of gamut: detail kept': percent(mean(total.missedDetail)),
          'darkest L*': total.black.toFixed(1),
        },
      ]),
    ),
  );
}
