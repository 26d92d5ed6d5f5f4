import { batch, type Signal } from '@preact/signals';
import { browserHost } from '../commands/host.ts';
import { mayMove, moveToward, whyNotMoved } from '../commands/move.ts';
import type { Direction } from '../commands/moves.ts';
import { COMMANDS } from '../commands/registry.ts';
import { isOfComposition } from '../commands/typing.ts';
import type { Surface } from '../session/surface.ts';
import type { RowDrag } from './drag-rows.ts';
import { type NewAt, newAt, newFrom } from './gap-place.ts';
import { TYPE_AHEAD_MS, typeAhead } from './keys.ts';
import type { Layout } from './layout.ts';
import type { Choice, OutlineView } from './outline-view.ts';
import { rowWords, seenText } from './row-text.ts';
import type { Row } from './rows.ts';

/** What the handlers of the outline act on. */
export interface Handled {
  readonly view: OutlineView;
  readonly surface: Surface;
  readonly layout: Layout;
  readonly drag: RowDrag;
  /** The key of the row whose menu is open. */
  readonly menu: Signal<string | undefined>;
  /** The gap that the pointer is at. */
  readonly gap: Signal<NewAt | undefined>;
}

/** Keys that go to another row without selecting it, with Ctrl or Command. */
const LOOKING: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['ArrowLeft', 'out'],
  ['ArrowRight', 'in'],
]);

/** Keys that are commands by themselves: they begin no word, but go on with one. */
const SINGLE_KEYS: ReadonlySet<string> = new Set(
  COMMANDS.flatMap(({ shortcuts }) =>
    shortcuts.flatMap(({ key, isMod, isAlt }) => (isMod || isAlt ? [] : [key])),
  ),
);

