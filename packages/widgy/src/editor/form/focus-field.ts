import type { Session } from '../session/session.ts';
import { controlIdAt } from './control.ts';

/** What can have the focus in a field, or in an item of a list. */
export function firstControl(part: Element | null | undefined): HTMLElement | null | undefined {
  return part?.querySelector<HTMLElement>(
    'input, select, textarea, [contenteditable], button:not(:disabled)',
  );
}

/**
 * Brings the focus to the field that a JSON Pointer into the fields leads to: to the first that can have it where the field has no control
 * of its own, such as a list with no room for more.
 */
export function focusField(path: string): void {
  const id = controlIdAt(path);
  const control =
    document.getElementById(id) ??
    firstControl(document.getElementById(`${id}-label`)?.closest('.form-field'));
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}

/**
 * Brings the focus to a field of the selected widget as soon as it is there: the form of another one may still be shown, or the window that
 * somebody came from, and what a control needs may have to be loaded. It is called off where something else is selected or pressed meanwhile.
 *
 * @param path a JSON Pointer into the fields
 */
export function focusFieldSoon({ selection }: Pick<Session, 'selection'>, path: string): void {
  const widget = selection.peek().ids.at(-1);
  let isElsewhere = false;
  const leave = () => {
    isElsewhere = true;
  };
  addEventListener('pointerdown', leave, { capture: true, once: true });
  const isDone = (): boolean => {
    if (isElsewhere || selection.peek().ids.at(-1) !== widget) return true;
    const isBehind = document.querySelector('dialog:modal') !== null;
    if (isBehind || document.getElementById(controlIdAt(path)) === null) return false;
    focusField(path);
    return true;
  };
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (isDone()) return;
      const observer = new MutationObserver(() => {
        if (isDone()) observer.disconnect();
      });
      observer.observe(document.body, { childList: true, subtree: true });
    }),
  );
}
