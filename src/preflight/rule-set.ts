import { expected } from '../errors.ts';
import { STANDARDS, type Standard, standardFor } from '../press/standards.ts';
import { type PrinterPreset, printerNames, readPrinter } from '../products/printer.ts';
import { lengthMm } from '../products/sourced.ts';
import { fileLimits } from './expectation.ts';
import { type Expectation, type Level, PROFILES, type Profile } from './model.ts';
import { profileNamed } from './profiles.ts';
import { RULES } from './rules/index.ts';

/** What a file is held against. */
export interface RuleSet {
  readonly profile: Profile;
  readonly expect: Expectation;
}

/**
 * The rules of that name: one of the program's sets, or a printer's, which are those for sheetfed offset with what the
 * printer's preset says of resolution, ink, bleed, file size and standard.
 * @throws PrintcatError for an unknown name
 */
export function ruleSet(name: string): RuleSet {
  if (PROFILES.some((known) => known === name)) return { profile: profileNamed(name), expect: {} };
  const printers = printerNames();
  if (!printers.includes(name))
    throw expected(`one of ${[...PROFILES, ...printers].join(', ')}`, '--rules', name);
  const printer = readPrinter(name);
  const { bleed, file } = printer;
  const expect: Expectation = {
    ...fileLimits(printer),
    bleedMm: lengthMm(bleed),
  };
  return { profile: printerProfile(printer, standardFor(file.pdf?.value)), expect };
}

/** Rules of PDF/X and of inks that a file in sRGB has no part in. */
const INK_RULES = ['PX-VERSION', 'PX-CLAIM', 'PX-XMP', 'PX-INTENT', 'R0025', 'R0027', 'R0030', 'R0035'];

/** From which resolution downwards (px per inch) a picture is too coarse for a printer, the gravest first. */
export const resolutionLevels = ({ ppi }: PrinterPreset['file']): readonly Required<Level>[] => [
  { severity: 'error', limit: Math.min(149, ppi.value - 1) },
  { severity: 'warning', limit: ppi.value - 1 },
];

/** The rules for sheetfed offset as a printer's preset and a standard change them. */
export function printerProfile({ name, title, file }: PrinterPreset, standard: Standard): Profile {
  const levels: Record<string, readonly Level[]> = { R0031: resolutionLevels(file) };
  const { space, live } = STANDARDS[standard];
  if (space === 'rgb') for (const rule of INK_RULES) levels[rule] = [];
  if (live) return { name, title, base: 'sheetfed', levels };
  for (const { id, levels: own } of RULES) {
    // What PDF/X-4 asks for is not asked of PDF/X-1a.
    if (own.sheetfed && !own.x1a && !own.x4) levels[id] ??= own.sheetfed;
  }
  return { name, title, base: 'x1a', levels };
}

/** @throws PrintcatError for a name that no rule has */
export function knownRules(names: readonly string[], where: string): readonly string[] {
  const unknown = names.find((name) => !RULES.some(({ id }) => id === name));
  if (unknown === undefined) return names;
  throw expected(
    `a rule's name such as ${RULES[1]?.id}`,
    where,
    unknown,
    'A report names the rule of each finding.',
  );
}
