/**
 * The types that all of preflight shares: what is found out about a file, what a rule is, what a report says.
 *
 * How the parts fit:
 * - `document/` opens any PDF: `Pdf` (objects through pdf-lib, bounded decoding of streams, pages with their boxes).
 * - `content/` walks each page once and sends what is painted to the rules, as `Mark`s with their state resolved.
 * - `rules/` is the table. A rule is data (id, clause, title, hint, levels by profile) and ONE function, `check`,
 *   which is called once for each run and returns a `Listener`. A structural rule listens to `document`, a content
 *   rule to `text`, `path`, `image`, …, a rule on ink to `coverage`. What a rule remembers lives in its closure.
 * - `inspect.ts` puts them together in this thread; `preflight.ts` does the same in a worker thread with a limit
 *   of time and memory, so that a hostile file ends in a finding.
 *
 * Conventions:
 * - Everything a rule or a report gets to see is in mm from the top left corner of the page's MediaBox as it is
 *   shown (turned by Rotate, scaled by UserUnit), y downwards. Type sizes and line widths are pt on the page.
 * - `Mark.place` says where a mark stands. Listeners get only `art` unless they say what else they see: marks in
 *   the slug (outside the bleed), in soft masks, in layers that do not print and in processing steps (ISO 19593-1)
 *   are exempt from the rules on art.
 * - A clip is kept as its bounding box (`Mark.box` is cut by it) and as the chain of its paths (`Mark.clip`).
 * - Findings of one rule, severity, page and `key` are one `Finding` with a count, the worst of them in front.
 * - A report is plain JSON data: it goes through `structuredClone` and into `--json` as it stands.
 * - Tests build small files of raw content with `test/preflight/pdf-builder.ts`, which is not our writer.
 */
import type { Box, Size } from '../units.ts';
import type { Pdf, PdfPage } from './document/pdf.ts';
import type { GroupMark, ImageMark, PathMark, Place, ShadingMark, TextMark } from './marks.ts';

export type * from './marks.ts';

export type Severity = 'error' | 'warning';

/** The sets of rules that a file can be held against; a printer's own is one of them with changes. */
export const PROFILES = ['sheetfed', 'label', 'digital', 'x4', 'x1a'] as const;
export type ProfileName = (typeof PROFILES)[number];

/** How grave it is when a rule is broken, and from which value on; the unit is the rule's. */
export interface Level {
  readonly severity: Severity;
  readonly limit?: number;
}

/** A profile as it is used: one of ours, with the changes of a printer or of the user. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly base: ProfileName;
  /** Levels that stand in the place of the rule's own for the base; an empty list switches the rule off. */
  readonly levels: Readonly<Record<string, readonly Level[]>>;
}

/** A measured value with its unit (`pt`, `mm`, `ppi`, `%`). */
export interface Measured {
  readonly value: number;
  readonly unit: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** From 1; `null` for the file as a whole. */
  readonly page: number | null;
  /** Where the worst of them stands. */
  readonly box: Box | null;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** The worst value, or the words found. */
  readonly measured?: Measured | string;
  readonly threshold?: Measured | string;
  /** One sentence: what to do. */
  readonly hint: string;
  /** What it is about: a font, a spot, an image, an object's number. */
  readonly object?: string;
  /** How often on this page. */
  readonly count: number;
  /** The first of the places, at most `MAX_BOXES`, `box` among them. */
  readonly boxes: readonly Box[];
}

/** Places that a finding keeps: a page with 100 000 hairlines is one finding with this many boxes. */
export const MAX_BOXES = 50;

/** Something that could not be judged, said instead of passed over. */
export interface Unjudged {
  readonly what: string;
  readonly why: string;
  readonly page: number | null;
}

export interface FileFacts {
  readonly bytes: number;
  /** `1.6`; `null` where there is no header. */
  readonly version: string | null;
  readonly pages: number;
  readonly encrypted: boolean;
  readonly title: string | null;
  readonly creator: string | null;
  readonly producer: string | null;
  /** What the file calls itself: `PDF/X-4`. */
  readonly standard: string | null;
}

