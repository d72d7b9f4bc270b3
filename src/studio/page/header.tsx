import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { placeName, stageText } from './declared.ts';
import { showsKeys } from './keys.ts';
import { named } from './labels.ts';
import {
  canShow,
  isLayingOut,
  LOOKS,
  look,
  page,
  plate,
  pressed,
  problem,
  scaleMode,
  stage,
  theme,
  turnPage,
  view,
} from './state.ts';
import { TrueSize } from './true-size.tsx';
import { LANGUAGES, type Language, language, t } from './words.ts';
import { zoomBy } from './zoom.ts';

export function Header() {
  return (
    <header class="bar">
      <h1>
        <span class="mark" aria-hidden="true" />
        printcat
      </h1>
      <Looks />
      <Zoom />
      <Pages />
      <State />
      <div class="tastes">
        <label class="small">
          <span class="unseen">{t('language')}</span>
          <select
            value={language.value}
            onChange={(event) => {
              language.value = event.currentTarget.value as Language;
            }}
          >
            {Object.entries(LANGUAGES).map(([value, name]) => (
              <option key={value} value={value} lang={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="small">
          <span class="unseen">{t('theme')}</span>
          <select
            value={theme.value}
            onChange={(event) => {
              theme.value = event.currentTarget.value as typeof theme.value;
            }}
          >
            {(['auto', 'light', 'dark'] as const).map((value) => (
              <option key={value} value={value}>
                {t(`theme.${value}`)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="plain"
          aria-label={t('keys')}
          title={t('keys')}
          onClick={() => {
            showsKeys.value = true;
          }}
        >
          ?
        </button>
      </div>
    </header>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly isOff?: boolean;
  onPick(): void;
  readonly children: ComponentChildren;
}

/** One of a few that lie beside each other: a radio button that looks like a button. */
function Choice({ name, isOn, isOff = false, onPick, children }: ChoiceProps) {
  return (
    <label class="choice">
      <input type="radio" name={name} checked={isOn} disabled={isOff} onChange={onPick} />
      <span>{children}</span>
    </label>
  );
}

function Looks() {
  const inks = pressed.value?.inks ?? [];
  return (
    <>
      <fieldset class="choices">
        <legend class="unseen">{t('view')}</legend>
        {LOOKS.map((value) => (
          <Choice
            key={value}
            name="look"
            isOn={look.value === value}
            isOff={!canShow(value)}
            onPick={() => {
              look.value = value;
            }}
          >
            {t(`view.${value}`)}
          </Choice>
        ))}
      </fieldset>
      {look.value === 'plates' && inks.length > 0 && (
        <label class="small">
          <span class="unseen">{t('view.plates')}</span>
          <select
            value={plate.value}
            onChange={(event) => {
              plate.value = event.currentTarget.value;
            }}
          >
            <option value="ink">{t('ink')}</option>
            {inks.map((ink) => (
              <option key={ink} value={ink}>
                {named(ink)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function Zoom() {
  const isMeasuring = useSignal(false);
  return (
    <>
      <fieldset class="choices">
        <legend class="unseen">{t('zoom')}</legend>
        {(['fit', 'physical', 'pixels'] as const).map((mode) => (
          <Choice
            key={mode}
            name="zoom"
            isOn={scaleMode.value === mode}
            onPick={() => {
              scaleMode.value = mode;
            }}
          >
            {t(`zoom.${mode}`)}
          </Choice>
        ))}
        <button type="button" class="plain" aria-label={t('zoom.out')} onClick={() => zoomBy(1 / 1.25)}>
          −
        </button>
        <button type="button" class="plain" aria-label={t('zoom.in')} onClick={() => zoomBy(1.25)}>
          +
        </button>
      </fieldset>
      {scaleMode.value === 'physical' && (
        <button
          type="button"
          class="link true-size-button"
          onClick={() => {
            isMeasuring.value = true;
          }}
        >
          {t('true.title')}…
        </button>
      )}
      {isMeasuring.value && (
        <TrueSize
          onClose={() => {
            isMeasuring.value = false;
          }}
        />
      )}
    </>
  );
}

function Pages() {
  const pages = view.value?.pages ?? [];
  if (pages.length < 2) return null;
  return (
    <div class="pages">
      <button
        type="button"
        class="plain"
        disabled={page.value === 0}
        aria-label={t('page.previous')}
        onClick={() => turnPage(-1)}
      >
        ‹
      </button>
      <span>
        {t('page')} {page.value + 1} / {pages.length}{' '}
        <span class="quiet">{placeName(pages[page.value]!.kind)}</span>
      </span>
      <button
        type="button"
        class="plain"
        disabled={page.value === pages.length - 1}
        aria-label={t('page.next')}
        onClick={() => turnPage(1)}
      >
        ›
      </button>
    </div>
  );
}

/** What is seen, and what is under way. */
function State() {
  const isPrinted = look.value !== 'layout' && pressed.value !== null;
  let text = isPrinted ? t('state.printed') : t('state.ready');
  if (isLayingOut.value) text = t('state.layout');
  else if (stage.value !== null && !isPrinted)
    text = stage.value ? `${t('state.press')}: ${stageText(stage.value)}` : `${t('state.press')}…`;
  const isBusy = isLayingOut.value || stage.value !== null;
  return (
    <output class={`state${problem.value ? ' wrong' : isBusy ? ' busy' : ''}`}>
      {problem.value && view.value ? t('state.stale') : view.value ? text : ''}
    </output>
  );
}
