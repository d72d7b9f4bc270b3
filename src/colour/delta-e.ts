/** CIE L*a*b*, three numbers. */
export type Lab = readonly [l: number, a: number, b: number];

const RADIANS = Math.PI / 180;
const POW_25_7 = 25 ** 7;

const chroma = (a: number, b: number): number => Math.hypot(a, b);
const hue = (a: number, b: number): number => {
  const angle = Math.atan2(b, a) / RADIANS;
  return angle < 0 ? angle + 360 : angle;
};

/**
 * The colour difference CIEDE2000 (ISO/CIE 11664-6:2014, all weights 1): 1 is about what an eye just sees of two
 * patches side by side.
 */
export function deltaE2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const c7 = ((chroma(a1, b1) + chroma(a2, b2)) / 2) ** 7;
  const g = 1.5 - 0.5 * Math.sqrt(c7 / (c7 + POW_25_7));
  const [p1, p2] = [a1 * g, a2 * g];
  const [c1, c2] = [chroma(p1, b1), chroma(p2, b2)];
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)];
  const coloured = c1 * c2 !== 0;
  const apart = Math.abs(h2 - h1);
  let dh = 0;
  if (coloured) dh = apart <= 180 ? h2 - h1 : h2 > h1 ? h2 - h1 - 360 : h2 - h1 + 360;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((dh / 2) * RADIANS);
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  let h = h1 + h2;
  if (coloured) h = apart <= 180 ? h / 2 : (h < 360 ? h + 360 : h - 360) / 2;
  const t =
    1 -
    0.17 * Math.cos((h - 30) * RADIANS) +
    0.24 * Math.cos(2 * h * RADIANS) +
    0.32 * Math.cos((3 * h + 6) * RADIANS) -
    0.2 * Math.cos((4 * h - 63) * RADIANS);
  const m7 = c ** 7;
  const turn =
    -Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * RADIANS) * 2 * Math.sqrt(m7 / (m7 + POW_25_7));
  const dL = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const dC = (c2 - c1) / (1 + 0.045 * c);
  const dHue = dH / (1 + 0.015 * c * t);
  return Math.sqrt(dL ** 2 + dC ** 2 + dHue ** 2 + turn * dC * dHue);
}
