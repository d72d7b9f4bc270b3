import * as z from 'zod';
import { toSvgData } from '../contours/path-text.ts';
import type { Box } from '../units.ts';
import { expression, numberOf, type Scope } from './expression.ts';
import type { Geometry, PageDesign, Panel } from './geometry.ts';

/** What a mock-up's numbers rest on, where no printer gives them. */
const source = z.string().min(1).exactOptional();

/** What a product looks like in the hand; without it that follows from its panels. Lengths are mm. */
export const mockUpDeclaration = z.discriminatedUnion('shape', [
  z.strictObject({
    shape: z.literal('book'),
    source,
    /** Of the book, where the product covers only a part of it: an obi. */
    height: expression.exactOptional(),
    /** How far stiff boards stand out beyond the pages; 0 or nothing is a paperback. */
    overhang: expression.exactOptional(),
  }),
  /** Wrapped around a mug, the middle opposite its handle. */
  z.strictObject({
    shape: z.literal('cylinder'),
    source,
    diameter: expression,
    height: expression,
  }),
  /** A round face that curves down at its edge, by which the print runs on. */
  z.strictObject({ shape: z.literal('disc'), source, diameter: expression }),
  /** Lying flat, or on what it is delivered on. */
  z.strictObject({
    shape: z.literal('sheet'),
    source,
    on: z.enum(['table', 'backing']).default('table'),
    thickness: expression.exactOptional(),
  }),
  /** Printed on the chest of a T-shirt. */
  z.strictObject({
    shape: z.literal('shirt'),
    source,
    /** Whether it is a dark one. */
    dark: expression.exactOptional(),
  }),
  /** Cut out of clear acrylic along its contour, hung on a chain by the hole in it. */
  z.strictObject({ shape: z.literal('keychain'), source, thickness: expression }),
  /** On the back of a telephone, the print running over its sides. */
  z.strictObject({
    shape: z.literal('phone-case'),
    source,
    /** Width of the sides that are printed, and thickness of the telephone in its case. */
    side: expression,
    thickness: expression,
    /** Radius of the corners. */
    corner: expression,
  }),
  /** Folded at its bottom, the print running from the front to the back. */
  z.strictObject({ shape: z.literal('bag'), source }),
]);

export type MockUpDeclaration = z.output<typeof mockUpDeclaration>;

/** A part of a page that is seen on a side of the thing. */
export interface Face {
  /** From 0. */
  readonly page: number;
  /** mm from the trim's top left corner; reaches into the bleed where the print runs around an edge. */
  readonly box: Box;
}

/** What stands before the camera: a shape with lengths in mm, and which part of which page is on it. */
export type MockUp =
  | BookMockUp
  | CylinderMockUp
  | DiscMockUp
  | SheetMockUp
  | BagMockUp
  | ShirtMockUp
  | KeychainMockUp
  | PhoneCaseMockUp;

export interface BookMockUp {
  readonly shape: 'book';
  /** Height of the book, mm; its covers may be lower. */
  readonly height: number;
  /** Thickness, mm. */
  readonly depth: number;
  readonly binding: 'left' | 'right';
  /** How far the boards stand out beyond the pages, mm; 0 for a paperback. */
  readonly overhang: number;
  readonly front: Face;
  readonly back: Face;
  readonly spine: Face | null;
  readonly flapFront: Face | null;
  readonly flapBack: Face | null;
}

export interface CylinderMockUp {
  readonly shape: 'cylinder';
  readonly diameter: number;
  readonly height: number;
  readonly wrap: Face;
}

export interface DiscMockUp {
  readonly shape: 'disc';
  readonly diameter: number;
  readonly face: Face;
}

export interface SheetMockUp {
  readonly shape: 'sheet';
  readonly on: 'table' | 'backing';
  readonly thickness: number;
  readonly front: Face;
  /** The other side of a thing of two pages. */
  readonly back: Face | null;
  /** `d` of an SVG path, mm from the trim's top left corner: what is cut out; `null` for the whole. */
  readonly outline: string | null;
}

export interface BagMockUp {
  readonly shape: 'bag';
  readonly front: Face;
  readonly back: Face;
}

export interface ShirtMockUp {
  readonly shape: 'shirt';
  readonly dark: boolean;
  readonly print: Face;
}

export interface KeychainMockUp {
  readonly shape: 'keychain';
  /** Of the acrylic, mm. */
  readonly thickness: number;
  readonly front: Face;
  /** `d` of an SVG path, mm from the trim's top left corner: the cut and the hole in it. */
  readonly outline: string;
  /** The same for the white ink under the art; `null` where there is none, and light shines through. */
  readonly white: string | null;
}

