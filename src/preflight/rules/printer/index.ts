/** The printer's own rules: what the order and the printer's preset ask of the file. */
import type { Rule } from '../../model.ts';
import { inkedBleed } from './bleed.ts';
import { bleed, fileSize, inkLimit, marks, pageCount, size } from './order.ts';
import { keepClear, safeArea, spineType } from './type.ts';

export const PRINTER_RULES: readonly Rule[] = [
  size,
  bleed,
  inkedBleed,
  safeArea,
  spineType,
  keepClear,
  pageCount,
  fileSize,
  marks,
  inkLimit,
];
