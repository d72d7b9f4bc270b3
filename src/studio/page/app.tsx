import { useSignal } from '@preact/signals';
import { Compare } from './compare.tsx';
import { Controls } from './controls.tsx';
import { errorWords } from './declared.ts';
import { Hand } from './hand.tsx';
import { Header } from './header.tsx';
import { KeyList } from './key-list.tsx';
import { showsKeys } from './keys.ts';
import { Picker } from './picker.tsx';
import { Results } from './results.tsx';
import { Stage } from './stage.tsx';
import { choices, look, order, problem } from './state.ts';
import { announcement, t } from './words.ts';

export function App() {
  /** Which of the order's pictures is being chosen; its number of pictures for one more. */
  const choosing = useSignal<number | null>(null);
  const isEmpty = choices.value !== null && order.value === null;
  return (
    <>
      <Header />
      <main class="room">
        <section class="panel" aria-label={t('order')}>
          {order.value ? (
            <Controls
              onChoose={(at) => {
                choosing.value = at;
              }}
            />
          ) : (
            <p class="quiet">
              {isEmpty
                ? t('picture.empty')
                : problem.value
                  ? errorWords(problem.value).message
                  : t('loading')}
            </p>
          )}
        </section>
        {look.value === 'hand' ? <Hand /> : look.value === 'compare' ? <Compare /> : <Stage />}
        <section class="panel results" aria-label={t('findings')}>
          <Results />
        </section>
      </main>
      {choosing.value !== null && (
        <Picker
          at={choosing.value}
          onClose={() => {
            choosing.value = null;
          }}
        />
      )}
      {showsKeys.value && <KeyList />}
      <div class="unseen" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}