/** mm from the MediaBox's top left corner as shown; a box that the page does not have is `null`. */
export interface PageFacts {
  /** From 1. */
  readonly number: number;
  readonly media: Size;
  readonly crop: Box | null;
  readonly bleed: Box | null;
  readonly trim: Box | null;
  readonly art: Box | null;
  /** 0, 90, 180 or 270, clockwise. */
  readonly rotate: number;
  readonly userUnit: number;
}

/** A page in a report. */
export interface ReportedPage extends PageFacts {
  /**
   * The ink at its inkiest point, % of all inks: as it was counted, or, where its colours alone say that it keeps
   * every limit, what it can be at most. Missing where no rule asks, and where it could not be counted.
   */
  readonly ink?: { readonly counted: number } | { readonly atMost: number };
}

export interface Report {
  readonly file: FileFacts;
  readonly profile: { readonly name: string; readonly title: string };
  readonly pages: readonly ReportedPage[];
  /** Errors first, then by page and rule. */
  readonly findings: readonly Finding[];
  readonly unjudged: readonly Unjudged[];
  /** The rules that were judged, so that silence means something. */
  readonly judged: readonly string[];
  /** Rules of the profile that the user switched off by name. */
  readonly switchedOff: readonly string[];
}

// --------------------------------------------------------------------------------------------- ink facts

/** Sums of ink, % (400 = four full inks): of the process inks, and with the spots. */
export interface InkSum {
  readonly cmyk: number;
  readonly all: number;
}

/** What a page's colours alone say of its ink: none of it can be more, wherever on the page. */
export interface InkBound extends InkSum {
  /** By ink, 0…1; an ink that is missing is nowhere on the page. */
  readonly inks: ReadonlyMap<string, number>;
}

/** How much ink a page has: what the rules on total ink judge. */
export interface PageCoverage {
  readonly page: number;
  /** Side of the squares that means are taken over, mm. */
  readonly squareMm: number;
  /** The squares with the most ink, the most first. Sums are in % (400 = four full inks). */
  readonly squares: readonly (InkSum & { readonly box: Box })[];
  /** The pixel with the most ink, % of all inks: a mean over a fifth of a millimetre, or more on huge pages. */
  readonly most?: { readonly box: Box; readonly ink: number } | null;
  /** Ink names that were counted. */
  readonly inks: readonly string[];
  /** What on the page could not be counted. */
  readonly uncounted: readonly string[];
  /** The page as its plates show it, where all of them were counted. */
  readonly picture?: PagePicture;
}

/** A page as it looks on paper: white is no ink. */
export interface PagePicture {
  readonly page: PdfPage;
  /** The part of the page that it shows, mm. */
  readonly area: Box;
  /** px. */
  readonly width: number;
  readonly height: number;
  /** R, G, B, A of each pixel from the top left. */
  readonly data: Uint8Array;
}

// ------------------------------------------------------------------------------------------------- rules

/** What a rule found, before findings are gathered. */
export interface Found {
  /** Page number from 1; absent for the file. */
  readonly page?: number;
  readonly box?: Box | null;
  /** One sentence; without it the rule's title. */
  readonly message?: string;
  /** A number is in the rule's unit. */
  readonly measured?: number | string;
  readonly threshold?: number | string;
  readonly object?: string;
  /** Findings of one page are gathered by it: a spot's name, a font's. */
  readonly key?: string;
  /** For rules that judge without a limit and know better than the table; capped by the profile's. */
  readonly severity?: Severity;
}

/** What a rule's function is given, once for each run. */
export interface RuleContext {
  readonly profile: Profile;
  readonly expect: Expectation;
  /** The rule's levels in this profile, the gravest first; never empty. */
  readonly levels: readonly Level[];
  /** Reports what breaks the rule, at the gravest level's severity. */
  report(found: Found): void;
  /** Reports `found` if `value` breaks a level's limit (see `Rule.fails`), with the value as what was measured. */
  judge(value: number, found: Omit<Found, 'measured' | 'threshold'>): void;
  /** Says what this rule could not judge. */
  unjudged(what: string, why: string, page?: number): void;
}

