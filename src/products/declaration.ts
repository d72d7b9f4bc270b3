import * as z from 'zod';
import { expression, filledText } from './expression.ts';
import { MARK_STYLES } from './geometry.ts';
import { mockUpDeclaration } from './mock-up.ts';
import { namedSize } from './sizes.ts';
import { sourced } from './sourced.ts';
import { SPOT_ROLE_NAMES } from './spot-roles.ts';

const name = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'Expected a name such as flapWidth');
const kind = z.string().regex(/^[a-z][a-z0-9-]*$/, 'Expected a name such as front or flap-front');
const sentence = z.string().min(1);

/** A number of a product or a printer, with its origin. */
export const number = sourced(
  z.number(),
  'mm',
  'in',
  'mm²',
  'pt',
  'px',
  'ppi',
  'pages',
  'count',
  'share',
  'degrees',
);

const byName = z.strictObject({
  /** The parameter whose value decides. */
  by: name,
  values: z.record(z.string(), number),
  /** Where its value is none of them. */
  else: number,
});

const common = { description: sentence };

/** What an order may say of a product; each is an option of `make`. */
const parameter = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('size'),
    /** Named sizes, or the shipped book formats. */
    sizes: z.union([z.literal('books'), z.array(namedSize).min(1)]),
    /** A name; `printer` is the printer's usual. Without one the first. */
    default: z.string().exactOptional(),
    /** Whether a width and height may be given instead of a name; mm that they may have. */
    free: z.union([z.literal(false), z.strictObject({ min: z.number(), max: z.number() })]).default(false),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('length'),
    /** Without one the order must say it. */
    default: z.union([number, byName, z.strictObject({ expression })]).exactOptional(),
    min: expression.exactOptional(),
    max: expression.exactOptional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('number'),
    whole: z.boolean().default(true),
    default: z.union([number, z.number()]).exactOptional(),
    min: z.number().exactOptional(),
    max: z.number().exactOptional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('choice'),
    choices: z.array(z.string()).min(2),
    /** Without one it is as the template wants it, or the first. */
    default: z.string().exactOptional(),
  }),
  z.strictObject({ ...common, kind: z.literal('flag') }),
  z.strictObject({ ...common, kind: z.literal('text'), maxLength: z.number().default(500) }),
  /** The spine of a book: options for its pages and paper, or its width as given by the printer. */
  z.strictObject({ ...common, kind: z.literal('spine') }),
]);

const edges = z.strictObject({ top: expression, right: expression, bottom: expression, left: expression });

const box = {
  x: expression.exactOptional(),
  y: expression.exactOptional(),
  width: expression.exactOptional(),
  height: expression.exactOptional(),
};
/** What is there only under a condition. */
const when = { when: expression.exactOptional() };

const panel = z.strictObject({
  name: kind,
  ...box,
  ...when,
  /** From the panel's sides to what must not be cut or folded away; the printer's where it is not given. */
  safe: z.union([expression, edges]).exactOptional(),
  /** Whether type may stand there. */
  text: expression.exactOptional(),
});

const fold = z.strictObject({
  name: kind,
  ...when,
  /** mm from the left: an upright fold; from the top: a level one. */
  x: expression.exactOptional(),
  y: expression.exactOptional(),
});

const dieline = z.strictObject({
  role: z.enum(SPOT_ROLE_NAMES),
  shape: z.enum(['rectangle', 'ellipse', 'contour', 'white']),
  ...box,
  ...when,
  radius: expression.exactOptional(),
  /** Thickness in pt, or filled. */
  stroke: z.union([z.literal('fill'), expression]).prefault(0.25),
});

const layout = {
  panels: z.array(panel).exactOptional(),
  folds: z.array(fold).default([]),
  keepClear: z.array(z.strictObject({ name: z.string(), ...box, ...when })).default([]),
  dielines: z.array(dieline).default([]),
};

