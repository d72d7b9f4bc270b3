import { stopIfAborted } from '../errors.ts';
import { drawImage, type ImageForm } from '../images/draw.ts';
import { IMAGE_RULES, requireSoundImage } from '../images/soundness.ts';
import { whiteLayer } from '../images/white-layer.ts';
import type { ResolvedOrder } from '../order/resolve-order.ts';
import type { PressFile } from '../press/press.ts';
import { type PageProof, type ProofLook, type Prover, wantsProof } from '../preview/proof.ts';
import { pageBoxes } from '../products/geometry.ts';
import { effectivePpi, mmToInch } from '../units.ts';
import type { Laid } from './lay-out.ts';
import { pressFile } from './press-goods.ts';
import type { Workshop } from './workshop.ts';

/** A page as the PNG that a provider takes. */
export interface PagePng {
  readonly png: Buffer;
  /** The white ink under it, where its provider wants that. */
  readonly white: Buffer | null;
}

export interface ImageGoods {
  readonly pressed: PressFile;
  readonly proofs: readonly PageProof[];
  readonly pages: readonly PagePng[];
  readonly judged: readonly string[];
}

/** Makes each page a PNG of exactly its pixels, and holds it against what was asked for. */
export async function imageGoods(
  job: ResolvedOrder,
  laid: Laid,
  prover: Prover,
  { onStage, signal }: Workshop,
  look: ProofLook = {},
): Promise<ImageGoods> {
  const { geometry, ppi, printer, product } = job;
  const { media } = pageBoxes(geometry);
  const { transparent, whiteChoke } = job.image!;
  const px = (mm: number) => Math.round(mmToInch(mm) * ppi);
  const form: ImageForm = { size: { width: px(media.width), height: px(media.height) }, ppi, transparent };
  onStage('drawing the picture');
  const pressed = await pressFile(job, laid);
  const pages: PagePng[] = [];
  for (const index of geometry.pages.keys()) {
    stopIfAborted(signal);
    const png = await drawImage(pressed.pdf, form, index);
    const maxBytes = printer.file.maxMegabytes && printer.file.maxMegabytes.value * 1e6;
    await requireSoundImage(`${product.title}, page ${index + 1}`, png, {
      ...form,
      ...(maxBytes !== undefined && { maxBytes }),
      pictures: laid.slots.flatMap(({ slot, page, box }, i) =>
        page === index ? [{ name: slot, ppi: effectivePpi(laid.artworks[i]!.widthPx, box.width) }] : [],
      ),
    });
    pages.push({
      png,
      white: whiteChoke === null ? null : await whiteLayer(png, { choke: whiteChoke, ppi }),
    });
  }
  const proofs = wantsProof(look)
    ? await prover.proofs({
        ...{ pdf: pressed.pdf, geometry, picturePpi: ppi },
        ...(laid.overlays && { overlays: laid.overlays }),
      })
    : [];
  return { pressed, proofs, pages, judged: IMAGE_RULES };
}
