import { messageOf } from '../errors.ts';
import type { ModelName } from '../models/catalogue.ts';
import type { Weights } from '../models/store.ts';
import type { ArtworkWish } from './artwork.ts';
import type { ArtworkFacts } from './cache.ts';
import { describe, factorWarnings, weightsWarning } from './enlargement.ts';
import type { ArtworkOptions } from './make-artwork.ts';
import { loadNetwork, type Network } from './network.ts';
import { type Plan, planArtwork, readingSize, scalePlan } from './plan.ts';
import { encodePng } from './png.ts';
import type { Region } from './raster.ts';
import { methodFor, renderArtwork } from './render.ts';
import { salientPoint } from './saliency.ts';
import { readFacts, readRegion, type SourceFacts } from './source.ts';
import { applyTone } from './tone.ts';

export interface ComputeOptions extends Pick<ArtworkOptions, 'signal' | 'onProgress'> {
  /** The network that is wished for, `null` for none. */
  readonly model: ModelName | null;
  /** Its weights, `null` where they are not there. */
  readonly weights: Weights | null;
}

export interface Computed {
  readonly png: Buffer;
  readonly facts: ArtworkFacts;
  /** The network was wished for and its weights are there, but it cannot be run here. */
  readonly fellBack: boolean;
}

/** Makes an artwork, without a look at the cache. */
export async function computeArtwork(wish: ArtworkWish, options: ComputeOptions): Promise<Computed> {
  const facts = await readFacts(wish.picture);
  const plan = await planWithSubject(wish, facts);
  const { network, warnings, fellBack } = await networkFor(plan.factor, options);
  const method = methodFor(plan.factor, network !== null);
  const size = readingSize(facts, plan);
  const read = (region: Region) => readRegion(facts, size, region);
  const raster = await renderArtwork(scalePlan(plan, facts, size), size, read, {
    method,
    network,
    bleedFill: wish.bleedFill,
    signal: options.signal,
    onProgress: (done, total) => options.onProgress?.({ stage: 'upscale', done, total }),
  });
  if (wish.tone !== undefined) applyTone(raster, wish.tone);
  return {
    png: await encodePng(raster, facts.profile),
    fellBack,
    facts: {
      widthPx: plan.widthPx,
      heightPx: plan.heightPx,
      hasAlpha: raster.channels === 4,
      sourcePpi: plan.sourcePpi,
      factor: plan.factor,
      method: describe(plan.factor, method.passes, network?.name ?? null),
      warnings: [...warnings, ...factorWarnings(plan.factor, plan.sourcePpi, network?.name ?? null)],
    },
  };
}

/** The plan around the chosen focal point or, where there is something to choose, around what is most salient. */
async function planWithSubject(wish: ArtworkWish, facts: SourceFacts): Promise<Plan> {
  const plan = planArtwork(facts, wish, wish.focal);
  const pixel = wish.size.width / plan.widthPx;
  if (wish.focal || Math.max(plan.play.width, plan.play.height) < pixel) return plan;
  const shape = {
    width: Math.min(plan.source.width, facts.width),
    height: Math.min(plan.source.height, facts.height),
  };
  return planArtwork(facts, wish, await salientPoint(facts, shape));
}

interface NetworkChoice {
  readonly network: Network | null;
  readonly warnings: readonly string[];
  readonly fellBack: boolean;
}

/** The network, where it is wished for, needed and there; otherwise what to tell the user. */
async function networkFor(factor: number, { model, weights }: ComputeOptions): Promise<NetworkChoice> {
  const none = { network: null, warnings: [], fellBack: false };
  if (!model || methodFor(factor, true).passes === 0) return none;
  if (!weights) {
    return { ...none, warnings: [weightsWarning(model)] };
  }
  try {
    return { ...none, network: await loadNetwork(model, weights) };
  } catch (error) {
    const warning =
      `The upscaler ${model} cannot be run here, so the picture was enlarged by Lanczos, which is softer ` +
      `(${messageOf(error).split('\n')[0]}).`;
    return { network: null, warnings: [warning], fellBack: true };
  }
}
