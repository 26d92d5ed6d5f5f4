/** The option that a key goes to in a list that is chosen from while the focus stays in a text; undefined for a key that means nothing there. */
export function stepOption(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return (active + count - 1) % count;
    case 'PageDown':
      return Math.min(active + PAGE, count - 1);
    case 'PageUp':
      return Math.max(active - PAGE, 0);
    default:
      return undefined;
  }
}

/** Options that a page key passes. */
const PAGE = 8;
