/** An entry of a menu, with those below it. */
export interface MenuEntry {
  /** The page that it stands for. */
  readonly page: string;
  readonly title: string;
  /** Its address, or where its link page leads. */
  readonly url: string;
  readonly entries: readonly MenuEntry[];
}

/** A page of a menu. */
export interface MenuPage {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** Undefined for one that is not shown: neither it nor what is below it becomes an entry. */
  readonly url: string | undefined;
}

/**
 * Makes entries of the pages of a menu: each stands below the nearest page above it that is in the menu too, at most so many levels
 * deep.
 *
 * @param pages those that stand higher first, and those with one parent in their order
 */
export function nestEntries(pages: readonly MenuPage[], depth: number): readonly MenuEntry[] {
  const top: MenuEntry[] = [];
  const places = new Map<string, { readonly level: number; readonly entries: MenuEntry[] } | undefined>();
  for (const { id, title, path, url } of pages) {
    const above = nearestAbove(path, places);
    const place = above === undefined ? { level: 0, entries: top } : places.get(above);
    const isEntry = url !== undefined && place !== undefined && place.level < depth;
    const entries: MenuEntry[] = [];
    if (isEntry) place.entries.push({ page: id, title, url, entries });
    places.set(path, isEntry ? { level: place.level + 1, entries } : undefined);
  }
  return top;
}

function nearestAbove(path: string, places: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const above = path.slice(0, end);
    if (places.has(above)) return above;
  }
  return undefined;
}

/** An entry as it is shown on one page. */
export interface MarkedEntry extends Omit<MenuEntry, 'entries'> {
  /** Whether it leads to the page that is shown. */
  readonly isCurrent: boolean;
  /** Whether that page stands below it, in the menu or in the tree of pages. */
  readonly isAncestor: boolean;
  readonly entries: readonly MarkedEntry[];
}

/** Says which entries of a menu lead to the page that is shown, or are above it. */
export function markCurrent(entries: readonly MenuEntry[], current: string): readonly MarkedEntry[] {
  return entries.map((entry) => {
    const marked = markCurrent(entry.entries, current);
    const isCurrent = entry.url === current;
    const isBelow = marked.some((below) => below.isCurrent || below.isAncestor);
    const isInside = entry.url !== '/' && current.startsWith(`${entry.url}/`);
    return { ...entry, entries: marked, isCurrent, isAncestor: !isCurrent && (isBelow || isInside) };
  });
}
