import type { ModelName } from '../models/catalogue.ts';

/**
 * The enlargement up to which each does well. The networks' quality was measured up to 4× (SSIM .83 on paintings;
 * Lanczos .78). Resampling alone invents no detail: at 2× a print of 300 ppi is down to 150 ppi, the least that is
 * commonly accepted.
 */
export const CARRIES = { network: 4, lanczos: 2 } as const;

/** Factors this near to each other are the same: slots are rounded up to whole pixels. */
export const ROUNDING = 1.01;

/** What the user must be told of an enlargement by `factor` from `sourcePpi`, with a network or (`null`) without. */
export function factorWarnings(factor: number, sourcePpi: number, network: ModelName | null): string[] {
  const carries = network ? CARRIES.network : CARRIES.lanczos;
  if (factor <= carries * ROUNDING) return [];
  const by = network ? `${network} was measured up to ${carries}×` : `Lanczos carries ${carries}×`;
  return [
    `Enlarged ${factor.toFixed(1)}× from ${Math.round(sourcePpi)} ppi: ${by}, beyond it the print looks soft. ` +
      'A larger original or a smaller product helps.',
  ];
}

/** What the user must be told where a network is wished for and needed but its weights are not there. */
export const weightsWarning = (model: ModelName): string =>
  `The weights of the upscaler ${model} are not there, so the picture was enlarged by Lanczos, ` +
  `which is softer: \`printcat models fetch ${model}\` fetches them.`;

/** What was done, for the summary. @param passes how often the network doubled the picture */
export function describe(factor: number, passes: number, network: ModelName | null): string {
  if (passes === 0 || !network) return factor <= ROUNDING ? 'none' : 'Lanczos';
  const reached = 2 ** passes;
  const rest =
    factor * ROUNDING < reached ? ', reduced' : factor > reached * ROUNDING ? ', then Lanczos' : '';
  return `${network} ×${reached}${rest}`;
}
