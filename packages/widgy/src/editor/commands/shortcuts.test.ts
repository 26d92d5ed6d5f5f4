import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { en } from '../words/en/index.ts';
import { COMMANDS } from './registry.ts';
import { ariaShortcut, commandFor, type KeyPlace, keyNames, type PressedKey } from './shortcuts.ts';
import { isTextEntry, type KeyElement } from './typing.ts';

/** A key as `Ctrl+Shift+z`. */
function press(text: string): PressedKey {
  const parts = text.split('+');
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return {
    key: parts.at(-1) ?? '',
    ...{ ctrlKey: has('Ctrl'), metaKey: has('Meta'), altKey: has('Alt'), shiftKey: has('Shift') },
    isComposing: has('Composing'),
    keyCode: has('Composed') ? 229 : 0,
  };
}

const onWidget: KeyPlace = {
  ...{ isMac: false, isTyping: false, hasSelectedText: false, isOnWidget: true, isDialogOpen: false },
  isVersionShown: false,
};
const elsewhere = { ...onWidget, isOnWidget: false };
const typing = { ...elsewhere, isTyping: true };
const selecting = { ...onWidget, hasSelectedText: true };
const behind = { ...onWidget, isDialogOpen: true };
const reading = { ...onWidget, isVersionShown: true };
const mac = { ...onWidget, isMac: true };
const macTyping = { ...typing, isMac: true };

describe('keys', () => {
  it('mean commands where they may', () => {
    type Case = readonly [key: string, place: KeyPlace, command: string | undefined];
    const cases: readonly Case[] = [
      ['a', onWidget, 'add'],
      ['A', onWidget, 'add'],
      ['Shift+A', onWidget, undefined],
      ['/', onWidget, 'add'],
      ['Shift+/', onWidget, 'add'],
      ['?', onWidget, 'shortcuts'],
      ['Shift+?', onWidget, 'shortcuts'],
      ['Delete', onWidget, 'remove'],
      ['Backspace', onWidget, 'remove'],
      ['Escape', onWidget, 'select-parent'],
      ['m', onWidget, 'move-to'],
      ['Alt+ArrowUp', onWidget, 'move-up'],
      ['Alt+ArrowDown', onWidget, 'move-down'],
      ['Alt+ArrowLeft', onWidget, 'move-out'],
      ['Alt+ArrowRight', onWidget, 'move-in'],
      ['ArrowUp', onWidget, undefined],
      ['Ctrl+d', onWidget, 'duplicate'],
      ['Ctrl+D', onWidget, 'duplicate'],
      ['Ctrl+Shift+G', onWidget, 'unwrap'],
      ['Ctrl+z', onWidget, 'undo'],
      ['Ctrl+Shift+Z', onWidget, 'redo'],
      ['Ctrl+y', onWidget, 'redo'],
      ['Ctrl+k', onWidget, 'find'],
      ['Ctrl+Alt+k', onWidget, undefined],
      ['Meta+k', onWidget, undefined],
      ['F6', onWidget, 'next-region'],
      // Single keys are off where the focus is not on a widget; the others are not.
      ['a', elsewhere, undefined],
      ['Delete', elsewhere, undefined],
      ['?', elsewhere, undefined],
      // Else nobody could come back from where nothing has the focus.
      ['F6', elsewhere, 'next-region'],
      ['Ctrl+z', elsewhere, 'undo'],
      ['Alt+ArrowUp', elsewhere, 'move-up'],
      // Who writes, writes.
      ...['a', '/', '?', 'Delete', 'Backspace', 'Escape', 'Ctrl+z', 'Ctrl+y', 'Ctrl+d', 'Alt+ArrowLeft'].map(
        (key): Case => [key, typing, undefined],
      ),
      ['Ctrl+k', typing, 'find'],
      ['F6', typing, 'next-region'],
      ['a', selecting, undefined],
      ['Delete', selecting, undefined],
      ['Ctrl+d', selecting, 'duplicate'],
      // The clipboard is the browser's.
      ...['Ctrl+c', 'Ctrl+x', 'Ctrl+v', 'Ctrl+a', 'Ctrl+s', 'Ctrl+p', 'Ctrl+f'].map(
        (key): Case => [key, onWidget, undefined],
      ),
      // Only what is in front answers, and nothing while a character is put together.
      ['Ctrl+k', behind, undefined],
      ['Delete', behind, undefined],
      // A version that is shown cannot be changed.
      ...['Delete', 'a', 'Ctrl+d', 'Alt+ArrowUp'].map((key): Case => [key, reading, undefined]),
      ['Ctrl+k', reading, 'find'],
      ['Ctrl+z', reading, 'undo'],
      ['Composing+a', onWidget, undefined],
      ['Composed+a', onWidget, undefined],
      ['Meta+z', mac, 'undo'],
      ['Meta+Shift+z', mac, 'redo'],
      ['Ctrl+z', mac, undefined],
      ['Meta+k', macTyping, 'find'],
    ];
    for (const [key, place, command] of cases)
      assert.equal(commandFor(COMMANDS, press(key), place)?.id, command, `${key} ${JSON.stringify(place)}`);
  });

  it('are told by their names', () => {
    const shortcut = { key: 'z', isMod: true, isShift: true } as const;
    assert.deepEqual(keyNames(shortcut, en, false), ['Ctrl', 'Shift', 'Z']);
    assert.deepEqual(keyNames(shortcut, en, true), ['Command', 'Shift', 'Z']);
    assert.deepEqual(keyNames({ key: 'ArrowUp', isAlt: true }, en, true), ['Option', 'Up']);
    assert.equal(ariaShortcut(shortcut, false), 'Control+Shift+Z');
    assert.equal(ariaShortcut({ key: 'ArrowUp', isAlt: true }, true), 'Alt+ArrowUp');
  });
});

describe('commands', () => {
  it('have ids and shortcuts of their own, and a name', () => {
    const ids = COMMANDS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const keys = COMMANDS.flatMap(({ shortcuts }) => shortcuts.map((each) => ariaShortcut(each, false)));
    assert.equal(new Set(keys).size, keys.length);
    for (const { id, name } of COMMANDS) assert.match(name(en), /\S/, id);
  });
});

describe('writing', () => {
  it('is in what takes text, and nowhere else', () => {
    const cases: readonly [KeyElement, boolean][] = [
      [{ tagName: 'INPUT', type: 'text' }, true],
      [{ tagName: 'INPUT' }, true],
      [{ tagName: 'input', type: 'search' }, true],
      [{ tagName: 'INPUT', type: 'number' }, true],
      [{ tagName: 'INPUT', type: 'date' }, true],
      [{ tagName: 'INPUT', type: 'checkbox' }, false],
      [{ tagName: 'INPUT', type: 'button' }, false],
      [{ tagName: 'TEXTAREA' }, true],
      [{ tagName: 'SELECT' }, true],
      [{ tagName: 'DIV', isContentEditable: true }, true],
      [{ tagName: 'DIV', isContentEditable: false }, false],
      [{ tagName: 'DIV', isOwnEditor: true }, true],
      [{ tagName: 'BUTTON' }, false],
      [{ tagName: 'LI' }, false],
    ];
    for (const [element, expected] of cases)
      assert.equal(isTextEntry(element), expected, JSON.stringify(element));
  });
});
