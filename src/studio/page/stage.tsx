import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Box } from '../../units.ts';
import type { View } from '../protocol.ts';
import type { Refused } from './api.ts';
import { CropLayer } from './crop.tsx';
import { errorWords } from './declared.ts';
import { GuideLayer } from './guides.tsx';
import {
  chosenSlot,
  fileProblem,
  GUIDES,
  guides,
  look,
  page,
  plate,
  pressed,
  problem,
  view,
} from './state.ts';
import { t } from './words.ts';
import { CSS_PX_PER_MM, room, scaleOf } from './zoom.ts';

/** The document is laid out ten times as large (src/layout/base-css.ts). */
const LAYOUT_ZOOM = 10;

export function Stage() {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      room.value = { width, height };
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const seen = view.value;
  return (
    <div class="stage">
      <section
        class="desk"
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        aria-label={t('stage')}
      >
        {seen && <Sheet seen={seen} />}
      </section>
      <Toggles />
      <Trouble of={fileProblem.value} />
      <Trouble of={problem.value} />
    </div>
  );
}

function Trouble({ of }: { readonly of: Refused | null }) {
  if (!of) return null;
  const { message, hint } = errorWords(of);
  return (
    <div class="problem" role="alert">
      <b>{message}</b>
      {hint && <span>{hint}</span>}
    </div>
  );
}

function Sheet({ seen }: { readonly seen: View }) {
  const scale = scaleOf(seen);
  const { width, height } = seen.media;
  const size = { width: `${width * scale}px`, height: `${height * scale}px` };
  const at = Math.min(page.value, seen.pages.length - 1);
  const done = pressed.value;
  const isPlate = look.value === 'plates' && done !== null && done.inks.length > 0;
  const file = isPlate ? `/${encodeURIComponent(plate.value)}` : '';
  const source = look.value === 'layout' || !done ? null : `/api/press/${done.key}/${at + 1}${file}.png`;
  return (
    <div class="sheet" style={size} data-printed={source ? 'yes' : 'no'}>
      <Frames address={`${seen.address}?page=${at + 1}`} media={seen.media} scale={scale} />
      {source && (
        <Printed source={source} box={isPlate ? seen.bleed : { x: 0, y: 0, ...seen.media }} scale={scale} />
      )}
      <GuideLayer seen={seen} page={at} scale={scale} />
      <CropLayer seen={seen} page={at} scale={scale} />
    </div>
  );
}

interface PrintedProps {
  readonly source: string;
  /** What of the sheet it shows, mm: a proof all of it, a plate what is within the bleed. */
  readonly box: Box;
  readonly scale: number;
}

/** A proof or a plate: it stands when it is there, over the layout. */
function Printed({ source, box, scale }: PrintedProps) {
  const loaded = useSignal('');
  const style = {
    left: `${box.x * scale}px`,
    top: `${box.y * scale}px`,
    width: `${box.width * scale}px`,
    height: `${box.height * scale}px`,
  };
  return (
    <img
      class={`printed${loaded.value === source ? ' there' : ''}`}
      src={source}
      style={style}
      alt=""
      draggable={false}
      onLoad={() => {
        loaded.value = source;
      }}
    />
  );
}

interface FramesProps {
  readonly address: string;
  readonly media: View['media'];
  readonly scale: number;
}

/** The template's document in a frame without an origin; the one before it stays until the next is there. */
function Frames({ address, media, scale }: FramesProps) {
  const shown = useSignal('');
  const addresses = shown.value && shown.value !== address ? [shown.value, address] : [address];
  const style = {
    width: `${media.width * CSS_PX_PER_MM * LAYOUT_ZOOM}px`,
    height: `${media.height * CSS_PX_PER_MM * LAYOUT_ZOOM}px`,
    transform: `scale(${scale / CSS_PX_PER_MM / LAYOUT_ZOOM})`,
  };
  return (
    <div class="frames">
      {addresses.map((source) => (
        <iframe
          key={source}
          class={source === shown.value ? 'there' : ''}
          title={t('view.layout')}
          sandbox=""
          scrolling="no"
          tabIndex={-1}
          src={source}
          style={style}
          onLoad={() => {
            shown.value = source;
          }}
        />
      ))}
    </div>
  );
}

function Toggles() {
  return (
    <fieldset
      class="toggles"
      // On a narrow page they are one row that scrolls; browsers leave one at the edge that shows a pixel of itself.
      onFocusIn={({ target }) =>
        (target as Element).closest('label')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      }
    >
      <legend class="unseen">{t('guides')}</legend>
      {GUIDES.map((guide) => (
        <label key={guide} class={`toggle ${guide}`}>
          <input
            type="checkbox"
            checked={guides.value.has(guide)}
            onChange={(event) => {
              const next = new Set(guides.value);
              if (event.currentTarget.checked) next.add(guide);
              else next.delete(guide);
              guides.value = next;
            }}
          />
          {guide !== 'ppi' && guide !== 'ruler' && <i class="key" aria-hidden="true" />}
          <span>{t(`guides.${guide}`)}</span>
        </label>
      ))}
      {look.value === 'plates' && plate.value === 'ink' && pressed.value && (
        <span class="scale-of-ink">
          0 <i aria-hidden="true" /> {Math.round(pressed.value.inkLimit)} %{' '}
          <i class="over" aria-hidden="true" /> {t('ink.over')}
        </span>
      )}
      {chosenSlot.value !== null && <span class="quiet hint">{t('crop.help')}</span>}
    </fieldset>
  );
}
