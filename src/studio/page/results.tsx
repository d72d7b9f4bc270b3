import type { ShownFinding } from '../protocol.ts';
import { getWritten, type Refused } from './api.ts';
import { errorWords, findingWords, stageText } from './declared.ts';
import { factLabel, factValue } from './labels.ts';
import {
  asRefused,
  chosenFinding,
  made,
  makeNow,
  makeProblem,
  making,
  order,
  page,
  pressed,
  pressProblem,
  problem,
  releaseAll,
  stage,
  stopMaking,
  view,
} from './state.ts';
import { t } from './words.ts';

/** What preflight says, what the printer's form asks for, and the way out. */
export function Results() {
  return (
    <>
      <Out />
      <h2>{t('findings')}</h2>
      <Findings />
      <Facts />
    </>
  );
}

function Out() {
  const done = made.value;
  const isBusy = making.value !== null;
  const isWaiting = (view.value?.unreleased.length ?? 0) > 0 && order.value?.allowUnreleased !== true;
  return (
    <div class="out">
      <div class="row">
        <button
          type="button"
          class="first"
          disabled={!order.value || isBusy || problem.value !== null || isWaiting}
          onClick={() => void makeNow()}
        >
          {t('make')}
        </button>
        <button
          type="button"
          class="second"
          disabled={!order.value || problem.value !== null}
          onClick={() => void saveOrder()}
        >
          {t('save')}
        </button>
      </div>
      <Unreleased />
      <div role="status">
        {isBusy && (
          <p class="quiet">
            {t('making')}… {making.value && stageText(making.value)}{' '}
            <button type="button" class="link" onClick={stopMaking}>
              {t('stop')}
            </button>
          </p>
        )}
        {makeProblem.value && <Wrong what={makeProblem.value} />}
        {done && (
          <>
            <p>{t('made')}.</p>
            <ul class="files">
              {done.files.map(({ role, name }, i) => (
                <li key={name}>
                  <a href={`/api/made/${done.id}/${i}`} download={name}>
                    {name}
                  </a>{' '}
                  <span class="quiet">{role}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

/** What is wrong, and what to do. */
function Wrong({ what }: { what: Refused }) {
  const { message, hint } = errorWords(what);
  return (
    <>
      <p class="wrong">{message}</p>
      {hint !== null && <p class="quiet">{hint}</p>}
    </>
  );
}

/** Pictures that nobody has released: a word of the user releases them, as on the command line. */
function Unreleased() {
  const waiting = view.value?.unreleased ?? [];
  if (waiting.length === 0) return null;
  const isTrial = order.value?.allowUnreleased === true;
  return (
    <div class="unreleased">
      <p>
        {t('unreleased')}: {listText(waiting)}.{' '}
        <span class="quiet">{t(isTrial ? 'unreleased.trial' : 'unreleased.help')}</span>
      </p>
      <button type="button" class="second" onClick={() => void releaseAll()}>
        {t('release')}
      </button>
    </div>
  );
}

/** IDs, the first three by name. */
const listText = (ids: readonly string[]): string =>
  ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} + ${ids.length - 3}`;

/** Gives the order to the browser as a file. */
async function saveOrder(): Promise<void> {
  if (!order.value) return;
  try {
    const { name, yaml } = await getWritten(order.value);
    const address = URL.createObjectURL(new Blob([yaml], { type: 'application/yaml' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  } catch (error) {
    problem.value = asRefused(error);
  }
}

function Findings() {
  const done = pressed.value;
  if (pressProblem.value) return <Wrong what={pressProblem.value} />;
  if (!done)
    return <p class="quiet">{stage.value === null ? t('findings.waiting') : `${t('state.press')}…`}</p>;
  if (view.value?.isImage) return <p class="quiet">{t('findings.image')}</p>;
  const ink = done.ink.filter((value) => value !== null);
  return (
    <>
      {done.findings.length === 0 && <p class="fine">{t('findings.none')}</p>}
      <ol class="findings">
        {done.findings.map((finding, i) => (
          <li key={i}>
            <FindingButton finding={finding} at={i} />
          </li>
        ))}
      </ol>
      <p class="quiet">
        {done.standard}
        {ink.length > 0 && `, ${t('ink')} ≤ ${Math.round(Math.max(...ink))} %`}
      </p>
    </>
  );
}

function FindingButton({ finding, at }: { finding: ShownFinding; at: number }) {
  const { rule, severity, page: where, message } = finding;
  const { title, hint } = findingWords(finding);
  return (
    <button
      type="button"
      class={`finding ${severity}`}
      aria-pressed={chosenFinding.value === at}
      onClick={() => {
        chosenFinding.value = chosenFinding.value === at ? null : at;
        if (where !== null) page.value = where - 1;
      }}
    >
      <b>
        {t(severity)} {rule}
      </b>
      <span class="quiet">{where === null ? t('whole') : `${t('page')} ${where}`}</span>
      {title !== null && <span>{title}</span>}
      <span lang="en" class={title === null ? '' : 'quiet'}>
        {message}
      </span>
      <span class="quiet">{hint}</span>
    </button>
  );
}

function Facts() {
  const { summary = [], notes = [] } = view.value ?? {};
  if (summary.length === 0) return null;
  return (
    <>
      <h2>{t('facts')}</h2>
      <dl class="facts">
        {summary.map(({ label, value, source }, i) => (
          <div key={i} title={source}>
            <dt>{factLabel(label)}</dt>
            <dd>{factValue(value).replaceAll(' mm', '\u00a0mm')}</dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <details class="notes">
          <summary>
            {t('notes')} ({notes.length})
          </summary>
          <ul>
            {notes.map(({ level, text }, i) => (
              <li key={i} class={level} lang="en">
                {text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
