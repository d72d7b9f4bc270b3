/** Pixels each way of every demo picture, as the generators of 2022 made them. */
export const SIZE = 512;

/** Paints a picture: the same seed, the same pixels. @returns SIZE × SIZE RGBA, 8 bit. */
export type Painter = (seed: number) => Uint8ClampedArray;
