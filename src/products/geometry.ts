import type { CutPath } from '../contours/path.ts';
import type { Box, Edges, Size } from '../units.ts';
import type { SpotRole } from './spot-roles.ts';

/** Who stands behind a number; the letters are those of the project's collection of product numbers. */
export type Authority =
  /** The provider's own page. */
  | 'provider'
  /** An official page, quoted in dated public code. */
  | 'quoted'
  /** A printer's or vendor's page. */
  | 'vendor'
  /** A third party. */
  | 'third-party'
  /** Recalled, no source read: shown as unverified wherever it is used. */
  | 'unverified'
  /** Left open by the provider, chosen by this project: nobody else stands behind it. */
  | 'project'
  /** The user's own number, given in the order. */
  | 'user';

/** A number with its origin: what a preset is made of. */
export interface Sourced<T = number> {
  readonly value: T;
  readonly unit: string;
  readonly authority: Authority;
  readonly source: string;
  /** ISO date (year and month) on which it was read. */
  readonly retrieved?: string;
}

/** A part of the product that is designed by itself: `front`, `spine`, `back`, `flap-front`, … */
export interface Panel {
  readonly name: string;
  /** mm from the trim box's top left corner. */
  readonly box: Box;
  /** How far the panel's ground runs past its box, mm: the bleed on outer sides, 0 at a fold. */
  readonly bleed: Edges;
  /** What must not be cut or folded away stays inside, mm from the trim box's top left corner. */
  readonly safe: Box;
  /** Whether type may stand here: no text on a spine below the printer's page limit. */
  readonly text: boolean;
}

/** A fold (or spine edge) right across the product. */
export interface Fold {
  readonly name: string;
  readonly line: 'upright' | 'level';
  /** mm from the trim box's left edge where it is upright, from its top edge where it is level. */
  readonly at: number;
}

/** A line that a machine follows, or an area that it covers: cutting, creasing, white ink. */
export interface Dieline {
  /** The printer's own name for the spot of this role is on the plate. */
  readonly role: SpotRole;
  /** mm from the trim box's top left corner. */
  readonly path: CutPath;
  /** A knife's way is stroked, this thick in pt; an area (white, varnish) is filled. */
  readonly paint: { readonly stroke: number } | 'fill';
}

/** One page of a product: the two sides of a postcard, the months of a calendar. */
export interface PageDesign {
  /** What it is among the product's pages: `front`, `inside`, `month`. */
  readonly kind: string;
  /** Which of its kind it is, from 0. */
  readonly index: number;
  readonly panels: readonly Panel[];
  readonly folds: readonly Fold[];
  /** Areas to keep clear, e.g. where the printer puts a barcode, mm from the trim's top left corner. */
  readonly keepClear: readonly { readonly name: string; readonly box: Box }[];
  readonly dielines: readonly Dieline[];
}

export const MARK_STYLES = ['none', 'western', 'tombo'] as const;
export type MarkStyle = (typeof MARK_STYLES)[number];

/** How far the marks of a style reach out from the bleed, mm: the slug that they need at least. */
export const MARK_REACH_MM: Readonly<Record<MarkStyle, number>> = { none: 0, western: 6, tombo: 10 };

/** A remark the user must see: an unverified number, a limit that was used, a choice that was made. */
export interface Note {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** A product's shape, in mm: all that layout, press and proof need to know of it. */
export interface Geometry {
  readonly product: string;
  /** Name of the size as the user gave it, e.g. `a6`, `6x9`, `120x180 mm`. */
  readonly sizeName: string;
  /** One finished leaf or front panel. */
  readonly format: Size;
  /** The flat product after cutting. */
  readonly trim: Size;
  /** Bleed on each side of the trim, mm. */
  readonly bleed: Edges;
  /** Between the bleed and the edge of the sheet, where the marks stand, mm; 0 without marks. */
  readonly slug: Edges;
  /** At least one; all have the same trim and bleed. */
  readonly pages: readonly PageDesign[];
  readonly marks: MarkStyle;
  readonly binding: 'left' | 'right' | null;
  /** Spine width with where the number comes from; `null` for flat goods. */
  readonly spine: Sourced | null;
  readonly notes: readonly Note[];
}

/** The same product without its dielines, for files that have no plates. */
export const withoutDielines = (geometry: Geometry): Geometry => ({
  ...geometry,
  pages: geometry.pages.map((page) => ({ ...page, dielines: [] })),
});

/** The four page boxes, mm, from the MediaBox's top left corner. */
export interface PageBoxes {
  readonly media: Size;
  readonly bleed: Box;
  readonly trim: Box;
}

/** Where the trim, the bleed and the sheet's edge lie. */
export function pageBoxes({ trim, bleed, slug }: Pick<Geometry, 'trim' | 'bleed' | 'slug'>): PageBoxes {
  const bleedBox = {
    x: slug.left,
    y: slug.top,
    width: trim.width + bleed.left + bleed.right,
    height: trim.height + bleed.top + bleed.bottom,
  };
  return {
    media: {
      width: bleedBox.width + slug.left + slug.right,
      height: bleedBox.height + slug.top + slug.bottom,
    },
    bleed: bleedBox,
    trim: { x: slug.left + bleed.left, y: slug.top + bleed.top, width: trim.width, height: trim.height },
  };
}

/**
 * A page by its number from 1 and its kind, for messages: `page 2 (back)`, `page 5 (month 4)`; empty where the product
 * has but one.
 * @param at its place among the pages, from 0
 */
export function pageName({ pages }: Pick<Geometry, 'pages'>, at: number): string {
  const page = pages[at];
  if (!page || pages.length === 1) return '';
  const isOneOfMany = pages.some((other) => other !== page && other.kind === page.kind);
  return `page ${at + 1} (${isOneOfMany ? `${page.kind} ${page.index + 1}` : page.kind})`;
}
