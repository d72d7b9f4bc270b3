import { type Complaint, complaintOf, OWN_HEADERS } from './answer.ts';
import { AtControl } from './at-control.ts';
import type { Asked } from './routes.ts';

/** What is wrong, and the control that it is about. */
export function complaint(
  error: unknown,
  report: (error: unknown) => void,
): Complaint & { control: string | null } {
  if (error instanceof AtControl) return { ...complaintOf(error.cause, report), control: error.control };
  return { ...complaintOf(error, report), control: null };
}

/** Answers with a line of JSON for each stage of some work, and one for how it ended. */
export async function streamed(
  { response, report, signal }: Pick<Asked, 'response' | 'report' | 'signal'>,
  work: (onStage: (stage: string) => void) => Promise<unknown>,
): Promise<void> {
  response.writeHead(200, { ...OWN_HEADERS, 'Content-Type': 'application/x-ndjson; charset=utf-8' });
  const line = (value: object) => {
    if (!response.writableEnded) response.write(`${JSON.stringify(value)}\n`);
  };
  try {
    line({ done: await work((stage) => line({ stage })) });
  } catch (error) {
    if (!signal.aborted) line({ error: complaint(error, report) });
  }
  response.end();
}
