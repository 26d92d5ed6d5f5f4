import { formatsOf } from '../formats.ts';

/** German formats. */
export const formats = formatsOf('de');

/** So many widgets. */
export function widgets(count: number): string {
  return formats.plural(count, { one: '# Widget', other: '# Widgets' });
}
