import holidayJp from '@holiday-jp/holiday_jp';
import * as z from 'zod';
import { PrintcatError } from '../errors.ts';
import { type CalendarOrder, calendarOptions } from './calendar-options.ts';
import type { Preparation, PreparationJob } from './preparation.ts';

/** A day of a month's table. */
export interface CalendarDay {
  readonly day: number;
  /** `2027-01-31` */
  readonly date: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Whether it belongs to the month of the table, or to the one before or after. */
  readonly inMonth: boolean;
  /** The holiday's name in Japanese and English; empty where it is none. */
  readonly holiday: string;
  readonly holidayEn: string;
}

export interface CalendarMonth {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  /** Whole weeks, four to six. */
  readonly weeks: readonly (readonly CalendarDay[])[];
}

const DAY_MS = 86_400_000;
/** The years whose holidays the library knows. */
const HOLIDAY_YEARS = [1970, 2050] as const;

/**
 * The months that an order asks for, each as whole weeks.
 * @throws PrintcatError without a year, and for holidays of years that nobody knows yet
 */
export function calendarMonths({
  year,
  firstMonth,
  months,
  weekStart,
  holidays,
}: CalendarOrder): CalendarMonth[] {
  if (year === undefined) {
    throw new PrintcatError('Expected --year: a calendar is of a year', { hint: 'For example --year 2027.' });
  }
  const last = year + Math.floor((firstMonth - 1 + months - 1) / 12);
  if (holidays === 'jp' && (year < HOLIDAY_YEARS[0] || last > HOLIDAY_YEARS[1])) {
    throw new PrintcatError(
      `Expected a year from ${HOLIDAY_YEARS.join(' to ')} for --holidays jp but received ${year}`,
      { hint: 'Leave --holidays out.' },
    );
  }
  const first = weekStart === 'monday' ? 1 : 0;
  return Array.from({ length: months }, (_, i): CalendarMonth => {
    // Dates in UTC have no summer time: each day is as long as any other.
    const start = Date.UTC(year, firstMonth - 1 + i, 1);
    const end = Date.UTC(year, firstMonth + i, 0);
    const month = new Date(start).getUTCMonth();
    const from = start - ((new Date(start).getUTCDay() - first + 7) % 7) * DAY_MS;
    const weeks = Math.ceil((end - from + DAY_MS) / (7 * DAY_MS));
    return {
      year: new Date(start).getUTCFullYear(),
      month: month + 1,
      weeks: Array.from({ length: weeks }, (__, week) =>
        Array.from({ length: 7 }, (___, day) => dayOf(from + (week * 7 + day) * DAY_MS, month, holidays)),
      ),
    };
  });
}

function dayOf(time: number, month: number, holidays: CalendarOrder['holidays']): CalendarDay {
  const date = new Date(time);
  const iso = date.toISOString().slice(0, 10);
  const known: Readonly<Record<string, { readonly name: string; readonly name_en: string }>> =
    holidays === 'jp' ? holidayJp.holidays : {};
  const holiday = known[iso];
  return {
    day: date.getUTCDate(),
    date: iso,
    weekday: date.getUTCDay(),
    inMonth: date.getUTCMonth() === month,
    holiday: holiday?.name ?? '',
    holidayEn: holiday?.name_en ?? '',
  };
}

export default function prepareCalendar({ options }: Pick<PreparationJob, 'options'>): Preparation {
  const order = z.object(calendarOptions).parse(options);
  const months = calendarMonths(order);
  return { values: { months: months.length }, data: { months, weekStart: order.weekStart } };
}
