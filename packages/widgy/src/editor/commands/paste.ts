import { createWidget, type Widget, walk } from '../../tree/widget.ts';
import { withNewIds } from '../../tree/with-new-ids.ts';
import { withLost } from '../session/lost-links.ts';
import { referencesIn, withReferences } from '../session/references.ts';
import type { Session } from '../session/session.ts';
import { act } from './act.ts';
import { parseCopied } from './clipboard-text.ts';
import type { Host } from './host.ts';
import { nearestPlace } from './paste-place.ts';
import { type CommandRefusal, sentenceOf } from './refusal.ts';
import { resolveReferences } from './resolve-references.ts';
import { labelIn, labelOf } from './where.ts';

/** A link in a pasted widget that leads nowhere here, and is empty therefore. */
export interface UnresolvedReference {
  /** The id of the widget in this page. */
  readonly widget: string;
  readonly type: string;
  /** The field of it that held the reference. */
  readonly field: string;
  readonly reference: string;
}

/** What pasting came to. */
export type Pasted =
  | {
      readonly ok: true;
      /** The topmost of the new widgets. */
      readonly ids: readonly string[];
      readonly unresolved: readonly UnresolvedReference[];
    }
  | { readonly ok: false; readonly reason: 'nothing' | 'unreadable' | 'tooLarge' | 'notAllowed' }
  /** This site does not have these types. */
  | { readonly ok: false; readonly reason: 'unknownTypes'; readonly types: readonly string[] }
  | { readonly ok: false; readonly reason: 'refused'; readonly refusal: CommandRefusal };

/**
 * Pastes the widgets of a text with new ids, as one step, at the place nearest to what is selected, and selects them. It waits for the server
 * only where it must ask where references lead. What became of it is announced.
 */
export async function pasteText(
  session: Session,
  text: string,
  { origin, search }: Pick<Host, 'origin' | 'search'>,
): Promise<Pasted> {
  const { data, words, announcement } = session;
  const read = parseCopied(text, data.limits);
  if (!read.ok) {
    announcement.value = words.clipboard[read.reason];
    return read;
  }
  const types = unknownTypes(session, read.copied.widgets);
  if (types.length > 0) {
    announcement.value = words.clipboard.unknownTypes({ types });
    return { ok: false, reason: 'unknownTypes', types };
  }
  const known = data.referenceLabels;
  const { replaced, unresolved } = await resolveReferences(read.copied, { origin, known, search });
  const made = read.copied.widgets.map((each) => withNewIds(each, session.newId));
  const others = new Map([...replaced, ...unresolved.map((reference) => [reference, ''] as const)]);
  const widgets = made.map((each) => withReferences(each, others));
  return paste(session, widgets, unresolvedIn(made, new Set(unresolved)));
}

function paste(
  session: Session,
  widgets: readonly Widget[],
  unresolved: readonly UnresolvedReference[],
): Pasted {
  const { catalogue, data, words } = session;
  const tree = session.tree.value;
  const near = session.selection.value.ids.at(-1);
  const place = nearestPlace(tree, widgets, near, { catalogue, limits: data.limits });
  if (!place.ok) return refusedPaste(session, place.refusal);
  const ids = widgets.map(({ id }) => id);
  const done = act(session, {
    label: { kind: 'paste', what: labelOf(catalogue, widgets[0]?.type ?? ''), count: widgets.length },
    operations: place.operations,
    select: ids,
    say: () => {
      const parent = labelIn(tree, place.at.parent, catalogue);
      const said = words.clipboard.pasted({ count: widgets.length, parent });
      return unresolved.length === 0 ? said : `${said}. ${flagged(session, unresolved)}`;
    },
  });
  if (done.ok && unresolved.length > 0)
    session.lostLinks.value = withLost(session.lostLinks.value, unresolved);
  return done.ok ? { ok: true, ids, unresolved } : refusedPaste(session, done.refusal);
}

function refusedPaste(session: Session, refusal: CommandRefusal): Pasted {
  const why = sentenceOf(refusal, session);
  session.announcement.value = session.words.clipboard.refused({ why });
  return { ok: false, reason: 'refused', refusal };
}

/** The names of types in widgets that this site does not have, as they are written: there is no label of what is not known. */
function unknownTypes({ catalogue }: Session, widgets: readonly Widget[]): readonly string[] {
  const types = widgets.flatMap((widget) => Array.from(walk(widget), ({ type }) => type));
  return [...new Set(types)].filter((type) => !catalogue.has(type));
}

function unresolvedIn(
  widgets: readonly Widget[],
  dangling: ReadonlySet<string>,
): readonly UnresolvedReference[] {
  if (dangling.size === 0) return [];
  return widgets.flatMap((top) =>
    Array.from(walk(top)).flatMap(({ id, type, fields }) =>
      Object.entries(fields).flatMap(([field, value]) => {
        const references = referencesIn([createWidget({ id, type, fields: { [field]: value } })]);
        return references
          .filter((reference) => dangling.has(reference))
          .map((reference) => ({ widget: id, type, field, reference }));
      }),
    ),
  );
}

/** Which links lead nowhere, in words. */
function flagged({ data, catalogue, words }: Session, unresolved: readonly UnresolvedReference[]): string {
  const links = unresolved.map(({ type, field }) => {
    const described = data.types.find((each) => each.type === type)?.fields;
    const label = described?.find(({ name }) => name === field)?.label ?? field;
    return words.clipboard.linkOf({ field: label, what: labelOf(catalogue, type) });
  });
  return `${words.clipboard.notResolved({ count: unresolved.length })} ${words.formats.list(links)}`;
}