const page = z.strictObject({
  kind,
  /** How many of them there are, one where it is not said. */
  count: expression.exactOptional(),
  ...when,
  ...layout,
});

/** Something that a printer's machine cannot do otherwise. */
const check = z.strictObject({
  /** What is measured, as the refusal says it: `the shorter side of a sticker`. */
  what: sentence,
  value: expression,
  /** The number that it must reach, by its name among the product's and the printer's. */
  atLeast: name,
  ...when,
});

/** What the user is told where an order is possible but not as it should be. */
const advice = z.strictObject({
  when: expression,
  /** With lengths in braces: `A flap of {flap} …`. */
  say: filledText,
});

/** What products are sorted by; a printer makes whole groups or single products. */
export const PRODUCT_GROUPS = ['covers', 'stickers', 'paper', 'things'] as const;
/** A PDF for a press; or a PNG of exactly its pixels. */
export const OUTPUTS = ['press', 'image'] as const;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A product's file: its geometry in mm, what an order may say, what comes out. */
export const declaration = z.strictObject({
  title: z.string().min(1),
  description: sentence,
  group: z.enum(PRODUCT_GROUPS),
  output: z.enum(OUTPUTS).default('press'),
  /** What the whole flat thing is called in summaries: `cover`, `card`. */
  noun: z.string().default('product'),
  /** The printer that is taken where the order names none. */
  printer: z.string(),
  /** Options of an order that can be made, for samples: what has no usual value. */
  example: z.record(name, z.union([scalar, z.array(scalar)])).default({}),
  /** How many pictures an order may have. */
  pictures: z
    .strictObject({ min: z.int().positive().default(1), max: z.int().positive().default(1) })
    .prefault({}),
  parameters: z.record(name, parameter).default({}),
  /** What the product needs to know; a printer's own number of that name comes first. */
  numbers: z.record(name, number).default({}),
  /** What may fill its picture places besides one picture. */
  fills: z.array(z.enum(['repeat', 'mosaic'])).default([]),
  /** What the program works out before the geometry: contours, the months of a year … */
  prepares: z.array(kind).default([]),
  /** Named intermediate values, each may use those before it. */
  let: z.record(name, expression).default({}),
  /** One finished leaf or front; the trim where it is not given. */
  format: z.strictObject({ width: expression, height: expression }).exactOptional(),
  trim: z.strictObject({ width: expression, height: expression }),
  checks: z.array(check).default([]),
  /** Whether the art without its dielines, and the dielines without the art, are delivered beside the press file. */
  apart: z.boolean().default(false),
  advice: z.array(advice).default([]),
  /** The printer's where it is not given. */
  bleed: z.union([expression, edges]).exactOptional(),
  marks: z.union([z.literal('printer'), z.enum(MARK_STYLES)]).default('printer'),
  /** Whether art reaches everywhere into the bleed: not on what is cut out of clear or white ground. */
  fullBleed: z.boolean().default(true),
  /** Of an image. */
  image: z
    .strictObject({
      /** px per inch; the printer's where it is not given. */
      ppi: expression.exactOptional(),
      /** Whether what no art covers stays clear. */
      transparent: z.boolean().default(false),
      /** With it, the white ink under the art is a second file; how far it keeps inside the art's edge, mm. */
      whiteChoke: expression.exactOptional(),
    })
    .prefault({}),
  ...layout,
  pages: z.array(page).exactOptional(),
  /** What it looks like in the hand, where that does not follow from its panels. */
  mockUp: mockUpDeclaration.exactOptional(),
});

export type Declaration = z.output<typeof declaration>;
export type ParameterDeclaration = Declaration['parameters'][string];
export type PanelDeclaration = z.output<typeof panel>;
export type LayoutDeclaration = Pick<Declaration, 'panels' | 'folds' | 'keepClear' | 'dielines'>;
export type SourcedNumber = z.output<typeof number>;
