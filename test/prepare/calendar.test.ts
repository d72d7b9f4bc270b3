import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { calendarMonths } from '../../src/prepare/calendar.ts';
import { hasTool } from '../judges/index.ts';

const usual = { firstMonth: 1, months: 12, weekStart: 'sunday', holidays: 'none' } as const;

describe.skipIf(!hasTool('python3'))("against Python's calendar", () => {
  test.each([
    [2024, 'sunday'],
    [2026, 'monday'],
    [2027, 'sunday'],
    [2100, 'monday'],
  ] as const)('%d, weeks from %s', (year, weekStart) => {
    const first = weekStart === 'monday' ? 0 : 6;
    const script = `import calendar, json; c = calendar.Calendar(${first}); print(json.dumps([[[[d.day, d.isoformat()] for d in week] for week in c.monthdatescalendar(${year}, m)] for m in range(1, 13)]))`;
    const theirs: unknown = JSON.parse(execFileSync('python3', ['-c', script], { encoding: 'utf8' }));
    const ours = calendarMonths({ ...usual, year, weekStart }).map(({ weeks }) =>
      weeks.map((week) => week.map(({ day, date }) => [day, date])),
    );
    expect(ours).toEqual(theirs);
  });
});

test('days know their weekday and whether they are of the month', () => {
  const [january] = calendarMonths({ ...usual, year: 2027 });
  // The first of January 2027 is a Friday.
  expect(january!.weeks[0]!.map(({ weekday, inMonth }) => [weekday, inMonth])).toEqual([
    [0, false],
    [1, false],
    [2, false],
    [3, false],
    [4, false],
    [5, true],
    [6, true],
  ]);
});

test('a school year goes over the end of the year', () => {
  const months = calendarMonths({ ...usual, year: 2027, firstMonth: 4 });
  expect(months.map(({ year, month }) => `${year}-${month}`)).toEqual([
    '2027-4',
    '2027-5',
    '2027-6',
    '2027-7',
    '2027-8',
    '2027-9',
    '2027-10',
    '2027-11',
    '2027-12',
    '2028-1',
    '2028-2',
    '2028-3',
  ]);
});

test('Japanese holidays of 2026, with the substitute and the citizens’ holiday (Cabinet Office)', () => {
  const days = calendarMonths({ ...usual, year: 2026, holidays: 'jp' }).flatMap(({ weeks }) => weeks.flat());
  const named = days.filter(({ holiday, inMonth }) => holiday && inMonth).map(({ date }) => date.slice(5));
  expect(named).toEqual([
    '01-01',
    '01-12',
    '02-11',
    '02-23',
    '03-20',
    '04-29',
    '05-03',
    '05-04',
    '05-05',
    '05-06',
    '07-20',
    '08-11',
    '09-21',
    '09-22',
    '09-23',
    '10-12',
    '11-03',
    '11-23',
  ]);
});

test('a calendar without a year, and holidays nobody knows yet, are refused', () => {
  expect(() => calendarMonths({ ...usual, year: undefined })).toThrow('Expected --year');
  expect(() => calendarMonths({ ...usual, year: 2050, firstMonth: 4, holidays: 'jp' })).toThrow(
    'Expected a year from 1970 to 2050 for --holidays jp but received 2050',
  );
});
