import { type Widget, walk } from './widget.ts';

/** Where a widget is found by its id. */
export interface IndexEntry {
  readonly widget: Widget;
  /** Id of its parent; undefined for the root. */
  readonly parent: string | undefined;
}

/**
 * Widgets by id, as a value: a map that trees of one origin share, and what is different in this one. A change costs
 * what it changes, and now and then a new map once the differences have grown.
 */
export interface WidgetIndex {
  readonly shared: ReadonlyMap<string, IndexEntry>;
  /** Undefined for an id that is in the shared map and not in this tree. */
  readonly changes: IndexChanges;
}

/** Entries that are new, and undefined for those that are gone. */
export type IndexChanges = ReadonlyMap<string, IndexEntry | undefined>;

/** Indexes a whole tree. Where two widgets have one id the first is kept, and the id is told to `twice`. */
export function indexWidgets(root: Widget, twice: (id: string) => void): WidgetIndex {
  const shared = new Map<string, IndexEntry>([[root.id, { widget: root, parent: undefined }]]);
  for (const parent of walk(root)) {
    for (const widget of parent.children) {
      if (shared.has(widget.id)) twice(widget.id);
      else shared.set(widget.id, { widget, parent: parent.id });
    }
  }
  return { shared, changes: new Map() };
}

/** Looks a widget up. */
export function entryOf({ shared, changes }: WidgetIndex, id: string): IndexEntry | undefined {
  return changes.has(id) ? changes.get(id) : shared.get(id);
}

/** The index after some changes. */
export function changeIndex({ shared, changes: earlier }: WidgetIndex, later: IndexChanges): WidgetIndex {
  const changes = new Map(earlier);
  for (const [id, entry] of later) changes.set(id, entry);
  // About the square root: then copying the changes and making a new map cost the same over many operations.
  if (changes.size < MIN_CHANGES || changes.size ** 2 < shared.size * 4) return { shared, changes };
  const whole = new Map(shared);
  for (const [id, entry] of changes) {
    if (entry === undefined) whole.delete(id);
    else whole.set(id, entry);
  }
  return { shared: whole, changes: new Map() };
}

const MIN_CHANGES = 32;
