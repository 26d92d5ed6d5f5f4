import { isElement } from './hooks.ts';
import type { PreviewPage } from './preview-page.ts';

/** CSS pixels of a widget that have to be in view for it to count as seen. */
const SEEN = 64;

/** Shows a widget of a page: opens what is folded around it, and scrolls to it if too little of it is in view. */
export function reveal(page: PreviewPage, window: Window, id: string): void {
  if (page.hooks.boxOf(id) === undefined) unfold(page, id);
  const box = page.hooks.boxOf(id);
  if (box === undefined) return;
  const { top, bottom } = box;
  const inView = Math.min(bottom, window.innerHeight) - Math.max(top, 0);
  if (inView >= Math.min(SEEN, bottom - top)) return;
  window.scrollBy({ top: top - window.innerHeight / 3, behavior: motion() });
}

function unfold({ hooks }: PreviewPage, id: string): void {
  const node = hooks.nodesOf(id).find(isElement);
  for (
    let at = node?.parentElement?.closest('details');
    at != null;
    at = at.parentElement?.closest('details')
  )
    at.open = true;
}

function motion(): ScrollBehavior {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
}
