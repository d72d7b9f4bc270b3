import * as z from 'zod';
import { DECISIONS } from '../catalogue/image.ts';
import { AUTHORITY_NAMES } from '../products/sourced.ts';
import { fileEntry } from './file-entry.ts';

/** What the zod schema reads, as nobody changes it any more. */
export type Immutable<T> = T extends readonly (infer U)[]
  ? readonly Immutable<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Expected a SHA-256 of 64 hexadecimal digits');

const mm = z.number().describe('mm');
const size = z.strictObject({ width: mm, height: mm });
const box = z
  .strictObject({ x: mm, y: mm, width: mm, height: mm })
  .describe("mm from the top left corner of the MediaBox, y downwards; a PNG's page is its media");
const ppi = z.number().describe('px per inch');

const plain = z.union([z.number(), z.string()]);
const origin = {
  authority: z.enum(AUTHORITY_NAMES).describe('Who stands behind it; `unverified` is nobody'),
  source: z.string(),
  retrieved: z.string().describe('YYYY-MM in which the source was read').exactOptional(),
};
const presetNumber = z.strictObject({
  name: z.string().describe('`bleed`, `spine.clear`, `size a6`'),
  value: z.union([plain, size, z.array(z.union([plain, z.array(z.number())]))]),
  unit: z.string(),
  ...origin,
});

const gamut = z
  .strictObject({
    share: z.number().describe('Of the trimmed area, 0 to 1'),
    threshold: z.number().describe('What counts as out of reach, ΔE2000'),
    most: z.number().describe('The largest distance, ΔE2000'),
  })
  .nullable()
  .describe('How much of it the press cannot reach; null where nobody asked');

const page = z.strictObject({
  number: z.int().min(1).describe('As in the file'),
  kind: z.string().describe('front, inside, month …'),
  gamut,
});

const colours = z
  .strictObject({
    space: z.enum(['cmyk', 'rgb']).describe('CMYK inks, or sRGB, which the printer converts'),
    profile: z.string(),
    condition: z.string().describe('The printing condition by its name in the output intent'),
    registered: z.boolean().describe('Whether that name is one of the registry at www.color.org'),
    intent: z.string().nullable().describe('How colours came into inks; null where they did not'),
    inkLimit: z
      .number()
      .nullable()
      .describe("Total area coverage, %: the printer's limit; null where the profile decides"),
    mostInk: z.number().nullable().describe('The most ink that any colour or pixel was given, %'),
    spots: z
      .array(
        z.strictObject({
          name: z.string().describe('On the plate, letter by letter'),
          step: z.string().nullable().describe('What it does where it is no colour: Cutting, White'),
        }),
      )
      .describe('The inks besides the four'),
  })
  .describe('The press intent: what the file is written for');

const preflight = z.strictObject({
  profile: z.string(),
  verdict: z.string().describe('`nothing found`, `2 warnings`: a file with errors is not delivered'),
  judged: z.array(z.string()).describe('The rules that were judged'),
  switchedOff: z.array(z.string()).describe('Rules that the user switched off by name'),
  findings: z.array(z.strictObject({ rule: z.string(), message: z.string(), count: z.int().min(1) })),
  unjudged: z.array(z.string()).describe('What could not be judged, and why'),
});

const picture = z
  .strictObject({
    slot: z.string(),
    page: z.int().min(1),
    image: z.string().describe('ID of the image'),
    size,
    widthPx: z.int(),
    heightPx: z.int(),
    ppi: ppi.describe('Resolution in the file, px per inch'),
    sourcePpi: ppi.describe("Resolution that the original's own pixels have at this size, px per inch"),
    factor: z.number().describe('How many times it was enlarged'),
    method: z.string(),
  })
  .describe('A picture on the product');

const image = z
  .strictObject({
    id: z.string(),
    sha256: sha256.describe("Of the original's bytes"),
    generator: z.string().nullable(),
    model: z.string().nullable(),
    seed: z.string().nullable().describe('Decimal digits'),
    digitalSourceType: z.string().nullable().describe('IPTC DigitalSourceType, as the original says'),
    decision: z.enum(DECISIONS).describe('Only a trial is made from a picture that is not released'),
  })
  .describe('Where a picture comes from');

/** All that is known of a made order, in the form in which it is written beside its files. */
export const manifestSchema = z
  .strictObject({
    format: z.literal('printcat-manifest-1'),
    program: z.string(),
    idempotencyKey: sha256.describe(
      'Of what is printed and how many: an order sent twice by mistake has the same. A hash over its words, the pictures, the template, the product, the printer, the quantity and the SKU',
    ),
    filesKey: sha256.describe(
      'Of the files: where it is the same they are, and need not be made again. Beside the order it knows the version of the program, the looks of the proofs and the date',
    ),
    quantity: z.int().min(1),
    date: z.string().describe("ISO 8601, UTC: the date that the files carry, the main picture's own"),
    provider: z
      .strictObject({ name: z.string(), title: z.string(), sku: z.string().nullable() })
      .describe('Who prints it, and its article number where it is known'),
    product: z.string(),
    group: z.string().describe('covers, paper, stickers, things …'),
    template: z.string(),
    standard: z.string(),
    pages: z.array(page).min(1).describe('What each page is; all have these boxes'),
    boxes: z.strictObject({ media: size, bleed: box, trim: box }),
    spine: z.strictObject({ value: z.number(), unit: z.string(), ...origin }).nullable(),
    preset: z
      .array(presetNumber)
      .describe('The numbers that decided about it, each with its source and date'),
    summary: z
      .array(z.strictObject({ label: z.string(), value: z.string(), source: z.string().exactOptional() }))
      .describe("What a printer's form asks for"),
    colours,
    ppi: z
      .strictObject({ wanted: ppi, least: ppi.nullable() })
      .describe('What was asked for, and the least that a picture has; null where there is no picture'),
    proof: z.strictObject({
      paperWhite: z.boolean().describe("Whether it shows the paper's own colour; else it stands for white"),
      gamut,
    }),
    preflight,
    pictures: z.array(picture),
    fonts: z.array(
      z.strictObject({
        name: z.string().describe("PostScript name without the subset's tag"),
        type: z.string(),
        embedded: z.boolean(),
      }),
    ),
    images: z.array(image).describe("The order's, the main one first"),
    notes: z.array(z.strictObject({ level: z.enum(['info', 'warning']), text: z.string() })),
    files: z.array(fileEntry).min(1),
  })
  .meta({
    title: 'printcat manifest',
    description: 'A made order: what a printer or a provider must know of it. Lengths are mm.',
  });

export type Manifest = Immutable<z.output<typeof manifestSchema>>;

/** The published JSON Schema, as it stands in assets/schemas/manifest.schema.json. */
export const manifestJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(manifestSchema), null, 2)}\n`;
