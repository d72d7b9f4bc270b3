import { useEffect, useRef } from 'preact/hooks';
import type { Word } from './en.ts';
import { keysWork, SHORTCUTS, showsKeys } from './keys.ts';
import { t } from './words.ts';

/** Keys of what has the focus: they work there alone. */
const AT_A_PLACE: readonly (readonly [heading: Word, rows: readonly (readonly [string[], Word])[]])[] = [
  [
    'keys.picture',
    [
      [['←', '→', '↑', '↓'], 'keys.move'],
      [['Shift', '←'], 'keys.further'],
      [['+', '−'], 'crop.zoom'],
      [['Delete'], 'crop.reset'],
    ],
  ],
  ['view.hand', [[['←', '→', '↑', '↓'], 'hand.turn']]],
  ['picture.choose', [[['←', '→', '↑', '↓'], 'keys.walk']]],
];

/** Every key there is, over the page. */
export function KeyList() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-label={t('keys')}
      onClose={() => {
        showsKeys.value = false;
      }}
    >
      <div class="keys-head">
        <h2>{t('keys')}</h2>
        <button type="button" class="plain" aria-label={t('close')} onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      <div class="keys-groups">
        {SHORTCUTS.map(([heading, shortcuts]) => (
          <Group
            key={heading}
            heading={heading}
            rows={shortcuts.map(({ keys, word }) => [[shown(keys[0]!)], word])}
          />
        ))}
        {AT_A_PLACE.map(([heading, rows]) => (
          <Group key={heading} heading={heading} rows={rows} />
        ))}
      </div>
      <label class="toggle">
        <input
          type="checkbox"
          checked={keysWork.value === 'everywhere'}
          onChange={(event) => {
            keysWork.value = event.currentTarget.checked ? 'everywhere' : 'at the product';
          }}
        />
        <span>{t('keys.everywhere')}</span>
      </label>
    </dialog>
  );
}

const shown = (key: string): string => (key === '-' ? '−' : key.toUpperCase());

function Group({ heading, rows }: { heading: Word; rows: readonly (readonly [readonly string[], Word])[] }) {
  return (
    <section>
      <h3>{t(heading)}</h3>
      <dl>
        {rows.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
