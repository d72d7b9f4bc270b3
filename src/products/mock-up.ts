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
  /** Lying flat, or on what it is delivered or worn on. */
  z.strictObject({
    shape: z.literal('sheet'),
    source,
    on: z.enum(['table', 'backing', 'cloth']).default('table'),
    thickness: expression.exactOptional(),
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
export type MockUp = BookMockUp | CylinderMockUp | DiscMockUp | SheetMockUp | BagMockUp;

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
  readonly on: 'table' | 'backing' | 'cloth';
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
  const cuts = pages[0]!.dielines.filter(({ role }) => role === 'cut').map(({ path }) => path);
  return {
    ...{ shape: 'sheet', on: 'table', thickness: CARD, front: whole },
    // More than two are a book's or a calendar's leaves: the first one is shown.
    back: pages.length === 2 ? { ...whole, page: 1 } : null,
    outline: cuts.length === 0 ? null : cuts.map(toSvgData).join(''),
  };
}
