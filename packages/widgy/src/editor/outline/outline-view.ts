import {
  batch,
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from '@preact/signals';
import { ancestorsOf, findWidget, parentOf } from '../../tree/tree.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { mayDo } from '../commands/permissions.ts';
import { rangeTo, type Selection, selectOne, toggled } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { type TreeStep, treeStep } from './keys.ts';
import { keysAbove, type Row, rowsOf } from './rows.ts';
import { type TakesNew, takesNewOf } from './takes-new.ts';

/** How a row is chosen: alone, beside what is selected, with all between, or only looked at. */
export type Choice = 'one' | 'toggle' | 'range' | 'none';

/** What the outline shows at present, without anything of a browser. */
export interface OutlineView {
  readonly session: Session;
  readonly types: ReadonlyMap<string, TypeDescription>;
  readonly takesNew: TakesNew;
  /** The keys of rows whose children are not shown. */
  readonly collapsed: Signal<ReadonlySet<string>>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  /** The index of the row that the keyboard is on. */
  readonly activeAt: ReadonlySignal<number>;
  /** Goes up each time the active row should come into view. */
  readonly revealed: Signal<number>;
  /** Makes a row active, and selects its widget. Rows of slots and those that add are never selected. */
  choose(row: Row, choice: Choice): void;
  /** Does what a key does to a tree. False for a key that means nothing. */
  step(key: string, choice: Choice, page: number): boolean;
  /** Opens or closes rows. */
  fold(keys: Iterable<string>, isCollapsed: boolean): void;
  /** Follows the selection until it is called off: what is selected anywhere becomes active, and is shown. */
  follow(): () => void;
}

/** The view of a new tab: everything is open. */
export function createOutlineView(session: Session): OutlineView {
  const { data, catalogue } = session;
  const offered = data.types.flatMap(({ type }) => (mayDo(session, 'add', type) ? [type] : []));
  const takesNew = takesNewOf(catalogue, offered);
  const collapsed = signal<ReadonlySet<string>>(new Set());
  const rows = computed(() =>
    rowsOf({ tree: session.tree.value, catalogue, collapsed: collapsed.value, takesNew }),
  );
  const activeKey = signal<string | undefined>(undefined);
  const activeAt = computed(() => {
    const key = activeKey.value ?? session.selection.value.ids.at(-1);
    return Math.max(
      0,
      rows.value.findIndex((row) => row.key === key),
    );
  });
  const revealed = signal(0);

  const fold = (keys: Iterable<string>, isCollapsed: boolean): void => {
    const next = new Set(collapsed.value);
    for (const key of keys) {
      if (isCollapsed) next.add(key);
      else next.delete(key);
    }
    const active = rows.value[activeAt.value];
    collapsed.value = next;
    // Where the active row is not shown any more, the one that it stands in is.
    if (active !== undefined) activeKey.value = nearestShown(rows.value, active, session);
  };

  const choose = (row: Row, choice: Choice): void =>
    batch(() => {
      activeKey.value = row.key;
      revealed.value++;
      if (row.kind === 'widget')
        session.selection.value = chosen(session.selection.value, row.key, choice, rows.value);
    });

  const apply = (step: TreeStep, choice: Choice): void => {
    const row = step.kind === 'go' ? rows.value[step.to] : undefined;
    if (step.kind !== 'go') fold(step.keys, step.kind === 'close');
    else if (row !== undefined) choose(row, choice);
  };

  return {
    ...{ session, types: new Map(data.types.map((type) => [type.type, type])), takesNew },
    ...{ collapsed, rows, activeAt, revealed, choose, fold },
    step: (key, choice, page) => {
      const step = treeStep(rows.value, activeAt.value, key, page);
      if (step !== undefined) apply(step, choice);
      return step !== undefined;
    },
    follow: () => {
      let last: string | undefined;
      return effect(() => {
        const tree = session.tree.value;
        const id = session.selection.value.ids.at(-1);
        const widget = id === undefined ? undefined : findWidget(tree, id);
        const stand = widget && `${widget.id} ${parentOf(tree, widget.id)?.id} ${widget.slot}`;
        // Only where it is another one, or stands elsewhere: somebody may look at other rows meanwhile.
        if (stand === last) return;
        last = stand;
        if (widget === undefined) return;
        untracked(() =>
          batch(() => {
            const closed = [...keysAbove(ancestorsOf(tree, widget.id), widget)].filter((key) =>
              collapsed.value.has(key),
            );
            if (closed.length > 0) fold(closed, false);
            activeKey.value = widget.id;
            revealed.value++;
          }),
        );
      });
    },
  };
}

function chosen(selection: Selection, id: string, choice: Choice, rows: readonly Row[]): Selection {
  switch (choice) {
    case 'one':
      return selectOne(id);
    case 'toggle':
      return toggled(selection, id);
    case 'range':
      return rangeTo(
        selection,
        id,
        rows.flatMap((row) => (row.kind === 'widget' ? row.key : [])),
      );
    case 'none':
      return selection;
  }
}

function nearestShown(rows: readonly Row[], row: Row, { tree }: Session): string {
  const shown = new Set(rows.map(({ key }) => key));
  if (shown.has(row.key)) return row.key;
  const widget = row.kind === 'widget' ? row.widget : row.parent;
  const above = [widget.id, ...keysAbove(ancestorsOf(tree.value, widget.id), widget)];
  return above.find((key) => shown.has(key)) ?? tree.value.root.id;
}
