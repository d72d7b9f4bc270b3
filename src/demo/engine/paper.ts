import type { Canvas, Field } from './canvas.ts';
import type { Noise } from './noise.ts';
import { clamp, smoothstep } from './numbers.ts';

/** Makes the sheet's tooth visible: lighter and darker specks over everything. */
export function tooth(sheet: Canvas, noise: Noise, strength: number, scale = 3): void {
  const { size, rgb } = sheet;
  for (let i = 0; i < size * size; i++) {
    const x = i % size;
    const y = (i - x) / size;
    const speck = noise(x / scale, y / scale) * strength + noise(x / 90 + 7, y / 90) * strength * 0.6;
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = clamp(rgb[i * 3 + c]! + speck);
  }
}

/** The long grain of a plank, along x: about −1…1. */
export function woodGrain(noise: Noise): Noise {
  return (x, y) => {
    const ring = y / 9 + 3.2 * noise(x / 420, y / 120) + 0.5 * noise(x / 60, y / 6);
    return Math.sin(ring * 2.4) * 0.6 + noise(x / 70, y * 1.1) * 0.6;
  };
}

/** A printed shape as ink takes it from a block: thin at places, its edge not quite sharp. */
export function printed(cover: Field, size: number, noise: Noise, wear: number): Field {
  return cover.map((value, i) => {
    if (value <= 0) return 0;
    const x = i % size;
    const y = (i - x) / size;
    const gap = smoothstep(0.32, 0.5, noise(x / 4, y / 4) + noise(x / 40, y / 40) * 0.6);
    return value * (1 - wear * gap);
  });
}
