import type { PickerEnd } from '../session/surface.ts';

/** A key that may open the picker, and where it was pressed. */
export interface SlashKey {
  readonly key: string;
  /** Whether Ctrl, Alt or Command is held, or a character is being put together. */
  readonly isOther: boolean;
  /** All that the text says that somebody writes in; undefined where they do not write, and the focus is on a widget. */
  readonly text: string | undefined;
}

/**
 * Whether a key opens the picker: `/` on a widget, and in an empty text. In a text the slash is written once the picker is closed, so that nobody
 * has to learn how to write one.
 */
export function opensPicker({ key, isOther, text }: SlashKey): boolean {
  return key === '/' && !isOther && (text === undefined || text.trim() === '');
}

/**
 * What becomes of the text in which a slash opened the picker. It has no slash where that was for the picker, or was taken back; it has one where
 * the picker was closed, since then it was meant.
 */
export function textAfterSlash(end: PickerEnd): '' | '/' {
  return end === 'closed' ? '/' : '';
}

/** Whether a key in the search of the picker closes it: Backspace right after it was opened. The widget that it was opened from stays as it is. */
export function takesBack({ key, hasTyped }: { readonly key: string; readonly hasTyped: boolean }): boolean {
  return key === 'Backspace' && !hasTyped;
}
