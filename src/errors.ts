/** Exit codes of the program, the same for every verb. */
export const ExitCode = {
  /** Everything asked for was done. */
  ok: 0,
  /** The work could not be done, or not all of it. */
  failed: 1,
  /** Wrong usage, or input that cannot be used. */
  usage: 2,
  /** A program or library that is needed is missing. */
  missingTool: 3,
  /** Stopped by Ctrl-C (128 + SIGINT, as shells report it). */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface ErrorOptions {
  /** What the user can do about it, one sentence. */
  hint?: string;
  exitCode?: ExitCode;
  cause?: unknown;
}

/**
 * What a user can mend. The message is one line that says what was expected and what came; the hint says what
 * to do. It is printed without a stack; every other error is a bug of ours and is reported as one.
 */
export class PrintcatError extends Error {
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, { hint, exitCode = ExitCode.usage, cause }: ErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PrintcatError';
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/**
 * The commonest mistake, in one form everywhere: `Expected X for Y but received Z`.
 * @param expected what would have been right
 * @param what the option, field or file it is about
 * @param received what came
 */
export function expected(expected: string, what: string, received: unknown, hint?: string): PrintcatError {
  const shown = typeof received === 'string' ? received : JSON.stringify(received);
  return new PrintcatError(`Expected ${expected} for ${what} but received ${shown}`, hint ? { hint } : {});
}

/** The error for work stopped through an `AbortSignal`. */
export const interrupted = (): PrintcatError =>
  new PrintcatError('Stopped.', { exitCode: ExitCode.interrupted });

/** @throws the error of `interrupted` where the work has been stopped */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted();
}

/** A caught value's message, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
