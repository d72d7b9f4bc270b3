/** One number a place on a square grid; the area it describes is where the numbers are below 0. */
export interface Field {
  readonly values: Float32Array;
  /** Columns and rows. */
  readonly width: number;
  readonly height: number;
  /** From one place to the next, mm. */
  readonly step: number;
  /** The first place, mm. */
  readonly x: number;
  readonly y: number;
}

/** A field on the same grid, place by place. */
export function mapField(field: Field, at: (value: number, index: number) => number): Field {
  const values = new Float32Array(field.values.length);
  for (let i = 0; i < values.length; i++) values[i] = at(field.values[i]!, i);
  return { ...field, values };
}

/** The area grown by a length, mm, where the field holds distances; negative shrinks it. */
export const grown = (field: Field, by: number): Field => mapField(field, (value) => value - by);

/** What lies in one area or the other, of two fields on the same grid. */
export const joined = (a: Field, b: Field): Field => mapField(a, (value, i) => Math.min(value, b.values[i]!));
