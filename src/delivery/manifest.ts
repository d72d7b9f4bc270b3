import type { Artwork } from '../artwork/artwork.ts';
import type { ImageRecord } from '../catalogue/image.ts';
import type { Spot } from '../colour/exact-colours.ts';
import type { SlotBox } from '../layout/slot-box.ts';
import type { Template } from '../layout/template.ts';
import type { Order } from '../order/order.ts';
import type { OutputColours } from '../press/output-colours.ts';
import type { PressFile } from '../press/press.ts';
import { STANDARDS, type Standard } from '../press/standards.ts';
import type { DocumentFacts } from '../press/xmp.ts';
import { allTogether, type GamutFinding } from '../preview/gamut-overlay.ts';
import type { PageProof } from '../preview/proof.ts';
import { type Geometry, type Note, pageBoxes } from '../products/geometry.ts';
import type { PresetNumber, PrinterPreset } from '../products/printer.ts';
import type { Product, SummaryRow } from '../products/product.ts';
import { effectivePpi, type Size } from '../units.ts';
import { PRODUCER } from '../version.ts';
import { againstPrinter } from './against-printer.ts';
import type { FileEntry } from './file-entry.ts';
import { type Manifest, manifestSchema } from './manifest-schema.ts';
import type { PreflightEntry } from './preflight-entry.ts';

/** What the manifest is made of. */
export interface ManifestSource {
  /** See `order/idempotency-key.ts`. */
  readonly idempotencyKey: string;
  readonly filesKey: string;
  readonly order: Pick<Order, 'quantity' | 'sku'>;
  readonly product: Pick<Product, 'group'>;
  readonly facts: Pick<DocumentFacts, 'date'>;
  /** The order's, the main one first. */
  readonly images: readonly ImageRecord[];
  readonly template: Template;
  readonly geometry: Geometry;
  readonly printer: PrinterPreset;
  readonly colours: OutputColours;
  readonly standard: Standard;
  /** Whether it is PNGs, not a PDF. */
  readonly isImage: boolean;
  readonly summary: readonly SummaryRow[];
  /** The numbers that decided about it. */
  readonly numbers: readonly PresetNumber[];
  /** Resolution that the pictures were made for, px per inch. */
  readonly ppi: number;
  readonly slots: readonly {
    readonly slot: SlotBox;
    readonly artwork: Artwork;
    /** Which of the order's pictures it shows. */
    readonly pictures: readonly number[];
  }[];
  /** The most ink in each picture, percent. */
  readonly coverage: readonly number[];
  readonly paperWhite: boolean;
  readonly proofs: readonly Pick<PageProof, 'gamut'>[];
  readonly preflight: PreflightEntry;
  /** What the gate warns of. */
  readonly gateNotes: readonly Note[];
  readonly pressed: PressFile;
  readonly files: readonly FileEntry[];
}

/** The same picture may be ordered for several places. */
const oneOfEach = (images: readonly ImageRecord[]): ImageRecord[] => [
  ...new Map(images.map((image) => [image.id, image])).values(),
];

const rounded = (finding: GamutFinding): GamutFinding => ({ ...finding, share: round(finding.share) });

const round = (value: number, digits = 4): number => Number(value.toFixed(digits));

/** The manifest of a made order, held against its published schema. */
export function manifestOf(source: ManifestSource): Manifest {
  const { geometry, images, printer, colours, template, pressed, order } = source;
  const { media, bleed, trim } = pageBoxes(geometry);
  const sized = <T extends Size>(box: T): T =>
    Object.fromEntries(Object.entries(box).map(([key, value]) => [key, round(value)])) as unknown as T;
  const ppiOf = ({ slot, artwork }: Pick<ManifestSource['slots'][number], 'slot' | 'artwork'>) =>
    Math.min(effectivePpi(artwork.widthPx, slot.box.width), effectivePpi(artwork.heightPx, slot.box.height));
  const findings = source.proofs.map(({ gamut }) => gamut && rounded(gamut.finding));
  const gamut = findings.filter((finding) => finding !== null);
  const standard = source.isImage ? 'PNG in sRGB' : STANDARDS[source.standard].title;
  const bytes = Math.max(...source.files.filter(({ role }) => role === 'print').map((file) => file.bytes));
  const ppi = source.slots.map(ppiOf);
  const manifest: Manifest = {
    ...{ format: 'printcat-manifest-1', program: PRODUCER },
    ...{ idempotencyKey: source.idempotencyKey, filesKey: source.filesKey, quantity: order.quantity },
    date: source.facts.date.toISOString(),
    provider: { name: printer.name, title: printer.title, sku: skuOf(source) },
    ...{ product: geometry.product, group: source.product.group, template: template.name },
    standard,
    pages: geometry.pages.map(({ kind }, i) => ({ number: i + 1, kind, gamut: findings[i] ?? null })),
    boxes: { media: sized(media), bleed: sized(bleed), trim: sized(trim) },
    spine: geometry.spine,
    preset: [...source.numbers, ...usedSpots(source)].map(presetEntry),
    summary: source.summary,
    ppi: { wanted: source.ppi, least: ppi.length > 0 ? round(Math.min(...ppi), 1) : null },
    colours: coloursEntry(colours, source.coverage, pressed.spots),
    proof: {
      paperWhite: source.paperWhite,
      gamut: gamut.length > 0 ? rounded(allTogether(gamut)) : null,
    },
    preflight: source.preflight,
    pictures: source.slots.map(({ slot, artwork }) => ({
      ...{ slot: slot.slot, page: slot.page + 1, image: images[slot.picture]!.id },
      size: sized({ width: slot.box.width, height: slot.box.height }),
      widthPx: artwork.widthPx,
      heightPx: artwork.heightPx,
      ppi: round(ppiOf({ slot, artwork }), 1),
      sourcePpi: round(artwork.sourcePpi, 1),
      factor: round(artwork.factor, 2),
      method: artwork.method,
    })),
    fonts: pressed.fonts,
    images: oneOfEach(images).map(({ id, sha256, generation, file, decision }) => ({
      ...{ id, sha256, generator: generation.generator, model: generation.model, seed: generation.seed },
      ...{ digitalSourceType: file.digitalSourceType, decision },
    })),
    notes: [
      ...oneOfEach(images).flatMap(trialNote),
      ...unseenNotes(source),
      ...geometry.notes,
      ...artNotes(source),
      ...pressNotes(pressed),
      ...spotNotes(source),
      ...againstPrinter(printer, { standard, bytes, ppi }),
      ...source.gateNotes,
    ],
    files: source.files,
  };
  // A manifest that its own schema refuses is a mistake of ours, and is not delivered.
  return manifestSchema.parse(manifest);
}

