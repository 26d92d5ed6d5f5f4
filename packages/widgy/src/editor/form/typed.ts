import { isSameJson, type JsonValue } from '../../tree/json.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import type { Entry } from './entry.ts';
import type { FieldProblem } from './problem.ts';

/** What somebody is typing into a field, or has typed into it and what could not be kept. Plain JSON. */
export interface TypedField {
  readonly entry: Entry;
  /** The value of the field that was last in line with what was typed. Where the tree has another one by now, somebody else changed it. */
  readonly base: JsonValue;
  /** Whether the server has `base`. Until then, another value is what the server made of it, and nobody else's. */
  readonly isAcknowledged: boolean;
  /** Why it is not in the draft. */
  readonly problems: readonly FieldProblem[];
}

/** What is typed in one tab: by the ids of widgets and the names of their fields. Immutable. */
export type Typed = ReadonlyMap<string, ReadonlyMap<string, TypedField>>;

/** What is typed into a field. */
export function typedAt(typed: Typed, widget: string, name: string): TypedField | undefined {
  return typed.get(widget)?.get(name);
}

/** The same with something typed into a field. */
export function withTyped(typed: Typed, widget: string, name: string, field: TypedField): Typed {
  return new Map(typed).set(widget, new Map(typed.get(widget)).set(name, field));
}

/** The same without what was typed into a field. */
export function withoutTyped(typed: Typed, widget: string, name: string): Typed {
  const fields = typed.get(widget);
  if (fields?.has(name) !== true) return typed;
  const left = new Map(fields);
  left.delete(name);
  const all = new Map(typed);
  if (left.size === 0) all.delete(widget);
  else all.set(widget, left);
  return all;
}

/** Whether somebody else changed the field meanwhile. */
export function isDisputed({ base }: TypedField, shown: JsonValue): boolean {
  return !isSameJson(base, shown);
}

/** Whether what was typed has to be kept although nobody is typing it any more: it is nowhere else. */
export function isHeld(field: TypedField, shown: JsonValue): boolean {
  return field.problems.length > 0 || isDisputed(field, shown);
}

/**
 * Whether something was typed that is in no draft: whoever leaves the page loses it. What was typed into a widget that is gone is remembered, for
 * it may be brought back, but nobody has to be asked about it.
 */
export function hasUnkept(typed: Typed, tree: Tree): boolean {
  return [...typed].some(
    ([key, fields]) =>
      // What is typed for several is under all of their ids.
      key.split(' ').some((id) => findWidget(tree, id) !== undefined) &&
      [...fields.values()].some(({ problems }) => problems.length > 0),
  );
}

/** What a field is in the trees of the tab, when one of them has changed. */
export interface FieldNow {
  /** In the tree that is shown. */
  readonly shown: JsonValue;
  /** In the tree that the server has acknowledged. */
  readonly acknowledged: JsonValue;
  /** Whether there is a conflict about it. */
  readonly hasConflict: boolean;
  /** The value that the entry means; undefined where it means none. */
  readonly meant: JsonValue | undefined;
}

/**
 * Follows the trees. What the server makes of one's own value, such as markup that it cleans, is nobody else's change, and neither is a
 * value that both wrote.
 */
export function followed(
  field: TypedField,
  { shown, acknowledged, hasConflict, meant }: FieldNow,
): TypedField {
  if (!isDisputed(field, shown)) {
    const isNews = !field.isAcknowledged && isSameJson(acknowledged, field.base);
    return isNews ? { ...field, isAcknowledged: true } : field;
  }
  const isOwn = !field.isAcknowledged && !hasConflict;
  return isOwn || isSameJson(meant, shown)
    ? { ...field, base: shown, isAcknowledged: isSameJson(acknowledged, shown) }
    : field;
}
