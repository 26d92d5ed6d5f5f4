/** The forms of a text by number, with `#` where the number stands. Languages have different ones; all have `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** How numbers, times and lists are written in one language. Times are those of the reader's own clock. */
export interface Formats {
  /** BCP 47, as for the `lang` of the page. */
  readonly language: string;
  readonly number: (value: number) => string;
  /** The text that goes with a number, with the number in it: `plural(3, { one: '# widget', other: '# widgets' })`. */
  readonly plural: (value: number, forms: PluralForms) => string;
  /** Several names as one text: `a, b, and c`. */
  readonly list: (names: readonly string[]) => string;
  /** Bytes in the unit that suits them, 1 kB being 1,000 bytes. */
  readonly bytes: (value: number) => string;
  /** Milliseconds, with one digit after the point below 10. */
  readonly milliseconds: (value: number) => string;
  /** The hour and minute of a time, in milliseconds since 1970: `12:03`. */
  readonly clock: (time: number) => string;
  /** The day, hour and minute of a time, in milliseconds since 1970. */
  readonly moment: (time: number) => string;
  /** How long before `now` a time was, in the unit that suits it. A time to come counts as now. */
  readonly ago: (time: number, now: number) => string;
}

/**
 * The formats of a language. What `Intl` needs is made when it is first used, since making it takes longer than using it.
 *
 * @param timeZone another one than that of the reader's machine
 */
export function formatsOf(language: string, timeZone?: string): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  const number = later(() => new Intl.NumberFormat(language));
  const rules = later(() => new Intl.PluralRules(language));
  const list = later(() => new Intl.ListFormat(language));
  const clock = later(
    () =>
      new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone }),
  );
  const moment = later(
    () =>
      new Intl.DateTimeFormat(language, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        ...zone,
      }),
  );
  const present = later(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  // What is 30 hours ago need not be of yesterday.
  const past = later(() => new Intl.RelativeTimeFormat(language));
  const inUnit = (value: number, unit: string, maximumFractionDigits: number) =>
    new Intl.NumberFormat(language, {
      ...{ style: 'unit', unit, maximumFractionDigits },
      // The short form of a byte knows no number: 2 byte.
      unitDisplay: unit === 'byte' ? 'long' : 'short',
    }).format(value);
  return {
    language,
    number: (value) => number().format(value),
    plural: (value, forms) =>
      (forms[rules().select(value)] ?? forms.other).replaceAll('#', number().format(value)),
    list: (names) => list().format(names),
    bytes: (value) => {
      const { unit, size } = BYTE_UNITS.find(({ size }) => value >= size) ?? { unit: 'byte', size: 1 };
      return inUnit(value / size, unit, value < 10 * size ? 1 : 0);
    },
    milliseconds: (value) => inUnit(value, 'millisecond', value < 10 ? 1 : 0),
    clock: (time) => clock().format(time),
    moment: (time) => moment().format(time),
    ago: (time, now) => {
      const seconds = Math.max(0, Math.round((now - time) / 1_000));
      const found = TIME_UNITS.find(({ size }) => seconds >= size);
      if (found === undefined) return present().format(0, 'second');
      return past().format(-Math.floor(seconds / found.size), found.unit);
    },
  };
}

/** The largest first. */
const BYTE_UNITS = [
  { unit: 'megabyte', size: 1_000_000 },
  { unit: 'kilobyte', size: 1_000 },
] as const;

/** The largest first, in seconds. What is less than a minute ago is now. */
const TIME_UNITS = [
  { unit: 'day', size: 86_400 },
  { unit: 'hour', size: 3_600 },
  { unit: 'minute', size: 60 },
] as const;

function later<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
