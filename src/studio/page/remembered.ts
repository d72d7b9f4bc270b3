import { effect, type Signal, signal } from '@preact/signals';

const PREFIX = 'printcat.';

/** A choice that the browser remembers, where it may. */
export function remembered<T extends string>(name: string, usual: T, choices: readonly T[]): Signal<T> {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(PREFIX + name);
  } catch {
    // Storage that is switched off forgets.
  }
  const value = signal<T>(choices.find((choice) => choice === kept) ?? usual);
  effect(() => {
    const now = value.value;
    try {
      localStorage.setItem(PREFIX + name, now);
    } catch {
      // As above.
    }
  });
  return value;
}
