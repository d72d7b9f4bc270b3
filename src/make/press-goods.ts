import { stopIfAborted } from '../errors.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import { Gate } from '../preflight/gate.ts';
import type { Report } from '../preflight/model.ts';
import { hasErrors } from '../preflight/report/group.ts';
import { richBlackWithin } from '../press/black.ts';
import { type PressFile, press } from '../press/press.ts';
import { type PageProof, type ProofLook, type Prover, wantsProof } from '../preview/proof.ts';
import { wantedPages } from '../preview/wanted.ts';
import type { Geometry, PageDesign } from '../products/geometry.ts';
import type { Imposed } from '../sheets/impose.ts';
import { sameEdges } from '../units.ts';
import type { Laid } from './lay-out.ts';
import type { Workshop } from './workshop.ts';

/** A press file with its proofs and what preflight says of it. */
export interface PressGoods {
  readonly pressed: PressFile;
  /** None where none is wanted. */
  readonly proofs: readonly PageProof[];
  readonly report: Report;
  /** The product on sheets, where the order wants them. */
  readonly onSheets: SheetGoods | null;
}

/** The product laid on sheets of a home or office printer. */
export interface SheetGoods {
  readonly imposed: Imposed;
  readonly report: Report;
  /** The first sheet, both its sides where it has two. */
  readonly proofs: readonly PageProof[];
}

/** The file in its colours. */
export async function pressFile(job: ResolvedOrder, laid: Laid): Promise<PressFile> {
  const { geometry, colours, facts, standard, ppi, printer, order } = job;
  const { printed, encoded, exact, drawn } = laid;
  return press({
    ...{ printed, geometry, pictures: encoded, colours, exact, facts, standard },
    ...{ resolution: { ppi, drawn }, spotNames: printer.spots },
    ...(order.black === 'rich' &&
      colours.space === 'cmyk' && {
        richBlack: richBlackWithin(printer.file.richBlack.value, colours.inkLimit),
      }),
  });
}

export interface Helpers {
  readonly prover: Prover;
  readonly gate: Gate;
}

/** Makes the press file, draws its proofs and judges it. */
export async function pressGoods(
  job: ResolvedOrder,
  laid: Laid,
  { prover, gate }: Helpers,
  workshop: Workshop,
  look: ProofLook,
): Promise<PressGoods> {
  const { onStage, signal, without = [] } = workshop;
  const { geometry, facts, standard, ppi, printer, fields, product } = job;
  const { printed, artworks, overlays } = laid;
  onStage('converting the colours');
  const pressed = await pressFile(job, laid);
  stopIfAborted(signal);
  onStage('drawing the proof and judging the file');
  const hasSpots = pressed.spots.length > 0;
  const wanted = look.gamut && (await wantedPages(artworks, { printed, geometry, facts }, ppi));
  const draw = () =>
    prover.proofs({
      ...{ pdf: pressed.pdf, geometry, picturePpi: ppi },
      ...(overlays && { overlays }),
      ...(wanted && { wanted }),
    });
  const [drawn, report] = await Promise.all([
    wantsProof(look) ? draw() : [],
    gate.judge(pressed.pdf, {
      ...{ geometry, printer, standard, hasSpots, without },
      ...{ ownBarcode: Boolean(fields.isbn), fullBleed: product.declaration.fullBleed },
    }),
  ]);
  stopIfAborted(signal);
  // A report on what is refused shows where.
  const proofs = drawn.length === 0 && hasErrors(report) ? await draw() : drawn;
  const onSheets = await sheetGoods(job, pressed, prover, workshop, look);
  return { pressed, proofs, report, onSheets };
}

async function sheetGoods(
  { order, geometry, facts, images, ppi, printer, standard }: ResolvedOrder,
  pressed: PressFile,
  prover: Prover,
  { onStage, without = [] }: Workshop,
  look: ProofLook,
): Promise<SheetGoods | null> {
  const { sheet } = order;
  if (sheet === undefined) return null;
  onStage('laying it on sheets');
  const { imposeSheets } = await import('../sheets/impose.ts');
  const ids = [...new Set(images.map(({ id }) => id))];
  const imposed = await imposeSheets(pressed.pdf, geometry, { ...order, sheet }, { ...facts, ids });
  const gate = new Gate();
  const shown = imposed.sheets.slice(0, imposed.flip === 'none' ? 1 : 2);
  try {
    const [report, proofs] = await Promise.all([
      gate.judgeSheets(imposed.pdf, { printer, standard, without, hasSpots: pressed.spots.length > 0 }),
      wantsProof(look)
        ? prover.proofs({
            pdf: imposed.pdf,
            geometry: sheetGeometry(imposed.sheet, shown.length),
            picturePpi: ppi,
          })
        : [],
    ]);
    return { imposed, report, proofs };
  } finally {
    gate.close();
  }
}

/** A sheet as something to be drawn as it is. */
function sheetGeometry({ name, size }: Imposed['sheet'], pages: number): Geometry {
  const page: PageDesign = { kind: 'sheet', index: 0, panels: [], folds: [], keepClear: [], dielines: [] };
  return {
    ...{ product: 'sheet', sizeName: name, format: size, trim: size },
    ...{ bleed: sameEdges(0), slug: sameEdges(0), marks: 'none', binding: null, spine: null, notes: [] },
    pages: Array.from({ length: pages }, (_, index) => ({ ...page, index })),
  };
}
