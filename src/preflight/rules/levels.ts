import { type Level, PROFILES, type Rule, type Severity } from '../model.ts';

const only = (severity: Severity, limit?: number): readonly Level[] => [
  { severity, ...(limit === undefined ? {} : { limit }) },
];

/** One level: an error, or a warning, from `limit` on. */
export const error = (limit?: number): readonly Level[] => only('error', limit);
export const warning = (limit?: number): readonly Level[] => only('warning', limit);

/** Two levels: an error at one limit and a warning at another. */
export const errorThenWarning = (errorLimit: number, warningLimit: number): readonly Level[] => [
  { severity: 'error', limit: errorLimit },
  { severity: 'warning', limit: warningLimit },
];

/** The same in every profile. */
export const everywhere = (severity: Severity): Rule['levels'] =>
  Object.fromEntries(PROFILES.map((name) => [name, only(severity)]));
