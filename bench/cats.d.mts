import type { Raster } from '../src/artwork/raster.ts';

export function pictureOf(id: string): string;
export function twelveCats(): Promise<{ id: string; mask: Raster; width: number }[]>;
