import type { BleedFill } from '../artwork/artwork.ts';
import type { FieldFacts, Template } from '../layout/template.ts';
import type { OptionFacts } from '../option-facts.ts';
import type { Level } from '../preflight/model.ts';
import type { Fold, Note } from '../products/geometry.ts';
import type { MockUp } from '../products/mock-up.ts';
import type { SummaryRow } from '../products/product.ts';
import type { Box, Size } from '../units.ts';
import type { Complaint } from './answer.ts';

/** What the studio and its page say to each other. Types alone: the page is bundled for the browser. */

/** An order as files write it; the page changes it, the server reads it as it reads files. */
export interface WrittenOrder {
  product: string;
  images: string[];
  template?: string | undefined;
  fields: Record<string, string>;
  [option: string]: unknown;
}

/** A picture that is told of in the picker. */
export interface ListedPicture {
  readonly id: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly text: string;
  readonly tags: readonly string[];
  readonly decision: 'unreviewed' | 'released' | 'rejected';
}

export interface PictureList {
  readonly total: number;
  readonly pictures: readonly ListedPicture[];
}

export interface ListedTemplate {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly products: readonly string[];
  readonly language: string;
  readonly translations: Template['translations'];
  readonly binding: 'left' | 'right' | undefined;
  readonly fields: readonly (FieldFacts & { readonly choices: readonly string[] | null })[];
  /** Fields of its samples, for what must be filled in, by product. */
  readonly samples: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface ListedProduct {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly group: string;
  readonly pictures: { readonly min: number; readonly max: number };
  readonly options: Readonly<Record<string, OptionFacts>>;
  /** Values that may stand in a control of free text, by option: names of sizes, papers by printer. */
  readonly suggestions: Readonly<Record<string, readonly Suggestion[]>>;
  /** Options that make a working one. */
  readonly example: Readonly<Record<string, unknown>>;
}

export interface Suggestion {
  readonly value: string;
  readonly title: string;
  /** Of one printer alone. */
  readonly printer?: string;
}

/** Everything that can be chosen in this workspace. */
export interface Choices {
  readonly products: readonly ListedProduct[];
  readonly templates: readonly ListedTemplate[];
  /** Options of every order. */
  readonly options: Readonly<Record<string, OptionFacts>>;
  /** Tags of the catalogue's pictures. */
  readonly tags: readonly string[];
  /** The order that the page starts with. */
  readonly order: WrittenOrder | null;
}

export type GuideKind = 'trim' | 'bleed' | 'safe' | 'fold' | 'clear';

/** A line or frame that a printer measures; mm from the sheet's top left corner. */
export interface ShownGuide {
  readonly kind: GuideKind;
  readonly line?: Fold['line'];
  readonly box: Box;
  /** `front`, `barcode`; empty for what is the page's own. */
  readonly name: string;
}

export interface ShownDieline {
  readonly role: string;
  /** `d` of an SVG path, mm from the trim's top left corner. */
  readonly path: string;
  /** Line width in pt, `null` where it is an area. */
  readonly stroke: number | null;
}

export interface ShownPage {
  readonly kind: string;
  readonly guides: readonly ShownGuide[];
  readonly dielines: readonly ShownDieline[];
}

/** Who decides on a picture's place: the order, or a hand before (kept in the catalogue). */
export type Chooser = 'order' | 'kept';

/** A place of a picture, and what of it is shown there. */
export interface ShownSlot {
  readonly slot: string;
  /** Its page, from 0. */
  readonly page: number;
  /** Which of the order's pictures, from 0. */
  readonly picture: number;
  /** mm from the trim's top left corner. */
  readonly box: Box;
  /** That picture's ID. */
  readonly image: string;
  /** True resolution of the original at this size, px per inch. */
  readonly ppi: number;
  /** The picture's point in the middle of the place's trim, in fractions of the picture. */
  readonly focus: { readonly x: number; readonly y: number };
  /** How much of the picture is seen in the place, in fractions of it; more than 1 where the bleed is filled. */
  readonly span: { readonly x: number; readonly y: number };
  readonly zoom: number;
  /** Whether the picture can be moved here: one picture, not a pattern. */
  readonly movable: boolean;
  /** Who chose the crop; `null` where nobody did: it was found. */
  readonly chosen: Chooser | null;
  readonly bleedFill: BleedFill;
  /** The same of how the bleed is filled. */
  readonly bleedFillChosen: Chooser | null;
}

export interface View {
  /** Address of the rendering, ending in a slash; `?page=2` shows the second page. */
  readonly address: string;
  readonly template: string;
  readonly media: Size;
  /** The trim on the sheet, mm from its top left corner. */
  readonly trim: Box;
  readonly bleed: Box;
  readonly pages: readonly ShownPage[];
  readonly slots: readonly ShownSlot[];
  /** px per inch. */
  readonly ppi: {
    /** What pictures have at most in print. */
    readonly printed: number;
    /** What the printer asks for. */
    readonly asked: number;
    /** At or below which it finds pictures too coarse, the gravest first: preflight's own limits. */
    readonly levels: readonly Required<Level>[];
  };
  readonly summary: readonly SummaryRow[];
  readonly notes: readonly Note[];
  readonly spine: number | null;
  readonly isImage: boolean;
  /** Pictures of the order that nobody has released, of which `make` makes nothing but trials. */
  readonly unreleased: readonly string[];
  /** What it looks like in the hand. */
  readonly mockUp: MockUp;
  /** ms that it took. */
  readonly took: number;
}

export interface ShownFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** From 1; `null` for the file as a whole. */
  readonly page: number | null;
  readonly message: string;
  readonly hint: string;
  /** mm from the sheet's top left corner. */
  readonly boxes: readonly Box[];
}

export interface PressView {
  readonly key: string;
  readonly pages: number;
  readonly standard: string;
  readonly findings: readonly ShownFinding[];
  readonly unjudged: readonly string[];
  /** Inks of which plates can be seen; empty for files without plates. */
  readonly inks: readonly string[];
  /** Where the scale of the total ink ends: the printer's limit, %. */
  readonly inkLimit: number;
  /** The most ink on each page, %. */
  readonly ink: readonly (number | null)[];
  readonly took: number;
}

export interface MadeFiles {
  readonly id: string;
  readonly files: readonly { readonly role: string; readonly name: string }[];
}

/** A line of a long answer, one JSON a line. */
export type Progress<T> =
  | { readonly stage: string }
  | { readonly done: T }
  | { readonly error: Complaint & { readonly control: string | null } };
