import { Walk } from '../../src/preflight/content/walk.ts';
import { openPdf } from '../../src/preflight/document/open.ts';
import type { ImageMark, Listener, Paint, TextMark } from '../../src/preflight/model.ts';

/** What is painted, in words that our walk and MuPDF's trace can both be put in: sizes in pt, y downwards. */
export interface Painted {
  /** `fill_path DeviceCMYK 0 1 0 0 op 1 opm 1 at 10 20 30 40`. */
  readonly paths: string[];
  /** `50×40 DeviceCMYK at 10 20 30 40`. */
  readonly images: string[];
  /** Glyphs by `Helvetica 12.00 DeviceCMYK 0 0 0 1`. */
  readonly glyphs: Record<string, number>;
  /** Where glyphs begin, x and y; of ours where each string begins. */
  readonly origins: (readonly [number, number])[];
}

type Six = readonly [number, number, number, number, number, number];

const PT_PER_MM = 72 / 25.4;
/** A tenth of a point: MuPDF prints five digits of its single-precision matrices. */
const pt = (value: number): string => {
  const rounded = Math.round(value * 10) / 10;
  return (rounded === 0 ? 0 : rounded).toFixed(1);
};
const colour = (components: readonly number[]): string =>
  components.map((c) => String(Math.round(c * 100) / 100)).join(' ');

const spaceName = (space: string): string =>
  /^(?:Separation|DeviceN)\([^,]*,(.*)\)$/.exec(space)?.[1] ?? space;

const add = (glyphs: Record<string, number>, key: string, count: number) => {
  glyphs[key] = (glyphs[key] ?? 0) + count;
};

/** Our own walk over a file, all pages. */
export async function walked(
  file: Uint8Array,
): Promise<Painted & { texts: TextMark[]; pictures: ImageMark[] }> {
  const painted: Painted = { paths: [], images: [], glyphs: {}, origins: [] };
  const texts: TextMark[] = [];
  const pictures: ImageMark[] = [];
  const words = ({ space, components }: Paint) =>
    `${space.names.join(',') || space.family} ${colour(components)}`;
  const listener: Listener = {
    sees: ['art', 'slug', 'step'],
    path(mark) {
      const points = mark.path.flatMap((line) => line.points).map((mm) => mm * PT_PER_MM);
      const xs = points.filter((_, i) => i % 2 === 0);
      const ys = points.filter((_, i) => i % 2 === 1);
      const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(pt).join(' ');
      for (const [op, paint, overprint] of [
        ['fill_path', mark.fill, mark.overprintFill],
        ['stroke_path', mark.stroke, mark.overprintStroke],
      ] as const) {
        if (!paint || paint.pattern) continue;
        const width = op === 'stroke_path' ? ` width ${pt(mark.lineWidthPt)}` : '';
        const over = `op ${overprint ? 1 : 0} opm ${mark.overprintMode}`;
        painted.paths.push(`${op} ${words(paint)} ${over}${width} at ${box}`);
      }
    },
    image(mark) {
      pictures.push(mark);
      const box = [mark.box.x, mark.box.y, mark.box.x + mark.box.width, mark.box.y + mark.box.height];
      const space = mark.space ? mark.space.names.join(',') || mark.space.family : 'mask';
      painted.images.push(
        `${mark.widthPx}×${mark.heightPx} ${space} at ${box.map((mm) => pt(mm * PT_PER_MM)).join(' ')}`,
      );
    },
    text(mark) {
      texts.push(mark);
      painted.origins.push([mark.matrix[4] * PT_PER_MM, mark.matrix[5] * PT_PER_MM]);
      const paint = mark.fill ?? mark.stroke;
      if (!paint || paint.pattern) return;
      add(painted.glyphs, `${mark.font.name} ${mark.sizePt.toFixed(2)} ${words(paint)}`, mark.codes.length);
    },
  };
  const pdf = await openPdf(file);
  const walk = new Walk(pdf, [listener]);
  for (const page of pdf.pages) walk.page(page);
  return { ...painted, texts, pictures };
}

/** The same from `mutool trace`; what stands in clips alone is not counted. */
export function traced(trace: string): Painted {
  const painted: Painted = { paths: [], images: [], glyphs: {}, origins: [] };
  for (const [, op, head, body] of trace.matchAll(
    /<(fill_path|stroke_path|fill_text|stroke_text|fill_image|fill_image_mask)\b([^>]*?)(?:\/>|>([\s\S]*?)<\/\1>)/g,
  )) {
    const attribute = (key: string) => new RegExp(` ${key}="([^"]*)"`).exec(head!)?.[1] ?? '';
    const matrix = attribute('transform').split(' ').map(Number) as unknown as Six;
    const words = `${spaceName(attribute('colorspace'))} ${colour(attribute('color').split(' ').filter(Boolean).map(Number))}`;
    if (op === 'fill_path' || op === 'stroke_path') {
      const points = [...body!.matchAll(/x(\d?)="([^"]*)" y\1="([^"]*)"/g)].map((m) =>
        apply(matrix, Number(m[2]), Number(m[3])),
      );
      const box = boxOf(points);
      const width =
        op === 'stroke_path' ? ` width ${pt(thinnest(matrix) * Number(attribute('linewidth')))}` : '';
      painted.paths.push(`${op} ${words} op ${attribute('op')} opm ${attribute('opm')}${width} at ${box}`);
    } else if (op!.startsWith('fill_image')) {
      const corners = [apply(matrix, 0, 0), apply(matrix, 1, 0), apply(matrix, 1, 1), apply(matrix, 0, 1)];
      const space = op === 'fill_image' ? spaceName(attribute('colorspace')) : 'mask';
      painted.images.push(`${attribute('width')}×${attribute('height')} ${space} at ${boxOf(corners)}`);
    } else {
      for (const [, font, trm, glyphs] of body!.matchAll(
        /<span font="([^"]*)"[^>]* trm="([^"]*)">([\s\S]*?)<\/span>/g,
      )) {
        const m = multiply(trm!.split(' ').map(Number) as unknown as Six, matrix);
        const size = Math.abs(m[0] * m[3] - m[1] * m[2]) / Math.hypot(m[0], m[1]);
        const name = font!.replace(/^[A-Z]{6}\+/, '');
        const places = [...glyphs!.matchAll(/<g [^>]*x="([^"]*)" y="([^"]*)"/g)];
        add(painted.glyphs, `${name} ${size.toFixed(2)} ${words}`, places.length);
        painted.origins.push(...places.map(([, x, y]) => apply(matrix, Number(x), Number(y))));
      }
    }
  }
  return painted;
}

const apply = ([a, b, c, d, e, f]: Six, x: number, y: number) =>
  [a * x + c * y + e, b * x + d * y + f] as const;

const multiply = ([a, b, c, d]: Six, [A, B, C, D]: Six) =>
  [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D] as const;

const thinnest = ([a, b, c, d]: Six): number => {
  const s = a * a + b * b + c * c + d * d;
  const det = Math.abs(a * d - b * c);
  return Math.sqrt((s - Math.sqrt(Math.max(0, s * s - 4 * det * det))) / 2);
};

function boxOf(points: readonly (readonly [number, number])[]): string {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(pt).join(' ');
}
