/** @jsxImportSource preact */
import { useComputed } from '@preact/signals';
import { useState } from 'preact/hooks';
import { findWidget } from '../../tree/tree.ts';
import type { Session } from '../session/session.ts';
import { type Clash, clashOf } from './clash.ts';
import { CombinedEditor, combinedEntry } from './combined-editor.tsx';
import { controlId, controlKind, textOf } from './control.ts';
import { noteDecision } from './decide.ts';
import { type Entry, entryOf, entryValue, valueIn } from './entry.ts';
import { decideValue, type FieldPlace, forget } from './memory.ts';
import { type FieldProblem, problemText } from './problem.ts';
import { wordsOfMarkup } from './rich-text-blocks.ts';
import { typedAt, withTyped } from './typed.ts';
import { valueText } from './value-text.ts';

/** Both values of a field of which there are two, and what can be done. Nothing where there is one. */
export function FieldClash({ place }: { readonly place: FieldPlace }) {
  const { session, memory, widget, field } = place;
  const clash = useComputed(() => {
    const shown = valueIn(field, findWidget(session.tree.value, widget)?.fields ?? {});
    const typed = typedAt(memory.typed.value, widget, field.name);
    const meant = typed && entryValue(field, typed.entry);
    return clashOf(
      { widget, name: field.name, shown },
      ...([session.conflicts.value, memory.decided.value, typed] as const),
      meant?.ok === true ? meant.value : undefined,
    );
  }).value;
  const [combined, setCombined] = useState<Entry>();
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  if (clash === undefined) return null;
  const { words } = session;
  const done = () => {
    setCombined(undefined);
    setProblems([]);
    if (clash.conflict !== undefined) noteDecision(place, clash.conflict);
    session.announcement.value = words.conflicts.settled({ what: field.label });
    // The buttons go: the field is what they were about.
    document.getElementById(controlId([field.name]))?.focus();
  };
  const take = (entry: Entry) => {
    const wrong = decideValue(place, entry);
    if (wrong.length > 0) setProblems(wrong);
    else done();
  };
  const typed = typedAt(memory.typed.value, widget, field.name);
  const mine = typed?.entry ?? (clash.mine === undefined ? undefined : entryOf(field, clash.mine));
  const canCombine =
    field.shape === 'text' && field.takesReferences !== true && MANY_WORDS.has(controlKind(field));
  const isRefused = clash.problems.length > 0;
  return (
    <section class="form-clash" aria-label={words.conflicts.found({ what: field.label })}>
      <p class="form-warning">{introOf(clash, place)}</p>
      <div class="form-sides">
        {isRefused ? null : (
          <Side title={titleOfTheirs(session, clash.author)}>
            {shownText(place, valueText(field, clash.theirs, words))}
          </Side>
        )}
        <Side title={words.conflicts.mine}>
          {mine?.kind === 'text'
            ? shownText(place, mine.text || words.conflicts.absent)
            : valueText(field, clash.mine, words)}
        </Side>
      </div>
      {problems.length === 0 ? null : (
        <p class="form-error" role="alert">
          {problems.map((problem) => problemText(problem, words)).join(' ')}
        </p>
      )}
      {combined === undefined ? (
        <div class="form-row">
          <button
            type="button"
            onClick={() => {
              forget(place);
              done();
            }}
          >
            {isRefused ? words.conflicts.giveUp : words.conflicts.keepTheirs}
          </button>
          <button
            type="button"
            onClick={() => {
              if (mine === undefined) done();
              else if (isRefused) {
                editAgain(place, mine, clash);
                done();
              } else take(mine);
            }}
          >
            {isRefused ? words.form.editAgain : words.conflicts.keepMine}
          </button>
          {canCombine && !isRefused && mine !== undefined ? (
            <button
              type="button"
              onClick={() =>
                setCombined(combinedEntry(place, textOf(entryOf(field, clash.theirs)), textOf(mine)))
              }
            >
              {words.conflicts.combine}
            </button>
          ) : null}
        </div>
      ) : (
        <CombinedEditor place={place} entry={combined} onEntry={setCombined} onKeep={() => take(combined)} />
      )}
    </section>
  );
}

/** Fields in which two texts can stand beside one another. */
const MANY_WORDS: ReadonlySet<string> = new Set(['input', 'text-area', 'rich-text', 'code']);

/** Puts what the server refused back into the field, with what it said. */
function editAgain({ memory, widget, field }: FieldPlace, entry: Entry, { theirs, problems }: Clash): void {
  memory.typed.value = withTyped(memory.typed.peek(), widget, field.name, {
    ...{ entry, base: theirs, isAcknowledged: true, problems },
  });
}

function introOf({ conflict, problems }: Clash, { session: { words }, field }: FieldPlace): string {
  if (problems.length > 0)
    return [
      words.conflicts.invalid({ what: field.label }),
      ...problems.map((one) => problemText(one, words)),
    ].join(' ');
  if (conflict === undefined) return words.form.changedMeanwhile;
  return `${words.conflicts.reason({ code: 'fields', what: field.label })} ${words.conflicts.intro}`;
}

/** Whose the other value is, as far as that is known here. */
function titleOfTheirs({ data, words }: Session, author: string | null): string {
  return author === data.me.id
    ? words.conflicts.theirsOf({ who: words.presence.yourOtherTab })
    : words.conflicts.theirs;
}

function Side({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <figure class="form-side">
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section class="form-scroll" tabIndex={0} aria-label={title}>
        <pre>{children}</pre>
      </section>
    </figure>
  );
}

function shownText({ field }: FieldPlace, text: string): string {
  return controlKind(field) === 'rich-text' ? wordsOfMarkup(text) : text;
}
