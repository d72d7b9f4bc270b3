import { ExitCode, PrintcatError } from './errors.ts';

/** What the machine refuses, in words; all else that is thrown is a mistake of the program. */
const REFUSALS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  EACCES: ['permission denied', 'Use a folder that you may write to.'],
  EPERM: ['not permitted', 'Use a folder that you may write to.'],
  EROFS: ['the file system is read-only', 'Use a folder that can be written to.'],
  ENOSPC: ['no space left on the device', 'Free some space and try again.'],
  EDQUOT: ['the disk quota is used up', 'Free some space and try again.'],
  ENOTDIR: ['a file stands where a folder is needed', 'Move it, or name another folder.'],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n) and try again.'],
  SQLITE_READONLY: ["the workspace's catalogue is read-only", 'Use a workspace that you may write to.'],
  SQLITE_CANTOPEN: ["the workspace's catalogue cannot be opened", 'Use a workspace that you may write to.'],
  SQLITE_FULL: ['no space left on the device', 'Free some space and try again.'],
  SQLITE_BUSY: ["another program holds the workspace's catalogue", 'Try again when it is done.'],
};

/** A refusal of the machine as an error that a user can mend; any other error as it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof PrintcatError || !(error instanceof Error) || !('code' in error)) return error;
  const refusal = REFUSALS[String(error.code)];
  if (!refusal) return error;
  const [what, hint] = refusal;
  const path = 'path' in error && typeof error.path === 'string' ? `${error.path}: ` : '';
  return new PrintcatError(`${path}${what}`, { hint, exitCode: ExitCode.failed, cause: error });
}
