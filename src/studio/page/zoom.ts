import { signal } from '@preact/signals';
import type { View } from '../protocol.ts';
import { scaleMode, view } from './state.ts';

/** CSS px to a mm: 96 px to an inch, as CSS has it and as far as a screen is honest. */
export const PX_PER_MM = 96 / 25.4;
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
  if (mode === 'physical') return PX_PER_MM;
  if (mode === 'pixels') return PROOF_PPI / 25.4 / devicePixelRatio;
  if (typeof mode === 'number') return mode;
  const { width, height } = room.value;
  return Math.max(LEAST, Math.min((width - MARGIN) / media.width, (height - MARGIN) / media.height));
}

export function zoomBy(factor: number): void {
  if (view.value) scaleMode.value = Math.min(MOST, Math.max(LEAST, scaleOf(view.value) * factor));
}
