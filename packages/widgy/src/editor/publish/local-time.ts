/** A time as a control for days and times shows it, by the clock of the reader's machine: `2026-11-28T09:30`. */
export function localOfTime(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())];
  return `${day.join('-')}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time that such a control means, in milliseconds since 1970; undefined where it is not filled in. */
export function timeOfLocal(local: string): number | undefined {
  // Without a zone it is a time of the machine's own clock.
  const time = LOCAL.test(local) ? new Date(local).getTime() : Number.NaN;
  return Number.isFinite(time) ? time : undefined;
}

const LOCAL = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

/** The latest time at which something may be published: the end of the year 9999. */
const LAST_TIME = Date.UTC(10_000, 0, 1) - 1;

/** Whether something can be put off until a time. */
export function isTimeToCome(time: number | undefined, now: number): time is number {
  return time !== undefined && time > now && time <= LAST_TIME;
}

/** What the clock of the reader's machine goes by, to be read: `Europe/Berlin`. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
