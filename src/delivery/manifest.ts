import type { Artwork } from '../artwork/artwork.ts';
import type { Decision, ImageRecord } from '../catalogue/image.ts';
import type { Spot } from '../colour/exact-colours.ts';
import type { SlotBox } from '../layout/slot-box.ts';
import type { Template } from '../layout/template.ts';
import type { FontUse } from '../press/fonts.ts';
import type { OutputColours } from '../press/output-colours.ts';
import type { PressFile } from '../press/press.ts';
import { STANDARDS, type Standard } from '../press/standards.ts';
import { allTogether, type GamutFinding } from '../preview/gamut-overlay.ts';
import type { PageProof } from '../preview/proof.ts';
import { type Geometry, type Note, pageBoxes } from '../products/geometry.ts';
import type { PrinterPreset } from '../products/printer.ts';
import type { SummaryRow } from '../products/product.ts';
import { type Box, effectivePpi, type Size } from '../units.ts';
import { PRODUCER } from '../version.ts';
import { againstPrinter } from './against-printer.ts';
import type { DeliveredFile } from './deliver.ts';
import type { PreflightEntry } from './preflight-entry.ts';

/** All that is known of a made order, in the form in which it is written beside the file. Lengths are mm. */
export interface Manifest {
  readonly program: string;
  /** Equal keys, equal files (see `OrderKeys`): who has it has the order. */
  readonly idempotencyKey: string;
  readonly product: string;
  readonly printer: string;
  readonly template: string;
  readonly standard: string;
  /** What each page is; all have these boxes. */
  readonly pages: readonly PageEntry[];
  readonly boxes: { readonly media: Size; readonly bleed: Box; readonly trim: Box };
  readonly spine: Geometry['spine'];
  /** What a printer's form asks for. */
  readonly summary: readonly SummaryRow[];
  readonly colours: ColoursEntry;
  readonly proof: ProofEntry;
  readonly preflight: PreflightEntry;
  readonly pictures: readonly PictureEntry[];
  readonly fonts: readonly FontUse[];
  readonly images: readonly ImageEntry[];
  readonly notes: readonly Note[];
  readonly files: readonly DeliveredFile[];
}

/** A page of the product. */
export interface PageEntry {
  /** From 1, as in the file. */
  readonly number: number;
  readonly kind: string;
  /** How much of it the press cannot reach; `null` where nobody asked. */
  readonly gamut: GamutFinding | null;
}

/** The colours that the file is written in. */
export interface ColoursEntry {
  /** CMYK inks, or sRGB, which the printer converts. */
  readonly space: OutputColours['space'];
  readonly profile: string;
  /** The printing condition by its name in the output intent. */
  readonly condition: string;
  /** Whether that name is one of the registry at www.color.org. */
  readonly registered: boolean;
  /** How colours came into inks; `null` where they did not. */
  readonly intent: string | null;
  /** Total area coverage, percent: the printer's limit, `null` where the profile decides. */
  readonly inkLimit: number | null;
  /** The most ink that any colour or pixel was given, percent; `null` where there is none. */
  readonly mostInk: number | null;
  /** The inks besides the four: their names on the plates, and what they do where they are no colours. */
  readonly spots: readonly { readonly name: string; readonly step: string | null }[];
}

/** How the proof shows the product. */
export interface ProofEntry {
  /** Whether the paper's own colour is shown; else it stands for white. */
  readonly paperWhite: boolean;
  /** How much of all trimmed pages together the press cannot reach; `null` where nobody asked. */
  readonly gamut: GamutFinding | null;
}

/** A picture on the product. */
export interface PictureEntry {
  readonly slot: string;
  /** Number of its page, from 1. */
  readonly page: number;
  /** ID of the image. */
  readonly image: string;
  readonly size: Size;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Resolution in the file, px per inch. */
  readonly ppi: number;
  /** Resolution that the original's own pixels have at this size. */
  readonly sourcePpi: number;
  readonly factor: number;
  readonly method: string;
}

