/** @jsxImportSource preact */
import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Command, Editor } from '../commands/command.ts';
import { browserHost } from '../commands/host.ts';
import { isMac } from '../commands/keys.ts';
import { COMMANDS, wrapCommands } from '../commands/registry.ts';
import { ariaShortcut, keyNames } from '../commands/shortcuts.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { OutlineView } from './outline-view.ts';
import { rowWords } from './row-text.ts';

const WRAP = 'wrap';

/** Shows in the menu what the widgets can be wrapped in. */
const WRAPPING: Command = {
  ...{ id: WRAP, group: 'widgets', shortcuts: [], name: ({ commands }) => commands.wrap },
  canRun: () => true,
  run: () => undefined,
};

/** The commands of the menu of a row, in its order. Those that cannot be done now are left out. */
const MENU: readonly string[] = [
  'add-before',
  'add-after',
  'add-inside',
  'move-to',
  'move-up',
  'move-down',
  'move-out',
  'move-in',
  'duplicate',
  WRAP,
  'unwrap',
  'share',
  'shared',
  'detach',
  'copy',
  'cut',
  'paste',
  'remove',
];

/** What the menu of a row needs. */
export interface RowMenuProps {
  readonly view: OutlineView;
  readonly surface: Surface;
  /** The key of the row whose menu is open. */
  readonly menu: Signal<string | undefined>;
  /** Of the ids of the rows' elements. */
  readonly prefix: string;
  /** Gives the focus back. */
  readonly onClosed: () => void;
}

/** What can be done to the selected widgets, as a menu at a row. */
export function RowMenu({ view, surface, menu, prefix, onClosed }: RowMenuProps) {
  const key = menu.value;
  if (key === undefined) return null;
  const row = view.rows.value.find((each) => each.key === key);
  return (
    <WidgetMenu
      key={key}
      session={view.session}
      surface={surface}
      name={row === undefined ? '' : rowWords(view, row).name}
      anchor={() => document.getElementById(`${prefix}${key}`)?.getBoundingClientRect()}
      onClosed={() => {
        if (menu.value !== key) return;
        menu.value = undefined;
        onClosed();
      }}
    />
  );
}

/** What the menu of widgets needs. */
export interface WidgetMenuProps {
  readonly session: Session;
  readonly surface: Surface;
  /** What is selected, in words. */
  readonly name: string;
  /** What it stands at, in this window. */
  readonly anchor: () => DOMRect | undefined;
  /** It is closed, and should be shown no more. The focus is to be given back at once: what is done next may take it. */
  readonly onClosed: () => void;
}

/** What can be done to the selected widgets, as a menu. */
export function WidgetMenu({ session, surface, name, anchor, onClosed }: WidgetMenuProps) {
  const { words } = session;
  const element = useRef<HTMLDivElement>(null);
  const isWrapping = useSignal(false);
  const editor = useMemo<Editor>(
    () => ({ session, surface, host: browserHost(session.data) }),
    [session, surface],
  );
  const commands = useMemo(() => {
    const wrap = session.data.mayEdit ? wrapCommands(editor) : [];
    const all = wrap.length === 0 ? COMMANDS : [...COMMANDS, WRAPPING];
    const main = all.filter(({ id, canRun }) => MENU.includes(id) && canRun(editor));
    return { main: main.toSorted((a, b) => MENU.indexOf(a.id) - MENU.indexOf(b.id)), wrap };
  }, [editor, session]);

  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return;
    shown.showPopover();
    placeAt(shown, anchor() ?? new DOMRect(8, 8, 0, 0));
  }, []);
  const isInner = isWrapping.value;
  useLayoutEffect(() => {
    element.current?.querySelector('button')?.focus();
  }, [isInner]);

  const run = (command: Command): void => {
    // First, so that what opens then gives the focus back to the tree.
    onClosed();
    command.run(editor);
  };
  return (
    <div
      ref={element}
      popover="auto"
      role="menu"
      class="outline-menu-list"
      aria-label={words.outline.actions({ what: name })}
      onToggle={(event) => {
        if (event.newState === 'closed') onClosed();
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft' && isInner) isWrapping.value = false;
        else if (event.key === 'Tab') onClosed();
        else if (!goTo(event.currentTarget, event.key)) return;
        event.preventDefault();
      }}
    >
      {(isInner ? commands.wrap : commands.main).map((command) => (
        <MenuItem
          key={command.id}
          {...{ command, editor }}
          onPress={() => {
            if (command.id === WRAP) isWrapping.value = true;
            else run(command);
          }}
        />
      ))}
    </div>
  );
}

function MenuItem({
  command,
  editor,
  onPress,
}: {
  readonly command: Command;
  readonly editor: Editor;
  readonly onPress: () => void;
}) {
  const { words } = editor.session;
  const [shortcut] = command.shortcuts;
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      data-command={command.id}
      aria-haspopup={command.id === WRAP ? 'menu' : undefined}
      aria-keyshortcuts={shortcut && ariaShortcut(shortcut, isMac())}
      onClick={onPress}
    >
      {command.name(words)}
      {shortcut === undefined ? null : (
        <span class="outline-menu-keys" aria-hidden="true">
          {keyNames(shortcut, words, isMac()).join('+')}
        </span>
      )}
    </button>
  );
}

/** Goes to another item. False for a key that goes nowhere. */
function goTo(menu: HTMLElement, key: string): boolean {
  const items = [...menu.querySelectorAll('button')];
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[key];
  if (to === undefined) return false;
  items[(to + items.length) % items.length]?.focus();
  return true;
}

/** Below the end of what it stands at, or above it where there is no room. It is placed by hand: not every browser can tie it to an element. */
function placeAt(menu: HTMLElement, anchor: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const isAbove = anchor.bottom + height > innerHeight - 8 && anchor.top - height > 8;
  const top = isAbove ? anchor.top - height : Math.min(anchor.bottom, innerHeight - height - 8);
  menu.style.top = `${Math.max(8, top)}px`;
  menu.style.left = `${Math.max(8, Math.min(anchor.right - width, innerWidth - width - 8))}px`;
}
