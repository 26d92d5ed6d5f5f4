import type { Mount } from 'widgy/server';
import { boats } from './boats.ts';
import { type BookingErrors, type BookingValues, bookableDays } from './booking.ts';
import { findBoats, readFleetQuery } from './fleet-query.ts';

const longDate = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** What pages of the yard may mount: each answers at the address of its page alone. */
export function createMounts(now: () => number): Readonly<Record<'fleet' | 'booking' | 'thanks', Mount>> {
  return {
    fleet: ({ rest, query }) => {
      if (rest !== '') return undefined;
      const asked = readFleetQuery(query);
      return { fleet: { asked, shown: findBoats(asked).map(({ id }) => id) } };
    },
    booking: ({ rest, query }) =>
      rest === '' ? { booking: bookingForm(now(), { boat: query.get('boat') ?? '' }) } : undefined,
    thanks: ({ rest, query }) => {
      if (rest !== '') return undefined;
      const date = new Date(query.get('date') ?? '');
      const boat = boats.find(({ id }) => id === query.get('boat'));
      return { thanks: { boat, day: Number.isNaN(date.getTime()) ? undefined : longDate.format(date) } };
    },
  };
}

/** What the booking form shows: the days that can be booked, what was typed, and what was wrong with it. */
export function bookingForm(now: number, values: BookingValues, errors: BookingErrors = {}) {
  return { days: bookableDays(new Date(now)), values, errors, wrong: Object.keys(errors).length };
}
