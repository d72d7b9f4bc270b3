import { join } from 'node:path';
import { type Delivery, deliver, deliverReport, describeFile, requireWritable } from './delivery/deliver.ts';
import {
  apartDeliveries,
  imageDeliveries,
  listDeliveries,
  pressDeliveries,
  sheetDeliveries,
} from './delivery/goods.ts';
import { type ManifestSource, manifestOf } from './delivery/manifest.ts';
import type { Manifest } from './delivery/manifest-schema.ts';
import { imageEntry, preflightEntry, preflightNotes } from './delivery/preflight-entry.ts';
import { interrupted, stopIfAborted } from './errors.ts';
import { apartGoods } from './make/apart-goods.ts';
import { imageGoods } from './make/image-goods.ts';
import { type Laid, layOut, picturesIn } from './make/lay-out.ts';
import { pressGoods } from './make/press-goods.ts';
import type { Workshop } from './make/workshop.ts';
import { fileStem } from './order/naming.ts';
import type { Order } from './order/order.ts';
import { OrderKeys } from './order/order-key.ts';
import { nameParts, type ResolvedOrder, resolveOrder } from './order/resolve-order.ts';
import { Gate, orderReport, refused } from './preflight/gate.ts';
import { hasErrors } from './preflight/report/group.ts';
import { type ProofLook, Prover, wantsProof } from './preview/proof.ts';

export type { Workshop } from './make/workshop.ts';

export interface Made {
  readonly files: readonly { role: Delivery['role']; path: string }[];
  readonly manifest: Manifest;
}

/** What was made of an order: the files, and what its manifest says of them. */
interface Goods
  extends Pick<ManifestSource, 'proofs' | 'pressed' | 'preflight' | 'gateNotes' | 'isImage' | 'coverage'> {
  readonly files: readonly Delivery[];
}

/**
 * Makes one order: from image IDs to delivered files with their proofs and manifest.
 * @throws PrintcatError where the order cannot be made; nothing is written then
 */
export async function make(order: Order, workshop: Workshop, look: ProofLook = {}): Promise<Made> {
  const { outputDir, signal, onStage } = workshop;
  onStage('reading the order');
  const [job] = await Promise.all([
    resolveOrder(order, workshop, look),
    requireWritable(outputDir, workshop.scratchDir),
  ]);
  stopIfAborted(signal);
  const keys = await new OrderKeys().keysOf(job, { look, without: workshop.without ?? [] });
  const stem = fileStem(
    order,
    job.product,
    job.template,
    job.geometry,
    nameParts(job.printer, job.standard, job.image),
  );
  const helpers: { prover?: Prover; gate?: Gate } = {};
  try {
    // Their libraries load while the page is printed.
    const laid = await layOut(job, workshop, look, () => {
      helpers.prover = new Prover(job.colours, look.paperWhite);
      if (wantsProof(look)) helpers.prover.warm();
      if (!job.image) helpers.gate = new Gate();
    });
    const { prover, gate } = helpers as { prover: Prover; gate?: Gate };
    const goods = gate
      ? await forPress(job, laid, stem, { prover, gate }, workshop, look)
      : await forScreen(job, laid, stem, prover, workshop, look);
    const credits = job.options.credits === true ? await creditsFor(job, stem, workshop) : [];
    stopIfAborted(signal);
    onStage('writing the files');
    const delivered = [...goods.files, ...credits];
    const manifest = manifestOf({
      ...job,
      ...sourceOf(job, laid),
      ...goods,
      ...keys,
      files: delivered.map(describeFile),
    });
    const list: Delivery = {
      name: `${stem}.json`,
      role: 'manifest',
      bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    };
    await deliver(outputDir, [...delivered, list], workshop.scratchDir);
    const files = [...delivered, list].map(({ role, name }) => ({ role, path: join(outputDir, name) }));
    return { files, manifest };
  } catch (error) {
    // A browser that was shut down by Ctrl-C complains in its own words.
    throw signal.aborted ? interrupted() : error;
  } finally {
    helpers.prover?.close();
    helpers.gate?.close();
  }

  function sourceOf(job: ResolvedOrder, { slots, artworks }: Laid) {
    return {
      paperWhite: look.paperWhite ?? false,
      geometry: job.geometry,
      slots: slots.map((slot, i) => ({ slot, artwork: artworks[i]!, pictures: picturesIn(job, slot) })),
    };
  }
}

/** Who made what the product shows, for its QR code to lead to. */
async function creditsFor(
  { images, product, order }: ResolvedOrder,
  stem: string,
  { catalogue }: Workshop,
): Promise<Delivery[]> {
  const { creditsOf } = await import('./credits/credits-of.ts');
  const shown = images.map((image) => ({ image, path: catalogue.originalPath(image) }));
  return creditsOf(shown, { stem, title: order.fields.title || product.title });
}

/** A PDF for a press; one with errors is not delivered, but its report is. */
async function forPress(
  job: ResolvedOrder,
  laid: Laid,
  stem: string,
  ...[helpers, workshop, look]: [{ prover: Prover; gate: Gate }, Workshop, ProofLook]
): Promise<Goods> {
  const { pressed, proofs, report, onSheets } = await pressGoods(job, laid, helpers, workshop, look);
  const apart = job.product.declaration.apart ? await apartGoods(job, laid, workshop) : null;
  const judged: Delivery = {
    name: `${stem}-preflight.html`,
    role: 'report',
    bytes: Buffer.from(
      orderReport(
        `${stem}.pdf`,
        report,
        proofs.map(({ sheet }) => sheet),
      ),
    ),
  };
  if (hasErrors(report))
    throw refused(report, await deliverReport(workshop.outputDir, judged, workshop.scratchDir));
  if (onSheets && hasErrors(onSheets.report)) throw refused(onSheets.report, 'The product itself passed.');
  const faulty = apart?.reports.find(hasErrors);
  if (faulty) throw refused(faulty, 'The file with art and cuts passed.');
  const encoded = await Promise.all(laid.encoded.map((picture) => picture.encoded));
  return {
    ...{ pressed, proofs, isImage: false },
    files: [
      ...pressDeliveries(stem, pressed.pdf, job.geometry.pages.length, proofs),
      ...(onSheets ? sheetDeliveries(stem, onSheets) : []),
      ...(apart ? apartDeliveries(stem, apart) : []),
      ...listDeliveries(stem, job.list),
      ...(wantsProof(look) ? [judged] : []),
    ],
    coverage: encoded.map(({ coverage }) => coverage),
    preflight: preflightEntry(report),
    gateNotes: [...preflightNotes(report), ...(onSheets?.imposed.notes ?? [])],
  };
}

/** PNGs, as providers of goods take them. */
async function forScreen(
  job: ResolvedOrder,
  laid: Laid,
  stem: string,
  ...[prover, workshop, look]: [Prover, Workshop, ProofLook]
): Promise<Goods> {
  const { pressed, proofs, pages, judged } = await imageGoods(job, laid, prover, workshop, look);
  return {
    ...{ pressed, proofs, isImage: true, coverage: [] },
    files: [...imageDeliveries(stem, pages, proofs), ...listDeliveries(stem, job.list)],
    preflight: imageEntry(judged),
    gateNotes: [],
  };
}
