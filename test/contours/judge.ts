import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import type { Raster } from '../../src/artwork/raster.ts';
import type { CutPath } from '../../src/contours/path.ts';
import { toPdfOperators, toSvgData } from '../../src/contours/path-text.ts';
import { mmToPt, PT_PER_INCH } from '../../src/units.ts';
import { inTemporaryFolder, judge } from '../judges/tool.ts';

/** What is drawn around the picture, mm, and the resolution of the drawing, px per mm. */
const MARGIN = 12;
const PX_PER_MM = 14;

export type XY = readonly [number, number];

/** A drawing of a cut that knows where it lies. */
export interface Drawn {
  readonly raster: Raster;
  readonly mmPerPx: number;
  /** Where its top left corner lies in the cut's frame, mm. */
  readonly origin: number;
}

/** The cut as MuPDF fills it in a PDF of ours: 255 inside, with soft rims. */
export const drawn = (path: CutPath, width: number, height: number): Promise<Drawn> =>
  inTemporaryFolder(async (folder) => {
    const size = { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
    const document = await PDFDocument.create();
    const page = document.addPage([mmToPt(size.width), mmToPt(size.height)]);
    const shift = mmToPt(MARGIN);
    const lines = [`q 1 0 0 1 ${shift} ${shift} cm`, ...toPdfOperators(path, height), 'f Q'];
    page.node.addContentStream(document.context.register(document.context.flateStream(lines.join('\n'))));
    const pdf = join(folder, 'cut.pdf');
    await writeFile(pdf, await document.save());
    const png = join(folder, 'cut.png');
    const ppi = `${(PX_PER_MM * PT_PER_INCH) / mmToPt(1)}`;
    await judge('mutool', 'draw', '-q', '-c', 'gray', '-A', '8', '-r', ppi, '-o', png, pdf);
    const { data, info } = await sharp(await readFile(png))
      .extractChannel(0)
      .negate()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return {
      raster: { data, width: info.width, height: info.height, channels: 1 },
      mmPerPx: size.width / info.width,
      origin: -MARGIN,
    };
  });

/** Where a grey picture passes through half, between the middles of its pixels, mm. */
export function halfLine({ data, width, height }: Raster, mmPerPx: number, origin = 0): XY[] {
  const points: XY[] = [];
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]! - 127.5;
  const value = (x: number, y: number): number => at(x, y) || -127.5;
  const mm = (px: number): number => origin + (px + 0.5) * mmPerPx;
  for (let y = -1; y <= height; y++) {
    for (let x = -1; x <= width; x++) {
      const here = value(x, y);
      const right = value(x + 1, y);
      const below = value(x, y + 1);
      if (here < 0 !== right < 0) points.push([mm(x + here / (here - right)), mm(y)]);
      if (here < 0 !== below < 0) points.push([mm(x), mm(y + here / (here - below))]);
    }
  }
  return points;
}

/** The distance from each point to the nearest of others, every one of them looked at. */
export const distances = (points: readonly XY[], others: readonly XY[]): number[] =>
  points.map(([x, y]) => {
    let least = Number.POSITIVE_INFINITY;
    for (const [ox, oy] of others) least = Math.min(least, (x - ox) ** 2 + (y - oy) ** 2);
    return Math.sqrt(least);
  });