/** Where a picture comes from. */
export interface ImageEntry {
  readonly id: string;
  readonly sha256: string;
  readonly generator: string | null;
  readonly model: string | null;
  readonly seed: string | null;
  readonly digitalSourceType: string | null;
  /** Only a trial is made from a picture that is not released. */
  readonly decision: Decision;
}

/** What the manifest is made of. */
export interface ManifestSource {
  readonly idempotencyKey: string;
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
  readonly slots: readonly { readonly slot: SlotBox; readonly artwork: Artwork }[];
  /** The most ink in each picture, percent. */
  readonly coverage: readonly number[];
  readonly paperWhite: boolean;
  readonly proofs: readonly Pick<PageProof, 'gamut'>[];
  readonly preflight: PreflightEntry;
  /** What the gate warns of. */
  readonly gateNotes: readonly Note[];
  readonly pressed: PressFile;
  readonly files: readonly DeliveredFile[];
}

/** The same picture may be ordered for several places. */
const oneOfEach = (images: readonly ImageRecord[]): ImageRecord[] => [
  ...new Map(images.map((image) => [image.id, image])).values(),
];

const rounded = (finding: GamutFinding): GamutFinding => ({ ...finding, share: round(finding.share) });

const round = (value: number, digits = 4): number => Number(value.toFixed(digits));

export function manifestOf(source: ManifestSource): Manifest {
  const { geometry, images, printer, colours, template, pressed } = source;
  const { media, bleed, trim } = pageBoxes(geometry);
  const sized = <T extends Size>(box: T): T =>
    Object.fromEntries(Object.entries(box).map(([key, value]) => [key, round(value)])) as unknown as T;
  const ppiOf = ({ slot, artwork }: ManifestSource['slots'][number]) =>
    Math.min(effectivePpi(artwork.widthPx, slot.box.width), effectivePpi(artwork.heightPx, slot.box.height));
  const findings = source.proofs.map(({ gamut }) => gamut && rounded(gamut.finding));
  const gamut = findings.filter((finding) => finding !== null);
  const standard = source.isImage ? 'PNG in sRGB' : STANDARDS[source.standard].title;
  const bytes = Math.max(...source.files.filter(({ role }) => role === 'print').map((file) => file.bytes));
  const facts = { standard, bytes, ppi: source.slots.map(ppiOf) };
  return {
    program: PRODUCER,
    idempotencyKey: source.idempotencyKey,
    product: geometry.product,
    printer: printer.name,
    template: template.name,
    standard,
    pages: geometry.pages.map(({ kind }, i) => ({ number: i + 1, kind, gamut: findings[i] ?? null })),
    boxes: { media: sized(media), bleed: sized(bleed), trim: sized(trim) },
    spine: geometry.spine,
    summary: source.summary,
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
      ...againstPrinter(printer, facts),
      ...source.gateNotes,
    ],
    files: source.files,
  };
}

function coloursEntry(
  colours: OutputColours,
  coverage: readonly number[],
  spots: readonly Spot[],
): ColoursEntry {
  const { space, profileName, condition } = colours;
  const common: Pick<ColoursEntry, 'space' | 'profile' | 'condition' | 'registered' | 'spots'> = {
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
  const seen = new Set(slots.map(({ slot }) => images[slot.picture]!.id));
  const unseen = oneOfEach(images).filter(({ id }) => !seen.has(id));
  // A layout without any place for pictures says so by its looks.
  if (unseen.length === 0 || images.length === 1) return [];
  return [warning(`The layout has no place for ${unseen.map(({ id }) => id).join(', ')}.`)];
};

/** Warnings of the artwork, each once however many slots it holds for. */
const artNotes = ({ slots }: ManifestSource): Note[] =>
  [...new Set(slots.flatMap(({ artwork }) => artwork.warnings))].map(warning);

/** Cutters and white ink go by the exact names of their plates. */
const spotNotes = ({ pressed, printer }: ManifestSource): Note[] =>
  Object.entries(printer.spots)
    .filter(([, { authority }]) => authority === 'unverified')
    .filter(([, { value }]) => pressed.spots.some(({ name, step }) => step !== null && name === value))
    .map(([role, { value, source }]) =>
      warning(`spots.${role} = ${value} is unverified (${source}); --override spots.${role}=… replaces it.`),
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
