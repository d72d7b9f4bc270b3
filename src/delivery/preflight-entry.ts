import type { Finding, Report } from '../preflight/model.ts';
import { groupFindings, measureBeside, verdict } from '../preflight/report/group.ts';
import type { Note } from '../products/geometry.ts';
import type { Manifest } from './manifest-schema.ts';

/** What the file's preflight said; one with errors is not delivered. */
export type PreflightEntry = Manifest['preflight'];

/** A finding with what was measured. */
const worst = (finding: Finding): string => {
  const measured = measureBeside(finding);
  return measured ? `${finding.message} (${measured})` : finding.message;
};

const warning = (text: string): Note => ({ level: 'warning', text });

export const preflightEntry = (report: Report): PreflightEntry => ({
  profile: report.profile.title,
  verdict: verdict(report),
  judged: report.judged,
  switchedOff: report.switchedOff,
  findings: report.findings.map(({ rule, message, count }) => ({ rule, message, count })),
  unjudged: report.unjudged.map(({ what, why }) => `${what}: ${why}`),
});

/** What the gate of pictures says of those that passed it. */
export const imageEntry = (judged: readonly string[]): PreflightEntry => ({
  ...{ profile: 'PNG as its provider takes it', verdict: 'nothing found', judged },
  ...{ switchedOff: [], findings: [], unjudged: [] },
});

/** What preflight warns of, as notes of the order. */
export const preflightNotes = (report: Report): Note[] => [
  ...groupFindings(report.findings).map(({ rule, findings, hint }) =>
    warning(`${rule}, ${worst(findings[0]!)}. ${hint}`),
  ),
  ...report.unjudged.map(({ what, why }) => warning(`Preflight could not judge ${what}: ${why}`)),
];
