import { effect } from '@preact/signals';
import { hasUnkept } from '../form/typed.ts';
import type { EditSession } from '../session/edit-session.ts';
import type { Surface } from '../session/surface.ts';

/**
 * Sees to it that nothing is lost when the page is left: what waits is kept on this device, and only where that is not possible, or where
 * something was typed that cannot be kept as it is, somebody is asked. Nobody listens for leaving otherwise, since that keeps browsers from going back fast.
 */
export function watchLeaving(session: EditSession, { typed }: Pick<Surface, 'typed'>, page: Window): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  effect(() => {
    if (session.isAtRisk.value || hasUnkept(typed.value, session.tree.value))
      page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
  });
  page.addEventListener('pagehide', () => session.leave());
  page.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) session.comeBack();
  });
  // Somebody who was away may have signed in again in another tab.
  page.document.addEventListener('visibilitychange', () => {
    if (!page.document.hidden) session.comeBack();
  });
}
