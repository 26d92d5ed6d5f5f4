/** @jsxImportSource preact */

import type { IconName } from './icons.ts';

/** A picture beside words, or in a button that has a name. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <use href={`#icon-${name}`} />
    </svg>
  );
}
