/** What is painted on a page, as the walk tells the rules: colours, states, places. Part of `model.ts`. */
import type { Box } from '../units.ts';
import type { PdfPage } from './document/pdf.ts';

export type ColourFamily =
  | 'DeviceGray'
  | 'DeviceRGB'
  | 'DeviceCMYK'
  | 'CalGray'
  | 'CalRGB'
  | 'Lab'
  | 'ICCBased'
  | 'Indexed'
  | 'Separation'
  | 'DeviceN'
  | 'Pattern';

export interface ColourSpace {
  readonly family: ColourFamily;
  /** Components of a colour in it; 0 for a coloured pattern. */
  readonly components: number;
  /** Colorants of Separation and DeviceN as the file names them; empty for the others. */
  readonly names: readonly string[];
  /** Of Indexed and uncoloured patterns the base, of Separation, DeviceN and ICCBased the alternate. */
  readonly base: ColourSpace | null;
  /** Where a `DefaultGray`, `DefaultRGB` or `DefaultCMYK` of the resources took a device space's place. */
  readonly standsFor?: 'DeviceGray' | 'DeviceRGB' | 'DeviceCMYK';
  /** `Lab`'s ranges of a and b; `Indexed`'s table in components of the base, one byte each. */
  readonly range?: readonly number[];
  readonly table?: Uint8Array;
  /** The tint transformation, for whoever must compute the alternate's colour. */
  readonly tint?: unknown;
  /** A process colour space's own names in a DeviceN's attributes. */
  readonly process?: readonly string[];
}

/** An ink and how much of it, 0…1. Process inks are `Cyan`, `Magenta`, `Yellow`, `Black`. */
export interface Ink {
  readonly name: string;
  readonly tint: number;
}

/** The colour that something is painted with. */
export interface Paint {
  readonly space: ColourSpace;
  readonly components: readonly number[];
  /**
   * The inks that it names itself: of DeviceCMYK, DeviceGray (as black), Separation, DeviceN and Indexed over
   * them; `null` for RGB, Lab, calibrated and ICC colours, which only a profile could tell, and for patterns.
   */
  readonly inks: readonly Ink[] | null;
  /** What stands in place of a plain colour. */
  readonly pattern: 'tiling' | 'shading' | null;
}

/** A group of a PDF's layers (ISO 32000-1, 8.11), as far as print is concerned. */
export interface Layer {
  readonly name: string;
  /** Whether it prints by the default configuration. */
  readonly shown: boolean;
  /** ISO 19593-1: what the layer's marks are for in production. */
  readonly step: { readonly group: string; readonly type: string | null } | null;
}

/**
 * Where a mark stands: in the art; wholly outside the bleed; in a processing step's layer; in a layer that does
 * not print; in a soft mask, where colours are light and not ink.
 */
export type Place = 'art' | 'slug' | 'step' | 'hidden' | 'mask';

/** A line of a path, mm on the page; curves as their control points. */
export interface Subpath {
  /** x, y of the start, then of each segment's points in order. */
  readonly points: readonly number[];
  /** A letter for each segment: `l` one point, `c` three. */
  readonly segments: string;
  /** Closed by `h`, `re`, or an operator that closes. */
  readonly closed: boolean;
}

/** A clipping path within the one before it. */
export interface Clip {
  readonly path: readonly Subpath[];
  readonly evenOdd: boolean;
  readonly within: Clip | null;
}

/** What all marks have: where they are and with which state they were made. */
export interface Mark {
  readonly page: PdfPage;
  readonly place: Place;
  /** Its bounding box, cut by the clip's bounding box. */
  readonly box: Box;
  /** From the object's own space (text: glyph space's parent, image: the unit square) to mm on the page. */
  readonly matrix: readonly [number, number, number, number, number, number];
  readonly clip: Clip | null;
  /** Overprint of fills (`op`) and strokes (`OP`), and the overprint mode (`OPM`). */
  readonly overprintFill: boolean;
  readonly overprintStroke: boolean;
  readonly overprintMode: 0 | 1;
  /** The blend mode, `Normal` and the rest. */
  readonly blend: string;
  readonly alphaFill: number;
  readonly alphaStroke: number;
  /** Whether a soft mask is in force. */
  readonly softMask: boolean;
  readonly layer: Layer | null;
  /** Inside a tiling pattern's cell, a Type 3 glyph, an annotation's appearance. */
  readonly within: 'pattern' | 'glyph' | 'annotation' | null;
  /** The content that it stands in, for people: `page content`, `form /Fm0 (12 0 R)`. */
  readonly source: string;
}

export interface FontFacts {
  /** PostScript name without the subset's tag; `(none)` where there is none. */
  readonly name: string;
  /** `Type0`, `Type1`, `TrueType`, `Type3`, `MMType1`. */
  readonly type: string;
  readonly embedded: boolean;
}

export interface TextMark extends Mark {
  readonly font: FontFacts;
  /** Height of the em on the page, pt. */
  readonly sizePt: number;
  /** Width of a stroked glyph's line on the page, pt. */
  readonly lineWidthPt: number;
  /** `null` where glyphs are not filled, not stroked; both for invisible text. */
  readonly fill: Paint | null;
  readonly stroke: Paint | null;
  /** Character codes shown. */
  readonly codes: readonly number[];
}

export interface PathMark extends Mark {
  readonly path: readonly Subpath[];
  readonly fill: Paint | null;
  readonly evenOdd: boolean;
  readonly stroke: Paint | null;
  /** On the page, pt, where it is thinnest; 0 is the device's thinnest line. */
  readonly lineWidthPt: number;
  readonly dashed: boolean;
}

export interface ImageMark extends Mark {
  /** The stream's object for images that are not inline. */
  readonly object: string | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerComponent: number;
  /** `null` for stencil masks and for JPEG 2000 that names none. */
  readonly space: ColourSpace | null;
  /** What a stencil mask is filled with. */
  readonly stencil: Paint | null;
  readonly hasSoftMask: boolean;
  /** Effective resolution along the image's width and height, px per inch. */
  readonly ppi: { readonly x: number; readonly y: number };
  /** The image's XObject or inline dictionary, and its encoded bytes. */
  readonly stream: { readonly dict: unknown; readonly contents: Uint8Array };
}

export interface ShadingMark extends Mark {
  /** 1–7, ISO 32000-1, 8.7.4.5; 0 where it is missing. */
  readonly type: number;
  readonly space: ColourSpace | null;
  /** By `sh`, or as the pattern of a path or of text. */
  readonly by: 'sh' | 'pattern';
}

/** A transparency group: the page's own, a form's, a soft mask's. */
export interface GroupMark {
  readonly page: PdfPage;
  readonly of: 'page' | 'form' | 'soft mask';
  /** `null` where the group names none. */
  readonly space: ColourSpace | null;
  readonly isolated: boolean;
  readonly knockout: boolean;
  /** With which it is laid on what is below it: inside it blending starts afresh. */
  readonly blend: string;
  readonly source: string;
  readonly place: Place;
}
