import { computed, effect } from '@preact/signals';
import { walk } from '../../tree/widget.ts';
import { calloutFields, calloutShownBy } from '../commands/callout-fields.ts';
import type { SharedApi } from '../server/shared-api.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/**
 * Finds out what call-outs the page shows, and how often they are used, whenever it shows others: for the badges of their widgets. Returns a
 * function that ends that. Where the server is not reached, it is asked again once it is.
 */
export function watchShared(
  session: Session,
  surface: Pick<Surface, 'shared'>,
  api: Pick<SharedApi, 'uses'>,
): () => void {
  const { types } = session.data;
  if (calloutFields(types).size === 0) return () => undefined;
  // The server counts what it has.
  const shown = computed(() => {
    const { root } = session.acknowledged.value.tree;
    const ids = Array.from(walk(root), (widget) => calloutShownBy(widget, types) ?? []).flat();
    return ids.toSorted().join(' ');
  });
  const isReached = computed(() => !['offline', 'signed-out', 'ended'].includes(session.saving.value.kind));
  let asked = 0;
  const end = effect(() => {
    const ids = [...new Set(shown.value.split(' '))].filter((id) => id !== '');
    if (!isReached.value || ids.length === 0) return;
    asked += 1;
    const own = asked;
    void api.uses(ids).then((answer) => {
      if (own === asked && answer.kind === 'done') surface.shared.value = answer.value;
    });
  });
  return () => {
    asked += 1;
    end();
  };
}