export interface PhoneCaseMockUp {
  readonly shape: 'phone-case';
  /** The back with its sides. */
  readonly face: Face;
  /** mm */
  readonly side: number;
  readonly thickness: number;
  readonly corner: number;
  /** The opening for the camera, mm from the trim's top left corner; `null` where there is none. */
  readonly camera: Box | null;
}

/** Folded board and clear files are at least this thick, mm. */
const LEAST_DEPTH = 0.8;
/** A sheet of card, mm. */
const CARD = 0.35;

/**
 * What an order looks like in the hand: as declared, else a book where its panels are a front and a back beside each
 * other, else a sheet.
 * @param scope every name that the declaration's expressions may use
 */
export function mockUpOf(declared: MockUpDeclaration | undefined, geometry: Geometry, scope: Scope): MockUp {
  const { trim } = geometry;
  const first = geometry.pages[0]!;
  const whole: Face = { page: 0, box: { x: 0, y: 0, ...trim } };
  switch (declared?.shape) {
    case 'cylinder':
      return {
        ...{ shape: 'cylinder', wrap: whole },
        diameter: numberOf(declared.diameter, scope),
        height: numberOf(declared.height, scope),
      };
    case 'disc':
      return { shape: 'disc', diameter: numberOf(declared.diameter, scope), face: whole };
    case 'bag': {
      const half = trim.height / 2;
      return {
        shape: 'bag',
        front: { page: 0, box: { x: 0, y: 0, width: trim.width, height: half } },
        back: { page: 0, box: { x: 0, y: half, width: trim.width, height: half } },
      };
    }
    case 'shirt':
      return { shape: 'shirt', dark: Boolean(declared.dark?.evaluate(scope)), print: whole };
    case 'keychain': {
      const outline = pathOf(first, 'cut');
      if (outline === null) return sheetOf(geometry, whole);
      const thickness = numberOf(declared.thickness, scope);
      return { shape: 'keychain', thickness, front: whole, outline, white: pathOf(first, 'white') };
    }
    case 'phone-case':
      return {
        ...{ shape: 'phone-case', face: whole },
        side: numberOf(declared.side, scope),
        thickness: numberOf(declared.thickness, scope),
        corner: numberOf(declared.corner, scope),
        camera: first.keepClear.find(({ name }) => name === 'camera')?.box ?? null,
      };
    case 'sheet':
      return {
        ...sheetOf(geometry, whole),
        on: declared.on,
        ...(declared.thickness && { thickness: numberOf(declared.thickness, scope) }),
      };
    default: {
      const book = bookOf(first, geometry);
      if (!book) return sheetOf(geometry, whole);
      const { height, overhang } = declared ?? {};
      return {
        ...book,
        height: height ? numberOf(height, scope) : book.height,
        overhang: overhang ? numberOf(overhang, scope) : 0,
      };
    }
  }
}

function bookOf({ panels }: PageDesign, { binding }: Geometry): BookMockUp | null {
  const named = (name: string): Panel | undefined => panels.find((panel) => panel.name === name);
  const face = (name: string): Face | null => {
    const found = named(name);
    return found ? { page: 0, box: found.box } : null;
  };
  const [front, back] = [face('front'), face('back')];
  if (!front || !back) return null;
  const spine = face('spine');
  return {
    ...{ shape: 'book', overhang: 0, front, back, spine },
    height: front.box.height,
    depth: Math.max(LEAST_DEPTH, spine?.box.width ?? 0),
    binding: binding ?? (front.box.x < back.box.x ? 'right' : 'left'),
    flapFront: face('flap-front'),
    flapBack: face('flap-back'),
  };
}

function sheetOf({ pages }: Geometry, whole: Face): SheetMockUp {
  return {
    ...{ shape: 'sheet', on: 'table', thickness: CARD, front: whole },
    // More than two are a book's or a calendar's leaves: the first one is shown.
    back: pages.length === 2 ? { ...whole, page: 1 } : null,
    outline: pathOf(pages[0]!, 'cut'),
  };
}

/** The dielines of a role as one path; `null` where there is none. */
function pathOf({ dielines }: PageDesign, role: string): string | null {
  const paths = dielines.filter((line) => line.role === role).map(({ path }) => toSvgData(path));
  return paths.length === 0 ? null : paths.join('');
}
