/** A seeded stream of numbers: the only chance that a painter or a pattern knows. */
export interface Random {
  /** Uniform in 0…1 (1 excluded). */
  next(): number;
  /** Uniform between two numbers. */
  between(from: number, to: number): number;
  /** Around 0 with a standard deviation of 1; the sum of twelve uniforms, so never beyond ±6. */
  bell(): number;
  pick<T>(list: readonly T[]): T;
}

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for a picture, and every step is
 * integer arithmetic, so that a seed gives the same picture on every machine.
 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const between = (from: number, to: number) => from + (to - from) * next();
  return {
    next,
    between,
    bell() {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    },
    pick: (list) => list[Math.floor(next() * list.length)]!,
  };
}

/** The items in a random order; the list itself stays as it is. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
