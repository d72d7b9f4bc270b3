import { ExactColours } from '../../src/colour/exact-colours.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { screenColours } from '../../src/colour/screen-colours.ts';
import { press } from '../../src/press/press.ts';
import type { Standard } from '../../src/press/standards.ts';
import { type Fold, type Geometry, type MarkStyle, pageBoxes } from '../../src/products/geometry.ts';
import { SPOT_ROLES } from '../../src/products/spot-roles.ts';
import { type Edges, mmToPt, type Size, sameEdges } from '../../src/units.ts';
import { buildPdf } from '../preflight/pdf-builder.ts';

export const FACTS = {
  ...{ title: 'sheets', author: '', date: new Date(0), producer: 'test', digitalSourceType: null },
  ids: ['20220912034858'],
};

/** The figure on every page, mm from the trim's top left corner: an L whose corner is at its lower left. */
export const L = { x: 6, y: 5, width: 9, height: 20, thick: 3 };

export interface SourceWish {
  readonly product?: string;
  readonly size: Size;
  readonly bleed?: number | Edges;
  readonly marks?: MarkStyle;
  /** Ground of each page, sRGB 0…1; one page without it. */
  readonly grounds?: readonly (readonly [number, number, number])[];
  readonly folds?: readonly Fold[];
  readonly standard?: Standard;
  /** A cut line on a spot, in a layer where the standard has layers. */
  readonly cut?: boolean;
  /** Something half transparent that multiplies. */
  readonly veiled?: boolean;
  /** A gradient from blue on the left to red on the right, as a pattern, whose matrix does not see the page's own. */
  readonly shaded?: boolean;
}

export interface Source {
  readonly pdf: Uint8Array;
  readonly geometry: Geometry;
}

/** A product whose every page holds a ground up to the bleed's end, the black L, and what is asked for. */
export async function source(wish: SourceWish): Promise<Source> {
  const { size, grounds = [[1, 0.9, 0.6]], folds = [], standard = 'x4', marks = 'western' } = wish;
  const bleed = typeof wish.bleed === 'object' ? wish.bleed : sameEdges(wish.bleed ?? 3);
  const box = { x: 0, y: 0, ...size };
  const panel = { name: 'front', box, bleed, safe: box, text: true };
  const geometry: Geometry = {
    ...{ product: wish.product ?? 'card', sizeName: `${size.width}x${size.height} mm` },
    ...{ format: size, trim: size, bleed, slug: sameEdges(marks === 'none' ? 0 : 10), marks },
    pages: grounds.map((_, index) => ({
      ...{ kind: ['front', 'back'][index] ?? 'page', index, panels: [panel] },
      ...{ folds, keepClear: [], dielines: [] },
    })),
    ...{ binding: null, spine: null, notes: [] },
  };
  const exact = new ExactColours();
  const colours = standard === 'rgb' ? await screenColours() : await PressColours.open('FOGRA39');
  const { alternate, title, step } = SPOT_ROLES.cut;
  const cut = exact.css({
    ...{ label: 'cut', overprint: true, kind: 'spot', tint: 1 },
    spot: {
      name: 'CutContour',
      alternate: alternate.map((v) => v / 100) as unknown as readonly [number, number, number, number],
      step: { title, ...step },
    },
  });
  const { pdf } = await press({
    ...{ geometry, colours, exact, standard, pictures: [], facts: FACTS, pages: grounds.length },
    printed: printedPages(geometry, grounds, wish, cut),
  });
  return { pdf, geometry };
}

/** From 20 to 80 mm, blue to red. */
const GRADIENT = [
  '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [20 0 80 0] /Extend [true true]',
  '/Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0.1 0.3 0.9] /C1 [0.9 0.2 0.1] >> >>',
].join(' ');

/** What a browser would have printed: RGB, hanging from the page's top. */
function printedPages(
  geometry: Geometry,
  grounds: readonly (readonly number[])[],
  { cut, veiled, shaded }: SourceWish,
  cutCss: string,
): Uint8Array {
  const { media, trim, bleed } = pageBoxes(geometry);
  const scale = mmToPt(1);
  // `rgb(calc(12.34%) 56.78% 90.12%)`, as the browser writes it into its PDF.
  const sentinel = [...cutCss.matchAll(/[\d.]+(?=%)/g)]
    .map(([percent]) => (Number(percent) / 100).toFixed(4))
    .join(' ');
  const content = (ground: readonly number[]) =>
    [
      `${scale} 0 0 ${-scale} 0 ${mmToPt(media.height)} cm`,
      `${ground.join(' ')} rg ${bleed.x} ${bleed.y} ${bleed.width} ${bleed.height} re f`,
      `1 0 0 1 ${trim.x} ${trim.y} cm 0 0 0 rg`,
      `${L.x} ${L.y} ${L.thick} ${L.height} re`,
      `${L.x} ${L.y + L.height - L.thick} ${L.width} ${L.thick} re f`,
      ...(veiled ? ['q /Veil gs 0 0.6 0.8 rg 10 8 20 12 re f Q'] : []),
      ...(shaded ? ['/Pattern cs /Shade scn 20 40 60 20 re f'] : []),
      ...(cut ? [`q ${sentinel} RG 0.1 w 2 2 ${trim.width - 4} ${trim.height - 4} re S Q`] : []),
    ].join('\n');
  const matrix = [scale, 0, 0, -scale, mmToPt(trim.x), mmToPt(media.height - trim.y)].join(' ');
  return buildPdf({
    pages: grounds.map((ground) => ({
      content: content(ground),
      resources: [
        veiled ? '/ExtGState << /Veil << /ca 0.5 /CA 0.5 /BM /Multiply >> >>' : '',
        shaded ? `/Pattern << /Shade << /PatternType 2 /Matrix [${matrix}] /Shading ${GRADIENT} >> >>` : '',
      ].join(' '),
      media: [0, 0, mmToPt(media.width), mmToPt(media.height)],
    })),
  });
}
