import * as z from 'zod';
import { expected } from './errors.ts';
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
    return facts?.type === 'integer' || issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
  }
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  return issue.message.replace(/^Expected /, '');
}

/**
 * Holds what was given against the declaration of options.
 * @param labelOf how an option is called where it was given: `--pages`
 * @throws PrintcatError in the form `Expected X for --name but received Z`
 */
export function checkOptions<S extends z.ZodRawShape>(
  options: S,
  given: Readonly<Record<string, unknown>>,
  labelOf: (name: string) => string,
): z.output<z.ZodObject<S>> {
  const result = z.object(options).safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const name = String(issue.path[0]);
  const facts = optionFacts(options)[name];
  throw expected(
    facts?.enum ? `one of ${facts.enum.join(', ')}` : lowerFirst(expectation(issue, facts)),
    labelOf(name),
    given[name] === undefined ? 'nothing' : given[name],
  );
}
