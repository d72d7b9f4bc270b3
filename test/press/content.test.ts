import { describe, expect, test } from 'vitest';
import { operations, pdfNumber } from '../../src/press/content.ts';
import { calculator, parseProgram } from '../../src/press/postscript.ts';

const read = (text: string) =>
  [...operations(Buffer.from(text, 'latin1'))].map((o) => [o.operator, ...o.operands]);

describe('content streams', () => {
  test('operators with their operands as they stand in the file', () => {
    expect(read('q 1 0 0 -1 .5 792 cm\n/F1 12 Tf(a\\)b(c))Tj<</A(>>)/B[1]>>/C DP Q')).toEqual([
      ['q'],
      ['cm', '1', '0', '0', '-1', '.5', '792'],
      ['Tf', '/F1', '12'],
      ['Tj', '(a\\)b(c))'],
      ['DP', '<</A(>>)/B[1]>>', '/C'],
      ['Q'],
    ]);
  });

  test('comments are passed over, operators may hold digits and quotes', () => {
    expect(read("% a comment (\n1 0 d0 [(x)-20(y)]TJ (s)' f*")).toEqual([
      ['d0', '1', '0'],
      ['TJ', '[(x)-20(y)]'],
      ["'", '(s)'],
      ['f*'],
    ]);
  });

  test('an inline image is one operation; its bytes are not read as operators', () => {
    expect(read('BI /W 2 /H 1 /BPC 8 /CS /G ID \u0000EIq\u0001 EI Q')).toEqual([
      ['BI', '/W', '2', '/H', '1', '/BPC', '8', '/CS', '/G'],
      ['Q'],
    ]);
  });

  test('truncated input ends', () => {
    expect(read('(never closed')).toEqual([]);
    expect(read('<< /A [1 2')).toEqual([]);
  });

  test('numbers have no exponent and at most four decimals', () => {
    expect([1e-7, 0.12345, -3, 0.5, 1e6].map(pdfNumber)).toEqual(['0', '0.1235', '-3', '0.5', '1000000']);
  });
});

describe('PostScript calculator (ISO 32000-1, 7.10.5)', () => {
  const run = (source: string, ...inputs: number[]) => calculator(parseProgram(source))(...inputs);

  test.each([
    ['{ add 2 mul }', [3, 4], [14]],
    ['{ exch sub }', [3, 10], [7]],
    ['{ 360 sin 0 cos add }', [], [expect.closeTo(1, 12)]],
    ['{ 1 0 atan }', [], [90]],
    ['{ -1 0 atan }', [], [270]],
    ['{ dup 0.5 lt { pop 0 } { 0.5 sub } ifelse }', [0.75], [0.25]],
    ['{ dup 0.5 lt { pop 0 } { 0.5 sub } ifelse }', [0.25], [0]],
    ['{ 3 1 roll }', [1, 2, 3], [3, 1, 2]],
    ['{ 3 -1 roll }', [1, 2, 3], [2, 3, 1]],
    ['{ 1 index 2 copy }', [5, 6], [5, 6, 5, 6, 5]],
    ['{ 7 2 idiv 7 2 mod 9 sqrt }', [], [3, 1, 3]],
    ['{ 2 3 gt not true and }', [], [1]],
    ['{ 6 not 6 3 xor }', [], [-7, 5]],
    ['{ 0.5 gt { 7 } if 8 }', [0.25], [8]],
  ])('%s', (source, inputs, result) => expect(run(source, ...inputs)).toEqual(result));

  test.each(['{ add }', '{ pop pop }', '{ 3 copy }', '{ 1 index }', '{ 3 1 roll }'])(
    '%s takes more than it has',
    (source) => expect(() => run(source, 1)).toThrow(/more values than it was given/),
  );

  test('more values than a reader need hold are refused', () =>
    expect(() => run(`{ ${'1 '.repeat(101)}}`)).toThrow(/more than 100 values/));

  test('an unknown operator is refused by name', () => expect(() => run('{ 1 run }')).toThrow(/"run"/));
});
