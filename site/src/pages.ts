import { boats } from './boats.ts';
import { type BookingErrors, type BookingValues, bookableDays } from './booking.ts';
import { day, directions, history, jobs, log, people } from './content.ts';
import { findBoats, readFleetQuery } from './fleet-query.ts';

/** What a page may look at while it gathers its variables. */
export interface PageRequest {
  query: URLSearchParams;
  now: Date;
}

/** One page: where it is, which template shows it, and what the template is given. */
export interface Page {
  path: string;
  template: string;
  variables(request: PageRequest): Record<string, unknown>;
}

const longDate = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** Every page that is answered to a plain GET. */
export const pages: readonly Page[] = [
  {
    path: '/',
    template: 'home.liquid',
    variables: () => ({
      boats: boats.filter((one) => ['teal', 'snipe', 'bittern'].includes(one.id)),
      day,
      jobs,
      log,
    }),
  },
  {
    path: '/boats',
    template: 'boats.liquid',
    variables: ({ query }) => {
      const asked = readFleetQuery(query);
      return { boats, asked, shown: findBoats(asked).map((one) => one.id) };
    },
  },
  {
    path: '/yard',
    template: 'yard.liquid',
    variables: () => ({ people, history, directions }),
  },
  {
    path: '/book',
    template: 'book.liquid',
    variables: ({ query, now }) => bookingForm(now, { boat: query.get('boat') ?? '' }),
  },
  {
    path: '/book/thanks',
    template: 'thanks.liquid',
    variables: ({ query }) => {
      const date = new Date(query.get('date') ?? '');
      return {
        boat: boats.find((one) => one.id === query.get('boat')),
        date: Number.isNaN(date.getTime()) ? '' : longDate.format(date),
      };
    },
  },
];

/** What the booking form shows: the choices, what was typed, and what was wrong with it. */
export function bookingForm(
  now: Date,
  values: BookingValues,
  errors: BookingErrors = {},
): Record<string, unknown> {
  return { boats, days: bookableDays(now), values, errors, wrong: Object.keys(errors).length };
}