/** The article number that the order names, or else the printer's own for the product. */
const skuOf = ({ order, printer, geometry }: ManifestSource): string | null =>
  order.sku ?? printer.skus?.[geometry.product]?.value ?? null;

/** A number with its source; of its value and unit what stands in the preset. */
const presetEntry = ({ key, entry }: PresetNumber): Manifest['preset'][number] => ({
  name: key,
  ...{ value: entry.value as Manifest['preset'][number]['value'], unit: entry.unit },
  ...{ authority: entry.authority, source: entry.source },
  ...(entry.retrieved !== undefined && { retrieved: entry.retrieved }),
});

function coloursEntry(
  colours: OutputColours,
  coverage: readonly number[],
  spots: readonly Spot[],
): Manifest['colours'] {
  const { space, profileName, condition } = colours;
  const common: Pick<Manifest['colours'], 'space' | 'profile' | 'condition' | 'registered' | 'spots'> = {
    space,
    profile: profileName,
    condition: condition.identifier,
    registered: condition.registry !== null,
    spots: spots.map(({ name, step }) => ({ name, step: step?.title ?? null })),
  };
  if (colours.space === 'rgb') return { ...common, intent: null, inkLimit: null, mostInk: null };
  return {
    ...common,
    intent: `${colours.intent}, black point compensation`,
    inkLimit: colours.inkLimit,
    mostInk: round(Math.max(colours.vectorCoverage, ...coverage), 1),
  };
}

const warning = (text: string): Note => ({ level: 'warning', text });

/** A product of a picture that nobody released says so for as long as it exists. */
const trialNote = ({ id, decision }: ImageRecord): Note[] =>
  decision === 'released' ? [] : [warning(`A trial: ${id} is ${decision}, not released.`)];

/** A picture that was ordered and is nowhere. */
const unseenNotes = ({ images, slots }: ManifestSource): Note[] => {
  const seen = new Set(slots.flatMap(({ pictures }) => pictures.map((i) => images[i]!.id)));
  const unseen = oneOfEach(images).filter(({ id }) => !seen.has(id));
  // A layout without any place for pictures says so by its looks.
  if (unseen.length === 0 || images.length === 1) return [];
  return [warning(`The layout has no place for ${unseen.map(({ id }) => id).join(', ')}.`)];
};

/** Warnings of the artwork, each once however many slots it holds for. */
const artNotes = ({ slots }: ManifestSource): Note[] =>
  [...new Set(slots.flatMap(({ artwork }) => artwork.warnings))].map(warning);

/** The printer's names of the spots that are on the plates and are no colours, each as a number of its preset. */
const usedSpots = ({ pressed, printer }: ManifestSource): PresetNumber[] =>
  Object.entries(printer.spots)
    .filter(([, { value }]) => pressed.spots.some(({ name, step }) => step !== null && name === value))
    .map(([role, entry]) => ({ key: `spots.${role}`, entry }));

/** Cutters and white ink go by the exact names of their plates. */
const spotNotes = (source: ManifestSource): Note[] =>
  usedSpots(source)
    .filter(({ entry }) => entry.authority === 'unverified')
    .map(({ key, entry: { value, source: from } }) =>
      warning(`${key} = ${value} is unverified (${from}); --override ${key}=… replaces it.`),
    );

function pressNotes({ fonts, unmanaged }: PressFile): Note[] {
  const drawn = fonts.filter((font) => font.type === 'Type3' || !font.embedded);
  return [
    ...drawn.map((font) =>
      warning(`Font ${font.name} is ${font.embedded ? 'drawn (Type 3)' : 'not embedded'}.`),
    ),
    ...unmanaged.map(({ widthPx, heightPx }) =>
      warning(`An image of ${widthPx}×${heightPx} px was drawn by the browser, at its own resolution.`),
    ),
  ];
}
