import { signal } from '@preact/signals';
import type { WrittenOrder } from '../protocol.ts';
import { getContactSheet, getPictures, getTile } from './api.ts';
import { errorWords } from './declared.ts';
import { saveFile } from './save-file.ts';
import { asRefused, choices, look, order, orderOf } from './state.ts';
import { t } from './words.ts';

/** An order beside others. */
interface Compared {
  readonly title: string;
  readonly order: WrittenOrder;
  /** Its picture; `null` until it has been pressed. */
  readonly tile: string | null;
  readonly problem: string | null;
}

/** Pictures that are compared on one product at most. */
const MOST_PICTURES = 24;

const over = signal<'products' | 'pictures'>('products');
const compared = signal<readonly Compared[]>([]);
const running = signal<AbortController | null>(null);
const wrong = signal<string | null>(null);

async function toCompare(): Promise<Compared[]> {
  const now = order.value!;
  const fresh = (title: string, own: WrittenOrder): Compared => ({
    ...{ title, order: own, tile: null, problem: null },
  });
  if (over.value === 'pictures') {
    const { pictures } = await getPictures('', 0, MOST_PICTURES);
    return pictures.map(({ id }) => fresh(id, { ...now, images: [id] }));
  }
  return (choices.value?.products ?? []).flatMap(({ name, title, pictures }) => {
    const own = orderOf(name);
    return own && own.images.length >= pictures.min ? [fresh(title, own)] : [];
  });
}

/** Presses one after the other; each is seen as soon as it is there. */
async function start(): Promise<void> {
  running.value?.abort();
  const stop = new AbortController();
  running.value = stop;
  wrong.value = null;
  try {
    compared.value = await toCompare();
    for (const [at, { order: own }] of compared.value.entries()) {
      const found = await getTile(own, stop.signal).then(
        ({ id }) => ({ tile: id, problem: null }),
        (error: unknown) => ({ tile: null, problem: errorWords(asRefused(error)).message }),
      );
      if (stop.signal.aborted) return;
      compared.value = compared.value.map((entry, i) => (i === at ? { ...entry, ...found } : entry));
    }
  } catch (error) {
    wrong.value = errorWords(asRefused(error)).message;
  } finally {
    if (running.value === stop) running.value = null;
  }
}

function stopNow(): void {
  running.value?.abort();
  running.value = null;
}

async function save(format: 'png' | 'pdf'): Promise<void> {
  try {
    const tiles = compared.value.flatMap(({ tile }) => tile ?? []);
    saveFile(`contact-sheet.${format}`, await getContactSheet(tiles, format));
  } catch (error) {
    wrong.value = errorWords(asRefused(error)).message;
  }
}

/** One picture on all products, or one product with many pictures. */
export function Compare() {
  const all = compared.value;
  const done = all.filter(({ tile, problem }) => tile !== null || problem !== null).length;
  const hasTiles = all.some(({ tile }) => tile !== null);
  return (
    <div class="stage compare">
      <section
        class="desk"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        aria-label={t('view.compare')}
      >
        {all.length === 0 && <p class="invitation">{t('compare.invitation')}</p>}
        <ul class="tiles">
          {all.map((entry) => (
            <Entry key={`${entry.order.product} ${entry.order.images[0]}`} entry={entry} />
          ))}
        </ul>
      </section>
      <div class="toggles">
        <fieldset class="choices">
          <legend class="unseen">{t('view.compare')}</legend>
          {(['products', 'pictures'] as const).map((value) => (
            <label key={value} class="choice">
              <input
                type="radio"
                name="over"
                checked={over.value === value}
                onChange={() => {
                  stopNow();
                  over.value = value;
                  compared.value = [];
                }}
              />
              <span>{t(`compare.${value}`)}</span>
            </label>
          ))}
        </fieldset>
        {running.value ? (
          <button type="button" class="second" onClick={stopNow}>
            {t('compare.stop')}
          </button>
        ) : (
          <button type="button" class="first" disabled={!order.value} onClick={() => void start()}>
            {t('compare.start')}
          </button>
        )}
        <output class="quiet">{all.length > 0 && `${done} ${t('compare.of')} ${all.length}`}</output>
        {(['png', 'pdf'] as const).map((format) => (
          <button
            key={format}
            type="button"
            class="second"
            disabled={!hasTiles || running.value !== null}
            onClick={() => void save(format)}
          >
            {t(`compare.${format}`)}
          </button>
        ))}
      </div>
      {wrong.value && (
        <div class="problem" role="alert">
          <b>{wrong.value}</b>
        </div>
      )}
    </div>
  );
}

function Entry({ entry: { title, order: own, tile, problem } }: { entry: Compared }) {
  return (
    <li class={tile === null && problem === null ? 'coming' : ''}>
      <button
        type="button"
        aria-label={`${t('compare.open')}: ${title}`}
        onClick={() => {
          order.value = own;
          look.value = 'press';
        }}
      >
        {tile !== null && <img src={`/api/tiles/${tile}.jpg`} alt="" />}
        <span>{title}</span>
        {problem !== null && <span class="wrong">{problem}</span>}
      </button>
    </li>
  );
}
