import type * as z from 'zod';
import { expected } from '../errors.ts';
import type { Scope } from '../products/expression.ts';
import { calendarOptions } from './calendar-options.ts';
import type { Preparation, PreparationJob, Preparer } from './preparation.ts';
import { contourOptions, gangOptions } from './sticker-options.ts';

/** Of a sticker that every printer makes, mm and mm². */
const LEAST_EXAMPLE = { side: 60, area: 3600, gap: 10, edge: 10, border: 3 };

/** Everything that products can have worked out, by the names under `prepares` in their files. */
const PREPARERS: Readonly<Record<string, Preparer>> = {
  calendar: {
    options: calendarOptions,
    example: { months: 12 },
    load: async () => (await import('./calendar.ts')).default,
  },
  contour: {
    options: contourOptions,
    example: {
      contour: { width: 60, height: 60 },
      art: { x: 3, y: 3, width: 54, height: 54 },
      least: LEAST_EXAMPLE,
    },
    load: async () => (await import('./contour.ts')).default,
  },
  gang: {
    options: gangOptions,
    example: { head: 0, foot: 0, least: LEAST_EXAMPLE },
    load: async () => (await import('./gang.ts')).default,
  },
};

const find = (name: string): Preparer => {
  const preparer = Object.hasOwn(PREPARERS, name) ? PREPARERS[name] : undefined;
  if (preparer) return preparer;
  throw expected(`one of ${Object.keys(PREPARERS).join(', ')}`, '"prepares" of a product', name);
};

/** The options that come with what a product has worked out. */
export const preparerOptions = (names: readonly string[]): z.ZodRawShape =>
  Object.assign({}, ...names.map((name) => find(name).options));

/** Values as they may come out, where no pictures are known. */
export const exampleValues = (names: readonly string[]): Scope =>
  Object.assign({}, ...names.map((name) => find(name).example));

/** Works out everything that a product asks for, one after the other. */
export async function prepare(names: readonly string[], job: PreparationJob): Promise<Required<Preparation>> {
  let all: Required<Preparation> = { values: {}, cuts: {}, data: {}, pictures: [], list: [] };
  for (const name of names) {
    const work = await find(name).load();
    const { values, cuts, data, pictures, list } = await work(job);
    all = {
      values: { ...all.values, ...values },
      cuts: { ...all.cuts, ...cuts },
      data: { ...all.data, ...data },
      pictures: pictures ?? all.pictures,
      list: list ?? all.list,
    };
  }
  return all;
}
