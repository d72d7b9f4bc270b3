import * as z from 'zod';
import { BLEED_FILLS } from '../artwork/artwork.ts';
import { fileEntry, nearPath } from '../delivery/file-entry.ts';
import type { Order } from '../order/order.ts';
import { orderOptions } from '../order/order-options.ts';
import { sha256Text } from './objects.ts';

const { set: _, ...basics } = orderOptions;

/** An order that was read already: no text is left in it that means something else. */
const readOrder = z.strictObject({
  ...basics,
  focal: z.strictObject({ x: z.number(), y: z.number() }).optional(),
  product: z.string(),
  images: z.array(z.string()).min(1),
  name: nearPath.optional(),
  fields: z.record(z.string(), z.string()),
  options: z.record(z.string(), z.unknown()),
  data: z.record(z.string(), z.unknown()).optional(),
});

const crop = z.strictObject({ x: z.number(), y: z.number(), zoom: z.number() });

const sentPicture = z.strictObject({
  record: sha256Text,
  crop: crop.nullable(),
  bleedFill: z.enum(BLEED_FILLS).nullable(),
});

/** An order as it lies in the queue. What it needs lies in the store; a `sha256` says where. */
export const sentOrder = z.strictObject({
  order: z.custom<Order>((value) => readOrder.safeParse(value).success, 'Expected an order'),
  look: z.strictObject({
    proof: z.boolean().default(true),
    guides: z.boolean().default(false),
    paperWhite: z.boolean().default(false),
    gamut: z.boolean().default(false),
  }),
  /** Rules of preflight that are switched off. */
  without: z.array(z.string()),
  /** The folder of its template, as a tree, under the template's name. */
  template: z.strictObject({ name: nearPath, tree: sha256Text }),
  /** The sender's own products and printers, as a tree. */
  workspace: sha256Text,
  /** A press profile of the user's own. */
  profile: z.strictObject({ name: nearPath, sha256: sha256Text }).nullable(),
  /** Its pictures by ID: what the catalogue knows of each, and what was kept of it for the product. */
  pictures: z.record(z.string(), sentPicture),
  /** What else decides about the files: a worker that has it otherwise would make others. */
  sender: z.strictObject({
    /** What enlarges pictures there. */
    enlarger: z.string(),
    /** SOURCE_DATE_EPOCH there. */
    epoch: z.string().nullable(),
  }),
});
export type SentOrder = z.output<typeof sentOrder>;

/** What is read of a manifest to move its files. */
export const manifestParts = z.object({ filesKey: z.string(), files: z.array(fileEntry) });

const object = z.strictObject({ name: nearPath, sha256: sha256Text });

/** What a worker answers; the files lie in the store. */
export const answer = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('made'),
    /** It lists all other files with their checksums. */
    manifest: object,
    ms: z.number(),
    bytes: z.number(),
    warnings: z.number(),
  }),
  z.strictObject({
    state: z.literal('failed'),
    message: z.string(),
    hint: z.string().optional(),
    /** Whether the same order would fail again. */
    lasting: z.boolean(),
    /** Reports on what is not delivered. */
    reports: z.array(object),
    /** The folder of the worker that the text may name. */
    folder: z.string().min(1).nullable(),
  }),
]);
export type Answer = z.output<typeof answer>;
