import { signal } from '@preact/signals';
import type { Word } from './en.ts';
import { remembered } from './remembered.ts';
import { canShow, LOOKS, look, page, scaleMode, turnPage, view } from './state.ts';
import { announcement, t } from './words.ts';
import { zoomBy } from './zoom.ts';

/** A key that works wherever nobody is typing. */
export interface Shortcut {
  /** `KeyboardEvent.key`s that do it; the first is the one that the list shows. */
  readonly keys: readonly string[];
  readonly word: Word;
  run(): void;
}

/** Whether the keys of the list work everywhere, or only while the product itself has the focus. */
export const keysWork = remembered('keys', 'everywhere', ['everywhere', 'at the product'] as const);

/** Whether the list of keys is seen. */
export const showsKeys = signal(false);

const STEP = 1.25;

const zoomed = (mode: 'fit' | 'physical' | 'pixels', key: string): Shortcut => ({
  keys: [key],
  word: `zoom.${mode}`,
  run() {
    scaleMode.value = mode;
  },
});

const VIEWS: readonly Shortcut[] = LOOKS.map((value, i) => ({
  keys: [String(i + 1)],
  word: `view.${value}` as const,
  run() {
    if (canShow(value)) look.value = value;
  },
}));

const PAGES: readonly Shortcut[] = [
  { keys: ['n'], word: 'page.next', run: () => turnPage(1) },
  { keys: ['p'], word: 'page.previous', run: () => turnPage(-1) },
];

const ZOOM: readonly Shortcut[] = [
  zoomed('fit', 'f'),
  zoomed('physical', '0'),
  zoomed('pixels', 'x'),
  { keys: ['+', '='], word: 'zoom.in', run: () => zoomBy(STEP) },
  { keys: ['-'], word: 'zoom.out', run: () => zoomBy(1 / STEP) },
];

const HELP: Shortcut = {
  keys: ['?'],
  word: 'keys',
  run() {
    showsKeys.value = true;
  },
};

/** Every key that works wherever nobody is typing, under its heading. */
export const SHORTCUTS: readonly (readonly [heading: Word, shortcuts: readonly Shortcut[]])[] = [
  ['view', VIEWS],
  ['page', PAGES],
  ['zoom', ZOOM],
  ['keys', [HELP]],
];

/** Where letters and digits mean something of their own. */
const TYPING = 'input:not([type="radio"], [type="checkbox"]), textarea, select, dialog';

/** Does what a key is for; to be told of every key that is pressed on the page. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (target.closest(TYPING) || document.querySelector('dialog[open]')) return;
  if (keysWork.value !== 'everywhere' && !target.matches('.desk')) return;
  const pressed = event.key.toLowerCase();
  for (const [heading, shortcuts] of SHORTCUTS) {
    const found = shortcuts.find(({ keys }) => keys.includes(pressed));
    if (!found) continue;
    event.preventDefault();
    found.run();
    announcement.value = nowText(heading);
    return;
  }
}

/** What is seen after a key, for who cannot see it. */
function nowText(heading: Word): string {
  if (heading === 'view') return t(`view.${look.value}`);
  if (heading === 'page') return `${t('page')} ${page.value + 1} / ${view.value?.pages.length ?? 1}`;
  if (heading === 'zoom') return typeof scaleMode.value === 'number' ? '' : t(`zoom.${scaleMode.value}`);
  return '';
}