/** What the tree hears of keys and pointers, and what the list around it does. One of each, however many rows there are. */
export function outlineHandlers({ view, surface, layout, drag, menu, gap }: Handled) {
  const { session } = view;
  let typed = '';
  let typedAt = 0;

  const rowOf = (target: EventTarget | null): Row | undefined => {
    const key =
      target instanceof Element ? target.closest('[data-key]')?.getAttribute('data-key') : undefined;
    return key === undefined ? undefined : view.rows.value.find((row) => row.key === key);
  };
  const add = (row: Row): void => {
    const { tree, catalogue, data } = session;
    const at = newFrom({ tree: tree.value, catalogue, takesNew: view.takesNew }, row);
    if (at !== undefined && data.mayEdit) surface.dialog.value = { kind: 'add', at };
  };
  const openMenu = (row: Row): void => {
    if (row.kind !== 'widget') return;
    const isOfMany = session.selection.value.ids.includes(row.key);
    view.choose(row, isOfMany ? 'none' : 'one');
    menu.value = row.key;
  };
  const press = (row: Row): void => {
    if (row.kind === 'add') add(row);
    else if (row.kind === 'slot') view.fold([row.key], !row.isCollapsed);
    else {
      view.choose(row, 'one');
      surface.pane.value = 'form';
      browserHost(session.data).focus('form');
    }
  };
  const selectSiblings = (row: Row): void => {
    const ids = view.rows.value.flatMap((other) =>
      other.kind === 'widget' && other.up === row.up && other !== row ? [other.key] : [],
    );
    session.selection.value = { ids: row.kind === 'widget' ? [...ids, row.key] : ids, anchor: ids[0] };
  };
  const isTypingAhead = (event: KeyboardEvent): boolean =>
    typed !== '' && event.timeStamp - typedAt < TYPE_AHEAD_MS;
  const type = (event: KeyboardEvent): boolean => {
    typed = isTypingAhead(event) ? typed + event.key : event.key;
    typedAt = event.timeStamp;
    const rows = view.rows.value;
    const textOf = (row: Row): string => (row.kind === 'add' ? '' : seenText(rowWords(view, row)));
    const to = typeAhead(rows, view.activeAt.value, typed, textOf);
    const row = to === undefined ? undefined : rows[to];
    if (row !== undefined) view.choose(row, 'one');
    return true;
  };

  /** Whether or not there is a place to go to: the browser would go to another page instead. */
  const move = ({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean => {
    const direction = ctrlKey || metaKey || shiftKey ? undefined : DIRECTIONS.get(key);
    if (direction === undefined) return false;
    const { ids } = session.selection.value;
    batch(() => {
      if (mayMove(session, ids)) moveToward(session, ids, direction);
      else session.announcement.value = whyNotMoved(session, ids, direction);
      view.revealed.value++;
    });
    return true;
  };

  /** True where the key was meant for the tree. Commands, which work elsewhere too, are for who hears it next. */
  const hear = (event: KeyboardEvent, row: Row): boolean => {
    const { key, shiftKey } = event;
    const isMod = event.ctrlKey || event.metaKey;
    const isLetter = !isMod && /^[\p{L}\p{N}]$/u.test(key);
    if (!isMod && (isLetter || key === ' ') && isTypingAhead(event)) return type(event);
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return did(() => openMenu(row));
    if (key === 'Enter' && !isMod) return did(() => press(row));
    if (key === ' ') {
      if (row.kind !== 'widget') return did(() => press(row));
      return did(() => view.choose(row, isMod ? 'toggle' : choiceOf(event)));
    }
    if (key.toLowerCase() === 'a' && isMod) return did(() => selectSiblings(row));
    if (key === '/' && row.kind !== 'widget') return did(() => add(row));
    if (isMod && !LOOKING.has(key)) return false;
    const page = Math.max(1, Math.floor(layout.viewHeight.value / layout.rowHeight.value) - 1);
    if (view.step(key, isMod ? 'none' : choiceOf(event), page)) {
      typed = '';
      return true;
    }
    // With Shift a letter is no command: so every name can be found.
    return isLetter && (shiftKey || !SINGLE_KEYS.has(key)) ? type(event) : false;
  };

  return {
    onTree: {
      onKeyDown: (event: KeyboardEvent): void => {
        gap.value = undefined;
        const row = view.rows.value[view.activeAt.value];
        if (row === undefined || event.target !== event.currentTarget || isOfComposition(event)) return;
        if (event.altKey ? move(event) : hear(event, row)) event.preventDefault();
      },
      onPointerDown: (event: PointerEvent): void => {
        const row = rowOf(event.target);
        if (event.button !== 0 || row?.kind !== 'widget' || isControl(event.target)) return;
        if (session.data.mayEdit) drag.press(event, row.key);
      },
      onClick: (event: MouseEvent): void => {
        const row = rowOf(event.target);
        if (row === undefined) return;
        drag.refused.value = undefined;
        const act = actOf(event.target);
        if (act === 'add') add(row);
        else if (act === 'menu') openMenu(row);
        else if (isToggle(event.target)) view.fold([row.key], !row.isCollapsed);
        else {
          view.choose(row, event.ctrlKey || event.metaKey ? 'toggle' : choiceOf(event));
          if (row.kind === 'add') add(row);
        }
      },
    },
    onContent: {
      onPointerMove: (event: PointerEvent): void => {
        if (event.pointerType !== 'mouse' || drag.dragged.value !== undefined) {
          surface.hovered.value = undefined;
          gap.value = undefined;
          return;
        }
        // At the button of a gap it stays where it is, so that it can be pressed.
        if (event.target instanceof Element && event.target.closest('.outline-gap') !== null) return;
        const row = rowOf(event.target);
        surface.hovered.value = row?.kind === 'widget' ? row.key : undefined;
        if (!session.data.mayEdit) return;
        const { y } = layout.pointAt({ x: event.clientX, y: event.clientY });
        const next = newAt({ tree: session.tree.value, takesNew: view.takesNew, rows: view.rows.value }, y);
        if (!isSameGap(next, gap.value)) gap.value = next;
      },
      onPointerLeave: (): void => {
        surface.hovered.value = undefined;
        gap.value = undefined;
      },
    },
  };
}

function did(act: () => void): true {
  act();
  return true;
}

function choiceOf({ shiftKey }: { readonly shiftKey: boolean }): Choice {
  return shiftKey ? 'range' : 'one';
}

function actOf(target: EventTarget | null): string | null | undefined {
  return target instanceof Element ? target.closest('[data-act]')?.getAttribute('data-act') : undefined;
}

function isToggle(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-toggle="true"]') !== null;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, [data-toggle="true"]') !== null;
}

function isSameGap(a: NewAt | undefined, b: NewAt | undefined): boolean {
  return a?.afterRow === b?.afterRow && a?.depth === b?.depth && a?.place.before === b?.place.before;
}
