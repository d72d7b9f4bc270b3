import * as z from 'zod';
import { expected, type PrintcatError } from './errors.ts';
import { keptFor } from './kept-for.ts';
import type { OptionMeta } from './option.ts';

/** What an option's zod schema says of itself, as JSON Schema plus our own `OptionMeta`. */
export type OptionFacts = OptionMeta & {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  enum?: string[];
  default?: unknown;
  items?: { type?: string };
  required: boolean;
};

/** The facts of each option of a command, by name, in the order of declaration. */
export function optionFacts(options: z.ZodRawShape): Record<string, OptionFacts> {
  const schema = z.toJSONSchema(z.object(options), { io: 'input', unrepresentable: 'any' }) as {
    properties: Record<string, Omit<OptionFacts, 'required'>>;
    required?: string[];
  };
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, facts]) => [
      name,
      { ...facts, required: schema.required?.includes(name) ?? false },
    ]),
  );
}

/** `flapWidth` as it stands on the command line. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What zod wanted, in words. */
function expectation(issue: z.core.$ZodIssue, facts?: OptionFacts): string {
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'array') return 'a list, such as [1, 2]';
    return facts?.type === 'integer' || issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
  }
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  return issue.message.replace(/^Expected /, '');
}

/** To build one takes a hundred times as long as to use it. */
const schemaOf = keptFor((options: z.ZodRawShape) => z.object(options));

/** The options that take several values. */
const listsOf = keptFor((options: z.ZodRawShape) =>
  Object.entries(optionFacts(options)).flatMap(([name, { type }]) => (type === 'array' ? [name] : [])),
);

/** One value stands for a list of one, as on the command line. */
function withLists(
  options: z.ZodRawShape,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const single = listsOf(options).filter((name) => {
    const value = given[name];
    return value !== undefined && value !== null && typeof value !== 'object';
  });
  return { ...given, ...Object.fromEntries(single.map((name) => [name, [given[name]]])) };
}

/** An option that cannot be used, and why. */
export interface OptionProblem {
  readonly name: string;
  readonly error: PrintcatError;
}

/**
 * Holds what was given against the declaration of options.
 * @param labelOf how an option is called where it was given: `--pages`
 * @returns their values, or everything that is wrong, each in the form `Expected X for --name but received Z`
 */
export function examineOptions<S extends z.ZodRawShape>(
  options: S,
  given: Readonly<Record<string, unknown>>,
  labelOf: (name: string) => string,
): { values: z.output<z.ZodObject<S>> } | { problems: OptionProblem[] } {
  const result = (schemaOf(options) as z.ZodObject<S>).safeParse(withLists(options, given));
  if (result.success) return { values: result.data };
  const all = optionFacts(options);
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const facts = all[name];
    const error = expected(
      facts?.enum ? `one of ${facts.enum.join(', ')}` : lowerFirst(expectation(issue, facts)),
      labelOf(name),
      given[name] === undefined ? 'nothing' : given[name],
    );
    return { name, error };
  });
  return { problems };
}

/**
 * Holds what was given against the declaration of options.
 * @throws PrintcatError for the first that cannot be used (see `examineOptions`)
 */
export function checkOptions<S extends z.ZodRawShape>(
  ...how: Parameters<typeof examineOptions<S>>
): z.output<z.ZodObject<S>> {
  const examined = examineOptions(...how);
  if ('values' in examined) return examined.values;
  throw examined.problems[0]!.error;
}
