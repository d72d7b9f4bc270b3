import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Delivery, describeFile } from '../../src/delivery/deliver.ts';
import type { Manifest } from '../../src/delivery/manifest-schema.ts';
import { jobTicket, type TicketOrder } from '../../src/delivery/xjdf.ts';
import { hasTool, validateXml, xpath } from '../judges/index.ts';
import { cardFiles, keyOf, manifest } from './orders.ts';

/** The structure as CIP4 documents it; its own schema (schema.cip4.org) as well, where there is a copy. */
const SCHEMAS = [
  fileURLToPath(new URL('xjdf-structure.xsd', import.meta.url)),
  ...(process.env.XJDF_SCHEMA ? [process.env.XJDF_SCHEMA] : []),
];

const ticketOrder = (more: Partial<Manifest>, files: readonly Delivery[]): TicketOrder => ({
  manifest: manifest(more),
  files: files.map(describeFile),
});

const card = (letter: string, more: Partial<Manifest> = {}): TicketOrder =>
  ticketOrder({ idempotencyKey: keyOf(letter), ...more }, cardFiles(`card ${letter}`));

const spots = [
  { name: 'CutContour', step: 'Cutting' },
  { name: 'DIE LINE', step: 'Creasing' },
  { name: 'White', step: 'White' },
  { name: 'PANTONE 871 C', step: null },
];
const sticker = card('b', {
  ...{ product: 'sticker', group: 'stickers', quantity: 40 },
  colours: { ...manifest().colours, spots },
  provider: { name: 'jp', title: 'Printer & Söhne', sku: 'ST "40" <A>' },
  date: '2023-01-02T03:04:05.000Z',
});
const cover = card('c', {
  ...{ product: 'book-cover', group: 'covers' },
  spine: { value: 12.5, unit: 'mm', authority: 'user', source: 'given in the order' },
  colours: { ...manifest().colours, condition: 'CGATS TR 006' },
});
const shirt = ticketOrder(
  {
    ...{ idempotencyKey: keyOf('d'), product: 't-shirt', group: 'things' },
    colours: { ...manifest().colours, space: 'rgb', intent: null, mostInk: null, inkLimit: null },
  },
  [
    { name: 'shirt.png', role: 'print', bytes: Buffer.from('png'), pages: 1 },
    { name: 'shirt-white.png', role: 'white', bytes: Buffer.from('white'), pages: 1 },
  ],
);
const twoSided = card('e', {
  pages: [
    { number: 1, kind: 'front', gamut: null },
    { number: 2, kind: 'back', gamut: null },
  ],
});

const all = [card('a'), sticker, cover, shirt, twoSided];
const ticket = jobTicket(all);
/** Without its namespace, which the schemas look at: so paths are read as they are written in the specification. */
const plain = ticket.replace(/ xmlns="[^"]*"/, '');
const value = (path: string) => xpath(plain, `string(${path})`);

