import type { JsonValue } from '../../tree/json.ts';
import type { Conflict, ConflictCode } from '../../tree/rebase.ts';
import type { FailedChange } from '../../tree/rebase-change.ts';
import type { RefusalCode } from '../../tree/refusal.ts';
import type { Named, RuleCode, Wrapper } from '../../tree/rules/violation.ts';
import type { TurnWay } from './local-change.ts';
import type { StepLabel } from './steps.ts';

/** Whose change was in the way. */
export interface Theirs {
  readonly sequence: number;
  readonly author: string | null;
}

/** A field that got two values. A value is undefined where the field is absent. */
export interface FieldClash {
  readonly widget: string;
  readonly name: string;
  readonly before: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** Why an operation was refused, with the names that a sentence about it needs. */
export interface ToldRefusal {
  readonly code: RefusalCode | RuleCode;
  /** One sentence in English. */
  readonly what: string;
  readonly ids: readonly string[];
  readonly parent?: Named | undefined;
  readonly child?: Named | undefined;
  readonly wrapper?: Wrapper | undefined;
}

/** What is wrong with the value of one field. */
export interface ToldFieldError {
  readonly code: string;
  /** The field, as a JSON Pointer into the fields. */
  readonly path: string;
  readonly message: string;
}

/** Why something that was done here could not be done for everybody. `theirs` is null where it is not known who was in the way. */
export type ConflictReason =
  | {
      readonly kind: 'fields';
      readonly fields: readonly FieldClash[];
      readonly theirs: Theirs | null;
    }
  /** One side took a widget away, and the other changed something in it, or put something there. */
  | {
      readonly kind: 'removed';
      /** The widget that was taken away. */
      readonly widget: string;
      /** Who took it away. */
      readonly side: 'mine' | 'theirs';
      /** The widget that the other side changed. */
      readonly changed: string;
      readonly theirs: Theirs | null;
    }
  | {
      readonly kind: 'places';
      readonly code: Exclude<ConflictCode, 'fields' | 'removed'>;
      readonly widgets: readonly string[];
      readonly theirs: Theirs | null;
    }
  /** It does not fit the tree any more, or a rule is against it. */
  | { readonly kind: 'refused'; readonly refusal: ToldRefusal }
  /** The server does not keep such fields. */
  | { readonly kind: 'invalid'; readonly widget: string; readonly errors: readonly ToldFieldError[] }
  /** Somebody else has worked since on what was to be taken back, or done again. */
  | { readonly kind: 'worked-on'; readonly way: TurnWay; readonly step: StepLabel }
  /** It was sent, and it cannot be found out any more whether it was done. */
  | { readonly kind: 'uncertain' }
  /** Another answer of the server. */
  | { readonly kind: 'other'; readonly code: string; readonly what: string };

/** The reason that the tree itself gives. */
export function reasonOfFailure(failed: FailedChange, theirs: Theirs | null): ConflictReason {
  return failed.outcome === 'conflict'
    ? reasonOfConflict(failed.conflict, theirs)
    : { kind: 'refused', refusal: failed.refusal };
}

/** The reason that a conflict of two operations gives. */
export function reasonOfConflict(conflict: Conflict, theirs: Theirs | null): ConflictReason {
  const { code, ids, operation, over, fields } = conflict;
  const [first = '', second = first] = ids;
  if (code === 'fields') {
    const clashes = fields.map(({ name, base, mine, theirs: other }) => ({
      ...{ widget: first, name, before: base, mine, theirs: other },
    }));
    return { kind: 'fields', fields: clashes, theirs };
  }
  if (code !== 'removed') return { kind: 'places', code, widgets: ids, theirs };
  const isTheirs = over.kind === 'remove' || (over.kind === 'unwrap' && operation.kind !== 'remove');
  const remover = isTheirs ? over : operation;
  const widget = 'id' in remover ? remover.id : first;
  return {
    kind: 'removed',
    widget,
    side: isTheirs ? 'theirs' : 'mine',
    changed: widget === second ? first : second,
    theirs,
  };
}
