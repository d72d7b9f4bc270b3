import { execFile } from 'node:child_process';

/** How a program ended. */
export interface Ran {
  /** It ran to its end and said 0. */
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Kills the program when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which it is killed; 0 waits for ever. */
  readonly timeout?: number;
}

/**
 * Runs a program without a shell and hands back what it printed. A program that is missing, fails or is killed
 * is no exception but `ok: false`, with the reason in `stderr` where it printed none itself.
 * @param program path or name of the program
 */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options },
      (error, stdout, stderr) => {
        resolve({ ok: !error, stdout, stderr: stderr || (error?.message ?? '') });
      },
    );
  });
}
