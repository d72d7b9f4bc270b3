import { PrintcatError } from '../errors.ts';

/** A PostScript calculator program (ISO 32000-1, 7.10.5): numbers, operators and nested blocks. */
export type Program = readonly (number | string | Program)[];

type Value = number | boolean;

/** Reads the source of a type 4 function, outer braces included. */
export function parseProgram(source: string): Program {
  const tokens = source.match(/[{}]|[^\s{}]+/g) ?? [];
  let at = 0;
  const block = (): Program => {
    const items: (number | string | Program)[] = [];
    while (at < tokens.length) {
      const token = tokens[at++]!;
      if (token === '{') items.push(block());
      else if (token === '}') return items;
      else items.push(Number.isNaN(Number(token)) ? token : Number(token));
    }
    return items;
  };
  at++;
  return block();
}

const degrees = (radians: number): number => ((((radians * 180) / Math.PI) % 360) + 360) % 360;

const UNARY: Record<string, (a: number) => number> = {
  abs: Math.abs,
  neg: (a) => -a,
  sqrt: (a) => Math.sqrt(Math.max(0, a)),
  floor: Math.floor,
  ceiling: Math.ceil,
  truncate: Math.trunc,
  cvi: Math.trunc,
  cvr: (a) => a,
  round: (a) => Math.floor(a + 0.5),
  sin: (a) => Math.sin((a * Math.PI) / 180),
  cos: (a) => Math.cos((a * Math.PI) / 180),
  ln: Math.log,
  log: Math.log10,
};

const BINARY: Record<string, (a: number, b: number) => Value> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => (b === 0 ? 0 : a / b),
  idiv: (a, b) => (b === 0 ? 0 : Math.trunc(a / b)),
  mod: (a, b) => (b === 0 ? 0 : a % b),
  exp: (a, b) => a ** b,
  atan: (a, b) => degrees(Math.atan2(a, b)),
  bitshift: (a, b) => (b >= 0 ? a << b : a >> -b),
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};

const LOGIC: Record<string, (a: Value, b: Value) => Value> = {
  and: (a, b) => (typeof a === 'boolean' ? a && Boolean(b) : a & Number(b)),
  or: (a, b) => (typeof a === 'boolean' ? a || Boolean(b) : a | Number(b)),
  xor: (a, b) => (typeof a === 'boolean' ? a !== Boolean(b) : a ^ Number(b)),
};

/** Runs a program on a stack of inputs, in place; what is left on the stack is the result. */
export function runProgram(program: Program, stack: Value[]): Value[] {
  const pop = (): Value => {
    const value = stack.pop();
    if (value === undefined) throw new PrintcatError('A PDF function takes more values than it was given');
    return value;
  };
  const number = (): number => Number(pop());
  for (let i = 0; i < program.length; i++) {
    const item = program[i]!;
    if (typeof item === 'number') stack.push(item);
    else if (typeof item !== 'string') {
      const next = program[i + 1];
      if (next === 'if') {
        if (pop()) runProgram(item, stack);
        i += 1;
      } else {
        runProgram(pop() ? item : (next as Program), stack);
        i += 2;
      }
    } else if (UNARY[item]) stack.push(UNARY[item](number()));
    else if (BINARY[item] || LOGIC[item]) {
      const b = pop();
      const a = pop();
      stack.push(LOGIC[item] ? LOGIC[item](a, b) : BINARY[item]!(Number(a), Number(b)));
    } else if (item === 'true' || item === 'false') stack.push(item === 'true');
    else if (item === 'not') {
      const a = pop();
      stack.push(typeof a === 'boolean' ? !a : ~a);
    } else if (item === 'dup') {
      const a = pop();
      stack.push(a, a);
    } else if (item === 'exch') {
      const b = pop();
      const a = pop();
      stack.push(b, a);
    } else if (item === 'pop') pop();
    else if (item === 'copy') {
      const count = number();
      stack.push(...stack.slice(stack.length - count));
    } else if (item === 'index') {
      const depth = number();
      stack.push(stack[stack.length - 1 - depth] ?? 0);
    } else if (item === 'roll') {
      const shift = number();
      const count = number();
      const part = stack.splice(stack.length - count, count);
      const by = count === 0 ? 0 : ((shift % count) + count) % count;
      stack.push(...part.slice(count - by), ...part.slice(0, count - by));
    } else throw new PrintcatError(`A PDF function uses "${item}", which no calculator knows`);
  }
  return stack;
}
