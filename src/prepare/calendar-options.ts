import * as z from 'zod';
import { option } from '../option.ts';

/** What an order says of the months that a calendar shows. */
export const calendarOptions = {
  year: option(z.int().min(1970).max(2100).optional(), {
    description: 'Year of the calendar; it has no usual value, so that an order stays what it is',
    placeholder: 'yyyy',
  }),
  firstMonth: option(z.int().min(1).max(12).default(1), {
    description: 'Month that it begins with: 4 for a Japanese school year',
    placeholder: 'n',
  }),
  months: option(z.int().min(1).max(24).default(12), { description: 'How many months', placeholder: 'n' }),
  weekStart: option(z.enum(['sunday', 'monday']).default('sunday'), {
    description: 'First day of the week',
  }),
  holidays: option(z.enum(['none', 'jp']).default('none'), {
    description: 'Public holidays that are marked and named: those of Japan',
  }),
};

export type CalendarOrder = z.output<z.ZodObject<typeof calendarOptions>>;
