import { isSameJson, type JsonValue } from '../../tree/json.ts';
import type { LocalConflict } from '../draft/index.ts';
import { decisionOf, isAbout, wantedIn } from './memory.ts';
import type { FieldProblem } from './problem.ts';
import { isDisputed, type TypedField } from './typed.ts';

/** A field of which there are two values, for somebody to choose or to combine. */
export interface Clash {
  /** The conflict that it is part of; undefined where somebody else changed the field while this person was typing into it. */
  readonly conflict: LocalConflict | undefined;
  /** Undefined where it was to be absent. */
  readonly mine: JsonValue | undefined;
  readonly theirs: JsonValue;
  /** The author of theirs; null where that is not known. */
  readonly author: string | null;
  /** What the server has against mine: then there are not two people. */
  readonly problems: readonly FieldProblem[];
}

/** What somebody has to decide about a field; undefined for nothing. What is being typed is what they want by now. */
export function clashOf(
  { widget, name, shown }: { readonly widget: string; readonly name: string; readonly shown: JsonValue },
  conflicts: readonly LocalConflict[],
  decided: ReadonlySet<string>,
  typed: TypedField | undefined,
  meant: JsonValue | undefined,
): Clash | undefined {
  const conflict = conflicts.find(
    (each) => isAbout(each, widget, name) && !decided.has(decisionOf(each.key, widget, name)),
  );
  if (conflict === undefined) {
    if (typed === undefined || !isDisputed(typed, shown) || isSameJson(meant, shown)) return undefined;
    return { conflict, mine: meant, theirs: shown, author: null, problems: [] };
  }
  const { reason } = conflict;
  if (reason.kind === 'invalid') {
    const problems = reason.errors
      .filter(({ path }) => path.split('/')[1] === name)
      .map(({ path, message }): FieldProblem => ({ code: 'refused', path, said: message }));
    const mine = meant ?? wantedIn(conflict, widget, name);
    return { conflict, mine, theirs: shown, author: null, problems };
  }
  if (reason.kind !== 'fields') return undefined;
  const clash = reason.fields.find((each) => each.widget === widget && each.name === name);
  const author = reason.theirs?.author ?? null;
  return { conflict, mine: meant ?? clash?.mine, theirs: shown, author, problems: [] };
}

/** The fields of a conflict that somebody has to decide about, as `decisionOf` names them. */
export function openDecisions(
  { key, reason }: LocalConflict,
  decided: ReadonlySet<string>,
): readonly string[] {
  const all =
    reason.kind === 'fields'
      ? reason.fields.map(({ widget, name }) => decisionOf(key, widget, name))
      : reason.kind === 'invalid'
        ? reason.errors.map(({ path }) => decisionOf(key, reason.widget, path.split('/')[1] ?? ''))
        : [];
  return all.filter((decision) => !decided.has(decision));
}

/** The widgets that a conflict is about, the most important first. */
export function widgetsOf({ reason, changes }: LocalConflict): readonly string[] {
  switch (reason.kind) {
    case 'fields':
      return [...new Set(reason.fields.map(({ widget }) => widget))];
    case 'removed':
      return reason.side === 'mine' ? [reason.widget, reason.changed] : [reason.changed, reason.widget];
    case 'places':
      return reason.widgets;
    case 'invalid':
      return [reason.widget];
    default:
      return changes.flatMap((change) =>
        change.kind === 'edit'
          ? change.operations.flatMap((operation) => ('id' in operation ? [operation.id] : []))
          : [],
      );
  }
}
