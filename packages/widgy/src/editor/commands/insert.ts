import { newWidget } from '../../tree/rules/new-widget.ts';
import type { Wrapper } from '../../tree/rules/violation.ts';
import type { Place } from '../../tree/tree.ts';
import { createWidget, type IdMaker, type Widget } from '../../tree/widget.ts';
import type { Session } from '../session/session.ts';
import { act, refused } from './act.ts';
import { type Done, notPermitted } from './refusal.ts';
import { labelOf, whereIs } from './where.ts';

/** Adds a new widget of a type that the site has, with what is made with it, and selects it. */
export function insertWidget(session: Session, type: string, at: Place): Done {
  const widget = newWidget(session.catalogue, type, session.newId);
  return widget === undefined ? refused(session, notPermitted(type)) : insert(session, widget, widget, at);
}

/** Adds a new widget of a type that may not stand at a place by itself, in a new one that may, as one step, and selects the inner one. */
export function insertWrapped(session: Session, type: string, wrapper: Wrapper, at: Place): Done {
  const inner = newWidget(session.catalogue, type, session.newId);
  if (inner === undefined) return refused(session, notPermitted(type));
  return insert(session, wrappedIn(session, inner, wrapper, session.newId), inner, at);
}

/** A new wrapper with nothing in it but a widget. */
export function wrappedIn(
  { catalogue }: Pick<Session, 'catalogue'>,
  inner: Widget,
  { type, slot }: Pick<Wrapper, 'type' | 'slot'>,
  newId: IdMaker,
): Widget {
  const fields = structuredClone(catalogue.get(type)?.fields ?? {});
  return createWidget({ id: newId(), type, fields, children: [createWidget({ ...inner, slot })] });
}

function insert(session: Session, widget: Widget, chosen: Widget, at: Place): Done {
  const { catalogue, words } = session;
  const what = labelOf(catalogue, chosen.type);
  return act(session, {
    label: { kind: 'insert', what, count: 1 },
    operations: [{ kind: 'insert', widget, at }],
    select: [chosen.id],
    say: () => {
      const where = whereIs(session.tree.value, widget.id, catalogue);
      return where === undefined ? what : words.picker.added({ what, ...where });
    },
  });
}
