import { formatsOf } from '../formats.ts';

/** English formats. */
export const formats = formatsOf('en');

/** So many widgets. */
export function widgets(count: number): string {
  return formats.plural(count, { one: '# widget', other: '# widgets' });
}
