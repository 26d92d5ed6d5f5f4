/**
 * What a type's definition says of where its widgets may stand, as data that the browser gets too. The names in lists are types or
 * groups.
 */
export interface TypeRules {
  readonly type: string;
  readonly label: string;
  readonly groups: readonly string[];
  /** What may stand in it, outside named slots; undefined where nothing may. */
  readonly children: ChildRule | undefined;
  /** Its named slots. */
  readonly slots: Readonly<Record<string, SlotRule>>;
  /** What it agrees to stand in; undefined where it agrees to anything. */
  readonly parents: readonly string[] | undefined;
  readonly isMovable: boolean;
  readonly isDeletable: boolean;
}

/** What may stand in one place of a widget. */
export interface ChildRule {
  /** Types and groups; `'any'` for whatever agrees to it. */
  readonly accept: readonly string[] | 'any';
  readonly min?: number;
  readonly max?: number;
}

/** What may stand in a named slot. */
export interface SlotRule extends ChildRule {
  readonly label?: string;
  /** Types of the widgets that are made in it when the widget is made. */
  readonly initial?: readonly string[];
}

/** What is wrong with a rule by itself; undefined if nothing is. */
export function problemOfRule({
  accept,
  min = 0,
  max = Number.POSITIVE_INFINITY,
}: ChildRule): string | undefined {
  if (accept !== 'any' && accept.length === 0) return 'accepts nothing: leave it out';
  if (!isCount(min) || (max !== Number.POSITIVE_INFINITY && !isCount(max)))
    return 'counts with whole numbers only';
  return min > max ? `wants at least ${min} and at most ${max}` : undefined;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** A place in a parent, and a type that might stand there. */
export interface CompatibilityQuestion {
  readonly parent: string;
  readonly slot: string | undefined;
  readonly child: string;
}

/** A site's last word on what may stand where. It is given what the two types say, and answers what holds. */
export type CompatibilityOverride = (question: CompatibilityQuestion, isCompatible: boolean) => boolean;
