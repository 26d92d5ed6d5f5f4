import { checkOperation } from '../../tree/rules/check-operation.ts';
import { newWidget } from '../../tree/rules/new-widget.ts';
import type { Place } from '../../tree/tree.ts';
import type { IdMaker, Widget } from '../../tree/widget.ts';
import type { Session } from '../session/session.ts';
import { forbiddenType } from './permissions.ts';
import { type CommandRefusal, notPermitted } from './refusal.ts';

/** What of a session says what may be added. */
export type InsertRules = Pick<Session, 'data' | 'catalogue' | 'tree'>;

/** Ids for widgets that are only tried, and never kept: no widget has one of them. */
export function triedIds(): IdMaker {
  let made = 0;
  return () => `tried_${++made}_never_in_a_tree`;
}

/**
 * Why a widget may not be put at a place; undefined where it may. What may stand there is told before what this person may do. Rules that are
 * functions only the server can ask: it may refuse more.
 */
export function refusalAt(
  { data, catalogue, tree }: InsertRules,
  widget: Widget,
  at: Place,
): CommandRefusal | undefined {
  const operation = { kind: 'insert', widget, at } as const;
  const checked = checkOperation(tree.value, operation, catalogue, data.limits);
  if (!checked.ok) return checked.refusal;
  const forbidden = forbiddenType({ data }, tree.value, operation);
  return forbidden === undefined ? undefined : notPermitted(forbidden);
}

/** Whether a new widget of some type may be put at a place. As many types are tried as it takes, and nothing else of the tree is looked at. */
export function takesNewAt(rules: InsertRules, at: Place): boolean {
  return rules.data.types.some(({ type }) => {
    const widget = newWidget(rules.catalogue, type, triedIds());
    return widget !== undefined && refusalAt(rules, widget, at) === undefined;
  });
}
