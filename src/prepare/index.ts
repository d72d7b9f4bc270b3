import type * as z from 'zod';
import { expected } from '../errors.ts';
import { calendarOptions } from './calendar-options.ts';
import type { Preparation, PreparationJob, Preparer } from './preparation.ts';
import { contourOptions, gangOptions, tabOptions } from './sticker-options.ts';

/** Everything that products can have worked out, by the names under `prepares` in their files. */
const PREPARERS: Readonly<Record<string, Preparer>> = {
  calendar: {
    options: calendarOptions,
    load: async () => (await import('./calendar.ts')).default,
  },
  contour: {
    options: contourOptions,
    load: async () => (await import('./contour.ts')).default,
  },
  keychain: { options: tabOptions, load: async () => (await import('./keychain.ts')).default },
  gang: {
    options: gangOptions,
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
