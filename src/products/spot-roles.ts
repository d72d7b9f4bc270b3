import * as z from 'zod';
import type { Spot } from '../colour/exact-colours.ts';
import { sourced } from './sourced.ts';

/** A processing step as ISO 19593-1 names it: a group, and a type in those groups that have types. */
export interface ProcessingStep {
  readonly group: string;
  readonly type: string | null;
}

/** What a spot is for, where it is not a colour. */
interface RoleFacts {
  /** For people: the name of its layer. */
  readonly title: string;
  /** What it is called where the printer's preset names it not. */
  readonly usualName: string;
  readonly source: string;
  readonly step: ProcessingStep;
  /** How it is shown, percent of C, M, Y, K; the press never prints these. */
  readonly alternate: readonly [number, number, number, number];
}

const GENERIC = "a usual name; no printer's page read";
const ROLAND = 'Roland VersaWorks, as providers of stickers repeat it';

/** Groups and types are those of ISO 19593-1:2018. */
export const SPOT_ROLES = {
  cut: {
    title: 'Cutting',
    usualName: 'CutContour',
    source: ROLAND,
    step: { group: 'Structural', type: 'Cutting' },
    alternate: [0, 100, 0, 0],
  },
  'perf-cut': {
    title: 'Perforating',
    usualName: 'PerfCutContour',
    source: ROLAND,
    step: { group: 'Structural', type: 'Perforating' },
    alternate: [0, 50, 100, 0],
  },
  crease: {
    title: 'Creasing',
    usualName: 'Crease',
    source: GENERIC,
    step: { group: 'Structural', type: 'Creasing' },
    alternate: [100, 0, 0, 0],
  },
  foil: {
    title: 'Foil stamping',
    usualName: 'Foil',
    source: GENERIC,
    step: { group: 'Structural', type: 'FoilStamping' },
    alternate: [20, 30, 70, 15],
  },
  white: {
    title: 'White',
    usualName: 'White',
    source: GENERIC,
    step: { group: 'White', type: null },
    alternate: [20, 0, 0, 5],
  },
  varnish: {
    title: 'Varnish',
    usualName: 'Varnish',
    source: GENERIC,
    step: { group: 'Varnish', type: null },
    alternate: [0, 0, 20, 5],
  },
} as const satisfies Record<string, RoleFacts>;
export type SpotRole = keyof typeof SPOT_ROLES;
export const SPOT_ROLE_NAMES = Object.keys(SPOT_ROLES) as [SpotRole, ...SpotRole[]];

const nameOf = (role: SpotRole) => {
  const { usualName, source } = SPOT_ROLES[role];
  return sourced(z.string().min(1), 'name').default({
    value: usualName,
    unit: 'name',
    authority: 'unverified',
    source,
  });
};

/** The names by which a printer knows the spots that are no colours: strings that must match exactly. */
export const spotNames = z.strictObject({
  cut: nameOf('cut'),
  'perf-cut': nameOf('perf-cut'),
  crease: nameOf('crease'),
  foil: nameOf('foil'),
  white: nameOf('white'),
  varnish: nameOf('varnish'),
} satisfies Record<SpotRole, z.ZodType>);
export type SpotNames = z.output<typeof spotNames>;

/**
 * The spot of a role, by the printer's own name for it.
 * @param alternate how it is shown, percent of C, M, Y, K, where the role's own colour will not do
 */
export function spotOf(role: SpotRole, names: SpotNames, alternate?: readonly number[]): Spot {
  const { title, step, alternate: usual } = SPOT_ROLES[role];
  const [c = 0, m = 0, y = 0, k = 0] = (alternate ?? usual).map((ink) => ink / 100);
  return { name: names[role].value, alternate: [c, m, y, k], step: { title, ...step } };
}
