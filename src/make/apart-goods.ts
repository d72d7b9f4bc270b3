import { PDFDocument, PDFName } from 'pdf-lib';
import { cutSvg } from '../contours/cut-svg.ts';
import { stopIfAborted } from '../errors.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import { Gate } from '../preflight/gate.ts';
import type { Report } from '../preflight/model.ts';
import { press } from '../press/press.ts';
import { type Dieline, type Geometry, pageBoxes } from '../products/geometry.ts';
import { spotOf } from '../products/spot-roles.ts';
import { mmToPt, ptToMm } from '../units.ts';
import type { Laid } from './lay-out.ts';
import { pressFile } from './press-goods.ts';
import type { Workshop } from './workshop.ts';

/** What the press file holds, in files of their own. */
export interface ApartGoods {
  /** PDF of the art with the white under it, without any cut. */
  readonly art: Uint8Array;
  /** PDF of the cuts alone, on the printer's spots. */
  readonly cuts: Uint8Array;
  /** The same in mm of the trimmed page, a page each, with the spots as layers. */
  readonly svgs: readonly string[];
  /** What preflight says of both PDFs. */
  readonly reports: readonly Report[];
}

const isCut = ({ role }: Dieline): boolean => role === 'cut' || role === 'perf-cut' || role === 'crease';

const withDielines = (geometry: Geometry, keep: (dieline: Dieline) => boolean): Geometry => ({
  ...geometry,
  pages: geometry.pages.map((page) => ({ ...page, dielines: page.dielines.filter(keep) })),
});

/** Makes the art without its cuts and the cuts without the art, and judges both. */
export async function apartGoods(
  job: ResolvedOrder,
  laid: Laid,
  { onStage, signal, without = [] }: Workshop,
): Promise<ApartGoods> {
  onStage('taking art and cuts apart');
  const { geometry, colours, facts, standard, printer, product } = job;
  const artGeometry = withDielines(geometry, (line) => !isCut(line));
  const art = await pressFile({ ...job, geometry: artGeometry }, laid);
  stopIfAborted(signal);
  const cutGeometry = withDielines(geometry, isCut);
  const cuts = await press({
    ...{ printed: await emptyPages(cutGeometry), geometry: cutGeometry, pictures: [] },
    ...{ colours, facts, standard, spotNames: printer.spots },
  });
  const common = { printer, standard, fullBleed: product.declaration.fullBleed, ownBarcode: false };
  const judged = async (pdf: Uint8Array, own: { geometry: Geometry; hasSpots: boolean; empty: boolean }) => {
    const gate = new Gate();
    const { empty, ...rest } = own;
    // A page without art is what a cut file is.
    const off = empty ? [...without, 'R0005'] : without;
    return gate.judge(pdf, { ...common, ...rest, without: off }).finally(() => gate.close());
  };
  const reports = await Promise.all([
    judged(art.pdf, { geometry: artGeometry, hasSpots: art.spots.length > 0, empty: false }),
    judged(cuts.pdf, { geometry: cutGeometry, hasSpots: true, empty: true }),
  ]);
  const svgs = cutGeometry.pages.map(({ dielines }) =>
    cutSvg(
      geometry.trim,
      dielines.map(({ role, path, paint }) => ({
        ...{ name: spotOf(role, printer.spots).name, path },
        strokeMm: paint === 'fill' ? 0 : ptToMm(paint.stroke),
      })),
    ),
  );
  return { art: art.pdf, cuts: cuts.pdf, svgs, reports };
}

/** As many empty pages as the product has, as large as its sheet. */
async function emptyPages(geometry: Geometry): Promise<Uint8Array> {
  const { width, height } = pageBoxes(geometry).media;
  const doc = await PDFDocument.create({ updateMetadata: false });
  for (const _ of geometry.pages) {
    const { node } = doc.addPage([mmToPt(width), mmToPt(height)]);
    node.set(PDFName.of('Contents'), doc.context.register(doc.context.flateStream('')));
  }
  return doc.save();
}
