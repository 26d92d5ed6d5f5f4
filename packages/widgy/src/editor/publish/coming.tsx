/** @jsxImportSource preact */
import { useId, useState } from 'preact/hooks';
import type { ToldCommit } from '../history/commit.ts';
import type { Session } from '../session/session.ts';
import { isTimeToCome, localOfTime, timeOfLocal } from './local-time.ts';

/** What is still to come, each with another time for it or none, for those who may. */
export function Coming({
  session,
  all,
  isBusy,
  onSchedule,
}: {
  readonly session: Session;
  readonly all: readonly ToldCommit[];
  readonly isBusy: boolean;
  /** `at` is null for not at all. */
  readonly onSchedule: (commit: ToldCommit, at: number | null) => void;
}) {
  const { publishing: texts } = session.words;
  const heading = useId();
  if (all.length === 0) return null;
  return (
    <section class="publish-coming" aria-labelledby={heading}>
      <h3 id={heading}>{texts.stillToCome}</h3>
      <ul>
        {all.map((commit) => (
          <ComingOne
            key={`${commit.number} ${commit.publishAt}`}
            session={session}
            commit={commit}
            isBusy={isBusy}
            onSchedule={(at) => onSchedule(commit, at)}
          />
        ))}
      </ul>
    </section>
  );
}

function ComingOne({
  session,
  commit: { number, isWithdrawal, publishAt },
  isBusy,
  onSchedule,
}: {
  readonly session: Session;
  readonly commit: ToldCommit;
  readonly isBusy: boolean;
  readonly onSchedule: (at: number | null) => void;
}) {
  const { words, data } = session;
  const { publishing: texts } = words;
  const id = useId();
  const time = publishAt ?? 0;
  const [at, setAt] = useState(localOfTime(time));
  const [isPast, setPast] = useState(false);
  const what = isWithdrawal ? texts.goes({ at: time }) : texts.comes({ number, at: time });
  const change = (event: Event) => {
    event.preventDefault();
    const wanted = timeOfLocal(at);
    const isToCome = isTimeToCome(wanted, Date.now());
    setPast(!isToCome);
    if (isToCome && !isBusy) onSchedule(wanted);
  };
  return (
    <li>
      <p id={`${id}-what`}>{what}</p>
      {data.mayPublish ? (
        <form class="publish-time" noValidate onSubmit={change} aria-labelledby={`${id}-what`}>
          <input
            type="datetime-local"
            aria-label={texts.dayAndTime}
            aria-invalid={isPast}
            aria-describedby={`${id}-past`}
            value={at}
            onInput={({ currentTarget }) => setAt(currentTarget.value)}
          />
          <button type="submit" class="compact" aria-disabled={isBusy} aria-describedby={`${id}-what`}>
            {texts.changeTime}
          </button>
          <button
            type="button"
            class="compact"
            aria-disabled={isBusy}
            aria-describedby={`${id}-what`}
            onClick={() => !isBusy && onSchedule(null)}
          >
            {texts.cancelSchedule}
          </button>
          <p id={`${id}-past`} class="form-error" role="alert">
            {isPast ? texts.inThePast : ''}
          </p>
        </form>
      ) : null}
    </li>
  );
}
