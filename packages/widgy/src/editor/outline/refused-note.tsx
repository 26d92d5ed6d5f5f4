/** @jsxImportSource preact */
import type { Signal } from '@preact/signals';
import { moveWrapped } from '../commands/move.ts';
import type { Session } from '../session/session.ts';
import type { RefusedDrop } from './drag-rows.ts';

/** Why something was not moved, and what would go instead. It was announced already. */
export function RefusedNote({
  session,
  refused,
}: {
  readonly session: Session;
  readonly refused: Signal<RefusedDrop | undefined>;
}) {
  const { words } = session;
  const drop = refused.value;
  if (drop === undefined) return null;
  const { what, ids, place, wrapper } = drop;
  return (
    <div class="outline-note">
      <p>{what}</p>
      <div class="outline-note-buttons">
        {wrapper === undefined ? null : (
          <button
            type="button"
            onClick={() => {
              refused.value = undefined;
              moveWrapped(session, ids, place, wrapper);
            }}
          >
            {words.picker.wrapIn({ wrapper: wrapper.label })}
          </button>
        )}
        <button
          type="button"
          onClick={() => {
            refused.value = undefined;
          }}
        >
          {words.app.dismiss}
        </button>
      </div>
    </div>
  );
}
