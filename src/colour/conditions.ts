import { expected, PrintcatError } from '../errors.ts';

/** A printing condition: how a press on a paper shows its inks. */
export interface Condition {
  /** OutputConditionIdentifier: as registered at www.color.org, a press's own name, or `Custom`. */
  readonly identifier: string;
  readonly info: string;
  /** RegistryName of a registered condition, `null` for any other. */
  readonly registry: string | null;
}

/** The registry of characterisation data that PDF/X names conditions by (ISO 15930-7:2010, 6.2.2). */
const REGISTRY = 'http://www.color.org';

/**
 * Reference names of the ICC's CMYK characterisation data registry (registry.color.org/cmyk-registry, read in September
 * 2026) that printers ask for, in the registry's own spelling, each with its process and paper as listed there.
 */
export const REGISTERED_CONDITIONS: Readonly<Record<string, string>> = {
  FOGRA27: 'Offset on coated paper, 115 g/m² (superseded by FOGRA39)',
  FOGRA28: 'Offset on web paper, gloss coated (LWC), 60 g/m²',
  FOGRA29: 'Offset on uncoated white paper, 120 g/m² (superseded by FOGRA47)',
  FOGRA30: 'Offset on uncoated yellowish paper, 120 g/m²',
  FOGRA39: 'Offset on coated paper, ISO 12647-2:2004/Amd 1 (Fogra)',
  FOGRA40: 'Offset on supercalendered paper (SC), 60 g/m²',
  FOGRA41: 'Offset on machine finished coated paper (MFC)',
  FOGRA42: 'Offset on standard newsprint',
  FOGRA45: 'Offset on improved LWC paper',
  FOGRA46: 'Offset on standard LWC paper',
  FOGRA47: 'Offset on uncoated white paper, 115 g/m²',
  FOGRA48: 'Offset on improved newsprint',
  FOGRA51: 'Offset on premium coated paper, 115 g/m², ISO 12647-2:2013 (PSO Coated v3)',
  FOGRA52: 'Offset on uncoated white paper, 120 g/m², ISO 12647-2:2013 (PSO Uncoated v3)',
  FOGRA53: 'Exchange space of a large gamut (eciCMYK)',
  FOGRA54: 'Offset on supercalendered uncoated paper (SC)',
  'CGATS TR 001': 'SWOP: offset on gloss coated web paper (LWC)',
  'CGATS TR 002': 'US SNAP: offset on uncoated groundwood',
  'CGATS TR 003': 'SWOP 2006: US grade 3 coated web paper',
  'CGATS TR 005': 'SWOP 2006: US grade 5 coated web paper',
  'CGATS TR 006': 'GRACoL 2006, offset on coated paper #1 (CGATS TR 006-2007)',
  'CGATS21-2-CRPC1': 'CGATS 21-2: newsprint',
  'CGATS21-2-CRPC2': 'CGATS 21-2: improved newsprint',
  'CGATS21-2-CRPC3': 'CGATS 21-2: premium uncoated',
  'CGATS21-2-CRPC4': 'CGATS 21-2: supercalendered',
  'CGATS21-2-CRPC5': 'CGATS 21-2: publication coated',
  'CGATS21-2-CRPC6': 'CGATS 21-2: premium coated (GRACoL 2013)',
  'CGATS21-2-CRPC7': 'CGATS 21-2: extra large gamut',
  JC200103: 'Japan Color 2001 Coated, 105 g/m²',
  JC200104: 'Japan Color 2001 Uncoated, 105 g/m²',
  JCW2003: 'Japan Color 2003: web offset on gloss coated paper, 70 g/m²',
  JCN2002: 'Japan Color 2002: newsprint',
  JCS2011: 'Japan Color 2011: sheet-fed offset on premium coated paper',
  IFRA26: 'Offset on newsprint, ISO 12647-3 (IFRA)',
};

/** Names are told apart by letters and digits alone: `fogra39` and `TR006` are typed so. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^cgatstr|^tr(?=\d)/, 'cgatstr');

/** The registry's own spelling of a condition's name; `null` for one that is not in the table. */
export const registeredName = (name: string): string | null =>
  Object.keys(REGISTERED_CONDITIONS).find((known) => plain(known) === plain(name)) ?? null;

/**
 * The condition that a profile stands for.
 * @param name what the user calls it; registered names get the registry beside them, others stand as they are
 * @param description the profile's own, for people
 */
export function conditionOf(name: string | undefined, description: string): Condition {
  const registered = name === undefined ? null : registeredName(name);
  if (registered !== null) {
    return { identifier: registered, info: REGISTERED_CONDITIONS[registered]!, registry: REGISTRY };
  }
  return { identifier: name ?? 'Custom', info: description, registry: null };
}

/** What an order says of its press. */
export interface PressWish {
  /** The name of a shipped profile, or a file. */
  readonly profile?: string | undefined;
  /** Printing condition of an own profile, or the name of a shipped one. */
  readonly condition?: string | undefined;
}

/**
 * The profile of an order, and the name of its condition where it is the user's own.
 * @param preset the printer's profile, taken where the order says nothing
 * @param shipped names of the profiles that the program has
 * @throws PrintcatError for a condition without its profile
 */
export function chooseProfile(
  { profile, condition }: PressWish,
  preset: string,
  shipped: readonly string[],
): { profile: string; condition?: string } {
  const known = (name: string) =>
    /[./\\]/.test(name) ? undefined : shipped.find((one) => plain(one) === plain(name));
  if (condition === undefined)
    return { profile: profile === undefined ? preset : (known(profile) ?? profile) };
  const asShipped = known(condition);
  if (profile === undefined) {
    if (asShipped) return { profile: asShipped };
    throw expected(
      `--profile file.icc beside --condition, or a condition whose profile is shipped (${shipped.join(', ')})`,
      '--condition',
      condition,
      "The profile comes with the printer's data sheet.",
    );
  }
  const named = known(profile);
  if (named === undefined) return { profile, condition };
  if (named === asShipped) return { profile: named };
  throw new PrintcatError(
    `Expected a profile of your own for --condition ${condition} but received --profile ${profile}, which is shipped for ${named}`,
    { hint: `Leave --condition out, or give the file: --profile file.icc --condition '${condition}'.` },
  );
}
