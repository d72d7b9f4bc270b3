/**
 * The structure of a file for print: PDF/X-4 (ISO 15930-7:2010), PDF/X-1a (ISO 15930-1:2001 and -4:2003) clause by
 * clause, and the Ghent Workgroup's rules on pages. A part of a standard stands without a number where its own
 * numbering was not at hand; the clause of ISO 32000-1 then says what is meant.
 */
import type { Rule } from '../../model.ts';
import { boxes, cropBox, onePage, oneSize, userUnit } from './boxes.ts';
import { annotations, fonts, layers, packing } from './content.ts';
import {
  actions,
  alternates,
  elsewhere,
  embeddedFiles,
  encryption,
  forms,
  halftones,
  postScript,
  transfer,
} from './forbidden.ts';
import { claim, identifier, information, metadata, trapped, version } from './identification.ts';
import { cmykIntent, outputIntent } from './output-intent.ts';

export const STRUCTURE_RULES: readonly Rule[] = [
  version,
  claim,
  identifier,
  information,
  metadata,
  trapped,
  outputIntent,
  boxes,
  fonts,
  layers,
  packing,
  annotations,
  encryption,
  actions,
  forms,
  embeddedFiles,
  transfer,
  halftones,
  postScript,
  alternates,
  elsewhere,
  userUnit,
  cropBox,
  oneSize,
  onePage,
  cmykIntent,
];
