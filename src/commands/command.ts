import * as z from 'zod';
import { option } from '../option.ts';
import type { Terminal } from '../terminal.ts';

export { option } from '../option.ts';

/** What every command is given besides its own arguments. */
export interface Context {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C: long work checks it and stops without leaving anything half-made. */
  readonly signal: AbortSignal;
  /** The folder that relative paths are relative to. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface MoreOptions {
  readonly title: string;
  readonly options: z.ZodRawShape;
}

export interface Command<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  /** One sentence, imperative, no full stop. */
  readonly describe: string;
  readonly options: S;
  /** Options that depend on what else the line says, and on the folder; the help lists them under their title. */
  moreOptions?(line: readonly string[], context: Pick<Context, 'cwd'>): Promise<MoreOptions>;
  /** Usage lines after the program's name and what each does. */
  readonly examples?: readonly (readonly [usage: string, what: string])[];
  /** @returns the exit code, or nothing for 0 */
  run(args: z.output<z.ZodObject<S>>, context: Context): Promise<number | undefined>;
}

/** Gives a command its type from its options, then forgets it so that commands can stand in one list. */
export const defineCommand = <S extends z.ZodRawShape>(command: Command<S>): Command =>
  command as unknown as Command;

/** `--json`, the same for every command that prints. */
export const jsonOption = option(z.boolean().default(false), {
  description: 'Print the result as JSON on standard output',
});

/** `--workspace`, the same for every command that works in one. */
export const workspaceOption = option(z.string().optional(), {
  description: 'The workspace folder (default: this folder, or the nearest one above it that is a workspace)',
  alias: 'w',
  placeholder: 'dir',
});
