import { answerAside } from '../aside.ts';
import type { Size } from '../units.ts';
import { type NestItem, type NestOptions, nest } from './nest.ts';

export interface NestQuestion {
  readonly items: readonly NestItem[];
  /** mm */
  readonly sheet: Size;
  readonly options: NestOptions;
}

answerAside(({ items, sheet, options }: NestQuestion) => nest(items, sheet, options));
