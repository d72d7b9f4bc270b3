import { expect, test } from 'vitest';
import { numberOf, parseExpression, type Scope } from '../../src/products/expression.ts';

const scope: Scope = {
  spine: 12,
  binding: 'right',
  size: { name: 'a6', width: 105 },
  printer: { bleed: 3 },
  none: undefined,
};

test.each([
  ['2 * size.width + spine', 222],
  ["binding == 'right' ? 0 : spine", 0],
  ["binding != 'right' ? 0 : spine", 12],
  ['min(spine, 4, printer.bleed) - -1', 4],
  ['size.cut || size.width + 2 * printer.bleed', 111],
  ['size.width > 100 && spine >= 12 ? 1 : 2', 1],
  ['(7 + 5) % 5', 2],
  ['!none ? ceil(2.1) : 0', 3],
  ['10 / 4', 2.5],
])('%s is %d', (text, value) => {
  expect(numberOf(parseExpression(text), scope)).toBe(value);
});

test.each([
  ['process.exit(1)', 'may stand here'],
  ['constructor()', 'there is no function constructor'],
  ['toString()', 'there is no function toString'],
  ['a = 1', 'Unexpected "="'],
  ['size["width"]', 'may stand here'],
  ['[1, 2]', 'may stand here'],
  ['this', 'may stand here'],
  ['1; 2', 'may stand here'],
  ['1 +', 'Expected expression'],
])('%s is not read', (text, message) => {
  expect(() => parseExpression(text)).toThrow(message);
});

test.each([
  ['width', 'Expected one of binding, none, printer, size, spine in "width" but it says width'],
  ['size.depth * 2', 'Expected a number for size.depth in "size.depth * 2" but it is not known'],
  ['binding + 1', 'Expected a number for binding in "binding + 1" but it is "right"'],
  ['1 / 0', 'Expected "1 / 0" to be a number but it is null'],
  ['size.constructor + 1', 'Expected a number for size.constructor'],
  ['spine > 1', 'Expected "spine > 1" to be a number but it is true'],
])('%s has no value', (text, message) => {
  expect(() => numberOf(parseExpression(text), scope)).toThrow(message);
});
