import { expected } from '../errors.ts';
import { type Level, PROFILES, type Profile, type ProfileName, type Rule } from './model.ts';

const TITLES: Readonly<Record<ProfileName, string>> = {
  sheetfed: 'GWG 2022 Sheetfed offset, CMYK',
  label: 'GWG 2022 Labels and leaflets',
  digital: 'GWG 2022 Digital print',
  x4: 'PDF/X-4 (ISO 15930-7)',
  x1a: 'PDF/X-1a (ISO 15930-1)',
};

/**
 * One of the sets of rules that the program has.
 * @throws PrintcatError for an unknown name
 */
export function profileNamed(name: string): Profile {
  const base = PROFILES.find((known) => known === name);
  if (!base) throw expected(`one of ${PROFILES.join(', ')}`, '--rules', name);
  return { name: base, title: TITLES[base], base, levels: {} };
}

/** A rule's levels in a profile, the gravest first; empty where the profile does not have it. */
export function levelsOf(rule: Rule, profile: Profile): readonly Level[] {
  const levels = profile.levels[rule.id] ?? rule.levels[profile.base] ?? [];
  return [...levels].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}
