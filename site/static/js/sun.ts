/** Where the yard is, for everything that depends on the sun. */
export const ludney = { latitude: 52.73, longitude: 1.56 };

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
});

/** A time of day as the yard writes it: 17.45. */
export function yardTime(time: Date): string {
  return clock.format(time).replace(':', '.');
}
