// Structural similarity (Wang et al. 2004) of two RGB pictures on their luma: 11×11 Gaussian window, sigma 1.5.
const WINDOW = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 1.5 ** 2)));
const SUM = WINDOW.reduce((a, b) => a + b, 0);

function luma(rgb, pixels) {
  const y = new Float64Array(pixels);
  for (let i = 0; i < pixels; i++)
    y[i] = 0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2];
  return y;
}

function blur(source, width, height) {
  const pass = (from, step, length, stride) => {
    const to = new Float64Array(from.length);
    for (let line = 0; line < from.length / length; line++) {
      const start = line * stride;
      for (let i = 0; i < length; i++) {
        let sum = 0;
        for (let k = -5; k <= 5; k++) {
          sum += WINDOW[k + 5] * from[start + Math.min(length - 1, Math.max(0, i + k)) * step];
        }
        to[start + i * step] = sum / SUM;
      }
    }
    return to;
  };
  return pass(pass(source, 1, width, width), width, height, 1);
}

/** @returns the mean SSIM, 1 for equal pictures */
export function meanSsim(a, b, width, height) {
  const pixels = width * height;
  const [x, y] = [luma(a, pixels), luma(b, pixels)];
  const smooth = (of) =>
    blur(
      Float64Array.from({ length: pixels }, (_, i) => of(i)),
      width,
      height,
    );
  const [mx, my] = [smooth((i) => x[i]), smooth((i) => y[i])];
  const [xx, yy, xy] = [smooth((i) => x[i] ** 2), smooth((i) => y[i] ** 2), smooth((i) => x[i] * y[i])];
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let sum = 0;
  for (let i = 0; i < pixels; i++) {
    const m = mx[i] * my[i];
    const vx = xx[i] - mx[i] ** 2;
    const vy = yy[i] - my[i] ** 2;
    const v = xy[i] - m;
    sum += ((2 * m + c1) * (2 * v + c2)) / ((mx[i] ** 2 + my[i] ** 2 + c1) * (vx + vy + c2));
  }
  return sum / pixels;
}