describe.skipIf(!hasTool('xmllint'))('a job ticket', () => {
  test.each(SCHEMAS)('is XJDF as its schema describes it: %s', async (schema) => {
    await validateXml(ticket, schema);
    for (const order of all) await validateXml(jobTicket([order]), schema);
  });

  test.each<[what: string, from: RegExp, to: string]>([
    ['a set without a name', /<ResourceSet Name="RunList"/, '<ResourceSet'],
    ['products after the files', /(<ProductList>[\s\S]*<\/ProductList>)([\s\S]*)(<\/XJDF>)/, '$2$1$3'],
    ['a job without an ID', / JobID="[^"]*"/, ''],
    ['a separation that is no token', /Separation="DIE_LINE"/, 'Separation="DIE LINE"'],
    ['a part of no product', /<Part Product="a/, '<Part Product="f'],
    ['two of one key', /ExternalID="a{64}"/, `ExternalID="${keyOf('b')}"`],
    ['another version', /Version="2.1"/, 'Version="9"'],
  ])('the judge refuses %s', async (_, from, to) => {
    expect(ticket).toMatch(from);
    await expect(validateXml(ticket.replace(from, to), SCHEMAS[0]!)).rejects.toThrow(/fails to validate/);
  });

  test.each([
    ['/XJDF/@Types', 'Product'],
    // The latest of the orders' dates: none of the day on which it is packed.
    ['//Header/@Time', '2023-01-02T03:04:05Z'],
    ['count(//Product[@IsRoot="true"])', '5'],
    ['//Product[@ID="P1"]/@Amount', '100'],
    ['//Product[@ID="P2"]/@Amount', '40'],
    ['//Product[@ID="P2"]/GeneralID[@IDUsage="SKU"]/@IDValue', 'ST "40" <A>'],
    ['//Product[@ID="P2"]//MediaIntent/@MediaType', 'SelfAdhesive'],
    ['//Product[@ID="P1"]//LayoutIntent/@Dimensions', '283.465 419.528'],
    ['//Product[@ID="P1"]//LayoutIntent/@Bleed', '8.504'],
    ['//Product[@ID="P1"]//LayoutIntent/@Pages', '2'],
    ['//Product[@ID="P1"]//LayoutIntent/@Sides', 'OneSided'],
    ['//Product[@ID="P5"]//LayoutIntent/@Sides', 'TwoSidedHeadToHead'],
    ['count(//Product[@ID="P5"]//SurfaceColor)', '2'],
    ['//Product[@ID="P3"]//LayoutIntent/@SpreadType', 'Spread'],
    ['//Product[@ID="P3"]/@ProductType', 'WrapAroundCover'],
    // Only a reference name that is an NMTOKEN may stand there.
    ['//Product[@ID="P1"]//SurfaceColor/@PrintStandard', 'FOGRA39'],
    ['count(//Product[@ID="P3"]//SurfaceColor/@PrintStandard)', '0'],
    // A file in sRGB: the printer knows its inks, we do not.
    ['count(//Product[@ID="P4"]//ColorIntent)', '0'],
    ['count(//Product[@ID="P4"]//MediaIntent)', '0'],
    [`//Resource[Part/@Product="${keyOf('d')}"]/ColorantControl/@ProcessColorModel`, 'DeviceRGB'],
    [
      '//Product[@ID="P2"]//SurfaceColor/@ColorsUsed',
      'Cyan Magenta Yellow Black CutContour DIE_LINE White PANTONE_871_C',
    ],
    [
      `//Resource[Part/@Product="${keyOf('b')}"]/ColorantControl/@ColorantParams`,
      'CutContour DIE_LINE White PANTONE_871_C',
    ],
    ['//ColorantAlias[@ReplacementColorantName="DIE_LINE"]/@ColorantName', 'DIE LINE'],
    ['count(//ColorantAlias)', '2'],
    ['//Resource[Part/@Separation="CutContour"]/Color/@ColorType', 'DieLine'],
    ['//Resource[Part/@Separation="PANTONE_871_C"]/Color/@ColorType', 'Normal'],
    ['//Resource[Part/@Separation="PANTONE_871_C"]/Color/@ActualColorName', 'PANTONE 871 C'],
    ['//Resource[Part/@Separation="White"]/Color/@ColorType', 'Opaque'],
    // Proofs and reports are for people.
    ['count(//RunList)', '6'],
    [`//Resource[Part/@Product="${keyOf('a')}"]/RunList/FileSpec/@URL`, 'card%20a.pdf'],
    [`//Resource[Part/@Product="${keyOf('a')}"]/RunList/FileSpec/@FileSize`, '17'],
    [`//Resource[Part/@Product="${keyOf('a')}"]/RunList/FileSpec/@MimeType`, 'application/pdf'],
    [`//Resource[Part/@Product="${keyOf('a')}"]/RunList/@NPage`, '1'],
    [
      `//Resource[Part[@Product="${keyOf('d')}" and @Separation="White"]]/RunList/FileSpec/@URL`,
      'shirt-white.png',
    ],
  ])('%s is %s', async (path, wanted) => {
    expect(await value(path)).toBe(wanted);
  });

  test('the checksum is the one that md5sum prints', async () => {
    const [file] = cardFiles('card a').map(describeFile);
    expect(await value(`//Resource[Part/@Product="${keyOf('a')}"]/RunList/FileSpec/@CheckSum`)).toBe(
      file!.md5,
    );
  });

  test('is the same in whichever order its orders come', () => {
    expect(jobTicket(all.toReversed())).toBe(ticket);
  });

  test('has no letters that XML lacks', async () => {
    const provider = { name: 'jp', title: 'A\u0001B', sku: null };
    expect(await xpath(jobTicket([card('a', { provider })]), 'string(/*/@DescriptiveName)')).toMatch(/A B$/);
  });
});
