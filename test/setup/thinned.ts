/** Whether the long tests run, which look at every case of a long list. */
export const isThorough = process.env.PRINTCAT_TEST === 'all';

/** A long list of cases: all for the long tests, each nth for those that a developer waits for. */
export const thinned = <T>(cases: readonly T[], nth: number): T[] =>
  cases.filter((_, i) => isThorough || i % nth === 0);
