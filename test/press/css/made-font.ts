/** Corners of one outline, in font units (1000 an em), clockwise. */
type Outline = readonly (readonly [x: number, y: number])[];

/** What a made font is besides a set of outlines. */
export interface MadeFont {
  /** The star in two colours (COLR and CPAL, version 0). */
  readonly colours?: readonly [string, string];
  /** The star as a PNG (sbix), this many pixels an em. */
  readonly pixels?: { readonly png: Uint8Array; readonly perEm: number };
  /** How much wider the bar of `H` is at weight 900 than at 400, font units (fvar and gvar). */
  readonly heavier?: number;
}

const box = (x0: number, y0: number, x1: number, y1: number): Outline => [
  [x0, y0],
  [x0, y1],
  [x1, y1],
  [x1, y0],
];
const HOUSE: Outline = [
  [100, 0],
  [100, 400],
  [500, 800],
  [900, 400],
  [900, 0],
];
const STAR: Outline = Array.from({ length: 10 }, (_, i) => {
  const [angle, reach] = [Math.PI / 2 - (i * Math.PI) / 5, i % 2 ? 180 : 450];
  return [Math.round(500 + reach * Math.cos(angle)), Math.round(400 + reach * Math.sin(angle))];
});
const DOT = box(400, 300, 600, 500);

/** The glyphs in their order: what has no code is reached by a ligature, or is a colour's layer. */
const GLYPHS: readonly { code?: number; outline: Outline }[] = [
  { outline: box(50, 0, 450, 700) },
  { code: 0x20, outline: [] },
  ...[...'Hemo'].map((letter) => ({ code: letter.charCodeAt(0), outline: box(200, 0, 400, 700) })),
  { code: 0x2605, outline: STAR },
  { outline: HOUSE },
  { outline: DOT },
];
const [H, E, M, O, STAR_GLYPH, HOUSE_GLYPH, DOT_GLYPH] = [2, 3, 4, 5, 6, 7, 8];
const ADVANCE = 1000;

const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, v] of values.entries()) bytes.writeUInt16BE(v & 0xffff, 2 * i);
  return bytes;
};
const u32 = (...values: number[]): Buffer => u16(...values.flatMap((v) => [v >>> 16, v & 0xffff]));
const tag = (text: string): Buffer => Buffer.from(text, 'latin1');
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
/** Where each part begins, and where the last one ends. */
function offsets(parts: readonly Buffer[], start = 0): number[] {
  const found = [start];
  for (const { length } of parts) found.push(found.at(-1)! + length);
  return found;
}

