import { z } from 'zod';
import { boats } from './boats.ts';

/** The fields of the booking form, by the name they have in the markup. */
export const bookingFields = [
  'boat',
  'date',
  'people',
  'session',
  'experience',
  'name',
  'email',
  'phone',
  'notes',
  'swim',
] as const;

/** Name of a field of the booking form. */
export type BookingField = (typeof bookingFields)[number];

/** What was typed, kept as it was so that the form can be shown again. */
export type BookingValues = Partial<Record<BookingField, string>>;

/** What to say beside each field that needs another look. */
export type BookingErrors = Partial<Record<BookingField, string>>;

const text = (missing: string, longest: number) =>
  z.string(missing).trim().min(1, missing).max(longest, `Please keep this under ${longest} characters.`);

function schemaFor(today: string) {
  return z.object({
    boat: z.enum(
      boats.map((one) => one.id),
      'Choose one of the boats.',
    ),
    date: z.iso
      .date('Enter the day as a date.')
      .refine((date) => date > today, 'Choose a day after today. For today, telephone us.')
      .refine((date) => inSeason(date), 'The boats are afloat from 1 April to 31 October.')
      .refine((date) => new Date(date).getUTCDay() !== 1, 'We are closed on Mondays. Choose another day.'),
    session: z.enum(['morning', 'afternoon', 'day'], 'Choose a morning, an afternoon or the whole day.'),
    people: z.coerce
      .number('Enter how many you are, in figures.')
      .int('Enter a whole number.')
      .min(1, 'At least one of you has to come.')
      .max(8, 'Our largest boat carries eight. For more, telephone us.'),
    experience: z.enum(['none', 'some', 'plenty'], 'Tell us how much you have done before.'),
    name: text('Enter your name.', 80),
    email: z.email('Enter an email address, like name@example.org.').max(120),
    phone: z
      .string()
      .trim()
      .regex(/^[+\d][\d ()-]{6,20}$/u, 'Enter a telephone number we can reach you on that day.'),
    notes: z.string().trim().max(600, 'Please keep this under 600 characters.').default(''),
    swim: z.literal('yes', 'We can only hire to a party that will wear lifejackets.'),
  });
}

/** Whether hire boats are afloat on an ISO date. */
export function inSeason(date: string): boolean {
  const month = Number(date.slice(5, 7));
  return month >= 4 && month <= 10;
}

/** The first day that can be booked, and the last day of that season, as ISO dates. */
export function bookableDays(now: Date): { first: string; last: string } {
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  const year = Number(tomorrow.slice(0, 4));
  if (inSeason(tomorrow)) return { first: tomorrow, last: `${year}-10-31` };
  const season = tomorrow.slice(5) < '04-01' ? year : year + 1;
  return { first: `${season}-04-01`, last: `${season}-10-31` };
}

/** A booking request that passed every check. */
export type Booking = z.infer<ReturnType<typeof schemaFor>>;

/** A checked request, or what to say beside which field. */
export type BookingResult =
  | { ok: true; booking: Booking }
  | { ok: false; values: BookingValues; errors: BookingErrors };

/** Checks a submitted form. `now` decides which days are still to come. */
export function parseBooking(body: unknown, now: Date): BookingResult {
  const values = readValues(body);
  const result = schemaFor(now.toISOString().slice(0, 10)).safeParse(values);
  const crowded = tooManyFor(values);
  if (result.success && crowded === undefined) return { ok: true, booking: result.data };
  const errors: BookingErrors = {};
  for (const field of bookingFields) {
    const issue = result.error?.issues.find(({ path }) => path[0] === field);
    const message = issue?.message ?? (field === 'people' ? crowded : undefined);
    if (message !== undefined) errors[field] = message;
  }
  return { ok: false, values, errors };
}

// Apart from the schema, which checks across fields only once each field is right by itself.
function tooManyFor({ boat, people }: BookingValues): string | undefined {
  const seats = boats.find((one) => one.id === boat)?.seats;
  if (seats === undefined || !(Number(people) > seats)) return undefined;
  return `That boat carries ${seats}. Choose a larger one, or two.`;
}

function readValues(body: unknown): BookingValues {
  const fields = z.record(z.string(), z.unknown()).safeParse(body);
  const values: BookingValues = {};
  for (const name of bookingFields) {
    const value = fields.success ? fields.data[name] : undefined;
    if (typeof value === 'string') values[name] = value;
  }
  return values;
}

/** Whether a form was filled in by a program: people do not see this field. */
export function isTrapped(body: unknown): boolean {
  const fields = z.object({ website: z.string().min(1) }).safeParse(body);
  return fields.success;
}
