/** @jsxImportSource preact */
import type { SavingState, Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** Whether what was done is saved, in words. Screen readers are told when it is not, and when it is again. */
export function Saving({ session, surface }: { readonly session: Session; readonly surface: Surface }) {
  const { words } = session;
  const state = session.saving.value;
  const count = session.conflicts.value.length;
  return (
    <p class="saving" role="status" data-state={state.kind}>
      {savingText(state, session)}
      {count > 0 ? (
        <>
          {' '}
          <button
            type="button"
            class="compact saving-conflicts"
            onClick={() => {
              surface.dialog.value = { kind: 'conflicts' };
            }}
          >
            {words.state.conflicts({ count })}
          </button>
        </>
      ) : null}
      {state.kind === 'signed-out' ? (
        <>
          {' '}
          <a href={`${session.data.admin}/sign-in`} target="_blank" rel="noreferrer">
            {words.state.signIn}
          </a>
        </>
      ) : null}
    </p>
  );
}

function savingText(state: SavingState, { words: { state: words }, data }: Session): string {
  switch (state.kind) {
    case 'saved':
      return state.at === undefined ? words.nothingToSave : words.saved({ at: state.at });
    case 'saving':
      return words.saving;
    case 'offline':
      return state.isKept ? words.offline : words.notKept;
    case 'signed-out':
      return state.isSomebodyElse ? words.somebodyElse({ who: data.me.name }) : words.signedOut;
    case 'ended':
      return state.reason === 'deleted' ? words.deleted : words.notAllowed;
  }
}
