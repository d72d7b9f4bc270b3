import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ListedPicture } from '../protocol.ts';
import { getPictures } from './api.ts';
import { change, choices, order, product } from './state.ts';
import { t } from './words.ts';

/** Smallest width of a cell, and the height of a row, CSS px. */
const CELL = { width: 132, height: 156 };
/** Pictures that are asked for at a time. */
const BLOCK = 60;
/** Blocks that are kept: what was left far behind is asked for again. */
const KEPT = 12;
/** Rows that stand ready above and below what is seen. */
const AHEAD = 2;
/** Typing is over, ms. */
const SEARCH_AFTER = 150;

/** The catalogue's pictures, in a window: only those rows are in the page that are seen. */
export function Picker({ at, onClose }: { readonly at: number; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isAdding = useRef(at === order.value?.images.length).current;
  const chosen = order.value?.images ?? [];
  const most = product.value?.pictures.max ?? 1;
  const grid = useRef<HTMLDivElement>(null);
  const search = useSignal('');
  const total = useSignal<number | null>(null);
  const blocks = useSignal<ReadonlyMap<number, readonly ListedPicture[]>>(new Map());
  const seen = useSignal({ top: 0, height: 600, width: 800 });
  const asked = useRef(new Set<string>());

  useEffect(() => {
    dialog.current?.showModal();
    const observer = new ResizeObserver(() => look());
    if (grid.current) observer.observe(grid.current);
    return () => observer.disconnect();
  }, []);

  const look = () => {
    const element = grid.current;
    if (element)
      seen.value = { top: element.scrollTop, height: element.clientHeight, width: element.clientWidth };
  };

  const columns = Math.max(1, Math.floor(seen.value.width / CELL.width));
  const rows = Math.ceil((total.value ?? 0) / columns);
  const first = Math.max(0, Math.floor(seen.value.top / CELL.height) - AHEAD);
  const last = Math.min(rows, Math.ceil((seen.value.top + seen.value.height) / CELL.height) + AHEAD);
  const from = first * columns;
  const to = Math.min(total.value ?? BLOCK, last * columns);

  useEffect(() => {
    const words = search.value;
    for (let block = Math.floor(from / BLOCK); block * BLOCK < Math.max(to, 1); block++) {
      const key = `${words}\n${block}`;
      if (asked.current.has(key)) continue;
      asked.current.add(key);
      getPictures(words, block * BLOCK, BLOCK)
        .then((list) => {
          if (search.value !== words) return;
          total.value = list.total;
          // The last is the one that was asked for last, where the user now is.
          const all = [...blocks.value, [block, list.pictures] as const];
          for (const [old] of all.slice(0, -KEPT)) asked.current.delete(`${words}\n${old}`);
          blocks.value = new Map(all.slice(-KEPT));
        })
        .catch(() => asked.current.delete(key));
    }
  }, [from, to, search.value]);

  function find(words: string): void {
    search.value = words;
    asked.current.clear();
    blocks.value = new Map();
    total.value = null;
    grid.current?.scrollTo(0, 0);
  }
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  /** Who adds pictures goes on until there are enough; a picture that is chosen again is taken out. */
  function choose(id: string): void {
    const images = [...(order.value?.images ?? [])];
    if (isAdding) {
      change({
        images: images.indexOf(id) >= at ? images.filter((one, i) => i < at || one !== id) : [...images, id],
      });
      return;
    }
    images[at] = id;
    change({ images });
    onClose();
  }

  /** Arrow keys walk over the grid. */
  function walk(event: KeyboardEvent): void {
    const here = Number((event.target as HTMLElement).dataset.at ?? Number.NaN);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (by === undefined || Number.isNaN(here)) return;
    const next = here + by;
    if (next < 0 || next >= (total.value ?? 0)) return;
    event.preventDefault();
    const row = Math.floor(next / columns);
    const element = grid.current!;
    if (row * CELL.height < element.scrollTop) element.scrollTop = row * CELL.height;
    const bottom = (row + 1) * CELL.height - element.clientHeight;
    if (bottom > element.scrollTop) element.scrollTop = bottom;
    look();
    requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus());
  }

  const pictureAt = (index: number): ListedPicture | undefined =>
    blocks.value.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  return (
    <dialog ref={dialog} class="picker" aria-label={t('picture.choose')} onClose={onClose}>
      <div class="picker-head">
        <h2>{t('picture.choose')}</h2>
        <input
          type="search"
          list="tags"
          placeholder={t('picture.search')}
          aria-label={t('picture.search')}
          onInput={(event) => {
            const words = event.currentTarget.value;
            clearTimeout(timer.current);
            timer.current = setTimeout(() => find(words), SEARCH_AFTER);
          }}
        />
        <datalist id="tags">
          {choices.value?.tags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <output class="quiet">
          {total.value ?? '…'} {t('picture.count')}
        </output>
        {isAdding && (
          <button type="button" class="first" onClick={() => dialog.current?.close()}>
            {t('picture.done')} ({chosen.length} / {most})
          </button>
        )}
        <button type="button" class="plain" aria-label={t('close')} onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
      <div class="grid" ref={grid} onScroll={look} onKeyDown={walk}>
        {total.value === 0 && <p class="quiet">{t('picture.none')}</p>}
        <div class="tall" style={{ height: `${rows * CELL.height}px` }}>
          {Array.from({ length: Math.max(0, to - from) }, (_, i) => {
            const index = from + i;
            const picture = pictureAt(index);
            const style = {
              top: `${Math.floor(index / columns) * CELL.height}px`,
              left: `${((index % columns) / columns) * 100}%`,
              width: `${100 / columns}%`,
              height: `${CELL.height}px`,
            };
            return (
              <div class="cell" key={index} style={style}>
                {picture && (
                  <button
                    type="button"
                    data-at={index}
                    title={[picture.text, picture.tags.join(', ')].filter(Boolean).join('\n')}
                    aria-label={[picture.id, picture.text, ...picture.tags].join(', ')}
                    aria-current={isAdding ? chosen.indexOf(picture.id) >= at : chosen[at] === picture.id}
                    disabled={isAdding && chosen.length >= most && chosen.indexOf(picture.id) < at}
                    onClick={() => choose(picture.id)}
                  >
                    <img src={`/api/thumbnails/${picture.id}`} alt="" decoding="async" />
                    <span>{picture.id}</span>
                    {picture.decision === 'unreviewed' && <i>{t('picture.unreviewed')}</i>}
                  </button>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </dialog>
  );
}
