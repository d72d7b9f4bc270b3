import type { ExactColours } from '../colour/exact-colours.ts';
import { boundsOf, type CutPath, placePath } from '../contours/path.ts';
import { toPdfOperators } from '../contours/path-text.ts';
import { PrintcatError } from '../errors.ts';
import { type Dieline, type Geometry, pageBoxes } from '../products/geometry.ts';
import { type SpotNames, spotOf } from '../products/spot-roles.ts';
import { formatMm, intersect } from '../units.ts';
import { pdfNumber } from './content.ts';
import { laySpot, mixingState } from './laying.ts';
import type { Reader } from './pdf.ts';
import type { Resources } from './resources.ts';
import type { Spots } from './spots.ts';

/**
 * The marked-content point before what lies beneath the art on the finished product, though it stands after it in the
 * file: a renderer that knows no overprint is to draw it first. The prefix is the program's own (ISO 32000-1, annex E).
 */
export const BENEATH = 'PCAT_Beneath';

export interface DielineKit {
  readonly reader: Reader;
  readonly spots: Spots;
  /** Refuses spots that get in each other's way. */
  readonly exact: ExactColours;
  /** What the printer calls the spots. */
  readonly names: SpotNames;
  /** Receives what the operators name. */
  readonly resources: Resources;
}

/**
 * The dielines of one page, as operators in the page's own coordinates: each on the plate of its role's spot, solid,
 * over the art and without knocking it out, in the layer of its processing step.
 * @throws PrintcatError for a line that leaves the sheet, or a spot whose name means something else
 */
export function drawDielines(
  dielines: readonly Dieline[],
  geometry: Pick<Geometry, 'trim' | 'bleed' | 'slug'>,
  kit: DielineKit,
): string {
  const { media, trim } = pageBoxes(geometry);
  return dielines
    .map(({ role, path, paint }) => {
      const placed = placePath(path, { x: trim.x, y: trim.y, angle: 0 });
      const spot = spotOf(role, kit.names);
      refuseOffSheet(spot.name, placed, media);
      kit.exact.claim(spot.name, spot);
      const isFill = paint === 'fill';
      const { operators, layer } = laySpot(kit.spots, { spot, tint: 1 }, !isFill, kit.resources);
      const mixing = mixingState(kit.reader, kit.resources, {
        ...{ fillAlpha: 1, strokeAlpha: 1, blend: 'Normal' },
        ...{ fillOverprint: isFill, strokeOverprint: !isFill },
      });
      const isBeneath = isFill && (role === 'white' || role === 'varnish');
      const drawn = [...toPdfOperators(placed, media.height), isFill ? 'f' : 'S'];
      return [
        ...(isBeneath ? [`/${BENEATH} MP`] : []),
        `q /${mixing} gs ${operators}`,
        ...(isFill ? [] : [`${pdfNumber(paint.stroke)} w`]),
        ...(layer ? [`/OC /${layer} BDC`, ...drawn, 'EMC'] : drawn),
        'Q\n',
      ].join('\n');
    })
    .join('');
}

/** A path that leaves the sheet would be cut open there. */
function refuseOffSheet(name: string, path: CutPath, { width, height }: Geometry['trim']): void {
  const bounds = boundsOf(path);
  const inside = intersect(bounds, { x: 0, y: 0, width, height });
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
  if (inside && near(inside.width, bounds.width) && near(inside.height, bounds.height)) return;
  throw new PrintcatError(
    `The path on ${name} leaves the sheet of ${formatMm(width)} × ${formatMm(height)}`,
    { hint: 'Give the product more bleed or slug, or a smaller cut.' },
  );
}
