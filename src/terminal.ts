import pc from 'picocolors';

export interface Terminal {
  /** A line of the result, on standard output. */
  print(line?: string): void;
  /** A value as JSON on standard output, for `--json`. */
  json(value: unknown): void;
  /** Something the user should know, on standard error. */
  warn(message: string): void;
  /** What is about to be done and takes a while, on standard error, also in a pipe. */
  note(message: string): void;
  /** What is being done now: one line that is redrawn on a terminal, nothing in a pipe. */
  progress(message: string): void;
  /** Turns the progress line into a finished one (terminal only). */
  done(message: string): void;
  /** Removes the progress line. */
  clear(): void;
  readonly colours: ReturnType<typeof pc.createColors>;
  readonly interactive: boolean;
}

/**
 * The terminal of the running process. Results go to standard output, everything else to standard error, so
 * that a pipe receives results only. Colours follow NO_COLOR, FORCE_COLOR and whether it is a terminal.
 */
export function processTerminal(): Terminal {
  const interactive = Boolean(process.stderr.isTTY) && !process.env.CI;
  const colours = pc.createColors(
    pc.isColorSupported && Boolean(process.stdout.isTTY || process.env.FORCE_COLOR),
  );
  let drawn = false;
  const clear = () => {
    if (drawn) process.stderr.write('\r\x1b[2K');
    drawn = false;
  };
  return {
    interactive,
    colours,
    clear,
    print(line = '') {
      clear();
      process.stdout.write(`${line}\n`);
    },
    json(value) {
      clear();
      process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    warn(message) {
      clear();
      process.stderr.write(`${colours.yellow('warning:')} ${message}\n`);
    },
    note(message) {
      clear();
      process.stderr.write(`${message}\n`);
    },
    progress(message) {
      if (!interactive) return;
      clear();
      process.stderr.write(colours.dim(message.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1))));
      drawn = true;
    },
    done(message) {
      if (!interactive) return;
      clear();
      process.stderr.write(`${colours.green('✓')} ${message}\n`);
    },
  };
}
