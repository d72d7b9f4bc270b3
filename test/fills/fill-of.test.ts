import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { FillPicture, FillSlot, MosaicFill, RepeatFill } from '../../src/fills/fill.ts';
import { fillOf } from '../../src/fills/fill-of.ts';
import { mosaicOptions, repeatOptions } from '../../src/fills/fill-options.ts';
import { tileSize } from '../../src/fills/lay-fill.ts';
import { sameEdges } from '../../src/units.ts';

const slot: FillSlot = {
  size: { width: 154, height: 216 },
  ...{
    bleed: sameEdges(3),
    ppi: 300,
    bleedFill: 'scale',
    upscaler: 'fast',
    tone: 1.2,
    focal: { x: 0.5, y: 0.2 },
  },
};
const picture = (id: string, widthPx = 512, heightPx = 768): FillPicture => ({
  ...{ id, path: `/${id}.png`, sha256: id.repeat(16), widthPx, heightPx },
});
const one = [picture('20220912034858')];
const two = [...one, picture('20220914163309')];
const schema = z.object({ ...repeatOptions, ...mosaicOptions });
const read = (given: Record<string, unknown>, pictures = one) => fillOf(schema.parse(given), pictures, slot);

describe('options', () => {
  test('nothing said: one picture fills the slot, several are a mosaic', () => {
    expect(read({})).toEqual({ kind: 'picture', ...slot, picture: one[0] });
    expect(read({}, two)).toMatchObject({ kind: 'mosaic', order: 'id', fill: 'copies', codes: [], gap: 0 });
  });

  test('a pattern, with its sizes in any unit', () => {
    expect(read({ repeat: 'brick', tile: '2in', gap: '0.1in', seed: 7, ground: '#ABCDEF' })).toEqual({
      ...{ kind: 'repeat', size: slot.size, bleed: slot.bleed, ppi: 300, upscaler: 'fast', tone: 1.2 },
      ...{ pictures: one, repeat: 'brick', tile: { width: 50.8, height: null }, gap: 2.54, seed: 7 },
      ...{ turn: 30, smallest: 0.5, cyclic: 'keep', ground: '#abcdef' },
    });
    expect(read({ repeat: 'grid', tile: '60x40' })).toMatchObject({ tile: { width: 60, height: 40 } });
    expect(read({ repeat: 'scattered', ground: 'none' }, two)).toMatchObject({ gap: 3, ground: null });
  });

  test('a tile is as large as its pixels, at most a third of the shorter side; its height follows', () => {
    const own = read({ repeat: 'grid' }) as RepeatFill;
    expect(tileSize(own).width).toBeCloseTo((512 / 300) * 25.4, 9);
    expect(tileSize(own).height).toBeCloseTo((768 / 300) * 25.4, 9);
    const large = { ...own, pictures: [picture('2', 4000, 4000)] };
    expect(tileSize(large).width).toBeCloseTo(148 / 3, 9);
  });

  test('columns fill the trim', () => {
    const { tile } = read({ columns: 4, gap: 2 }, two) as MosaicFill;
    expect(tile.width).toBeCloseTo((148 - 6) / 4, 9);
  });

  test('a dark zone by share or length; codes in its middle, or at the bottom', () => {
    const zone = read({ dark: '20%', darkColour: '#101010', darkEdge: 'fade', link: ['https://a.example'] });
    const { dark, codes } = zone as MosaicFill;
    expect(dark).toMatchObject({ height: 42, colour: '#101010', edge: 'fade', fade: 14 });
    const [{ box }] = codes as [MosaicFill['codes'][number]];
    expect(box.x + box.width / 2).toBeCloseTo(77, 9);
    expect(box.y + box.height / 2).toBeCloseTo(3 + 210 - 21, 9);
    expect(read({ dark: '60mm' })).toMatchObject({ dark: { height: 60, edge: 'cut' } });
    const bare = read({ link: ['https://a.example', 'https://b.example'] }) as MosaicFill;
    expect(bare.codes.map(({ box: { width } }) => width)).toEqual([25, 25]);
    expect(bare.codes[0]!.box.y + 25).toBeCloseTo(3 + 210 - 8, 9);
  });

  test.each<[Record<string, unknown>, RegExp]>([
    [
      { repeat: 'grid', dark: '20%' },
      /either a pattern or a mosaic for a slot but received --repeat grid with --dark/,
    ],
    [{ columns: 3, tile: 20 }, /either --columns or --tile for a mosaic/],
    [{ columns: 100, gap: 2 }, /room for tiles for a mosaic but received 100 columns with gaps of 2 mm/],
    [
      { link: ['https://a.example'], qrSize: '5mm' },
      /^Expected 1\d\.\d mm to 132 mm for a QR code's side .* received 5 mm/,
    ],
    [{ link: ['https://a.example'], dark: '10mm' }, /for a QR code's side/],
  ])('%j is refused', (given, message) => {
    expect(() => read(given)).toThrow(message);
  });

  test.each([
    { repeat: 'spiral' },
    { tile: '0mm' },
    { tile: 'large' },
    { gap: '-1' },
    { ground: 'red' },
    { turn: 200 },
    { smallest: 0 },
    { seed: -1 },
    { dark: '120%' },
    { columns: 0 },
    { sort: 'size' },
    { link: [''] },
  ])('%j is no option', (given) => {
    expect(schema.safeParse(given).success).toBe(false);
  });
});
