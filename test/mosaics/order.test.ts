import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toLab } from '../../src/artwork/lab.ts';
import { meanColourOf } from '../../src/mosaics/mean-colour.ts';
import { assignCells, type Cell, cellKey, type MosaicPicture, withCopies } from '../../src/mosaics/order.ts';
import { paint, png, scratchFolder } from '../artwork/pictures.ts';

const grid = (columns: number, rows: number): Cell[] =>
  Array.from({ length: columns * rows }, (_, i) => ({ column: i % columns, row: Math.floor(i / columns) }));
const idOf = (i: number) => `2022090${Math.floor(i / 10)}${String(i).padStart(2, '0')}0000`;
const pictures = (...numbers: number[]): MosaicPicture[] => numbers.map((i) => ({ id: idOf(i) }));
const some = Array.from({ length: 14 }, (_, i) => 2 * i + 1);
const moved = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>) =>
  [...a].filter(([key, id]) => b.get(key) !== id).map(([key]) => key);

describe('cells', () => {
  test('by ID, row by row, whatever order they come in', () => {
    const cells = grid(4, 2);
    const made = assignCells(pictures(5, 1, 3), cells, 'id');
    expect([...made]).toEqual([
      ['0,0', idOf(1)],
      ['1,0', idOf(3)],
      ['2,0', idOf(5)],
    ]);
    expect(assignCells(pictures(3, 5, 1), cells, 'id')).toEqual(made);
  });

  test('by date, the ID’s own where none is given', () => {
    const list = [
      { id: idOf(1), date: '2024-01-01' },
      { id: idOf(2) },
      { id: idOf(3), date: '2020-05-05T10:00:00Z' },
    ];
    expect([...assignCells(list, grid(3, 1), 'date').values()]).toEqual([idOf(3), idOf(2), idOf(1)]);
  });

  test('by colour: light rows above dark ones, each by hue', () => {
    const of = (id: string, rgb: [number, number, number]) => ({ id, colour: toLab(rgb) });
    const list = [
      of('navy', [20, 30, 90]),
      of('cream', [250, 240, 220]),
      of('moss', [40, 60, 20]),
      of('sky', [200, 225, 250]),
      of('wine', [90, 20, 30]),
      of('pink', [250, 215, 225]),
    ];
    const rows = [...assignCells(list, grid(3, 2), 'colour').values()];
    expect(rows.slice(0, 3).sort()).toEqual(['cream', 'pink', 'sky']);
    expect(rows.slice(3)).toEqual(['navy', 'wine', 'moss']);
  });

  test('a newer picture moves none of the others', () => {
    const cells = grid(5, 4);
    const before = assignCells(pictures(...some), cells, 'id');
    expect(moved(before, assignCells(pictures(...some, 60), cells, 'id'))).toEqual([]);
  });

  test.each(['id', 'date', 'colour'] as const)(
    'with the mosaic from before, none moves whatever is added or taken away: %s',
    (order) => {
      const cells = grid(5, 4);
      const before = assignCells(pictures(...some), cells, order);
      const added = assignCells(pictures(...some, 0, 8, 90), cells, order, before);
      expect(moved(before, added)).toEqual([]);
      expect([...added.values()].sort()).toEqual(
        pictures(...some, 0, 8, 90)
          .map(({ id }) => id)
          .sort(),
      );
      const less = assignCells(pictures(...some.slice(1)), cells, order, before);
      expect(moved(before, less)).toHaveLength(1);
      // The cell that fell free is taken by the next new one.
      const again = assignCells(pictures(...some.slice(1), 70), cells, order, before);
      const hole = [...before].find(([, id]) => id === idOf(some[0]!))![0];
      expect(again.get(hole)).toBe(idOf(70));
    },
  );

  test('more pictures than cells: the last find none', () => {
    expect([...assignCells(pictures(4, 1, 2, 3), grid(3, 1), 'id').values()]).toEqual([1, 2, 3].map(idOf));
  });
});

describe('copies', () => {
  const cells = grid(10, 12);
  const filled = (numbers: readonly number[]) =>
    withCopies(assignCells(pictures(...numbers), cells, 'id'), cells);

  test('fill every cell, and lie away from each other', () => {
    const all = Array.from({ length: 40 }, (_, i) => i);
    const made = filled(all);
    expect(made.size).toBe(120);
    for (const a of cells) {
      for (const b of cells) {
        if (a === b || Math.max(Math.abs(a.column - b.column), Math.abs(a.row - b.row)) > 2) continue;
        expect(made.get(cellKey(a))).not.toBe(made.get(cellKey(b)));
      }
    }
    expect(filled(all)).toEqual(made);
  });

  test('a new picture changes few of them', () => {
    const all = Array.from({ length: 30 }, (_, i) => i);
    const changed = moved(filled(all), filled([...all, 30])).length;
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThan(30);
  });

  test('of one picture they fill all, of none nothing', () => {
    expect(new Set(filled([1]).values())).toEqual(new Set([idOf(1)]));
    expect(withCopies(new Map(), cells).size).toBe(0);
  });
});

test('the mean colour is of what is seen', async () => {
  const path = join(scratchFolder(), 'half.png');
  const half = paint(64, 64, 4, (x) => (x < 32 ? [200, 40, 40, 255] : [0, 0, 255, 0]));
  await writeFile(path, await png(half).toBuffer());
  const [l, a, b] = await meanColourOf(path);
  const wanted = toLab([200, 40, 40]);
  expect(Math.hypot(l - wanted[0], a - wanted[1], b - wanted[2])).toBeLessThan(2);
  await expect(meanColourOf(`${path}.none`)).rejects.toThrow(/Expected a readable picture/);
});
