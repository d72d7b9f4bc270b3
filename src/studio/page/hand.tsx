import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { View } from '../../mock-ups/camera.ts';
import type { Colour } from '../../mock-ups/mesh.ts';
import { drawPicture } from '../../mock-ups/picture.ts';
import { type Scene, sceneOf } from '../../mock-ups/scene.ts';
import { clamp } from '../../mock-ups/vector.ts';
import type { Size } from '../../units.ts';
import { errorWords } from './declared.ts';
import { type Dressed, dressed } from './hand-textures.ts';
import { remembered } from './remembered.ts';
import { saveFile } from './save-file.ts';
import { asRefused, order, pressed, pressProblem, problem, stage, view } from './state.ts';
import { t } from './words.ts';

const GROUNDS: Readonly<Record<'light' | 'dark' | 'white' | 'clear', Colour | null>> = {
  light: [236, 234, 230],
  dark: [52, 52, 54],
  white: [255, 255, 255],
  clear: null,
};
const GROUND_NAMES = ['light', 'dark', 'white', 'clear'] as const;
const ground = remembered('ground', 'light', GROUND_NAMES);

/** Sides of a saved picture, px: what shops ask for. */
const SAVED = { width: 2000, height: 2000 };
/** Points and lights: while it is turned, when it stands still, and for a picture that is saved. */
const DRAFT = { samples: 1, lights: 14 };
const STILL = { samples: 2, lights: 64 };
const FINAL = { samples: 3, lights: 160 };
/** It stands still, ms. */
const STILL_AFTER = 140;
/** Radians that a dragged CSS px and a pressed arrow key turn. */
const [BY_PX, BY_KEY] = [0.008, Math.PI / 24];
const PITCH = { least: 0.03, most: 1.5 };

const around = (angle: number): number => Math.atan2(Math.sin(angle), Math.cos(angle));
const degrees = (angle: number): number => Math.round((angle * 180) / Math.PI);

/** The product as a thing: turned, looked at, saved as a picture for a shop. */
export function Hand() {
  const shown = useSignal<Dressed | null>(null);
  const failed = useSignal('');
  const turn = useSignal<View | null>(null);
  const open = useSignal(0);
  const scene = useComputed(() => (shown.value ? sceneOf(shown.value.mockUp, open.value) : null));
  const seen = useComputed<View | null>(() => turn.value ?? scene.value?.view ?? null);

  useSignalEffect(() => {
    const [done, now] = [pressed.value, view.value];
    if (!done || !now) return;
    const stop = new AbortController();
    dressed(now.mockUp, done.key, now.trim, stop.signal)
      .then((next) => {
        if (shown.peek()?.mockUp.shape !== next.mockUp.shape) {
          turn.value = null;
          open.value = 0;
        }
        shown.value = next;
        failed.value = '';
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) failed.value = asRefused(error).message;
      });
    return () => stop.abort();
  });

  const move = (yaw: number, pitch: number) => {
    const from = seen.peek();
    if (from) {
      turn.value = {
        yaw: around(from.yaw + yaw),
        pitch: clamp(from.pitch + pitch, PITCH.least, PITCH.most),
      };
    }
  };
  const found = problem.value ?? pressProblem.value;
  const wrong = found && errorWords(found);
  return (
    <div class="stage hand">
      <section
        class="desk"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys turn it
        tabIndex={0}
        aria-label={`${t('view.hand')}. ${t('hand.help')}`}
        onKeyDown={(event) => {
          const by = STEPS[event.key];
          if (!by) return;
          move(...by);
          event.preventDefault();
        }}
      >
        {scene.value && seen.value && shown.value ? (
          <Turntable scene={scene.value} shown={shown.value} seen={seen.value} onTurn={move} />
        ) : (
          <p class="quiet waiting">
            {failed.value || (stage.value === null ? t('hand.waiting') : `${t('state.press')}…`)}
          </p>
        )}
      </section>
      <div class="toggles">
        <Angle
          label={t('hand.turn')}
          value={degrees(seen.value?.yaw ?? 0)}
          range={[-180, 180]}
          onChange={(to) => move((to * Math.PI) / 180 - (seen.value?.yaw ?? 0), 0)}
        />
        <Angle
          label={t('hand.height')}
          value={degrees(seen.value?.pitch ?? 0)}
          range={[2, 86]}
          onChange={(to) => move(0, (to * Math.PI) / 180 - (seen.value?.pitch ?? 0))}
        />
        {hasFlaps(shown.value) && (
          <Angle
            label={t('hand.open')}
            value={Math.round(open.value * 100)}
            range={[0, 100]}
            onChange={(to) => {
              open.value = to / 100;
            }}
          />
        )}
        <label class="toggle">
          <span>{t('hand.ground')}</span>
          <select
            value={ground.value}
            onChange={(event) => {
              ground.value = event.currentTarget.value as typeof ground.value;
            }}
          >
            {GROUND_NAMES.map((name) => (
              <option key={name} value={name}>
                {t(`hand.ground.${name}`)}
              </option>
            ))}
          </select>
        </label>
        {scene.value && seen.value && shown.value && (
          <Save scene={scene.value} shown={shown.value} seen={seen.value} />
        )}
      </div>
      {wrong && (
        <div class="problem" role="alert">
          <b>{wrong.message}</b>
          {wrong.hint && <span>{wrong.hint}</span>}
        </div>
      )}
    </div>
  );
}