function glyf(outline: Outline): Buffer {
  if (outline.length === 0) return Buffer.alloc(0);
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const steps = (values: number[]) => u16(...values.map((v, i) => v - (i > 0 ? values[i - 1]! : 0)));
  const bounds = u16(1, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  // Every corner is on the curve, its step two bytes each way.
  const flags = Buffer.alloc(outline.length, 1);
  return padded(Buffer.concat([bounds, u16(outline.length - 1, 0), flags, steps(xs), steps(ys)]));
}

function cmap(): Buffer {
  const coded = GLYPHS.flatMap(({ code }, glyph) => (code === undefined ? [] : [{ code, glyph }]));
  coded.sort((a, b) => a.code - b.code);
  const codes = [...coded.map(({ code }) => code), 0xffff];
  const deltas = [...coded.map(({ code, glyph }) => glyph - code), 1];
  const count = codes.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const search = [2 * power, Math.log2(power), 2 * (count - power)];
  const segments = u16(...codes, 0, ...codes, ...deltas, ...codes.map(() => 0));
  const body = Buffer.concat([u16(4, 14 + segments.length, 0, 2 * count, ...search), segments]);
  return Buffer.concat([u16(0, 1, 3, 1), u32(12), body]);
}

function names(): Buffer {
  const texts = [
    [1, 'Made'],
    [2, 'Regular'],
    [4, 'Made Regular'],
    [6, 'Made-Regular'],
    [256, 'Weight'],
  ] as const;
  const strings = texts.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  const starts = offsets(strings);
  const records = texts.map(([id], i) => u16(3, 1, 0x409, id, strings[i]!.length, starts[i]!));
  return Buffer.concat([u16(0, texts.length, 6 + 12 * texts.length), ...records, ...strings]);
}

/** The ligature `Home`, a house. */
const LIGATURE = Buffer.concat([
  u32(0x10000),
  u16(10, 30, 44),
  ...[u16(1), tag('DFLT'), u16(8, 4, 0, 0, 0xffff, 1, 0)],
  ...[u16(1), tag('liga'), u16(8, 0, 1, 0)],
  ...[u16(1, 4), u16(4, 0, 1, 8), u16(1, 8, 1, 14), u16(1, 1, H!), u16(1, 4, HOUSE_GLYPH!, 4, O!, M!, E!)],
]);

function colourTables([one, two]: readonly [string, string]): [string, Buffer][] {
  const bgra = (hex: string) => Buffer.from([...Buffer.from(hex.slice(1), 'hex').reverse(), 255]);
  return [
    [
      'COLR',
      Buffer.concat([u16(0, 1), u32(14, 20), u16(2, STAR_GLYPH!, 0, 2, STAR_GLYPH!, 0, DOT_GLYPH!, 1)]),
    ],
    ['CPAL', Buffer.concat([u16(0, 2, 1, 2), u32(14), u16(0), bgra(one), bgra(two)])],
  ];
}

function pixelTable({ png, perEm }: { png: Uint8Array; perEm: number }): [string, Buffer] {
  const drawings = GLYPHS.map((_, i) =>
    i === STAR_GLYPH ? Buffer.concat([u16(0, 0), tag('png '), png]) : Buffer.alloc(0),
  );
  const starts = offsets(drawings, 4 + 4 * (GLYPHS.length + 1));
  return ['sbix', Buffer.concat([u16(1, 1), u32(1, 12), u16(perEm, 72), u32(...starts), ...drawings])];
}

function weightTables(heavier: number): [string, Buffer][] {
  const axis = Buffer.concat([tag('wght'), u32(100 << 16, 400 << 16, 900 << 16), u16(0, 256)]);
  // Of the bar's four corners the right two move; four phantom points follow.
  const moves = Buffer.concat([
    Buffer.from([0, 0x47]),
    u16(0, 0, heavier, heavier, 0, 0, 0, 0),
    Buffer.from([0x87]),
  ]);
  const bar = padded(Buffer.concat([u16(1, 10, moves.length, 0xa000, 0x4000), moves]));
  const variations = GLYPHS.map((_, i) => (i === H ? bar : Buffer.alloc(0)));
  const data = 20 + 4 * (GLYPHS.length + 1);
  const head = [u32(0x10000), u16(1, 0), u32(data), u16(GLYPHS.length, 1), u32(data)];
  return [
    ['fvar', Buffer.concat([u32(0x10000), u16(16, 2, 1, 20, 0, 8), axis])],
    ['gvar', Buffer.concat([...head, u32(...offsets(variations)), ...variations])],
  ];
}

/**
 * A TrueType font (OpenType 1.9) with a star at U+2605, the letters of `Home` as bars and a house in their place as a
 * ligature: what icon fonts, colour fonts and variable fonts are, in two kilobytes.
 */
export function madeFont({ colours, pixels, heavier }: MadeFont = {}): Buffer {
  const outlines = GLYPHS.map(({ outline }) => glyf(outline));
  const count = GLYPHS.length;
  const zeros = (length: number): number[] => new Array(length).fill(0);
  const dates = zeros(8);
  const os2 = [
    ...[u16(4, ADVANCE, 400, 5, 0, ...zeros(10), 0), Buffer.alloc(10), u32(0, 0, 0, 0), tag('made')],
    ...[u16(0x40, 0x20, 0x2605, 800, -200, 0, 800, 200), u32(1, 0), u16(500, 700, 0, 0x20, 4)],
  ];
  const tables: [string, Buffer][] = [
    ['cmap', cmap()],
    ['glyf', Buffer.concat(outlines)],
    [
      'head',
      Buffer.concat([
        u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
        u16(3, 1000, ...dates, 0, 0, 1000, 850, 0, 8, 2, 1, 0),
      ]),
    ],
    ['hhea', Buffer.concat([u32(0x10000), u16(800, -200, 0, ADVANCE, 0, 0, 1000, 1, ...zeros(7), count)])],
    [
      'hmtx',
      u16(...GLYPHS.flatMap(({ outline }) => [ADVANCE, Math.min(1000, ...outline.map(([x]) => x)) % 1000])),
    ],
    ['loca', u32(...offsets(outlines))],
    ['maxp', Buffer.concat([u32(0x10000), u16(count, 16, 1, 0, 0, 2, ...zeros(8))])],
    ['name', names()],
    ['OS/2', Buffer.concat(os2)],
    ['post', Buffer.concat([u32(0x30000, 0), u16(-100, 50), u32(0, 0, 0, 0, 0)])],
    ['GSUB', LIGATURE],
    ...(colours ? colourTables(colours) : []),
    ...(pixels ? [pixelTable(pixels)] : []),
    ...(heavier ? weightTables(heavier) : []),
  ];
  tables.sort(([a], [b]) => (a < b ? -1 : 1));
  return assembled(tables);
}

function assembled(tables: readonly [string, Buffer][]): Buffer {
  const bodies = tables.map(([, body]) => padded(body));
  const starts = offsets(bodies, 12 + 16 * tables.length);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const search = [16 * power, Math.log2(power), 16 * (tables.length - power)];
  const sum = (bytes: Buffer): number => {
    let total = 0;
    for (let i = 0; i < bytes.length; i += 4) total = (total + bytes.readUInt32BE(i)) >>> 0;
    return total;
  };
  const directory = tables.map(([name, body], i) =>
    Buffer.concat([tag(name), u32(sum(bodies[i]!), starts[i]!, body.length)]),
  );
  const font = Buffer.concat([u32(0x10000), u16(tables.length, ...search), ...directory, ...bodies]);
  const head = starts[tables.findIndex(([name]) => name === 'head')]!;
  font.writeUInt32BE((0xb1b0afba - sum(font)) >>> 0, head + 8);
  return font;
}
