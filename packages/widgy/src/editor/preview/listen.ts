import { parentOf } from '../../tree/tree.ts';
import { listenToClipboard } from '../commands/clipboard-events.ts';
import { placeInside } from '../commands/widget-commands.ts';
import { closestTo, isNode } from '../parts/nodes.ts';
import { NO_SELECTION, selectOne, toggled } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { isInEmpty } from './empty-places.ts';
import { type WritingProps, writeInPage } from './inline-text.ts';
import type { PreviewPage } from './preview-page.ts';
import { touch } from './preview-view.ts';

/** What hearing a page needs. */
export interface ListenProps extends WritingProps {
  /** Is told of keys that are pressed in the page, as if they were pressed around it. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Hears what is done in a page of a preview: nothing in it runs, so this window does.
 *
 * @returns ends it
 */
export function listenTo(props: ListenProps, page: PreviewPage, window: Window): () => void {
  const { session, surface, view, onKeyDown } = props;
  const { document, hooks } = page;
  const ending = new AbortController();
  const { signal } = ending;
  const writeAt = (node: Node) => {
    const element = isEdited(node) ? null : closestTo(node, '[data-widgy-field]');
    if (element !== null) writeInPage(props, page, element, 'pointer');
  };
  // What was said is over with whatever is done next, here as around the page.
  const unsay = () => {
    session.announcement.value = '';
  };
  for (const name of ['keydown', 'pointerdown'])
    document.addEventListener(name, unsay, { capture: true, signal });
  document.addEventListener('scroll', () => touch(view.scrolled), { capture: true, passive: true, signal });
  window.addEventListener('resize', () => touch(view.layout), { signal });
  document.addEventListener('load', () => touch(view.layout), { capture: true, signal });
  document.addEventListener('toggle', () => touch(view.layout), { capture: true, signal });
  const sizes = new ResizeObserver(() => touch(view.layout));
  sizes.observe(document.body);
  signal.addEventListener('abort', () => sizes.disconnect());

  document.addEventListener(
    'pointermove',
    ({ target }) => {
      if (view.dragged.peek() === undefined)
        surface.hovered.value = isNode(target) ? hooks.widgetAt(target) : undefined;
    },
    { passive: true, signal },
  );
  document.documentElement.addEventListener(
    'pointerleave',
    () => {
      surface.hovered.value = undefined;
    },
    { signal },
  );
  document.addEventListener(
    'click',
    (event) => {
      const { target } = event;
      if (!isNode(target) || isEdited(target)) return;
      const id = hooks.widgetAt(target);
      // Links and buttons of the page lead nowhere here. What folds, folds.
      if (closestTo(target, 'summary') === null) event.preventDefault();
      if (id === undefined || surface.version.peek() !== undefined) return;
      const isMore = event.shiftKey || event.ctrlKey || event.metaKey;
      const { ids } = session.selection.peek();
      const isAgain = ids.length === 1 && ids[0] === id;
      session.selection.value = isMore ? toggled(session.selection.peek(), id) : selectOne(id);
      if (isMore) return;
      const at = session.data.mayEdit && isInEmpty(target) ? placeInside({ session }) : undefined;
      if (at !== undefined) surface.dialog.value = { kind: 'add', at };
      else if (isAgain) writeAt(target);
    },
    { signal },
  );
  document.addEventListener('auxclick', (event) => event.preventDefault(), { signal });
  document.addEventListener('submit', (event) => event.preventDefault(), { signal });
  document.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
  document.addEventListener(
    'dblclick',
    ({ target }) => {
      if (isNode(target)) writeAt(target);
    },
    { signal },
  );
  document.addEventListener(
    'keydown',
    (event) => {
      const isOnText = isNode(event.target) && isEdited(event.target);
      const isAtEase = document.activeElement === document.body;
      if (event.key === 'Escape' && !isOnText) climb(session);
      else if (event.key === 'Enter' && isAtEase && isBare(event)) {
        const id = session.selection.peek().ids.at(-1);
        const element = id === undefined ? undefined : page.fieldElement(id);
        if (element !== undefined && writeInPage(props, page, element, 'end')) event.preventDefault();
      } else onKeyDown(event);
    },
    { signal },
  );
  // What is copied and pasted while the page has the focus is the widgets that are selected.
  signal.addEventListener('abort', listenToClipboard(session, surface, document));
  return () => ending.abort();
}

/** Selects what is around what is selected; nothing above the root. */
function climb(session: Session): void {
  const last = session.selection.peek().ids.at(-1);
  const parent = last === undefined ? undefined : parentOf(session.tree.peek(), last);
  session.selection.value = parent === undefined ? NO_SELECTION : selectOne(parent.id);
}

function isBare({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && !shiftKey;
}

function isEdited(node: Node): boolean {
  return 'isContentEditable' in node && node.isContentEditable === true;
}
