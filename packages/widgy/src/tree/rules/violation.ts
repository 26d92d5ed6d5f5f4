import type { Refusal, RefusalCode } from '../refusal.ts';
import type { Catalogue } from './catalogue.ts';
import type { TypeRules } from './type-rules.ts';

/** Which rule is against something. */
export const RULE_CODES = [
  'type-unknown',
  'slot-unknown',
  'parent-refuses',
  'child-refuses',
  'both-refuse',
  'inside-itself',
  'slot-full',
  'slot-short',
  'not-draggable',
  'not-deletable',
  'not-editable',
  'not-root-choice',
] as const;

/** One of {@link RULE_CODES}. */
export type RuleCode = (typeof RULE_CODES)[number];

/** A widget or type by its names. */
export interface Named {
  /** Absent where it is about a type. */
  readonly id?: string | undefined;
  readonly type: string;
  /** For people; the type's name where the catalogue does not know it. */
  readonly label: string;
}

/** A type that could stand between a parent and a child that do not go together, and the slot of it that takes the child. */
export interface Wrapper {
  readonly type: string;
  readonly label: string;
  readonly slot: string | undefined;
}

/** What is against the rules. */
export interface Violation extends Refusal<RuleCode> {
  /** The part of a type's definition that says so, as in `TypeRules`. */
  readonly rule: keyof TypeRules | 'children.max' | 'children.min' | 'children.slots';
  readonly parent?: Named | undefined;
  readonly child?: Named | undefined;
  readonly slot?: string | undefined;
  /** Given where exactly one type could stand between. */
  readonly wrapper?: Wrapper | undefined;
}

/** Why an operation is refused: it does not fit the tree, or a rule is against it. */
export type RuleRefusal = Refusal<RefusalCode> | Violation;

/** The names of a widget. */
export function nameOf(
  { id, type }: { readonly id?: string; readonly type: string },
  catalogue: Catalogue,
): Named {
  return { id, type, label: catalogue.get(type)?.label ?? type };
}

/** Makes a violation about a widget alone. */
export function violationOf(code: RuleCode, rule: Violation['rule'], child: Named, what: string): Violation {
  return {
    code,
    rule,
    what: `"${child.label}" ${what}`,
    ids: child.id === undefined ? [] : [child.id],
    child,
  };
}
