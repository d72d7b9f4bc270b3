import { useEffect, useRef } from 'preact/hooks';
import { t } from './words.ts';
import { CSS_PX_PER_MM, screenPxPerMm, truePxPerMm } from './zoom.ts';

/** A bank card (ISO/IEC 7810:2019, ID-1): its sides and the radius of its corners, mm. */
const CARD = { width: 85.6, height: 53.98, radius: 3.18 };
/** CSS px to a mm, from a wall of screens to the finest that is held in a hand. */
const RANGE = { least: 2, most: 9, step: 0.005 };
/** A card that lies is wider than a telephone, CSS px. */
const NARROW = 720;

/** A card held to the screen says how large a mm is on it. */
export function TrueSize({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const scale = truePxPerMm.value;
  const [width, height] = innerWidth < NARROW ? [CARD.height, CARD.width] : [CARD.width, CARD.height];
  const style = {
    width: `${width * scale}px`,
    height: `${height * scale}px`,
    borderRadius: `${CARD.radius * scale}px`,
  };
  const ppi = Math.round(scale * 25.4);
  return (
    <dialog ref={dialog} class="true-size" aria-label={t('true.title')} onClose={onClose}>
      <h2>{t('true.title')}</h2>
      <p>{t('true.help')}</p>
      <div class="card-room">
        <div class="card" style={style}>
          {CARD.width.toFixed(2)} × {CARD.height.toFixed(2)} mm
        </div>
      </div>
      <label>
        <span class="unseen">{t('true.size')}</span>
        <input
          type="range"
          min={RANGE.least}
          max={RANGE.most}
          step={RANGE.step}
          value={scale}
          aria-valuetext={`${ppi} ppi`}
          onInput={(event) => {
            screenPxPerMm.value = Number(event.currentTarget.value) * devicePixelRatio;
          }}
        />
      </label>
      <div class="row">
        <button type="button" class="first" onClick={() => dialog.current?.close()}>
          {t('picture.done')}
        </button>
        <button
          type="button"
          class="second"
          disabled={scale === CSS_PX_PER_MM}
          onClick={() => {
            screenPxPerMm.value = null;
          }}
        >
          {t('true.forget')}
        </button>
      </div>
    </dialog>
  );
}
