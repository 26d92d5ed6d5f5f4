import { browserHost } from '../commands/host.ts';
import { isOfComposition } from '../commands/typing.ts';
import { placeToAdd } from '../commands/widget-commands.ts';
import { opensPicker, textAfterSlash } from '../picker/slash.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** The kinds of fields in whose texts a slash is seldom what is meant first. Addresses begin with one. */
const KINDS: ReadonlySet<string> = new Set(['text', 'long-text', 'rich-text']);

/**
 * Opens the picker for a slash in an empty text of a form. The slash is written once the picker is closed without a choice; where a widget was
 * added, the focus goes to its form.
 */
export function openBySlash(session: Session, surface: Surface, event: KeyboardEvent): void {
  const { target, key, ctrlKey, metaKey, altKey } = event;
  if (!(target instanceof HTMLElement) || !isOfField(target)) return;
  const isOther = ctrlKey || metaKey || altKey || isOfComposition(event);
  const at = opensPicker({ key, isOther, text: textIn(target) }) ? placeToAdd({ session }) : undefined;
  if (at === undefined) return;
  event.preventDefault();
  surface.dialog.value = {
    ...{ kind: 'add', at },
    onEnd(end) {
      if (end === 'added') browserHost(session.data).focus('form');
      else if (textAfterSlash(end) !== '') requestAnimationFrame(() => write(target, textAfterSlash(end)));
    },
  };
}

/** Writes into a text as a key does, of whatever kind it is. */
function write(element: HTMLElement, text: string): void {
  // Where a window was in front, a text field that has the focus still takes nothing (Chromium).
  element.blur();
  element.focus();
  document.execCommand('insertText', false, text);
}

/** Whether an element is the control of a field, and not something beside it, such as a search. */
function isOfField(element: HTMLElement): boolean {
  const kind = element.closest<HTMLElement>('.form-field')?.dataset.kind ?? '';
  return KINDS.has(kind) && element.id !== '' && document.getElementById(`${element.id}-label`) !== null;
}

function textIn(element: HTMLElement): string | undefined {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
  return element.isContentEditable ? (element.textContent ?? '') : '/';
}
