import * as z from 'zod';
import type { Terminal } from '../terminal.ts';

/** What every command is given besides its own arguments. */
export interface Context {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C: long work checks it and stops without leaving anything half-made. */
  readonly signal: AbortSignal;
  /** The folder that relative paths are relative to. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How an option appears on the command line; its type, default, choices and description are zod's. */
export interface OptionMeta {
  description: string;
  /** A one-letter short form. */
  alias?: string;
  /** Stands in the usage line by position, not by name. */
  positional?: true;
  /** Heading in the help text. */
  group?: string;
  /** What a value looks like, shown in the help: `mm`, `file`, `key=value`. */
  placeholder?: string;
}

/**
 * Declares an option, once: the command line, the config file, order files and the docs all read this.
 * @param schema its type, default and validation
 * @param meta its description and its looks on the command line
 */
export const option = <T extends z.ZodType>(schema: T, meta: OptionMeta): T => schema.meta({ ...meta }) as T;

export interface Command<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  /** One sentence, imperative, no full stop. */
  readonly describe: string;
  readonly options: S;
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
