/** @jsxImportSource preact */
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { Words } from '../words/index.ts';
import type { ToldCommit } from './commit.ts';
import { Sure } from './sure.tsx';
import type { Pair, Versions } from './versions.ts';

/** What the list of versions needs. */
export interface TimelineProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly versions: Versions;
  readonly onCompare: (pair: Pair) => void;
}

/** All versions, the draft of now first. */
export function Timeline(props: TimelineProps) {
  const { session, versions } = props;
  const { words } = session;
  const commits = versions.commits.value;
  const hasOlder = versions.hasOlder.value;
  if (hasOlder === undefined) return <p role="status">{words.history.loading}</p>;
  return (
    <>
      <ol class="timeline" aria-label={words.history.versions}>
        <DraftRow {...props} />
        {commits.map((commit) => (
          <Row key={commit.number} {...props} commit={commit} />
        ))}
      </ol>
      {commits.length === 0 ? <p>{words.history.none}</p> : null}
      {hasOlder ? (
        <button type="button" aria-disabled={versions.isBusy.value} onClick={() => void versions.loadOlder()}>
          {words.history.older}
        </button>
      ) : null}
    </>
  );
}

function DraftRow({ session, surface, versions, onCompare }: TimelineProps) {
  const { words } = session;
  const pair = versions.pair.value;
  const isShown = surface.version.value === undefined;
  return (
    <li class="version" data-shown={isShown}>
      <p class="version-head">
        <strong>{words.history.draft}</strong>
      </p>
      <div class="version-actions">
        <button
          type="button"
          class="compact"
          aria-pressed={isShown}
          onClick={() => {
            surface.version.value = undefined;
          }}
        >
          {words.history.showDraft}
        </button>
        {pair === undefined ? null : (
          <button
            type="button"
            class="compact"
            onClick={() => onCompare(pair.to === 'draft' ? pair : { from: pair.from, to: 'draft' })}
          >
            {words.publishing.whatChanged}
          </button>
        )}
      </div>
    </li>
  );
}

function Row({
  session,
  surface,
  versions,
  commit,
  onCompare,
}: TimelineProps & { readonly commit: ToldCommit }) {
  const { words, data } = session;
  const { number, message, at, isWithdrawal } = commit;
  const who = commit.authorName ?? (commit.hasAuthor ? words.history.somebody : undefined);
  const isShown = surface.version.value === number;
  const state = statusText(commit, words);
  return (
    <li class="version" data-shown={isShown}>
      <p class="version-head">
        <strong>{words.history.version({ number })}</strong>
        {state === undefined ? null : <span class={`badge ${state.name}`}>{state.label}</span>}
      </p>
      <p class="small muted">
        {who === undefined ? null : `${who}, `}
        <time dateTime={new Date(at).toISOString()} title={words.history.at({ at })}>
          {words.history.ago({ at, now: Date.now() })}
        </time>
      </p>
      {message === '' ? null : <p class="version-note">{message}</p>}
      {isWithdrawal ? null : (
        <div class="version-actions">
          <button
            type="button"
            class="compact"
            aria-pressed={isShown}
            aria-label={words.history.show({ number })}
            onClick={() => {
              surface.version.value = isShown ? undefined : number;
              surface.pane.value = 'page';
            }}
          >
            {words.history.look}
          </button>
          <button
            type="button"
            class="compact"
            aria-label={words.history.compareToDraft({ number })}
            onClick={() => onCompare({ from: number, to: 'draft' })}
          >
            {words.history.compare}
          </button>
          {data.mayEdit ? (
            <Sure
              words={words}
              label={words.history.restorePage}
              question={words.history.restorePageSure({ number })}
              isBusy={versions.isBusy.value}
              onSure={() => void versions.restorePage(number)}
            />
          ) : null}
        </div>
      )}
    </li>
  );
}

/** What a version is to visitors; nothing for one of the past. `name` is that of its look. */
function statusText(
  { status, publishAt, isWithdrawal }: ToldCommit,
  { history, publishing }: Words,
): { readonly name: string; readonly label: string } | undefined {
  switch (status) {
    case 'live':
      return { name: 'published', label: history.live };
    case 'withdrawal':
      return { name: 'expired', label: history.withdrawal };
    case 'scheduled': {
      const at = publishAt ?? 0;
      return { name: 'scheduled', label: isWithdrawal ? publishing.goes({ at }) : history.scheduled({ at }) };
    }
    case 'waiting':
      return { name: 'scheduled', label: history.waiting };
    case 'kept':
      return { name: 'draft', label: history.kept };
    case 'past':
      return isWithdrawal ? { name: 'draft', label: history.withdrawal } : undefined;
  }
}
