import type { Session } from '../session/session.ts';
import { controlIdAt } from './control.ts';
import { focusField } from './jump-list.tsx';

/**
 * Brings the focus to a field of the selected widget as soon as it is there: the form of another one may still be shown, or the window that
 * somebody came from, and what a control needs may have to be loaded. It is called off where something else is selected meanwhile.
 *
 * @param path a JSON Pointer into the fields
 */
export function focusFieldSoon({ selection }: Pick<Session, 'selection'>, path: string): void {
  const widget = selection.peek().ids.at(-1);
  const isDone = (): boolean => {
    if (selection.peek().ids.at(-1) !== widget) return true;
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
