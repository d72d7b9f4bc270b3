import { computed, signal } from '@preact/signals';
import type { View } from '../protocol.ts';
import { rememberedNumber } from './remembered.ts';
import { scaleMode, view } from './state.ts';

/** CSS px to a CSS mm: 96 px to an inch, whatever the screen is. */
export const CSS_PX_PER_MM = 96 / 25.4;
/** The screen's own px to a true mm, as a card held to it said; `null` where nobody held one. The browser's zoom does not change it. */
export const screenPxPerMm = rememberedNumber('screen', { least: 0.5, most: 60 });
/** CSS px to a true mm, as far as it is known. */
export const truePxPerMm = computed(() =>
  screenPxPerMm.value === null ? CSS_PX_PER_MM : screenPxPerMm.value / devicePixelRatio,
);
/** Resolution of a proof, px per inch, as `make` draws it. */
const PROOF_PPI = 150;
const [LEAST, MOST] = [0.2, 60];

/** Room for the product, CSS px. */
export const room = signal({ width: 800, height: 600 });
/** Kept free around it for the ruler and labels, CSS px. */
const MARGIN = 76;

/** CSS px to a mm at which a sheet is shown. */
export function scaleOf({ media }: Pick<View, 'media'>): number {
  const mode = scaleMode.value;
  if (mode === 'physical') return truePxPerMm.value;
  if (mode === 'pixels') return PROOF_PPI / 25.4 / devicePixelRatio;
  if (typeof mode === 'number') return mode;
  const { width, height } = room.value;
  return Math.max(LEAST, Math.min((width - MARGIN) / media.width, (height - MARGIN) / media.height));
}

export function zoomBy(factor: number): void {
  if (view.value) scaleMode.value = Math.min(MOST, Math.max(LEAST, scaleOf(view.value) * factor));
}
