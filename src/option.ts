import type * as z from 'zod';

/** How an option appears on the command line; its type, default, choices and description are zod's. */
export interface OptionMeta {
  description: string;
  /** A one-letter short form. */
  alias?: string;
  /** Stands in the usage line by position, not by name. */
  positional?: true;
  /** What a value looks like, shown in the help: `mm`, `file`, `key=value`. */
  placeholder?: string;
}

/**
 * Declares an option, once: the command line, the config file, order files and the docs all read this.
 * @param schema its type, default and validation
 * @param meta its description and its looks on the command line
 */
export const option = <T extends z.ZodType>(schema: T, meta: OptionMeta): T => schema.meta({ ...meta }) as T;
