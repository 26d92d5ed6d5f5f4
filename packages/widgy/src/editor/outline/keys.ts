import type { Row } from './rows.ts';

/** What a key does in a tree. `to`: the index of the row that is active then. */
export type TreeStep =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'open'; readonly keys: readonly string[] }
  | { readonly kind: 'close'; readonly keys: readonly string[] };

/** What a row says, for finding it by its first letters. */
export type RowText = (row: Row) => string;

/**
 * What a key without Alt does to a tree, by the ARIA pattern; undefined for a key that means nothing here.
 *
 * @param at the index of the active row
 * @param page rows that fit on the screen
 */
export function treeStep(rows: readonly Row[], at: number, key: string, page: number): TreeStep | undefined {
  const row = rows[at];
  const last = rows.length - 1;
  if (row === undefined) return undefined;
  const go = (to: number): TreeStep => ({ kind: 'go', to: Math.max(0, Math.min(last, to)) });
  switch (key) {
    case 'ArrowUp':
      return go(at - 1);
    case 'ArrowDown':
      return go(at + 1);
    case 'PageUp':
      return go(at - page);
    case 'PageDown':
      return go(at + page);
    case 'Home':
      return go(0);
    case 'End':
      return go(last);
    case 'ArrowRight':
      if (!row.hasChildren) return undefined;
      return row.isCollapsed ? { kind: 'open', keys: [row.key] } : go(at + 1);
    case 'ArrowLeft':
      if (row.hasChildren && !row.isCollapsed) return { kind: 'close', keys: [row.key] };
      return row.up < 0 ? undefined : go(row.up);
    case 'Escape':
      return climb(rows, row);
    case '*': {
      const closed = rows.filter((other) => other.up === row.up && other.isCollapsed);
      return { kind: 'open', keys: closed.map(({ key }) => key) };
    }
    default:
      return undefined;
  }
}

/** To the widget around: slots are passed over. */
function climb(rows: readonly Row[], row: Row): TreeStep | undefined {
  for (let to = row.up; to >= 0; to = rows[to]?.up ?? -1)
    if (rows[to]?.kind === 'widget') return { kind: 'go', to };
  return undefined;
}

/** Milliseconds after which typing begins a new word. */
export const TYPE_AHEAD_MS = 700;

/**
 * The next row that begins with what was typed, around the end to the active row itself. The same letter several times goes through
 * all that begin with it.
 */
export function typeAhead(
  rows: readonly Row[],
  at: number,
  typed: string,
  textOf: RowText,
): number | undefined {
  const text = typed.toLocaleLowerCase();
  const [letter = ''] = text;
  const isRepeated = text.length > 1 && [...text].every((each) => each === letter);
  const wanted = isRepeated ? letter : text;
  // A longer text may mean the active row still.
  const first = wanted.length > 1 ? at : at + 1;
  for (let step = 0; step < rows.length; step++) {
    const to = (first + step) % rows.length;
    const row = rows[to];
    if (row !== undefined && textOf(row).toLocaleLowerCase().startsWith(wanted)) return to;
  }
  return undefined;
}
