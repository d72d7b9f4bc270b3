import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Delivery, describeFile } from '../../src/delivery/deliver.ts';
import { type Manifest, manifestSchema } from '../../src/delivery/manifest-schema.ts';

/** A key that is one by its looks. */
export const keyOf = (letter: string): string => letter.repeat(64);

/** A manifest of a card, as `make` writes one, with what a test says otherwise. */
export const manifest = (more: Partial<Manifest> = {}): Manifest =>
  manifestSchema.parse({
    ...{
      format: 'printcat-manifest-1',
      program: 'printcat 0.1.0',
      idempotencyKey: keyOf('a'),
      filesKey: keyOf('f'),
      quantity: 100,
    },
    ...{ date: '2022-09-12T03:48:58.000Z', product: 'postcard', group: 'paper', template: 'plain' },
    ...{ provider: { name: 'jp', title: 'Printer & Söhne', sku: null }, standard: 'PDF/X-4', spine: null },
    pages: [{ number: 1, kind: 'front', gamut: null }],
    boxes: {
      media: { width: 130, height: 178 },
      bleed: { x: 12, y: 12, width: 106, height: 154 },
      trim: { x: 15, y: 15, width: 100, height: 148 },
    },
    preset: [
      {
        ...{ name: 'bleed', value: 3, unit: 'mm', authority: 'vendor' },
        ...{ source: "a printer's guide", retrieved: '2026-11' },
      },
    ],
    summary: [{ label: 'bleed', value: '3 mm', source: "a printer's guide" }],
    colours: {
      ...{ space: 'cmyk', profile: 'FOGRA39L.icc', condition: 'FOGRA39', registered: true },
      ...{ intent: 'relative', inkLimit: 300, mostInk: 287.5, spots: [] },
    },
    ppi: { wanted: 350, least: 350 },
    proof: { paperWhite: false, gamut: null },
    preflight: {
      ...{ profile: 'a printer', verdict: 'nothing found', judged: ['R0009'] },
      ...{ switchedOff: [], findings: [], unjudged: [] },
    },
    ...{ pictures: [], fonts: [], notes: [] },
    images: [
      {
        ...{ id: '20220912034858', sha256: keyOf('0'), generator: 'painter', model: null, seed: '7' },
        ...{ digitalSourceType: null, decision: 'released' },
      },
    ],
    files: [describeFile({ name: 'card.pdf', role: 'print', bytes: Buffer.from('a card'), pages: 1 })],
    ...more,
  });

/** Writes an order's files and its manifest. @returns the manifest's path */
export async function writeOrder(
  path: string,
  files: readonly Delivery[],
  more: Partial<Manifest> = {},
): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
  await writeFile(path, JSON.stringify(manifest({ ...more, files: files.map(describeFile) })));
  return path;
}

/** A print file, a proof and a report. */
export const cardFiles = (stem: string): Delivery[] => [
  { name: `${stem}.pdf`, role: 'print', bytes: Buffer.from(`the PDF of ${stem}`), pages: 1 },
  { name: `${stem}.png`, role: 'proof', bytes: Buffer.from(`the proof of ${stem}`), pages: 1 },
  { name: `${stem}-preflight.html`, role: 'report', bytes: Buffer.from(`the report on ${stem}`) },
];
