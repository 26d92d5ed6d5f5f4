/** @jsxImportSource preact */
import { Modal } from '../parts/modal.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { Affected, useDetails } from './affected.tsx';

/** What the window needs. */
export interface SharedDialogProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** Tells where a change of a call-out shows, and then leads to it. It is there while the dialog of the surface is `shared`. */
export function SharedDialog({ session, surface }: SharedDialogProps) {
  const dialog = surface.dialog.value;
  return dialog?.kind === 'shared' ? (
    <OpenSharedDialog session={session} surface={surface} callout={dialog.callout} />
  ) : null;
}

function OpenSharedDialog({ session, surface, callout }: SharedDialogProps & { readonly callout: string }) {
  const { words, data } = session;
  const looked = useDetails(`${data.page.urls.shared}/${encodeURIComponent(callout)}`);
  const found = typeof looked === 'object' ? looked : undefined;
  const name = found?.name ?? surface.shared.value.get(callout)?.name;
  return (
    <Modal
      words={words}
      title={name ?? words.sharing.badge}
      name="shared"
      onClose={() => {
        surface.dialog.value = undefined;
      }}
    >
      <div aria-live="polite">
        <Affected words={words} looked={looked} />
        {found?.isShown === false ? <p>{words.sharing.notShown}</p> : null}
      </div>
      {found === undefined ? null : found.editor === null ? (
        <p>{words.errors.problems.forbidden}</p>
      ) : (
        <p>
          {/* What waits is sent, and kept on this device meanwhile. */}
          <a class="button primary" href={found.editor} onClick={() => void session.flush()}>
            {words.sharing.edit}
          </a>
        </p>
      )}
    </Modal>
  );
}
