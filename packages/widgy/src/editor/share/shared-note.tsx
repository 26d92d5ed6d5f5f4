/** @jsxImportSource preact */
import { findWidget } from '../../tree/tree.ts';
import { calloutShownBy } from '../commands/callout-fields.ts';
import { canDetach, detachCallout } from '../commands/detach.ts';
import { sharedApi } from '../server/shared-api.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { Affected, useDetails } from './affected.tsx';

/** What the note needs. */
export interface SharedNoteProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** Says before the fields what else is changed with them: of a call-out all that shows it, and of a widget that shows one that it is shared. */
export function SharedNote({ session, surface }: SharedNoteProps) {
  const { uses } = session.data.page.urls;
  return uses === null ? (
    <WidgetNote session={session} surface={surface} />
  ) : (
    <CalloutNote session={session} url={uses} />
  );
}

function CalloutNote({ session, url }: { readonly session: Session; readonly url: string }) {
  const { words } = session;
  const looked = useDetails(url);
  return (
    <aside class="shared-note" aria-label={words.sharing.badge}>
      <Affected words={words} looked={looked} />
    </aside>
  );
}

function WidgetNote({ session, surface }: SharedNoteProps) {
  const { words, data } = session;
  const { ids } = session.selection.value;
  const [id = ''] = ids;
  const callout = calloutShownBy(findWidget(session.tree.value, id), data.types);
  if (callout === undefined || ids.length !== 1) return null;
  const known = surface.shared.value.get(callout);
  return (
    <aside class="shared-note" aria-label={words.sharing.badge}>
      <p>
        <strong>{known?.name ?? words.sharing.badge}</strong>
        {known === undefined ? null : ` · ${words.sharing.usedTimes({ count: known.uses })}`}
      </p>
      {known?.isShown === false ? <p>{words.sharing.notShown}</p> : null}
      <div class="shared-note-actions">
        <button
          type="button"
          class="compact"
          onClick={() => {
            surface.dialog.value = { kind: 'shared', callout };
          }}
        >
          {words.commands.editShared}
        </button>
        {canDetach(session, id) ? (
          <button
            type="button"
            class="compact"
            title={words.sharing.detachHelp}
            onClick={() => void detachCallout(session, id, sharedApi(data).details)}
          >
            {words.sharing.detach}
          </button>
        ) : null}
      </div>
    </aside>
  );
}
