import { useSignal } from '@preact/signals';
import type { BleedFill } from '../../artwork/artwork.ts';
import type { ShownSlot, View } from '../protocol.ts';
import { keepBleedFill, keepCrop } from './api.ts';
import { asRefused, change, chosenSlot, order, problem, revision } from './state.ts';
import { t } from './words.ts';

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const MAX_ZOOM = 8;
const to4 = (value: number): number => Math.round(value * 1e4) / 1e4;
const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const cropOf = ({ focus, zoom }: ShownSlot): Crop => ({ ...focus, zoom });

/** The crop moved or brought closer, with the picture still covering its place. */
function settled({ x, y, zoom }: Crop, { span, zoom: shown }: ShownSlot): Crop {
  const closer = between(zoom, 1, MAX_ZOOM);
  const half = (seen: number) => Math.min(0.5, (seen * shown) / closer / 2);
  return {
    x: to4(between(x, half(span.x), 1 - half(span.x))),
    y: to4(between(y, half(span.y), 1 - half(span.y))),
    zoom: to4(closer),
  };
}

/** Keeps a crop: in the order where that says one, else in the catalogue, for this picture on this product. */
export async function chooseCrop(slot: ShownSlot, crop: Crop | null): Promise<void> {
  const now = order.value;
  if (!now) return;
  const wanted = crop && settled(crop, slot);
  if (now.focal !== undefined || now.zoom !== undefined) {
    change(
      wanted
        ? { focal: `${wanted.x},${wanted.y}`, zoom: wanted.zoom }
        : { focal: undefined, zoom: undefined },
    );
    return;
  }
  try {
    await keepCrop(slot.image, now.product, wanted);
    revision.value++;
  } catch (error) {
    problem.value = asRefused(error);
  }
}

/** Keeps how the bleed is filled, where crops are kept; `null` forgets it. */
export async function chooseBleedFill(slot: ShownSlot, fill: BleedFill | null): Promise<void> {
  const now = order.value;
  if (!now) return;
  if (now.bleedFill !== undefined) {
    change({ bleedFill: fill ?? undefined });
    return;
  }
  try {
    await keepBleedFill(slot.image, now.product, fill);
    revision.value++;
  } catch (error) {
    problem.value = asRefused(error);
  }
}

interface LayerProps {
  readonly seen: View;
  readonly page: number;
  readonly scale: number;
}

/** The places of pictures, to be taken hold of. */
export function CropLayer({ seen, page, scale }: LayerProps) {
  return (
    <div class="crops">
      {seen.slots.map((slot, at) =>
        slot.page === page && slot.movable ? (
          <Place key={`${slot.slot}${at}`} slot={slot} at={at} seen={seen} scale={scale} />
        ) : null,
      )}
    </div>
  );
}

/** One step of an arrow key, as a share of what is seen. */
const STEP = 0.02;

function Place({ slot, at, seen, scale }: { slot: ShownSlot; at: number; seen: View; scale: number }) {
  const moved = useSignal<Crop | null>(null);
  const { box, span } = slot;
  const [width, height] = [box.width * scale, box.height * scale];
  const style = {
    left: `${(seen.trim.x + box.x) * scale}px`,
    top: `${(seen.trim.y + box.y) * scale}px`,
    width: `${width}px`,
    height: `${height}px`,
  };
  const crop = moved.value;
  const isChosen = chosenSlot.value === at;

  function drag(start: PointerEvent): void {
    if (start.button !== 0) return;
    const target = start.currentTarget as HTMLElement;
    target.setPointerCapture(start.pointerId);
    chosenSlot.value = at;
    const from = cropOf(slot);
    const move = (event: PointerEvent) => {
      const by = { x: event.clientX - start.clientX, y: event.clientY - start.clientY };
      if (!moved.value && Math.hypot(by.x, by.y) < 3) return;
      const next = {
        x: from.x - (by.x / width) * span.x,
        y: from.y - (by.y / height) * span.y,
        zoom: from.zoom,
      };
      moved.value = settled(next, slot);
    };
    const end = () => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('pointerup', end);
      target.removeEventListener('pointercancel', end);
      const last = moved.value;
      moved.value = null;
      if (last) void chooseCrop(slot, last);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', end);
    target.addEventListener('pointercancel', end);
  }

  function press(event: KeyboardEvent): void {
    const { x, y, zoom } = cropOf(slot);
    const step = STEP * (event.shiftKey ? 5 : 1);
    const keys: Record<string, Crop | null> = {
      ArrowLeft: { x: x + step * span.x, y, zoom },
      ArrowRight: { x: x - step * span.x, y, zoom },
      ArrowUp: { x, y: y + step * span.y, zoom },
      ArrowDown: { x, y: y - step * span.y, zoom },
      '+': { x, y, zoom: zoom * 1.1 },
      '=': { x, y, zoom: zoom * 1.1 },
      '-': { x, y, zoom: zoom / 1.1 },
      Delete: null,
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    void chooseCrop(slot, keys[event.key]!);
  }

  return (
    <button
      type="button"
      class={`place${isChosen ? ' chosen' : ''}${crop ? ' moving' : ''}`}
      style={style}
      aria-label={`${t('crop.place')}: ${slot.slot}, ${slot.image}. ${t('crop.help')}`}
      aria-pressed={isChosen}
      onPointerDown={drag}
      onKeyDown={press}
      onFocus={() => {
        chosenSlot.value = at;
      }}
    >
      {crop && (
        <img
          alt=""
          draggable={false}
          src={`/api/thumbnails/${slot.image}`}
          style={{
            width: `${width / span.x}px`,
            height: `${height / span.y}px`,
            left: `${width / 2 - (crop.x * width) / span.x}px`,
            top: `${height / 2 - (crop.y * height) / span.y}px`,
          }}
        />
      )}
    </button>
  );
}
