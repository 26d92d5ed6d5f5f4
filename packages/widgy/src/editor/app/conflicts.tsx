/** @jsxImportSource preact */
import { ConflictList } from '../form/conflict.tsx';
import { Modal } from '../parts/modal.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** All conflicts of this tab, also those of widgets that are gone. */
export function Conflicts({ session, surface }: { readonly session: Session; readonly surface: Surface }) {
  const { words } = session;
  return (
    <Modal
      words={words}
      title={words.conflicts.title}
      name="conflicts"
      onClose={() => {
        if (surface.dialog.peek()?.kind === 'conflicts') surface.dialog.value = undefined;
      }}
    >
      <ConflictList session={session} />
    </Modal>
  );
}
