import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTemplate } from '../../src/layout/template.ts';
import { hasTool, type PdfWord, pdfWords } from '../judges/index.ts';
import { inTemporaryFolder } from '../judges/tool.ts';
import { openGoods } from './paper-goods.ts';
import { openBrowser } from './sheets.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const LETTERS = { almanac: [...'SMTWTFS'], koyomi: [...'日月火水木金土'] } as const;

/** The printed words of each page of a calendar. */
async function printed(name: string, options: Record<string, unknown>): Promise<PdfWord[][]> {
  const template = await findTemplate(name);
  const { sheet } = await openGoods(browser, template, { product: 'calendar', options, fields: {} });
  const grey = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer();
  await sheet.place(sheet.slots.map(() => grey));
  const pdf = await sheet.pdf();
  await sheet.close();
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, 'calendar.pdf');
    await writeFile(file, pdf);
    return pdfWords(file);
  });
}

/** Where a weekday's letter and the days below it are in line. */
const IN_LINE = {
  almanac: ({ x, width }: PdfWord) => x + width / 2,
  koyomi: ({ x }: PdfWord) => x,
};

/** The table of a month as it is printed: the line of weekdays, and each day below it with its column and its row. */
function tableOf(words: readonly PdfWord[], name: keyof typeof IN_LINE) {
  const at = IN_LINE[name];
  const letters = words.filter(({ text }) => (LETTERS[name] as readonly string[]).includes(text));
  // Seven of them on one line: nothing else is like that.
  const header = letters
    .filter(({ y }) => letters.filter((other) => Math.abs(other.y - y) < 1).length === 7)
    .sort((a, b) => a.x - b.x);
  const columns = header.map(at);
  const half = (columns[1]! - columns[0]!) / 2;
  const below = words.filter(
    (word) => /^\d{1,2}$/.test(word.text) && word.y > header[0]!.y + 1 && at(word) > columns[0]! - half,
  );
  const rows = [...new Set(below.map(({ y }) => Math.round(y)))].sort((a, b) => a - b);
  const days = below.map((word) => ({
    day: Number(word.text),
    column: columns.findIndex((column) => Math.abs(column - at(word)) < half / 2),
    row: rows.indexOf(Math.round(word.y)),
  }));
  return { header: header.map(({ text }) => text), days };
}

/** The same as JavaScript's own calendar has it. */
function expected(year: number, month: number, monday: boolean) {
  const shift = monday ? 6 : 0;
  const first = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + shift) % 7;
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: count }, (_, i) => ({
    day: i + 1,
    column: (first + i) % 7,
    row: Math.floor((first + i) / 7),
  }));
}

describe.skipIf(!hasTool('pdftotext')).each([
  ['almanac', { year: 2027 }],
  ['almanac', { year: 2028, weekStart: 'monday', size: 'desk', orientation: 'landscape' }],
  ['koyomi', { year: 2027, size: 'desk', orientation: 'landscape' }],
  ['koyomi', { year: 2026, firstMonth: 4, weekStart: 'monday', holidays: 'jp' }],
] as const)('%s %j', (name, options) => {
  let pages: PdfWord[][];
  beforeAll(async () => {
    pages = await printed(name, options);
  });

  test('every day of the year stands in the column of its weekday, once, week below week', () => {
    const { weekStart = 'sunday', firstMonth = 1 } = options as { weekStart?: string; firstMonth?: number };
    const monday = weekStart === 'monday';
    const letters = LETTERS[name];
    expect(pages).toHaveLength(13);
    for (const [i, words] of pages.slice(1).entries()) {
      const { header, days } = tableOf(words, name);
      expect(header).toEqual(monday ? [...letters.slice(1), letters[0]] : letters);
      const month = ((firstMonth - 1 + i) % 12) + 1;
      const year = options.year + Math.floor((firstMonth - 1 + i) / 12);
      expect(
        days.sort((a, b) => a.day - b.day),
        `${year}-${month}`,
      ).toEqual(expected(year, month, monday));
    }
  });

  test('the cover tells the year, the months their names', () => {
    expect(pages[0]!.map(({ text }) => text).join('')).toContain(String(options.year));
    const { firstMonth = 1 } = options as { firstMonth?: number };
    const texts = pages.map((words) => words.map(({ text }) => text).join(' '));
    const names = ['January', 'April', 'December'] as const;
    for (const [month, own] of [
      [1, 0],
      [4, 1],
      [12, 2],
    ] as const)
      expect(texts[1 + ((month - firstMonth + 12) % 12)]).toContain(names[own]);
  });
});

describe.skipIf(!hasTool('pdftotext'))('holidays', () => {
  test('stand by their day in Japanese', async () => {
    const pages = await printed('koyomi', { year: 2027, holidays: 'jp' });
    const january = pages[1]!;
    const name = january.find(({ text }) => text === '元日')!;
    const near = january
      .filter(({ text, y }) => /^\d+$/.test(text) && y < name.y)
      .sort((a, b) => Math.hypot(a.x - name.x, a.y - name.y) - Math.hypot(b.x - name.x, b.y - name.y));
    expect(near[0]!.text).toBe('1');
    expect(pages[2]!.map(({ text }) => text)).toContain('天皇誕生日');
    const without = await printed('koyomi', { year: 2027 });
    expect(without[1]!.map(({ text }) => text)).not.toContain('元日');
  });

  test('are listed in English beside the month', async () => {
    const pages = await printed('almanac', { year: 2027, holidays: 'jp' });
    const text = pages[1]!.map((word) => word.text).join(' ');
    expect(text).toContain('1 New Year');
    expect(text).toContain('11 Coming of Age Day');
  });
});
