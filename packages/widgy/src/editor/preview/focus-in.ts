import type { PreviewHooks } from './hooks.ts';

/** What in a page can have the focus. */
const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';

/**
 * Remembers what in a page has the focus, before widgets of it are shown anew.
 *
 * @returns gives the focus to the same in the same widget, if it was shown anew
 */
export function focusIn(document: Document, hooks: PreviewHooks): () => void {
  const focused = document.activeElement;
  const id = focused === null || focused === document.body ? undefined : hooks.widgetAt(focused);
  if (focused === null || id === undefined) return () => undefined;
  const before: readonly Element[] = focusables(document, hooks, id);
  const at = before.indexOf(focused);
  return () => {
    if (focused.isConnected) return;
    focusables(document, hooks, id)[at]?.focus({ preventScroll: true });
  };
}

function focusables(document: Document, hooks: PreviewHooks, id: string): readonly HTMLElement[] {
  const range = hooks.rangeOf(id);
  if (range === undefined) return [];
  return Array.from(document.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((element) =>
    range.intersectsNode(element),
  );
}
