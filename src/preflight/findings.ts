import { formatMm } from '../units.ts';
import {
  type Expectation,
  type Finding,
  type Found,
  type Level,
  MAX_BOXES,
  type Measured,
  type Profile,
  type Rule,
  type RuleContext,
  type Severity,
  type Unjudged,
} from './model.ts';
import { levelsOf } from './profiles.ts';

/** Findings that a report holds; a hostile file with a spot a page makes no more. */
const MAX_FINDINGS = 5000;

type Draft = { -readonly [K in keyof Finding]: Finding[K] } & { boxes: NonNullable<Finding['box']>[] };

/** Gathers what the rules find: one finding for each rule, severity, page and key, the worst value in front. */
export class Findings {
  readonly unjudged: Unjudged[] = [];
  readonly #drafts = new Map<string, Draft>();

  /** What a rule is given; `null` where the profile does not have the rule. */
  contextOf(rule: Rule, profile: Profile, expect: Expectation): RuleContext | null {
    const levels = levelsOf(rule, profile);
    if (levels.length === 0) return null;
    return {
      profile,
      expect,
      levels,
      report: (found) => this.add(rule, levels, found),
      judge: (value, found) => {
        const level = brokenLevel(rule, levels, value);
        if (!level) return;
        this.add(rule, [level], { ...found, measured: value, threshold: level.limit ?? 0 });
      },
      unjudged: (what, why, page) => this.cannotJudge({ what, why, page: page ?? null }),
    };
  }

  cannotJudge(entry: Unjudged): void {
    const known = this.unjudged.some(
      ({ what, why, page }) => what === entry.what && why === entry.why && page === entry.page,
    );
    if (!known && this.unjudged.length < MAX_FINDINGS) this.unjudged.push(entry);
  }

  add(rule: Rule, levels: readonly Level[], found: Found): void {
    const severity = mildest(found.severity, levels[0]!.severity);
    const page = found.page ?? null;
    const key = `${rule.id} ${severity} ${page} ${found.key ?? ''}`;
    const draft = this.#drafts.get(key);
    const box = found.box ?? null;
    if (!draft) {
      if (this.#drafts.size >= MAX_FINDINGS) {
        this.cannotJudge({ what: 'further findings', why: `${MAX_FINDINGS} are kept`, page: null });
        return;
      }
      this.#drafts.set(key, {
        rule: rule.id,
        severity,
        page,
        count: 1,
        boxes: box ? [box] : [],
        hint: rule.hint,
        ...told(rule, found),
      });
      return;
    }
    draft.count++;
    const worse = isWorse(rule, found.measured, draft.measured);
    if (worse) Object.assign(draft, told(rule, found));
    if (!box) return;
    if (draft.boxes.length < MAX_BOXES) draft.boxes.push(box);
    else if (worse) draft.boxes[MAX_BOXES - 1] = box;
  }

  /** Errors first, then the file before its pages, then by rule. */
  all(): Finding[] {
    const rank = (severity: Severity) => (severity === 'error' ? 0 : 1);
    return [...this.#drafts.values()].sort(
      (a, b) =>
        rank(a.severity) - rank(b.severity) ||
        (a.page ?? 0) - (b.page ?? 0) ||
        (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
  }
}

/** A finding's message, value and place, as one occurrence tells them. */
const told = (rule: Rule, found: Found) => ({
  box: found.box ?? null,
  message: found.message ?? `${rule.title}: this does not hold`,
  ...(found.measured === undefined ? {} : { measured: withUnit(rule, found.measured) }),
  ...(found.threshold === undefined ? {} : { threshold: withUnit(rule, found.threshold) }),
  ...(found.object === undefined ? {} : { object: found.object }),
});

/** Rounded to what can be read off: four significant decimals keep 0.2499 apart from 0.25. */
const withUnit = (rule: Rule, value: number | string): Measured | string =>
  typeof value === 'string' ? value : { value: Math.round(value * 1e4) / 1e4, unit: rule.unit ?? '' };

const mildest = (own: Severity | undefined, most: Severity): Severity =>
  own === 'warning' || most === 'warning' ? 'warning' : 'error';

/**
 * Numbers come out of a chain of matrices: a value within this part of its limit is at it. Half of it is the
 * rounding of 1/72 in in four decimals.
 */
const TOLERANCE = 1e-4;

/** The gravest level whose limit the value breaks. */
export function brokenLevel(rule: Rule, levels: readonly Level[], value: number): Level | undefined {
  return levels.find(({ limit = 0 }) => {
    const slack = Math.abs(limit) * TOLERANCE;
    if (rule.fails === 'above') return value > limit + slack;
    if (rule.fails === 'at or below') return value <= limit + slack;
    return value < limit - slack;
  });
}

function isWorse(rule: Rule, next: Found['measured'], worst: Finding['measured']): boolean {
  if (typeof next !== 'number' || typeof worst !== 'object') return false;
  return rule.fails === 'above' ? next > worst.value : next < worst.value;
}

/** A measured value as people read it. */
export const formatMeasured = (value: Measured | string): string =>
  typeof value === 'string'
    ? value
    : value.unit === 'mm'
      ? formatMm(value.value)
      : `${Number(value.value.toFixed(2))} ${value.unit}`.trim();
