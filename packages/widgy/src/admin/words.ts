import type { ListedPage } from '../pages/index.ts';

/** A state as it is shown: a name for its look, and a label. */
export interface StateText {
  readonly name: string;
  readonly label: string;
}

/** What a page is to visitors. */
export function stateText({ state, nextAt }: Pick<ListedPage, 'state' | 'nextAt'>, now: number): StateText {
  switch (state) {
    case 'scheduled':
      return { name: state, label: nextAt === null ? 'Scheduled' : `From ${dayText(nextAt, now)}` };
    case 'published':
      return { name: state, label: 'Published' };
    case 'changed':
      return { name: state, label: nextAt === null ? 'Changed' : `Changes on ${dayText(nextAt, now)}` };
    case 'expired':
      return { name: state, label: 'Expired' };
    case 'draft':
      return { name: state, label: 'Draft' };
  }
}

/** The address of a page, to be read: not encoded. */
export function addressText(path: string): string {
  return `/${path}`;
}

/** How long ago something was. */
export function whenText(time: number, now: number): string {
  const minutes = Math.round((now - time) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return RELATIVE.format(-minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (hours < 24) return RELATIVE.format(-hours, 'hour');
  const days = Math.round(hours / 24);
  return days < 14 ? RELATIVE.format(-days, 'day') : dayText(time, now);
}

/** A day, with the year where it is another one. */
export function dayText(time: number, now: number): string {
  const date = new Date(time);
  const isThisYear = date.getUTCFullYear() === new Date(now).getUTCFullYear();
  return (isThisYear ? DAY : DAY_WITH_YEAR).format(date);
}

/** A time to the minute, in UTC, as all times of the administration are. */
export function timeText(time: number): string {
  return `${TIME.format(new Date(time))} UTC`;
}

/** A time as forms show it, in UTC: `2026-11-28T09:30`. */
export function localOfTime(time: number): string {
  return new Date(time).toISOString().slice(0, 16);
}

/** The time of a text that a form sent, which is in UTC. */
export function timeOfLocal(local: string): number {
  return Date.parse(`${local}Z`);
}

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const DAY_WITH_YEAR = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
