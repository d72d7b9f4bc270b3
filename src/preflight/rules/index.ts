import type { Rule } from '../model.ts';
import { inkRules } from './ink.ts';
import { readable } from './reading.ts';

/** Every rule there is, in the order of the reports. */
export const RULES: readonly Rule[] = [readable, ...inkRules];