const STEPS: Readonly<Record<string, readonly [yaw: number, pitch: number]>> = {
  ArrowLeft: [-BY_KEY, 0],
  ArrowRight: [BY_KEY, 0],
  ArrowUp: [0, BY_KEY],
  ArrowDown: [0, -BY_KEY],
};

const hasFlaps = (shown: Dressed | null): boolean =>
  shown?.mockUp.shape === 'book' && (shown.mockUp.flapFront ?? shown.mockUp.flapBack) !== null;

interface AngleProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [least: number, most: number];
  onChange(value: number): void;
}

function Angle({ label, value, range: [least, most], onChange }: AngleProps) {
  return (
    <label class="toggle">
      <span>{label}</span>
      <input
        type="range"
        min={least}
        max={most}
        value={value}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  );
}

interface Seen {
  readonly scene: Scene;
  readonly shown: Dressed;
  readonly seen: View;
}

/** Draws with pauses, so that the page stays alive. @returns `null` where it was stopped */
async function drawn(
  { scene, shown, seen }: Seen,
  size: Size,
  quality: { samples: number; lights: number },
  stopped: () => boolean,
): Promise<ImageData | null> {
  const image = new ImageData(size.width, size.height);
  const { textures } = shown;
  const wish = { scene, textures, view: seen, size, ground: GROUNDS[ground.peek()], ...quality };
  let last = performance.now();
  for (const _ of drawPicture(wish, image.data)) {
    if (performance.now() - last < 24) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (stopped()) return null;
    last = performance.now();
  }
  return image;
}

function Turntable({ scene, shown, seen, onTurn }: Seen & { onTurn(yaw: number, pitch: number): void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useSignal<Size | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      room.value = { width, height };
    });
    observer.observe(canvas.current!);
    return () => observer.disconnect();
  }, []);
  const [size, own] = [room.value, ground.value];
  useEffect(() => {
    if (!size || size.width < 1 || size.height < 1) return;
    let isOver = false;
    const show = async (quality: typeof DRAFT, density: number) => {
      const px = { width: Math.round(size.width * density), height: Math.round(size.height * density) };
      const image = await drawn({ scene, shown, seen }, px, quality, () => isOver);
      if (!image || isOver || !canvas.current) return;
      Object.assign(canvas.current, px);
      canvas.current.getContext('2d')!.putImageData(image, 0, 0);
      canvas.current.dataset.drawn = quality === STILL ? 'still' : 'draft';
    };
    const frame = requestAnimationFrame(() => void show(DRAFT, Math.min(1, 700 / size.width)));
    const timer = setTimeout(() => void show(STILL, Math.min(2, devicePixelRatio)), STILL_AFTER);
    return () => {
      isOver = true;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [scene, shown, seen, size, own]);
  return (
    <canvas
      ref={canvas}
      class={`turntable ${own}`}
      role="img"
      aria-label={t('view.hand')}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) {
          onTurn(event.movementX * BY_PX, event.movementY * BY_PX);
        }
      }}
    />
  );
}

function Save(seen: Seen) {
  const isBusy = useSignal(false);
  const save = async () => {
    isBusy.value = true;
    const image = await drawn(seen, SAVED, FINAL, () => false);
    const canvas = Object.assign(document.createElement('canvas'), SAVED);
    canvas.getContext('2d')!.putImageData(image!, 0, 0);
    canvas.toBlob((png) => {
      isBusy.value = false;
      if (png) saveFile(`${order.value?.product}-${order.value?.images[0]}-mock-up.png`, png);
    });
  };
  return (
    <button type="button" class="second" disabled={isBusy.value} onClick={() => void save()}>
      {isBusy.value ? t('hand.saving') : t('hand.save')}
    </button>
  );
}
