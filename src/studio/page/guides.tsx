import type { Box } from '../../units.ts';
import type { ShownFinding, ShownGuide, ShownSlot, View } from '../protocol.ts';
import { placeName } from './declared.ts';
import { chosenFinding, type Guide, guides, pressed, problem } from './state.ts';
import { t } from './words.ts';

const mm = (value: number): string => `${Number(value.toFixed(2))}`;
const sizeText = ({ width, height }: { width: number; height: number }) => `${mm(width)} × ${mm(height)} mm`;

interface LayerProps {
  readonly seen: View;
  /** From 0. */
  readonly page: number;
  /** CSS px to a mm. */
  readonly scale: number;
}

/** Everything that is drawn over the product, in mm of the sheet; lines and letters keep their size on the screen. */
export function GuideLayer({ seen, page, scale }: LayerProps) {
  const { media, trim } = seen;
  const shown = seen.pages[page];
  if (!shown) return null;
  const on = (guide: Guide) => guides.value.has(guide);
  const px = 1 / scale;
  const drawn = shown.guides.filter(({ kind }) => on(kind));
  const rows = labelRows(drawn, seen, px);
  const findings = (pressed.value?.findings ?? []).map((finding, at) => ({ finding, at }));
  return (
    <svg class="guides" viewBox={`0 0 ${media.width} ${media.height}`} aria-hidden="true">
      {on('ruler') && <Ruler media={media} trim={trim} scale={scale} />}
      {drawn.map((guide, i) => (
        <GuideLine key={`${guide.kind}${i}`} guide={guide} px={px} />
      ))}
      {drawn.map((guide, i) => (
        <GuideLabel key={`${guide.kind}${i}`} guide={guide} seen={seen} px={px} row={rows.get(guide) ?? 0} />
      ))}
      {on('dieline') &&
        shown.dielines.map(({ role, path, stroke }, i) => (
          <path
            key={`${role}${i}`}
            class={`dieline ${role}${stroke === null ? ' area' : ''}`}
            d={path}
            transform={`translate(${trim.x} ${trim.y})`}
            stroke-width={1.5 * px}
          />
        ))}
      {on('ppi') &&
        seen.slots
          .filter((slot) => slot.page === page)
          .map((slot, i) => <Resolution key={`${slot.slot}${i}`} slot={slot} seen={seen} px={px} />)}
      {on('findings') &&
        findings
          .filter(({ finding }) => finding.page === page + 1)
          .map(({ finding, at }) => (
            <FindingMark key={at} finding={finding} isChosen={chosenFinding.value === at} px={px} />
          ))}
      {problem.value?.place?.page === page && <Misplaced box={problem.value.place.box} seen={seen} px={px} />}
    </svg>
  );
}

/** Where text does not fit, over the last good view. */
function Misplaced({ box, seen, px }: { box: Box; seen: View; px: number }) {
  const [x, y] = [seen.trim.x + box.x, seen.trim.y + box.y];
  return (
    <g class="misplaced">
      <rect class="area" x={x} y={y} width={box.width} height={box.height} stroke-width={2 * px} />
      <Label x={x} y={y - 17 * px} px={px}>
        {t('misplaced')}
      </Label>
    </g>
  );
}

const labelWidth = (text: string): number =>
  [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? 12 : 6.6), 0) + 10;

/** Labels of folds that lie close to each other stand in rows above each other. */
function labelRows(drawn: readonly ShownGuide[], seen: View, px: number): Map<ShownGuide, number> {
  const folds = drawn.filter(
    ({ kind, line, name }) => kind === 'fold' && line === 'upright' && foldText(name, seen),
  );
  const ends: number[] = [];
  const rows = folds
    .toSorted((a, b) => a.box.x - b.box.x)
    .map((guide): [ShownGuide, number] => {
      const free = ends.findIndex((end) => end < guide.box.x);
      const row = free === -1 ? ends.length : free;
      ends[row] = guide.box.x + labelWidth(foldText(guide.name, seen)) * px;
      return [guide, row];
    });
  return new Map(rows);
}

/** Words on a ground of the line's own colour. */
function Label({
  x,
  y,
  px,
  at,
  children,
}: {
  x: number;
  y: number;
  px: number;
  at?: 'end';
  children: string;
}) {
  const width = labelWidth(children) * px;
  const left = at === 'end' ? x - width : x;
  return (
    <g class="label">
      <rect x={left} y={y} width={width} height={17 * px} />
      <text x={left + 5 * px} y={y + 12.5 * px} font-size={11.5 * px}>
        {children}
      </text>
    </g>
  );
}

function GuideLine({ guide, px }: { guide: ShownGuide; px: number }) {
  const { kind, box, line } = guide;
  const { x, y, width, height } = box;
  if (kind === 'fold') {
    const isUpright = line === 'upright';
    const to = isUpright ? { x2: x, y2: y + height } : { x2: x + width, y2: y };
    return (
      <g class="guide fold">
        <line x1={x} y1={y} {...to} stroke-width={1.5 * px} />
      </g>
    );
  }
  return (
    <g class={`guide ${kind}`}>
      <rect x={x} y={y} width={width} height={height} stroke-width={(kind === 'trim' ? 1.75 : 1.25) * px} />
    </g>
  );
}

