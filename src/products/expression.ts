import jsep, { type Expression as Node } from 'jsep';
import * as z from 'zod';
import { messageOf, PrintcatError } from '../errors.ts';

/** What an expression can see and be: lengths are mm. */
export type Value = number | string | boolean | null | undefined | { readonly [name: string]: Value };
export type Scope = { readonly [name: string]: Value };

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  min: Math.min,
  max: Math.max,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
  abs: Math.abs,
};

const BINARY: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** An expression of a product: what it computes, and the text that it was written as. */
export interface Expression {
  readonly text: string;
  /** @throws PrintcatError for a name that the scope does not have, and for what is no number where one is needed */
  evaluate(scope: Scope): Value;
}

const named = (node: Node): string =>
  node.type === 'MemberExpression'
    ? `${named(node.object as Node)}.${(node.property as Node).name}`
    : String(node.name);

/** The parts of what may stand in an expression; what else the parser knows is refused when it is read. */
function partsOf(node: Node): Node[] {
  const parts = (...keys: string[]) => keys.map((key) => node[key] as Node);
  if (node.type === 'Literal' || node.type === 'Identifier') return [];
  if (node.type === 'MemberExpression' && !node.computed) return parts('object');
  if (node.type === 'ConditionalExpression') return parts('test', 'consequent', 'alternate');
  if (node.type === 'UnaryExpression' && ['-', '!'].includes(String(node.operator))) return parts('argument');
  if (node.type === 'BinaryExpression') {
    const operator = String(node.operator);
    if (operator in BINARY || ['==', '!=', '&&', '||'].includes(operator)) return parts('left', 'right');
  }
  if (node.type === 'CallExpression' && (node.callee as Node).type === 'Identifier') {
    const name = String((node.callee as Node).name);
    if (Object.hasOwn(FUNCTIONS, name)) return node.arguments as Node[];
    throw new Error(`there is no function ${name}; there are ${Object.keys(FUNCTIONS).join(', ')}`);
  }
  throw new Error('only + - * / %, comparisons, && || !, ?: and functions of numbers may stand here');
}

function requireKnown(node: Node): void {
  for (const part of partsOf(node)) requireKnown(part);
}

/** The scope with further names in it; names that are read for their use stay unread. */
export const withNames = (scope: Scope, more: Scope): Scope =>
  Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(scope), ...Object.getOwnPropertyDescriptors(more) },
  ) as Scope;

const own = (scope: Value, name: string): Value =>
  typeof scope === 'object' && scope !== null && Object.hasOwn(scope, name) ? scope[name] : undefined;

function numeric(value: Value, node: Node, text: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const what = node.type === 'Identifier' || node.type === 'MemberExpression' ? named(node) : 'a part of it';
  throw new PrintcatError(
    `Expected a number for ${what} in ${JSON.stringify(text)} but it is ${shown(value)}`,
  );
}

const shown = (value: Value): string => (value === undefined ? 'not known' : JSON.stringify(value));

function evaluate(node: Node, scope: Scope, text: string): Value {
  const of = (part: unknown): Value => evaluate(part as Node, scope, text);
  const number = (part: unknown): number => numeric(of(part), part as Node, text);
  switch (node.type) {
    case 'Literal':
      return node.value as Value;
    case 'Identifier': {
      const name = String(node.name);
      if (Object.hasOwn(scope, name)) return scope[name];
      const names = Object.keys(scope).sort().join(', ');
      throw new PrintcatError(`Expected one of ${names} in ${JSON.stringify(text)} but it says ${name}`);
    }
    case 'MemberExpression':
      return own(of(node.object), String((node.property as Node).name));
    case 'ConditionalExpression':
      return of(node.test) ? of(node.consequent) : of(node.alternate);
    case 'UnaryExpression':
      return node.operator === '-' ? -number(node.argument) : !of(node.argument);
    case 'CallExpression':
      return FUNCTIONS[String((node.callee as Node).name)]!(...(node.arguments as Node[]).map(number));
    default:
  }
  switch (node.operator) {
    case '&&':
      return of(node.left) && of(node.right);
    case '||':
      return of(node.left) || of(node.right);
    case '==':
      return of(node.left) === of(node.right);
    case '!=':
      return of(node.left) !== of(node.right);
    default:
      return BINARY[String(node.operator)]!(number(node.left), number(node.right));
  }
}

/**
 * Reads an expression such as `2 * size.width + spine` or `binding == 'right' ? 0 : printer.bleed`.
 * @throws Error that says what may not stand there
 */
export function parseExpression(text: string): Expression {
  const node = jsep(text);
  requireKnown(node);
  return { text, evaluate: (scope) => evaluate(node, scope, text) };
}

/** A number, or an expression as text. */
export const expression = z
  .union([z.number(), z.boolean(), z.string().min(1)])
  .transform((given, context) => {
    try {
      return parseExpression(String(given));
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `${JSON.stringify(given)} cannot be read: ${messageOf(error)}`,
      });
      return z.NEVER;
    }
  });

/** @throws PrintcatError where the expression is not a number */
export function numberOf(expression: Expression, scope: Scope): number {
  const value = expression.evaluate(scope);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new PrintcatError(
    `Expected ${JSON.stringify(expression.text)} to be a number but it is ${shown(value)}`,
  );
}

/** A sentence with expressions in braces. */
export interface FilledText {
  /** @param shown how a number is written */
  fill(scope: Scope, shown: (value: number) => string): string;
}

/** A sentence such as `A flap of {flap} is narrow`. */
export const filledText = z
  .string()
  .min(1)
  .transform((text, context): FilledText => {
    // Every second part stood in braces.
    const parts = text.split(/\{([^{}]*)\}/);
    try {
      const filled = parts.map((part, i) => (i % 2 === 0 ? part : parseExpression(part)));
      return {
        fill: (scope, shown) =>
          filled.map((part) => (typeof part === 'string' ? part : shown(numberOf(part, scope)))).join(''),
      };
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `${JSON.stringify(text)} cannot be read: ${messageOf(error)}`,
      });
      return z.NEVER;
    }
  });
