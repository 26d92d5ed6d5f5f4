import { fieldOf } from '../../tree/json.ts';
import type { Operation } from '../../tree/operation.ts';
import { createWidget, type Widget, walk } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { EditorData } from '../server/editor-data.ts';
import { referencesIn } from './references.ts';

/** A field with a link that leads nowhere. */
export interface LostLink {
  /** The id of the widget. */
  readonly widget: string;
  /** The name of the field. */
  readonly field: string;
}

/** The fields of which somebody should know that a link in them leads nowhere: their names by the ids of the widgets. */
export type LostLinks = ReadonlyMap<string, ReadonlySet<string>>;

/** The links of a widget and all in it that lead nowhere: the server gives the names of all that lead somewhere. */
export function lostLinksIn(
  root: Widget,
  { types, referenceLabels }: Pick<EditorData, 'types' | 'referenceLabels'>,
): LostLinks {
  const lost = new Set(
    referencesIn([root]).filter((reference) => !Object.hasOwn(referenceLabels, reference)),
  );
  if (lost.size === 0) return new Map();
  const described = new Map(types.map(({ type, fields }) => [type, fields]));
  const links = Array.from(walk(root)).flatMap((widget) =>
    (described.get(widget.type) ?? [])
      .filter((field) => holdsLinks(field) && isIn(widget, field, lost))
      .map((field): LostLink => ({ widget: widget.id, field: field.name })),
  );
  return withLost(new Map(), links);
}

/** The same with more of them. */
export function withLost(lost: LostLinks, links: readonly LostLink[]): LostLinks {
  const all = new Map(lost);
  for (const { widget, field } of links) all.set(widget, new Set([...(all.get(widget) ?? []), field]));
  return all;
}

/** The same without those in fields that somebody has set since; the same map where there are none. */
export function withoutSet(lost: LostLinks, operations: readonly Operation[]): LostLinks {
  let left = lost;
  for (const operation of operations) {
    const fields = operation.kind === 'set' ? left.get(operation.id) : undefined;
    if (operation.kind !== 'set' || fields === undefined) continue;
    const set = new Set([...Object.keys(operation.fields), ...operation.unset]);
    if (fields.isDisjointFrom(set)) continue;
    left = new Map(left).set(operation.id, fields.difference(set));
  }
  return left;
}

/** Whether what looks like a reference in a field is one. In a text without markup it is only written about. */
function holdsLinks(field: FieldDescription): boolean {
  if (field.shape === 'list') return field.fields.some(holdsLinks);
  return field.takesReferences === true || (field.kind !== 'text' && field.kind !== 'long-text');
}

function isIn(
  { id, type, fields }: Widget,
  { name }: FieldDescription,
  references: ReadonlySet<string>,
): boolean {
  const value = fieldOf(fields, name);
  if (value === undefined) return false;
  return referencesIn([createWidget({ id, type, fields: { [name]: value } })]).some((each) =>
    references.has(each),
  );
}
