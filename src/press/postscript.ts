import { PrintcatError } from '../errors.ts';

/** A PostScript calculator program (ISO 32000-1, 7.10.5): numbers, operators and nested blocks. */
export type Program = readonly (number | string | Program)[];

/** Runs a program on its inputs; what it leaves on its stack is the result, a boolean as 1 or 0. */
export type Calculator = (...inputs: number[]) => number[];

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

/** Values that a program may hold at once (ISO 32000-1, 7.10.5.3). */
const DEPTH = 100;

/** An operator: it changes the values below `top` and returns where the top is then. */
interface Step {
  /** Values that it takes at least. */
  readonly takes: number;
  readonly run: (stack: Float64Array, top: number) => number;
}

const degrees = (radians: number): number => ((((radians * 180) / Math.PI) % 360) + 360) % 360;

/** Puts a result in the place of one value. Gradients run millions of steps: a value that is returned is boxed. */
type Put = (at: Float64Array, i: number) => void;

const UNARY: Record<string, Put> = {
  abs: (at, i) => {
    at[i] = Math.abs(at[i]!);
  },
  neg: (at, i) => {
    at[i] = -at[i]!;
  },
  sqrt: (at, i) => {
    at[i] = Math.sqrt(Math.max(0, at[i]!));
  },
  floor: (at, i) => {
    at[i] = Math.floor(at[i]!);
  },
  ceiling: (at, i) => {
    at[i] = Math.ceil(at[i]!);
  },
  truncate: (at, i) => {
    at[i] = Math.trunc(at[i]!);
  },
  cvi: (at, i) => {
    at[i] = Math.trunc(at[i]!);
  },
  cvr: () => {},
  round: (at, i) => {
    at[i] = Math.floor(at[i]! + 0.5);
  },
  sin: (at, i) => {
    at[i] = Math.sin((at[i]! * Math.PI) / 180);
  },
  cos: (at, i) => {
    at[i] = Math.cos((at[i]! * Math.PI) / 180);
  },
  ln: (at, i) => {
    at[i] = Math.log(at[i]!);
  },
  log: (at, i) => {
    at[i] = Math.log10(at[i]!);
  },
  // A boolean; integers other than 0 and 1 are inverted bit by bit.
  not: (at, i) => {
    at[i] = at[i] === 0 || at[i] === 1 ? 1 - at[i]! : ~at[i]!;
  },
};

/** The same for two values, the second of them on top. */
const BINARY: Record<string, Put> = {
  add: (at, i) => {
    at[i]! += at[i + 1]!;
  },
  sub: (at, i) => {
    at[i]! -= at[i + 1]!;
  },
  mul: (at, i) => {
    at[i]! *= at[i + 1]!;
  },
  div: (at, i) => {
    at[i] = at[i + 1] === 0 ? 0 : at[i]! / at[i + 1]!;
  },
  idiv: (at, i) => {
    at[i] = at[i + 1] === 0 ? 0 : Math.trunc(at[i]! / at[i + 1]!);
  },
  mod: (at, i) => {
    at[i] = at[i + 1] === 0 ? 0 : at[i]! % at[i + 1]!;
  },
  exp: (at, i) => {
    at[i]! **= at[i + 1]!;
  },
  atan: (at, i) => {
    at[i] = degrees(Math.atan2(at[i]!, at[i + 1]!));
  },
  bitshift: (at, i) => {
    at[i] = at[i + 1]! >= 0 ? at[i]! << at[i + 1]! : at[i]! >> -at[i + 1]!;
  },
  eq: (at, i) => {
    at[i] = at[i]! === at[i + 1]! ? 1 : 0;
  },
  ne: (at, i) => {
    at[i] = at[i]! !== at[i + 1]! ? 1 : 0;
  },
  gt: (at, i) => {
    at[i] = at[i]! > at[i + 1]! ? 1 : 0;
  },
  ge: (at, i) => {
    at[i] = at[i]! >= at[i + 1]! ? 1 : 0;
  },
  lt: (at, i) => {
    at[i] = at[i]! < at[i + 1]! ? 1 : 0;
  },
  le: (at, i) => {
    at[i] = at[i]! <= at[i + 1]! ? 1 : 0;
  },
  and: (at, i) => {
    at[i]! &= at[i + 1]!;
  },
  or: (at, i) => {
    at[i]! |= at[i + 1]!;
  },
  xor: (at, i) => {
    at[i]! ^= at[i + 1]!;
  },
};