/** What a rule listens to; each is optional and called in this order. */
export interface Listener {
  /** Places whose marks it wants; `art` alone unless it says more. */
  readonly sees?: readonly Place[];
  /** Once, before the pages. */
  document?(pdf: Pdf): void;
  /** Before each page's content. */
  page?(page: PdfPage): void;
  group?(group: GroupMark): void;
  text?(mark: TextMark): void;
  path?(mark: PathMark): void;
  image?(mark: ImageMark): void;
  shading?(mark: ShadingMark): void;
  /** After each page's content. */
  pageEnd?(page: PdfPage): void;
  /** Where the ink on pages was counted: those pages that `needsInk` of some rule asks for. */
  coverage?(coverage: PageCoverage): void;
  /** Whether a page that has no more ink than this anywhere could break the rule; without it, any page could. */
  needsInk?(atMost: InkSum): boolean;
  /** Each page's picture. */
  picture?(picture: PagePicture): void;
  /** Once, after the pages. */
  end?(pdf: Pdf): void;
}

export interface Rule {
  /** `R0009`, or our own: `PX-…` for PDF/X, `PR-…` for the printer's, `DL-…` for dielines, `RD-…` for reading. */
  readonly id: string;
  /** Where it stands: `GWG 2022 R0009`, `ISO 15930-7, 6.2`. */
  readonly clause: string;
  /** What must hold, short: `Black text below 12 pt overprints`. */
  readonly title: string;
  /** One sentence: what to do when it does not. */
  readonly hint: string;
  /** Of limits and measured values. */
  readonly unit?: string;
  /** On which side of the limit it fails; `below` unless it says otherwise. */
  readonly fails?: 'below' | 'at or below' | 'above';
  /** A profile that is missing here does not have the rule. */
  readonly levels: Readonly<Partial<Record<ProfileName, readonly Level[]>>>;
  /** Whether there is something to hold the file against; without it always. */
  needs?(expect: Expectation): boolean;
  check(context: RuleContext): Listener;
}

// ----------------------------------------------------------------------------------------------- options

/** What the order says about one page; boxes are mm from the trim's top left corner. */
export interface PageExpectation {
  /** What must not be cut or folded away stays inside one of them. */
  readonly safe?: readonly Box[];
  /** Where type on the spine must stand. */
  readonly spine?: { readonly box: Box; readonly text: boolean };
  /** Areas that stay free of type, e.g. the barcode's. */
  readonly keepClear?: readonly { readonly name: string; readonly box: Box }[];
}

/** What the order says about the file, for the printer's own rules; each is judged only where it is given. */
export interface Expectation {
  /** Finished size, mm. */
  readonly trim?: Size;
  /** On all sides, mm. */
  readonly bleedMm?: number;
  /** What holds on each page, the first one first. */
  readonly onPages?: readonly PageExpectation[];
  readonly pages?: number;
  readonly maxBytes?: number;
  /** Whether marks may stand in the slug. */
  readonly marks?: boolean;
  /** Most ink at one point, %. */
  readonly inkLimit?: number;
  /** Spots that the order wants (dieline, white ink, varnish): not counted against it. */
  readonly spots?: readonly string[];
  /** Which spots are cut lines; without it the usual names (`CutContour`, `DIE LINE`, …). */
  readonly cutSpots?: readonly string[];
  /** Which spots are white ink or another coat below the art. */
  readonly whiteSpots?: readonly string[];
  /** Least size of a cut shape and least gap between two, mm. */
  readonly minFeatureMm?: number;
  readonly minGapMm?: number;
}

export interface PreflightOptions {
  readonly profile: Profile;
  /** Rules switched off by name. */
  readonly off?: readonly string[];
  readonly expect?: Expectation;
  /** For an encrypted file; the empty one is tried without asking. */
  readonly password?: string;
}
