import * as z from 'zod';
import { PROFILES, type Report } from '../model.ts';

const mm = z.number().describe('mm');
const size = z.object({ width: mm, height: mm });
const box = z
  .object({ x: mm, y: mm, width: mm, height: mm })
  .describe("mm from the top left corner of the page's MediaBox as it is shown, y downwards");
const page = z.int().min(1).nullable().describe('From 1; null for the file as a whole');
const measured = z
  .union([z.object({ value: z.number(), unit: z.string().describe('pt, mm, ppi, % or none') }), z.string()])
  .describe('A number with its unit, or the words found');

const finding = z.object({
  rule: z.string().describe("The rule's id: R0031 of GWG 2022, or PX-, PR-, DL-, RD- of our own"),
  severity: z.enum(['error', 'warning']),
  page,
  box: box.nullable().describe('Where the worst of them stands'),
  message: z.string().describe('One sentence: what is wrong'),
  measured: measured.exactOptional(),
  threshold: measured.exactOptional(),
  hint: z.string().describe('One sentence: what to do'),
  object: z.string().describe('What it is about: a font, a spot, an image').exactOptional(),
  count: z.int().min(1).describe('How often on this page'),
  boxes: z.array(box).describe('The first of the places'),
});

const report = z.object({
  file: z.object({
    bytes: z.int().min(0),
    version: z.string().nullable(),
    pages: z.int().min(0),
    encrypted: z.boolean(),
    title: z.string().nullable(),
    creator: z.string().nullable(),
    producer: z.string().nullable(),
    standard: z.string().nullable().describe('What the file calls itself: PDF/X-4'),
  }),
  profile: z.object({
    name: z.string().describe(`${PROFILES.join(', ')}, or a printer's name`),
    title: z.string(),
  }),
  pages: z.array(
    z.object({
      number: z.int().min(1),
      media: size,
      crop: box.nullable(),
      bleed: box.nullable(),
      trim: box.nullable(),
      art: box.nullable(),
      rotate: z.number().describe('0, 90, 180 or 270, clockwise'),
      userUnit: z.number(),
      ink: z
        .union([
          z.object({ counted: z.number().describe('%, as the page was drawn') }),
          z.object({
            atMost: z.number().describe('%, by its colours alone: below every limit, so not drawn'),
          }),
        ])
        .describe('The ink at its inkiest point, of all inks; missing where no rule asks or none was counted')
        .exactOptional(),
    }),
  ),
  findings: z.array(finding).describe('Errors first, then by page and rule'),
  unjudged: z
    .array(z.object({ what: z.string(), why: z.string(), page }))
    .describe('What could not be judged, said instead of passed over'),
  judged: z.array(z.string()).describe('The rules that were judged, so that silence means something'),
  switchedOff: z.array(z.string()).describe('Rules of the profile that the user switched off by name'),
});

/** What `printcat preflight --json` prints. */
export const preflightOutput = z
  .object({
    format: z.literal('printcat-preflight-1'),
    files: z.array(
      z.object({
        path: z.string().describe('As it was given'),
        verdict: z.enum(['clean', 'warnings', 'errors', 'unusable']),
        problem: z.string().describe('Of an unusable file: why it is none').exactOptional(),
        report: report.exactOptional(),
        fixed: z
          .object({
            path: z.string(),
            changes: z.array(z.string()).describe('Each change that was made'),
            left: z.array(z.string()).describe('What was not safe to change'),
          })
          .describe('Of --fix: the report is then that of the fixed file')
          .exactOptional(),
      }),
    ),
  })
  .meta({ title: 'printcat preflight --json', description: 'Reports of one run, a file each' });

export type PreflightOutput = z.output<typeof preflightOutput>;
export type FileOutput = PreflightOutput['files'][number];

/** A report as it goes into JSON: the same data, in types that zod reads. */
export const asOutput = (judged: Report): NonNullable<FileOutput['report']> => report.parse(judged);

/** The published JSON Schema, as it stands in assets/schemas/preflight-report.schema.json. */
export const jsonSchema = (): string => `${JSON.stringify(z.toJSONSchema(preflightOutput), null, 2)}\n`;
