import type { Operation } from '../../tree/operation.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import { checkTree } from '../../tree/rules/check-tree.ts';
import { treeWith } from '../../tree/rules/tree-with.ts';
import { findWidget, nextInSlot, parentOf, placeOf, type Tree } from '../../tree/tree.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import type { Answer } from '../server/answer.ts';
import type { MadeCallout } from '../server/shared-data.ts';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { act } from './act.ts';
import { calloutFields, calloutReference } from './callout-fields.ts';
import { forbiddenType } from './permissions.ts';
import { sentenceOf } from './refusal.ts';

/** Widgets that can become a call-out, side by side and in their order. */
export interface Shareable {
  readonly widgets: readonly [Widget, ...Widget[]];
}

/** What sharing came to: `why` is a sentence. */
export type Shared = { readonly ok: true } | { readonly ok: false; readonly why: string };

/**
 * The widgets that can become a call-out together: they stand side by side, a call-out may hold them, one may stand in their place, and this
 * person may do all of that. Undefined where some of it is not so.
 */
export function shareable(session: Session, ids: readonly string[]): Shareable | undefined {
  const { data, catalogue } = session;
  const tree = session.tree.value;
  const [first, ...others] = topmost(tree, ids).flatMap((id) => findWidget(tree, id) ?? []);
  if (data.calloutRoot === null || first === undefined || first === tree.root) return undefined;
  const widgets = [first, ...others] as const;
  if (!isRow(tree, widgets)) return undefined;
  const made = treeWith(catalogue, data.calloutRoot, widgets, session.newId);
  if (made === undefined || checkTree(made, catalogue).length > 0) return undefined;
  const operations = replacing(session, widgets, 'any');
  return operations !== undefined && isPossible(session, operations) ? { widgets } : undefined;
}

/**
 * Makes a call-out of widgets and puts a widget in their place that shows it, as one step. Undone, the widgets are back, and the call-out stays
 * among the others.
 *
 * @param id the id of the call-out: asked again with the same, no second one is made
 */
export async function shareWidgets(
  session: Session,
  ids: readonly string[],
  { id, name }: { readonly id: string; readonly name: string },
  make: (asked: { id: string; name: string; widgets: readonly string[] }) => Promise<Answer<MadeCallout>>,
): Promise<Shared> {
  const { words } = session;
  // The server makes it of the widgets that it has.
  if (!(await session.flush())) return { ok: false, why: words.publishing.notOffline };
  const found = shareable(session, ids);
  if (found === undefined) return { ok: false, why: words.sharing.changedMeanwhile };
  const { widgets } = found;
  const answer = await make({ id, name, widgets: widgets.map((each) => each.id) });
  if (answer.kind !== 'done') return { ok: false, why: whyNot(answer, session) };
  // What somebody did to them since is in no call-out.
  const isSame = widgets.every((each) => findWidget(session.tree.value, each.id) === each);
  const operations = isSame ? replacing(session, widgets, answer.value.id) : undefined;
  const insert = operations?.find((each) => each.kind === 'insert');
  if (operations === undefined || insert === undefined)
    return { ok: false, why: words.sharing.changedMeanwhile };
  const done = act(session, {
    label: { kind: 'share', what: answer.value.name },
    operations,
    select: [insert.widget.id],
    say: () => `${words.sharing.shared({ what: answer.value.name })} ${words.sharing.stays}`,
  });
  return done.ok ? { ok: true } : { ok: false, why: sentenceOf(done.refusal, session) };
}

/** Why there is no call-out, as a sentence. */
export function whyNot(
  answer: Exclude<Answer<unknown>, { kind: 'done' }>,
  { words }: Pick<Session, 'words'>,
): string {
  if (answer.kind === 'signed-out') return words.state.signedOut;
  if (answer.kind === 'unreachable') return words.errors.noAnswer;
  const { code, detail } = answer.problem;
  if (code === 'name-taken') return words.sharing.nameTaken;
  if (code === 'name-invalid') return words.sharing.nameInvalid;
  const known = Object.entries(words.errors.problems).find(([each]) => each === code);
  return known?.[1] ?? words.errors.siteSays({ detail });
}

/** Whether widgets stand side by side in one slot, in this order. */
function isRow(tree: Tree, [first, ...others]: Shareable['widgets']): boolean {
  const parent = parentOf(tree, first.id);
  let last = first;
  return others.every((widget) => {
    const isNext = parent !== undefined && nextInSlot(parent, last.id) === widget;
    last = widget;
    return isNext;
  });
}

/** Takes widgets away, and puts one in their place that shows a call-out. Undefined where the site has no type for that. */
function replacing(
  { catalogue, data, newId, tree }: Session,
  widgets: Shareable['widgets'],
  callout: string,
): readonly Operation[] | undefined {
  const at = placeOf(tree.value, widgets.at(-1)?.id ?? '');
  const [known] = calloutFields(data.types);
  if (at === undefined || known === undefined) return undefined;
  const [type, field] = known;
  const fields = {
    ...structuredClone(catalogue.get(type)?.fields ?? {}),
    [field]: calloutReference(callout),
  };
  const removed = widgets.map(({ id }): Operation => ({ kind: 'remove', id }));
  return [...removed, { kind: 'insert', widget: createWidget({ id: newId(), type, fields }), at }];
}

function isPossible(session: Session, operations: readonly Operation[]): boolean {
  const { catalogue, data } = session;
  let tree = session.tree.value;
  for (const operation of operations) {
    if (forbiddenType(session, tree, operation) !== undefined) return false;
    const checked = checkOperation(tree, operation, catalogue, data.limits);
    if (!checked.ok) return false;
    tree = checked.tree;
  }
  return true;
}
