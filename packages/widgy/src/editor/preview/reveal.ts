import { effect, untracked } from '@preact/signals';
import { findWidget, parentOf, type Tree } from '../../tree/tree.ts';
import { childrenIn } from '../../tree/widget.ts';
import type { Selection } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { PageBox } from './page-box.ts';
import type { PreviewPage } from './preview-page.ts';
import type { PreviewView } from './preview-view.ts';

/** CSS pixels of a widget that have to be in view for it to count as seen. */
const SEEN = 64;

/** CSS pixels around a widget that are shown with all of it: its name and the buttons at its edges stand there. */
const MARGIN = 48;

/** How much of a widget has to be in view. */
export type Wanted = 'some' | 'all';

/**
 * Shows on the page what is selected: at once where it stands there already, and what was added or moved once the page has it where it stands
 * now. Of that all is shown, for whoever did it wants to see what became of it.
 *
 * @returns ends it
 */
export function followSelected(session: Session, view: PreviewView): () => void {
  let shown: { readonly selection: Selection; readonly page: PreviewPage } | undefined;
  let late: Selection | undefined;
  return effect(() => {
    const selection = session.selection.value;
    const page = view.page.value;
    view.layout.value;
    untracked(() => {
      const id = selection.ids.at(-1);
      const window = page?.document.defaultView;
      if (page === undefined || window == null || id === undefined) return;
      if (shown?.selection === selection && shown.page === page) return;
      if (!isWhereShown(page.tree, session.tree.peek(), id)) {
        late = selection;
        return;
      }
      reveal(page, window, id, late === selection ? 'all' : 'some');
      // The page is loaded anew for what it has no style of; later, whoever scrolled away stays there.
      if (shown?.selection === selection) late = undefined;
      shown = { selection, page };
    });
  });
}

/** Whether a widget stands in one tree where it stands in another. */
function isWhereShown(shown: Tree, tree: Tree, id: string): boolean {
  const [a, b] = [standing(shown, id), standing(tree, id)];
  return a !== undefined && a.parent === b?.parent && a.slot === b?.slot && a.at === b?.at;
}

function standing(tree: Tree, id: string) {
  const widget = findWidget(tree, id);
  const parent = parentOf(tree, id);
  if (widget === undefined) return undefined;
  const at = parent === undefined ? 0 : childrenIn(parent, widget.slot).indexOf(widget);
  return { parent: parent?.id, slot: widget.slot, at };
}

/** Shows a widget of a page: opens what is folded around it, and scrolls to it if too little of it is in view. */
export function reveal(page: PreviewPage, window: Window, id: string, wanted: Wanted = 'some'): void {
  if (page.hooks.boxOf(id) === undefined) unfold(page, id);
  const box = page.hooks.boxOf(id);
  if (box === undefined) return;
  const top = wanted === 'all' ? wayToAll(box, window.innerHeight) : wayToSome(box, window.innerHeight);
  if (top !== 0) window.scrollBy({ top, behavior: motion() });
}

/** CSS pixels to scroll so that something of a box is seen; 0 where enough of it is. */
export function wayToSome({ top, bottom }: Pick<PageBox, 'top' | 'bottom'>, height: number): number {
  const inView = Math.min(bottom, height) - Math.max(top, 0);
  return inView >= Math.min(SEEN, bottom - top) ? 0 : top - height / 3;
}

/** CSS pixels to scroll so that all of a box is seen, or where it is too high for that, all from its beginning; 0 where it is. */
export function wayToAll({ top, bottom }: Pick<PageBox, 'top' | 'bottom'>, height: number): number {
  if (bottom - top + 2 * MARGIN > height || top < MARGIN) return top - MARGIN;
  return Math.max(0, bottom + MARGIN - height);
}

function unfold({ hooks, document }: PreviewPage, id: string): void {
  const around = hooks.elementOf(id)?.parentElement ?? null;
  for (const details of document.querySelectorAll('details'))
    if (details.contains(around)) details.open = true;
}

function motion(): ScrollBehavior {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
}
