import { effect, type Signal, signal } from '@preact/signals';

const PREFIX = 'printcat.';

/** A choice that the browser remembers, where it may. */
export const remembered = <T extends string>(name: string, usual: T, choices: readonly T[]): Signal<T> =>
  kept(
    name,
    (text) => choices.find((choice) => choice === text) ?? usual,
    (value) => value,
  );

/** A number within bounds that the browser remembers, where it may; `null` where there is none. */
export const rememberedNumber = (
  name: string,
  { least, most }: { least: number; most: number },
): Signal<number | null> =>
  kept<number | null>(
    name,
    (text) => {
      const value = Number(text ?? Number.NaN);
      return value >= least && value <= most ? value : null;
    },
    (value) => (value === null ? null : `${value}`),
  );

/** A signal that is what it was when the page was last open. */
function kept<T>(
  name: string,
  read: (text: string | null) => T,
  write: (value: T) => string | null,
): Signal<T> {
  let before: string | null = null;
  try {
    before = localStorage.getItem(PREFIX + name);
  } catch {
    // Storage that is switched off forgets.
  }
  const value = signal(read(before));
  effect(() => {
    const text = write(value.value);
    try {
      if (text === null) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, text);
    } catch {
      // As above.
    }
  });
  return value;
}
