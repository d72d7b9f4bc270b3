const SIDE = 768;

/**
 * A picture made to break ink limits, RGB: saturated darks of every hue in smooth ramps above, the same cut through by
 * light hairlines and noise below, where a JPEG encoder rings.
 */
export function darkPicture() {
  const data = new Uint8Array(SIDE * SIDE * 3);
  let seed = 1;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const hue = (6 * x) / SIDE;
      const value = 110 * ((y % (SIDE / 2)) / (SIDE / 2));
      const below = y >= SIDE / 2;
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const noise = below ? 24 * (seed / 2147483648 - 0.5) : 0;
      const light = below && (x % 24 === 0 || y % 24 === 0);
      for (const [i, shift] of [0, 4, 2].entries()) {
        const share = Math.min(1, Math.max(0, Math.abs(((hue + shift) % 6) - 3) - 1));
        const level = light ? 235 : value * (0.15 + 0.85 * share) + noise;
        data[3 * (y * SIDE + x) + i] = Math.min(255, Math.max(0, Math.round(level)));
      }
    }
  }
  return { data, width: SIDE, height: SIDE };
}
