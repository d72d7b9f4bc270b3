#!/usr/bin/env node
import { commands } from './commands/index.ts';
import { runCli } from './commands/parse.ts';
import { ExitCode, PrintcatError } from './errors.ts';
import { asRefusal } from './system-error.ts';
import { processTerminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** What a program that was stopped may take to close its browser, ms. */
const CLOSING_TIME = 3000;

const terminal = processTerminal();
// A reader that has seen enough (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (stop.signal.aborted) process.exit(ExitCode.interrupted);
    stop.abort();
  });
}

try {
  process.exitCode = await runCli(commands, process.argv.slice(2), VERSION, {
    terminal,
    signal: stop.signal,
    cwd: process.cwd(),
    env: process.env,
  });
} catch (thrown) {
  const error = asRefusal(thrown);
  terminal.clear();
  if (error instanceof PrintcatError) {
    process.stderr.write(`${terminal.colours.red('error:')} ${error.message}\n`);
    if (error.hint) process.stderr.write(`${terminal.colours.dim('hint:')} ${error.hint}\n`);
    process.exitCode = error.exitCode;
    // What cannot be cancelled, such as a download, must not keep a stopped program alive.
    if (error.exitCode === ExitCode.interrupted) setTimeout(() => process.exit(), CLOSING_TIME).unref();
  } else {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.stderr.write('This is a mistake in printcat. Please report it with the lines above.\n');
    process.exitCode = ExitCode.failed;
  }
}