const pushing =
  (value: number): Step['run'] =>
  (stack, top) => {
    stack[top] = value;
    return top + 1;
  };

/** What moves values about. */
const MOVING: Record<string, Step> = {
  true: { takes: 0, run: pushing(1) },
  false: { takes: 0, run: pushing(0) },
  dup: {
    takes: 1,
    run: (stack, top) => {
      stack[top] = stack[top - 1]!;
      return top + 1;
    },
  },
  exch: {
    takes: 2,
    run: (stack, top) => {
      const above = stack[top - 1]!;
      stack[top - 1] = stack[top - 2]!;
      stack[top - 2] = above;
      return top;
    },
  },
  pop: { takes: 1, run: (_, top) => top - 1 },
  copy: {
    takes: 1,
    run: (stack, top) => {
      const count = held(stack[top - 1]!, top - 1);
      stack.copyWithin(top - 1, top - 1 - count, top - 1);
      return top - 1 + count;
    },
  },
  index: {
    takes: 2,
    run: (stack, top) => {
      const depth = held(stack[top - 1]! + 1, top - 1);
      stack[top - 1] = stack[top - 1 - depth]!;
      return top;
    },
  },
  roll: {
    takes: 2,
    run: (stack, top) => {
      const start = top - 2 - held(stack[top - 2]!, top - 2);
      const count = top - 2 - start;
      const by = count === 0 ? 0 : ((stack[top - 1]! % count) + count) % count;
      for (let i = 0; i < by; i++) {
        const above = stack[top - 3]!;
        stack.copyWithin(start + 1, start, top - 3);
        stack[start] = above;
      }
      return top - 2;
    },
  },
};

/** How many of the `there` values are meant. */
function held(count: number, there: number): number {
  if (!(count >= 0 && count <= there)) throw tooFew();
  return count;
}

const tooFew = () => new PrintcatError('A PDF function takes more values than it was given');

/** An operator by its name. */
function stepOf(operator: string): Step {
  const [one, two, moving] = [UNARY[operator], BINARY[operator], MOVING[operator]];
  if (moving) return moving;
  if (one) {
    const run: Step['run'] = (stack, top) => {
      one(stack, top - 1);
      return top;
    };
    return { takes: 1, run };
  }
  if (two) {
    const run: Step['run'] = (stack, top) => {
      two(stack, top - 2);
      return top - 1;
    };
    return { takes: 2, run };
  }
  throw new PrintcatError(`A PDF function uses "${operator}", which no calculator knows`);
}

function stepsOf(program: Program): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < program.length; i++) {
    const item = program[i]!;
    if (typeof item === 'number') steps.push({ takes: 0, run: pushing(item) });
    else if (typeof item === 'string') steps.push(stepOf(item));
    else {
      const other = program[i + 1];
      const [then, otherwise] = [stepsOf(item), typeof other === 'object' ? stepsOf(other) : []];
      i += typeof other === 'object' ? 2 : 1;
      const run: Step['run'] = (stack, top) =>
        follow(stack[top - 1] === 0 ? otherwise : then, stack, top - 1);
      steps.push({ takes: 1, run });
    }
  }
  return steps;
}

function follow(steps: readonly Step[], stack: Float64Array, start: number): number {
  let top = start;
  for (const { takes, run } of steps) {
    if (top < takes) throw tooFew();
    top = run(stack, top);
    if (top > DEPTH) throw new PrintcatError(`A PDF function holds more than ${DEPTH} values at once`);
  }
  return top;
}

/** Makes a program ready to be run many times, as gradients run theirs. */
export function calculator(program: Program): Calculator {
  const steps = stepsOf(program);
  const stack = new Float64Array(DEPTH + 1);
  return (...inputs) => {
    // Value by value: for so few, what a typed array offers for many costs more than the program.
    for (let i = 0; i < inputs.length; i++) stack[i] = inputs[i]!;
    const top = follow(steps, stack, inputs.length);
    const left: number[] = [];
    for (let i = 0; i < top; i++) left.push(stack[i]!);
    return left;
  };
}
