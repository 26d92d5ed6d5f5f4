import type { HiddenEntry } from '../../pages/index.ts';

/** Says in which menus a page is without being shown, and why; empty where there is none, and with a space in front where there is. */
export function hiddenText(entries: readonly HiddenEntry[]): string {
  return entries
    .map(({ menu, depth, above }) => {
      const levels = depth === 1 ? 'one level' : `${depth} levels`;
      return ` “${menu}” does not show it there: it has ${levels}, and “${above}” above it is in it too.`;
    })
    .join('');
}