/** What a guide is and how large, beside it: the sheet's own outside the sheet. */
function GuideLabel({ guide, seen, px, row }: { guide: ShownGuide; seen: View; px: number; row: number }) {
  const { kind, box, line, name } = guide;
  const { x, y, width, height } = box;
  const what = t(`guides.${kind}`);
  const bleed = seen.trim.y - seen.bleed.y;
  // On a small sheet two labels have no room beside each other.
  const isNarrow = seen.trim.width < 260 * px;
  const below = seen.media.height + 5 * px;
  const place = {
    bleed: { x: seen.bleed.x, y: below, text: bleed > 0 ? `${what} ${mm(bleed)} mm` : '' },
    trim: {
      x: x + width,
      y: isNarrow ? below + 19 * px : below,
      text: `${what} ${sizeText(box)}`,
      at: 'end' as const,
    },
    safe: {
      x,
      y,
      text: name === 'spine' ? '' : `${name ? `${placeName(name)}: ` : ''}${what} ${sizeText(box)}`,
    },
    clear: { x, y: y + height - 17 * px, text: `${placeName(name)} ${sizeText(box)}` },
    fold: { x, y: line === 'upright' ? y + height - (25 + 19 * row) * px : y, text: foldText(name, seen) },
  }[kind];
  if (!place.text) return null;
  return (
    <g class={`guide ${kind}`}>
      <Label x={place.x} y={place.y} px={px} {...('at' in place && { at: place.at })}>
        {place.text}
      </Label>
    </g>
  );
}

/** A spine is told once, at the fold beside the front. */
function foldText(name: string, { spine }: View): string {
  if (spine === null || !name.includes('spine')) return placeName(name);
  return name.startsWith('front') ? `${t('spine')} ${mm(spine)} mm` : '';
}

/** How resolutions are coloured: by what preflight would say of them. */
const GRADES = { error: 'poor', warning: 'soft' } as const;

/** The resolution that a picture has on the product, and whether its printer is content with it. */
function Resolution({ slot, seen, px }: { slot: ShownSlot; seen: View; px: number }) {
  const { printed, asked, levels } = seen.ppi;
  const ppi = Math.min(slot.ppi, printed);
  const broken = levels.find(({ limit }) => ppi <= limit);
  const x = seen.trim.x + slot.box.x;
  const y = seen.trim.y + slot.box.y;
  return (
    <g class={`ppi ${broken ? GRADES[broken.severity] : 'good'}`}>
      <rect class="area" x={x} y={y} width={slot.box.width} height={slot.box.height} />
      <Label x={x + 6 * px} y={y + slot.box.height / 2} px={px}>
        {`${slot.slot} ${Math.round(ppi)} / ${asked} ppi`}
      </Label>
    </g>
  );
}

function FindingMark({ finding, isChosen, px }: { finding: ShownFinding; isChosen: boolean; px: number }) {
  return (
    <g class={`finding ${finding.severity}${isChosen ? ' chosen' : ''}`}>
      {finding.boxes.map(({ x, y, width, height }, i) => (
        <rect
          key={i}
          x={x - 2 * px}
          y={y - 2 * px}
          width={width + 4 * px}
          height={height + 4 * px}
          stroke-width={(isChosen ? 3 : 1.5) * px}
        />
      ))}
    </g>
  );
}

/** Steps of a ruler, mm. */
const STEPS = [1, 2, 5, 10, 20, 50, 100];

/** Along the sheet's edges, from the trim's corner. */
function Ruler({ media, trim, scale }: Pick<View, 'media' | 'trim'> & { scale: number }) {
  const px = 1 / scale;
  const step = STEPS.find((candidate) => candidate * scale >= 46) ?? 100;
  const marks = (from: number, length: number) =>
    Array.from({ length: Math.floor((length - from) / step) + 1 }, (_, i) => i * step);
  return (
    <g class="ruler">
      {marks(trim.x, media.width).map((at) => (
        <g key={`x${at}`}>
          <line x1={trim.x + at} x2={trim.x + at} y1={-8 * px} y2={-2 * px} stroke-width={px} />
          <text x={trim.x + at} y={-11 * px} font-size={10 * px} text-anchor="middle">
            {at}
          </text>
        </g>
      ))}
      {marks(trim.y, media.height).map((at) => (
        <g key={`y${at}`}>
          <line y1={trim.y + at} y2={trim.y + at} x1={-8 * px} x2={-2 * px} stroke-width={px} />
          <text x={-11 * px} y={trim.y + at + 3.5 * px} font-size={10 * px} text-anchor="end">
            {at}
          </text>
        </g>
      ))}
    </g>
  );
}
