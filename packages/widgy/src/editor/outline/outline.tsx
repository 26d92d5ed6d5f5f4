/** @jsxImportSource preact */
import { effect, type ReadonlySignal, untracked, useComputed, useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { labelIn } from '../commands/where.ts';
import { Icon } from '../parts/icon.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { holdTouch } from './drag.ts';
import { createRowDrag } from './drag-rows.ts';
import { GapAdd } from './gap-add.tsx';
import type { NewAt } from './gap-place.ts';
import { createLayout, indentFor } from './layout.ts';
import { outlineHandlers } from './outline-handlers.ts';
import { OutlineRows } from './outline-rows.tsx';
import { createOutlineView } from './outline-view.ts';
import { RefusedNote } from './refused-note.tsx';
import { RowMenu } from './row-menu.tsx';

/** What the outline needs. */
export interface OutlineProps {
  readonly session: Session;
  readonly surface: Surface;
  /** The widgets that have no visible box in the page, where that is known. */
  readonly unseen?: ReadonlySignal<ReadonlySet<string>>;
}

/**
 * The outline: all widgets of the page as a tree with one Tab stop. The tree itself has the focus and names the active row, so that no
 * change of rows can lose it.
 */
export function Outline({ session, surface, unseen }: OutlineProps) {
  const { words } = session;
  const view = useMemo(() => createOutlineView(session), [session]);
  const layout = useMemo(createLayout, []);
  const prefix = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const drag = useMemo(
    () =>
      createRowDrag(view, () =>
        tree.current && line.current && ghost.current
          ? { layout, tree: tree.current, line: line.current, ghost: ghost.current }
          : undefined,
      ),
    [view, layout],
  );
  const menu = useSignal<string | undefined>(undefined);
  const gap = useSignal<NewAt | undefined>(undefined);
  const { onTree, onContent } = useMemo(
    () => outlineHandlers({ view, surface, layout, drag, menu, gap }),
    [view, surface, layout, drag, menu, gap],
  );
  const height = useComputed(() => view.rows.value.length * layout.rowHeight.value);

  useEffect(() => {
    const unfollow = view.follow();
    // Before anything is drawn: else rows would be drawn where nobody looks any more.
    const unreveal = effect(() => {
      if (view.revealed.value > 0) untracked(() => layout.reveal(view.activeAt.value));
    });
    return () => {
      unfollow();
      unreveal();
    };
  }, [view, layout]);
  useLayoutEffect(() => {
    if (!scroller.current || !tree.current || !probe.current) return undefined;
    const unwatch = layout.watch(scroller.current, tree.current, probe.current);
    const release = holdTouch(tree.current, () => drag.dragged.value !== undefined);
    return () => {
      unwatch();
      release();
    };
  }, [layout, drag]);
  useLayoutEffect(() => {
    const maxLevel = view.rows.value.reduce(deeper, 1);
    layout.indent.value = indentFor(layout.width.value, layout.rowHeight.value, maxLevel);
  });
  const all = view.rows.value;
  const dragged = drag.dragged.value;
  return (
    <div class="outline-view" data-dragging={dragged !== undefined}>
      <div class="outline-head">
        <h2>{words.outline.title}</h2>
        <button
          type="button"
          class="outline-button"
          aria-label={words.outline.expandAll}
          title={words.outline.expandAll}
          onClick={() => view.fold([...view.collapsed.value], false)}
        >
          <Icon name="unfold" />
        </button>
        <button
          type="button"
          class="outline-button"
          aria-label={words.outline.collapseAll}
          title={words.outline.collapseAll}
          onClick={() =>
            view.fold(
              all.flatMap(({ key, hasChildren, up }) => (hasChildren && up >= 0 ? [key] : [])),
              true,
            )
          }
        >
          <Icon name="fold" />
        </button>
      </div>
      <div
        class="outline-scroll"
        ref={scroller}
        onScroll={({ currentTarget }) => {
          layout.scrollTop.value = currentTarget.scrollTop;
        }}
      >
        <div class="outline-content" style={{ blockSize: `${height.value}px` }} {...onContent}>
          <div
            ref={tree}
            class="outline-tree"
            role="tree"
            tabIndex={0}
            aria-label={words.outline.tree}
            aria-multiselectable="true"
            aria-activedescendant={`${prefix}${all[view.activeAt.value]?.key}`}
            {...onTree}
          >
            <OutlineRows {...{ view, surface, layout, prefix, unseen }} dragged={dragged} />
          </div>
          <GapAdd {...{ session, surface, layout, gap }} />
          <div ref={line} class="outline-line" hidden />
        </div>
        <div ref={probe} class="outline-probe" aria-hidden="true" />
      </div>
      <RefusedNote session={session} refused={drag.refused} />
      <div ref={ghost} class="drag-ghost" aria-hidden="true" hidden>
        {dragged === undefined ? null : ghostText(session, dragged)}
      </div>
      <RowMenu {...{ view, surface, menu, prefix }} onClosed={() => tree.current?.focus()} />
    </div>
  );
}

function deeper(level: number, row: { readonly level: number }): number {
  return Math.max(level, row.level);
}

function ghostText({ words, tree, catalogue }: Session, ids: readonly string[]): string {
  const [first = '', ...others] = ids;
  if (others.length > 0) return words.selection.count({ count: ids.length });
  return labelIn(tree.value, first, catalogue);
}
