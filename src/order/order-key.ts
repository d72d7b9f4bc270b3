import { ARTWORK_VERSION } from '../artwork/cache.ts';
import { enlargerFor } from '../artwork/make-artwork.ts';
import type { ProofLook } from '../preview/proof.ts';
import { filesKey, filesOf, idempotencyKey, orderKey } from './idempotency-key.ts';
import { dateOf } from './naming.ts';
import type { NamedOrder } from './resolve-order.ts';

/** What a made order's files depend on besides the order. */
export interface KeyWish {
  readonly look: ProofLook;
  /** Rules of preflight that are switched off. */
  readonly without: readonly string[];
}

/** Both keys of an order (see `idempotency-key.ts`). */
export interface Keys {
  readonly idempotencyKey: string;
  /** Equal keys, equal files. The browser's version is not in it. */
  readonly filesKey: string;
}

/** The keys of many orders: each template is read once. */
export class OrderKeys {
  readonly #templates = new Map<string, Promise<object>>();
  readonly #enlargers = new Map<string, Promise<string>>();

  async keysOf(named: NamedOrder, { look, without }: KeyWish): Promise<Keys> {
    const { order, images } = named;
    const { proof = true, guides = false, paperWhite = false, gamut = false } = look;
    const key = await orderKey(named, (folder) => once(this.#templates, folder, () => filesOf(folder)));
    const ordered = idempotencyKey(key, order);
    const made = {
      ...{ date: dateOf(images[0]!), look: { proof, guides, paperWhite, gamut }, without },
      artwork: ARTWORK_VERSION,
      // What templates and the manifest tell of them.
      images: images.map(({ file, generation, decision }) => ({ file, generation, decision })),
      // Weights that come later make other pixels.
      enlarger: await once(
        this.#enlargers,
        order.upscaler,
        async () => (await enlargerFor(order.upscaler, {})).name,
      ),
    };
    return { idempotencyKey: ordered, filesKey: filesKey(ordered, made) };
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? work();
  known.set(key, found);
  return found;
}
