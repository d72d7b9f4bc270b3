import { stopIfAborted } from '../errors.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import type { Gate } from '../preflight/gate.ts';
import type { Report } from '../preflight/model.ts';
import { richBlackWithin } from '../press/black.ts';
import { type PressFile, press } from '../press/press.ts';
import type { PageProof, ProofLook, Prover } from '../preview/proof.ts';
import { wantedPages } from '../preview/wanted.ts';
import type { Laid } from './lay-out.ts';
import type { Workshop } from './workshop.ts';

/** A press file with its proofs and what preflight says of it. */
export interface PressGoods {
  readonly pressed: PressFile;
  readonly proofs: readonly PageProof[];
  readonly report: Report;
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

/** Makes the press file, draws its proofs and judges it. */
export async function pressGoods(
  job: ResolvedOrder,
  laid: Laid,
  { prover, gate }: { prover: Prover; gate: Gate },
  { onStage, signal, without = [] }: Workshop,
  look: ProofLook,
): Promise<PressGoods> {
  const { geometry, facts, standard, ppi, printer, fields, product } = job;
  const { printed, artworks, overlays } = laid;
  onStage('converting the colours');
  const pressed = await pressFile(job, laid);
  stopIfAborted(signal);
  onStage('drawing the proof and judging the file');
  const hasSpots = pressed.spots.length > 0;
  const wanted = look.gamut && (await wantedPages(artworks, { printed, geometry, facts }, ppi));
  const [proofs, report] = await Promise.all([
    prover.proofs({
      ...{ pdf: pressed.pdf, geometry, picturePpi: ppi },
      ...(overlays && { overlays }),
      ...(wanted && { wanted }),
    }),
    gate.judge(pressed.pdf, {
      ...{ geometry, printer, standard, hasSpots, without },
      ...{ ownBarcode: Boolean(fields.isbn), fullBleed: product.declaration.fullBleed },
    }),
  ]);
  return { pressed, proofs, report };
}
