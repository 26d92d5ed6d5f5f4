import { effect } from '@preact/signals';
import { walk } from '../../tree/widget.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { PreviewView } from './preview-view.ts';

/** Milliseconds without a change after which it is looked at what of the page is seen. */
const REST_MS = 300;

/**
 * Keeps the set of widgets that have no visible box, while the page shows the draft.
 *
 * @returns ends it
 */
export function followUnseen(session: Session, surface: Surface, view: PreviewView): () => void {
  return effect(() => {
    view.layout.value;
    const page = view.page.value;
    const { tree } = session.acknowledged.value;
    if (page === undefined || surface.version.value !== undefined) return;
    const timer = setTimeout(() => {
      const ids = Array.from(walk(tree.root), ({ id }) => id);
      const found = new Set(ids.filter((id) => page.hooks.boxOf(id) === undefined));
      const known = view.unseen.peek();
      if (found.size !== known.size || found.difference(known).size > 0) view.unseen.value = found;
    }, REST_MS);
    return () => clearTimeout(timer);
  });
}
