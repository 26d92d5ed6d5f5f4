/** @jsxImportSource preact */
import { useId, useState } from 'preact/hooks';
import { MAX_MESSAGE_LENGTH } from '../../documents/limits.ts';
import type { ToldCommit } from '../history/commit.ts';
import type { Words } from '../words/index.ts';
import { isTimeToCome, localOfTime, timeOfLocal, zoneName } from './local-time.ts';
import type { Publishing } from './publishing.ts';

/** Publishes what was looked at: with a note, now or later. A version that is kept already has its note. */
export function PublishForm({
  words,
  publishing,
  pending,
}: {
  readonly words: Words;
  readonly publishing: Publishing;
  readonly pending: ToldCommit | undefined;
}) {
  const { publishing: texts } = words;
  const id = useId();
  const [note, setNote] = useState('');
  const [isLater, setLater] = useState(false);
  const [at, setAt] = useState('');
  const [isPast, setPast] = useState(false);
  const isBusy = publishing.isBusy.value;
  const submit = (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    const time = timeOfLocal(at);
    if (!isLater) return void publishing.publish('now', note);
    const isToCome = isTimeToCome(time, Date.now());
    setPast(!isToCome);
    if (isToCome) void publishing.publish(time, note);
    else document.getElementById(`${id}-at`)?.focus();
  };
  return (
    <form class="publish-form" noValidate onSubmit={submit}>
      {pending === undefined ? (
        <div class="publish-field">
          <label for={`${id}-note`}>{texts.note}</label>
          <textarea
            id={`${id}-note`}
            rows={2}
            maxLength={MAX_MESSAGE_LENGTH}
            aria-describedby={`${id}-note-help`}
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
          <p id={`${id}-note-help`} class="small muted">
            {texts.noteHelp}
          </p>
        </div>
      ) : (
        <p>{texts.alreadyKept({ number: pending.number })}</p>
      )}
      <fieldset class="publish-when">
        <legend>{texts.when}</legend>
        <label>
          <input type="radio" name={`${id}-when`} checked={!isLater} onChange={() => setLater(false)} />{' '}
          {texts.now}
        </label>
        <label>
          <input type="radio" name={`${id}-when`} checked={isLater} onChange={() => setLater(true)} />{' '}
          {texts.atTime}
        </label>
        {isLater ? (
          <div class="publish-field">
            <label for={`${id}-at`}>{texts.dayAndTime}</label>
            <input
              id={`${id}-at`}
              type="datetime-local"
              min={localOfTime(Date.now())}
              aria-describedby={`${id}-zone ${id}-past`}
              aria-invalid={isPast}
              value={at}
              onInput={({ currentTarget }) => setAt(currentTarget.value)}
            />
            <p id={`${id}-zone`} class="small muted">
              {texts.clockOf({ where: zoneName() })}
            </p>
            <p id={`${id}-past`} class="form-error" role="alert">
              {isPast ? texts.inThePast : ''}
            </p>
          </div>
        ) : null}
      </fieldset>
      <button type="submit" class="primary" aria-disabled={isBusy}>
        {isBusy ? texts.publishing : isLater ? texts.schedule : texts.publish}
      </button>
    </form>
  );
}
