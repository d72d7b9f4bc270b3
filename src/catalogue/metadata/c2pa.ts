import * as z from 'zod';
import { decodeCbor } from './cbor.ts';

/** What a C2PA manifest store claims. Nothing of it is verified: signatures are not checked. */
export interface C2paClaims {
  readonly generator: string | null;
  readonly generatorVersion: string | null;
  /** IPTC digital source type of the action that created the picture. */
  readonly digitalSourceType: string | null;
}

/** A JUMBF superbox (ISO 19566-5): a label, boxes within it, and the CBOR that it holds. */
interface Superbox {
  readonly label: string;
  readonly boxes: readonly Superbox[];
  readonly cbor: Buffer | null;
}

const generatorInfo = z.object({ name: z.string(), version: z.string().optional() });
/** `claim_generator_info` is a list in claims of version 1, one object in version 2 (C2PA 2.1, 10.3). */
const claimSchema = z.object({
  claim_generator: z.string().optional(),
  claim_generator_info: z
    .union([
      generatorInfo,
      z
        .array(generatorInfo)
        .nonempty()
        .transform(([info]) => info),
    ])
    .optional(),
});
const actionsSchema = z.object({
  actions: z.array(
    z.object({
      action: z.string(),
      softwareAgent: z
        .union([generatorInfo, z.string().transform((name) => ({ name, version: undefined }))])
        .optional(),
      digitalSourceType: z.string().optional(),
    }),
  ),
});

/**
 * Reads what the manifests say of the picture's making: the software and source type of the `c2pa.created`
 * action, else the program that wrote the active (last) manifest.
 * @param store the manifest store, a JUMBF superbox
 * @throws RangeError where the store is damaged
 */
export function readC2pa(store: Buffer): C2paClaims {
  const manifests = superboxes(store).flatMap(({ boxes }) => boxes);
  const read = manifests.map((manifest) => ({ claim: claimOf(manifest), created: createdAction(manifest) }));
  const maker = read.find(({ created }) => created) ?? read.at(-1);
  const info = maker?.created?.softwareAgent ?? maker?.claim?.claim_generator_info;
  return {
    generator: info?.name ?? maker?.claim?.claim_generator ?? null,
    generatorVersion: info?.version ?? null,
    digitalSourceType: maker?.created?.digitalSourceType ?? null,
  };
}

function claimOf({ boxes }: Superbox) {
  const claim = boxes.find(({ label }) => /^c2pa\.claim(\.v\d+)?$/.test(label));
  return claim?.cbor ? claimSchema.safeParse(decodeCbor(claim.cbor)).data : undefined;
}

function createdAction({ boxes }: Superbox) {
  const assertions = boxes.find(({ label }) => label === 'c2pa.assertions')?.boxes ?? [];
  return assertions
    .filter(({ label, cbor }) => cbor && /^c2pa\.actions(\.v\d+)?(__\d+)?$/.test(label))
    .flatMap(({ cbor }) => actionsSchema.safeParse(decodeCbor(cbor!)).data?.actions ?? [])
    .find(({ action }) => action === 'c2pa.created');
}

const [HEAD, UUID] = [8, 16];

/** The boxes that lie side by side in `bytes`: length, type, content. */
function plainBoxes(bytes: Buffer): { type: string; content: Buffer }[] {
  const boxes: { type: string; content: Buffer }[] = [];
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length < HEAD || at + length > bytes.length) throw new RangeError('the C2PA manifest is damaged');
    boxes.push({
      type: bytes.toString('latin1', at + 4, at + HEAD),
      content: bytes.subarray(at + HEAD, at + length),
    });
    at += length;
  }
  return boxes;
}

const superboxes = (bytes: Buffer): Superbox[] =>
  plainBoxes(bytes)
    .filter(({ type }) => type === 'jumb')
    .map(({ content }) => {
      const [description, ...inner] = plainBoxes(content);
      // The description is a UUID, a byte of toggles and the label, ended by 0.
      const label = description?.content.toString('utf8', UUID + 1).split('\0')[0] ?? '';
      const nested = inner.filter(({ type }) => type === 'jumb');
      return {
        label,
        boxes: nested.length > 0 ? superboxes(content) : [],
        cbor: inner.find(({ type }) => type === 'cbor')?.content ?? null,
      };
    });
