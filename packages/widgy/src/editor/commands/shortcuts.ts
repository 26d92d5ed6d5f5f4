import type { Words } from '../words/index.ts';
import type { Command, Shortcut } from './command.ts';
import { isOfComposition } from './typing.ts';

/** A key as it was pressed. */
export type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'
>;

/** Where a key was pressed. */
export interface KeyPlace {
  readonly isMac: boolean;
  /** Whether somebody writes, see `isTyping`. */
  readonly isTyping: boolean;
  readonly hasSelectedText: boolean;
  /** Whether the focus is on a widget in the outline or in the preview: only there single characters mean something. */
  readonly isOnWidget: boolean;
  /** Whether something is open in front of everything. */
  readonly isDialogOpen: boolean;
  /** Whether the page shows an older version: then nothing that changes widgets counts. */
  readonly isVersionShown: boolean;
}

/**
 * The command that a key means; undefined where it means none. While somebody writes only those that are meant for it count, single
 * keys need the focus on a widget and no text selected, and nothing counts behind a dialog.
 */
export function commandFor(
  commands: readonly Command[],
  pressed: PressedKey,
  place: KeyPlace,
): Command | undefined {
  if (isOfComposition(pressed) || place.isDialogOpen) return undefined;
  return commands.find(
    ({ group, shortcuts }) =>
      (group === 'everywhere' || !place.isVersionShown) &&
      shortcuts.some((shortcut) => isPressed(shortcut, pressed, place) && counts(shortcut, place)),
  );
}

function isPressed(shortcut: Shortcut, pressed: PressedKey, { isMac }: KeyPlace): boolean {
  const { key, isMod = false, isAlt = false, isShift = false } = shortcut;
  const name = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  // Which characters need Shift differs by keyboard: `?` is `?` however it was made.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return (
    name === key &&
    (isMac ? pressed.metaKey : pressed.ctrlKey) === isMod &&
    (isMac ? pressed.ctrlKey : pressed.metaKey) === false &&
    pressed.altKey === isAlt &&
    (isSign || pressed.shiftKey === isShift)
  );
}

function counts({ isMod, isAlt, isNative, isForTyping }: Shortcut, place: KeyPlace): boolean {
  if (isNative === true) return false;
  // What is meant while somebody writes is meant everywhere, also where nothing has the focus.
  if (isForTyping === true) return true;
  if (place.isTyping) return false;
  return isMod === true || isAlt === true || (place.isOnWidget && !place.hasSelectedText);
}

/** The names of the keys of a shortcut, in the order in which they are pressed. */
export function keyNames(
  { key, isMod, isAlt, isShift }: Shortcut,
  words: Words,
  isMac: boolean,
): readonly string[] {
  const { names } = words.shortcuts;
  return [
    ...(isMod ? [isMac ? names.command : names.control] : []),
    ...(isAlt ? [isMac ? names.option : names.alt] : []),
    ...(isShift ? [names.shift] : []),
    nameOfKey(key, names),
  ];
}

function nameOfKey(key: string, names: Words['shortcuts']['names']): string {
  const known: Readonly<Record<string, string>> = {
    ArrowUp: names.up,
    ArrowDown: names.down,
    ArrowLeft: names.left,
    ArrowRight: names.right,
    Delete: names.delete,
    Backspace: names.backspace,
    Escape: names.escape,
    Enter: names.enter,
    Home: names.home,
    End: names.end,
  };
  return known[key] ?? key.toUpperCase();
}

/** A shortcut as `aria-keyshortcuts` has it. */
export function ariaShortcut({ key, isMod, isAlt, isShift }: Shortcut, isMac: boolean): string {
  const before = [
    ...(isMod ? [isMac ? 'Meta' : 'Control'] : []),
    ...(isAlt ? ['Alt'] : []),
    ...(isShift ? ['Shift'] : []),
  ];
  return [...before, key.length === 1 ? key.toUpperCase() : key].join('+');
}
