/** @jsxImportSource preact */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import { findWidget } from '../../tree/tree.ts';
import { shareWidgets } from '../commands/share.ts';
import { labelOf } from '../commands/where.ts';
import { summaryOf } from '../outline/summary.ts';
import { Modal } from '../parts/modal.tsx';
import { sharedApi } from '../server/shared-api.ts';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** What the window needs. */
export interface ShareDialogProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** Makes widgets a call-out, under a name. It is there while the dialog of the surface is `share`. */
export function ShareDialog({ session, surface }: ShareDialogProps) {
  const dialog = surface.dialog.value;
  if (dialog?.kind !== 'share') return null;
  return (
    <OpenShareDialog
      {...{ session, ids: dialog.ids }}
      onClose={() => {
        if (surface.dialog.value === dialog) surface.dialog.value = undefined;
      }}
    />
  );
}

function OpenShareDialog({
  session,
  ids,
  onClose,
}: {
  readonly session: Session;
  readonly ids: readonly string[];
  readonly onClose: () => void;
}) {
  const { words } = session;
  const { sharing } = words;
  const name = useSignal(useMemo(() => nameFor(session, ids), [session, ids]));
  const why = useSignal('');
  const isBusy = useSignal(false);
  // The same call-out however often it is asked for under one name.
  const asked = useRef({ id: session.newId(), name: '' });
  const field = useRef<HTMLInputElement>(null);
  const [help, error] = [useId(), useId()];
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const share = async (): Promise<void> => {
    if (isBusy.value) return;
    isBusy.value = true;
    if (asked.current.name !== name.value) asked.current = { id: session.newId(), name: name.value };
    const shared = await shareWidgets(session, ids, asked.current, sharedApi(session.data).make);
    isBusy.value = false;
    if (shared.ok) return onClose();
    why.value = shared.why;
    field.current?.focus();
  };

  return (
    <Modal words={words} title={sharing.makeShared} name="share" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void share();
        }}
      >
        <p id={help}>
          {sharing.makeSharedHelp} {sharing.stays}
        </p>
        <label class="share-name">
          <span>{sharing.nameIt}</span>
          <input
            ref={field}
            class="form-input"
            type="text"
            autocomplete="off"
            value={name.value}
            aria-invalid={why.value !== ''}
            aria-describedby={`${help} ${error}`}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
            }}
          />
        </label>
        <p id={error} class="share-error" role="alert">
          {why.value}
        </p>
        <button type="submit" class="primary" aria-disabled={isBusy.value}>
          {sharing.makeShared}
        </button>
      </form>
    </Modal>
  );
}

/** What the call-out may be called: the beginning of what is in it. */
function nameFor({ tree, data, catalogue }: Session, ids: readonly string[]): string {
  const widgets = topmost(tree.value, ids).flatMap((id) => findWidget(tree.value, id) ?? []);
  const summaries = widgets.map((widget) =>
    summaryOf(
      widget,
      data.types.find(({ type }) => type === widget.type),
    ),
  );
  return summaries.find((text) => text !== '') ?? labelOf(catalogue, widgets[0]?.type ?? '');
}
