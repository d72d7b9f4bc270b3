import * as z from 'zod';
import { formatMm, inchToMm } from '../units.ts';
import type { Authority, Sourced } from './geometry.ts';

/** What each authority is called where numbers are listed. */
export const AUTHORITIES: Readonly<Record<Authority, string>> = {
  provider: "provider's page",
  quoted: 'quoted page',
  vendor: "vendor's page",
  'third-party': 'third party',
  unverified: 'UNVERIFIED',
  project: "printcat's choice",
  user: 'given by you',
};

export const AUTHORITY_NAMES = Object.keys(AUTHORITIES) as [Authority, ...Authority[]];
const authority = z.enum(AUTHORITY_NAMES);

/** What nobody has published has no date on which it was read. */
const UNDATED: readonly Authority[] = ['unverified', 'project', 'user'];

/** A value with its origin, as presets and size tables hold it. */
export const sourced = <T extends z.ZodType>(value: T, ...units: [string, ...string[]]) =>
  z
    .strictObject({
      value,
      unit: z.enum(units),
      authority,
      source: z.string().min(1),
      retrieved: z
        .string()
        .regex(/^\d{4}-\d{2}$/, 'Expected a year and month such as 2026-08')
        .exactOptional(),
    })
    .refine((entry) => 'retrieved' in entry || UNDATED.includes(entry.authority), {
      message: 'Expected the month in which the source was read',
      path: ['retrieved'],
    });

/** The length in mm of a number in `mm` or `in`. */
export const lengthMm = ({ value, unit }: Sourced): number => (unit === 'in' ? inchToMm(value) : value);

/** A value with its unit; inches also in mm: `0.125 in (3.175 mm)`, `80 pages`, `PDF/X-1a:2001`. */
export function formatSourced(entry: Sourced<unknown>): string {
  const { value, unit } = entry;
  if (Array.isArray(value)) return `${value.join(', ')}${unit === '%' ? ' %' : ''}`;
  if (typeof value !== 'number') return String(value);
  return unit === 'in' ? `${value} in (${formatMm(lengthMm({ ...entry, value }), 3)})` : `${value} ${unit}`;
}

/** Who says so and when: `KDP help, …; quoted page, 2026-08`. */
export function formatOrigin({ source, authority, retrieved }: Sourced<unknown>): string {
  if (authority === 'user') return source;
  return `${source}; ${AUTHORITIES[authority]}${retrieved ? `, ${retrieved}` : ''}`;
}
