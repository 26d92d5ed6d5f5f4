/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { findWidget } from '../../tree/tree.ts';
import { labelIn } from '../commands/where.ts';
import { type LocalConflict, wantedOperations } from '../draft/index.ts';
import { selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { notTurnedText } from '../session/step-text.ts';
import { bringBack } from './bring-back.ts';
import { widgetsOf } from './clash.ts';
import { doAgain } from './decide.ts';
import { wantedText } from './wanted-text.ts';

/** The conflicts about a widget that are about more than the values of its fields, which stand with the fields themselves. */
export function Conflicts({
  session,
  widget,
  what,
}: {
  readonly session: Session;
  readonly widget: string;
  readonly what: string;
}) {
  const own = session.conflicts.value.filter(
    (conflict) =>
      conflict.reason.kind !== 'fields' &&
      conflict.reason.kind !== 'invalid' &&
      widgetsOf(conflict).includes(widget),
  );
  return own.map((conflict) => (
    <ConflictCard key={conflict.key} session={session} conflict={conflict} what={what} />
  ));
}

/** All conflicts of the tab, those of widgets that are gone too. Those about values of fields lead to the form of their widget. */
export function ConflictList({ session }: { readonly session: Session }) {
  const { words } = session;
  const conflicts = session.conflicts.value;
  if (conflicts.length === 0) return <p>{words.conflicts.none}</p>;
  return (
    <>
      <p>{words.conflicts.intro}</p>
      {conflicts.map((conflict) => (
        <ConflictCard
          key={conflict.key}
          session={session}
          conflict={conflict}
          what={whatOf(session, conflict)}
        />
      ))}
    </>
  );
}

/** What the widget of a conflict is called, where it is still there. */
function whatOf(session: Session, conflict: LocalConflict): string {
  const tree = session.tree.value;
  const id = widgetsOf(conflict).find((each) => findWidget(tree, each) !== undefined);
  return id === undefined ? session.words.form.aWidget : labelIn(tree, id, session.catalogue);
}

/** One conflict: what happened, what this person wanted, and what can be done. */
export function ConflictCard({
  session,
  conflict,
  what,
}: {
  readonly session: Session;
  readonly conflict: LocalConflict;
  readonly what: string;
}) {
  const { words, announcement } = session;
  const [why, setWhy] = useState<string>();
  const settle = () => {
    session.settle(conflict.key);
    announcement.value = words.conflicts.settled({ what });
  };
  const again = () => {
    if (doAgain(session, conflict, wantedOperations(conflict)))
      announcement.value = words.conflicts.settled({ what });
    else setWhy(announcement.value);
  };
  const back = async () => {
    const refused = await bringBack(session, conflict);
    if (refused === undefined) announcement.value = words.conflicts.settled({ what });
    else setWhy(words.conflicts.cannotSettle({ why: refused }));
  };
  const wanted = wantedText(session, conflict);
  const { giveUp, take } = actionsOf(session, conflict);
  const id = widgetsOf(conflict).find((each) => findWidget(session.tree.value, each) !== undefined);
  const isOfFields = conflict.reason.kind === 'fields' || conflict.reason.kind === 'invalid';
  return (
    <section class="form-clash" aria-label={words.conflicts.found({ what })}>
      <p class="form-warning">{sayWhy(session, conflict, what)}</p>
      {wanted.length === 0 ? null : (
        <>
          <p>{words.form.whatYouWanted}</p>
          <ul class="form-wanted">
            {wanted.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {why === undefined ? null : (
        <p class="form-error" role="alert">
          {why}
        </p>
      )}
      <div class="form-row">
        {isOfFields && id !== undefined ? (
          <button
            type="button"
            onClick={() => {
              session.selection.value = selectOne(id);
            }}
          >
            {words.form.goToConflict}
          </button>
        ) : (
          <>
            {take === undefined ? null : (
              <button type="button" onClick={take.isBack ? back : again}>
                {take.label}
              </button>
            )}
            <button type="button" onClick={settle}>
              {giveUp}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

function sayWhy({ words, catalogue }: Session, { reason }: LocalConflict, what: string): string {
  switch (reason.kind) {
    case 'fields':
      return words.conflicts.reason({ code: 'fields', what });
    case 'removed':
      return reason.side === 'theirs'
        ? words.conflicts.deletedThere({ what })
        : words.conflicts.deletedHere({ what });
    case 'places':
      return words.conflicts.reason({ code: reason.code, what });
    case 'invalid':
      return words.conflicts.invalid({ what });
    case 'refused': {
      const { code, parent, child } = reason.refusal;
      const names = { parent: parent && catalogue.get(parent.type)?.label, child: child?.label };
      return words.conflicts.refused({ what, why: words.errors.refusal({ code, ...names }) });
    }
    case 'worked-on':
      return notTurnedText(words, reason.way, reason.step);
    case 'uncertain':
      return words.form.uncertain({ what });
    case 'other':
      return words.conflicts.refused({ what, why: reason.what });
  }
}

/** What can be done about a conflict that is about more than values. */
function actionsOf(
  { words: { app, conflicts: words } }: Session,
  { reason }: LocalConflict,
): { readonly giveUp: string; readonly take?: { readonly label: string; readonly isBack: boolean } } {
  if (reason.kind === 'worked-on') return { giveUp: app.dismiss };
  if (reason.kind === 'removed') {
    if (reason.side === 'mine')
      return { giveUp: words.keepIt, take: { label: words.deleteAnyway, isBack: false } };
    return reason.theirs === null
      ? { giveUp: words.leaveDeleted }
      : { giveUp: words.leaveDeleted, take: { label: words.bringBack, isBack: true } };
  }
  if (reason.kind === 'places' && reason.code === 'moved')
    return { giveUp: words.moveTheirs, take: { label: words.moveMine, isBack: false } };
  return { giveUp: words.giveUp, take: { label: words.tryAgain, isBack: false } };
}
