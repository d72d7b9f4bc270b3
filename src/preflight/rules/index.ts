import type { Rule } from '../model.ts';
import { PRINTER_RULES } from './printer/index.ts';
import { readable } from './reading.ts';
import { STRUCTURE_RULES } from './structure/index.ts';

/** Every rule there is, in the order of the reports. */
export const RULES: readonly Rule[] = [readable, ...STRUCTURE_RULES, ...PRINTER_RULES];