export const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
export const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** The closed lines of an SVG path of `M`, `C` and `Z`, as points along its curves, by the definition of Bézier curves. */
export function pointsOfSvg(path: CutPath, perCurve = 40): XY[][] {
  return toSvgData(path)
    .split('Z')
    .filter(Boolean)
    .map((loop) => {
      const [move, ...curves] = loop.slice(1).split('C');
      let from = move!.split(' ').map(Number);
      const start = from;
      const points: XY[] = [];
      for (const curve of curves) {
        const [x1, y1, x2, y2, x3, y3] = curve.split(' ').map(Number) as [
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        for (let i = 0; i < perCurve; i++) {
          const t = i / perCurve;
          const mix = (a: number, b: number): number => a + (b - a) * t;
          const along = (p0: number, p1: number, p2: number, p3: number): number =>
            mix(mix(mix(p0, p1), mix(p1, p2)), mix(mix(p1, p2), mix(p2, p3)));
          points.push([along(from[0]!, x1, x2, x3), along(from[1]!, y1, y2, y3)]);
        }
        from = [x3, y3];
      }
      if (from[0] !== start[0] || from[1] !== start[1]) throw new Error('The line is not closed');
      return points;
    });
}

/** A closed line at even distances, mm. */
export function evenly(line: readonly XY[], spacing: number): XY[] {
  const result: XY[] = [];
  let owed = 0;
  for (let i = 0; i < line.length; i++) {
    const [a, b] = [line[i]!, line[(i + 1) % line.length]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    for (; owed < length; owed += spacing) {
      const t = owed / length;
      result.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
    }
    owed -= length;
  }
  return result;
}

/** The smallest circle through three points of the line that lie 0.3 mm apart from one to the next. */
export function leastRadius(lines: readonly (readonly XY[])[]): number {
  return least(
    lines.flatMap((line) => {
      const points = evenly(line, 0.1);
      // The last distance is a rest, which would bend the triple across it.
      return points.slice(3, -4).map(([x, y], k) => {
        const [ax, ay] = points[k]!;
        const [bx, by] = points[k + 6]!;
        const twice = Math.abs((ax - x) * (by - y) - (bx - x) * (ay - y));
        const sides = Math.hypot(ax - x, ay - y) * Math.hypot(bx - x, by - y) * Math.hypot(bx - ax, by - ay);
        return twice > 1e-12 ? sides / (2 * twice) : Number.POSITIVE_INFINITY;
      });
    }),
  );
}

/** Whether any two pieces of the lines cross. */
export function crosses(lines: readonly (readonly XY[])[]): boolean {
  const pieces = lines.flatMap((line) => line.map((a, i) => [a, line[(i + 1) % line.length]!] as const));
  const side = ([ax, ay]: XY, [bx, by]: XY, [px, py]: XY): number =>
    Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
  return pieces.some(([a, b], i) =>
    pieces
      .slice(i + 1)
      .some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  );
}

export const shoelace = (line: readonly XY[]): number =>
  line.reduce((sum, [x, y], i) => {
    const [nx, ny] = line[(i + 1) % line.length]!;
    return sum + (x * ny - nx * y) / 2;
  }, 0);

/**
 * How many mm² of what is `inside` (or not) no disc of a diameter that lies wholly there can reach: necks (or gaps)
 * that are narrower. Erosion and dilation by a disc, place by place.
 */
export function tooNarrow({ raster, mmPerPx }: Drawn, inside: boolean, diameter: number): number {
  const { data, width, height } = raster;
  const isOurs = Uint8Array.from(data, (value) => (value > 127 === inside ? 1 : 0));
  const radius = diameter / 2 / mmPerPx;
  const disc: number[] = [];
  const reach = Math.floor(radius);
  for (let j = -reach; j <= reach; j++) {
    for (let i = -reach; i <= reach; i++) if (i * i + j * j <= radius * radius) disc.push(j * width + i);
  }
  // A disc around each place on the rim says as much as one around each place: those within lie further from it.
  const dilated = (from: Uint8Array): Uint8Array => {
    const found = Uint8Array.from(from);
    for (let y = reach + 1; y < height - reach - 1; y++) {
      for (let x = reach + 1; x < width - reach - 1; x++) {
        const at = y * width + x;
        const neighbours = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
        if (from[at] && neighbours.some((by) => !from[at + by])) for (const by of disc) found[at + by] = 1;
      }
    }
    return found;
  };
  const blocked = dilated(isOurs.map((ours) => 1 - ours));
  const reached = dilated(blocked.map((away) => 1 - away));
  let missed = 0;
  // Into the corners of the drawing itself no disc can come.
  for (let y = 2 * reach; y < height - 2 * reach; y++) {
    for (let x = 2 * reach; x < width - 2 * reach; x++) {
      const at = y * width + x;
      // Squares for pixels leave a ragged rim, one of them wide.
      const isRim = !(isOurs[at - 1] && isOurs[at + 1] && isOurs[at - width] && isOurs[at + width]);
      if (isOurs[at] && !isRim && !reached[at]) missed++;
    }
  }
  return missed * mmPerPx ** 2;
}
