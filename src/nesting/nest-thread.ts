import { parentPort } from 'node:worker_threads';
import { PrintcatError } from '../errors.ts';
import type { Size } from '../units.ts';
import { type NestItem, type Nesting, type NestOptions, nest } from './nest.ts';

export interface NestQuestion {
  readonly items: readonly NestItem[];
  /** mm */
  readonly sheet: Size;
  readonly options: NestOptions;
}

export type NestAnswer =
  | { readonly nesting: Nesting }
  /** What the user can mend; whatever else is thrown ends the thread. */
  | { readonly message: string; readonly hint: string | undefined };

function answer({ items, sheet, options }: NestQuestion): NestAnswer {
  try {
    return { nesting: nest(items, sheet, options) };
  } catch (error) {
    if (!(error instanceof PrintcatError)) throw error;
    return { message: error.message, hint: error.hint };
  }
}

parentPort?.on('message', (question: NestQuestion) => parentPort?.postMessage(answer(question)));
