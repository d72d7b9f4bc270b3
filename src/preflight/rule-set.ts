import { expected } from '../errors.ts';
import { printerNames, readPrinter } from '../products/printer.ts';
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
  const { title, bleed, file } = readPrinter(name);
  const levels: Record<string, readonly Level[]> = {
    R0031: [
      { severity: 'error', limit: Math.min(149, file.ppi.value - 1) },
      { severity: 'warning', limit: file.ppi.value - 1 },
    ],
  };
  if (file.pdf?.value.startsWith('PDF/X-1a')) {
    for (const rule of RULES) {
      if (rule.levels.x1a) levels[rule.id] ??= rule.levels.x1a;
      else if (rule.levels.x4) levels[rule.id] ??= [];
    }
  }
  const expect: Expectation = {
    ...(file.tac ? { inkLimit: file.tac.value } : {}),
    ...(file.maxMegabytes ? { maxBytes: file.maxMegabytes.value * 1e6 } : {}),
    ...(bleed.unit === 'mm' ? { bleedMm: bleed.value } : {}),
  };
  return { profile: { name, title, base: 'sheetfed', levels }, expect };
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
