import type { LocalConflict } from '../draft/index.ts';

/** The widgets that conflicts are about, with how many each. Some of them may not be in the tree any more. */
export function conflictWidgets(conflicts: readonly LocalConflict[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const conflict of conflicts) {
    for (const id of new Set(idsOf(conflict))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function idsOf({ reason }: LocalConflict): readonly string[] {
  switch (reason.kind) {
    case 'fields':
      return reason.fields.map(({ widget }) => widget);
    case 'removed':
      return [reason.widget, reason.changed];
    case 'places':
      return reason.widgets;
    case 'refused':
      return reason.refusal.ids;
    case 'invalid':
      return [reason.widget];
    case 'worked-on':
    case 'uncertain':
    case 'other':
      return [];
  }
}
