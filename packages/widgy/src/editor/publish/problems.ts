import { isPlainObject, pointerTo } from '../../tree/problems.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import { fieldProblems } from '../form/field-problems.ts';
import { labelAt, problemText } from '../form/problem.ts';
import { type Typed, typedAt } from '../form/typed.ts';
import { fieldOfType, type Naming, typeOf, widgetName } from '../history/names.ts';

/** Something that has to be mended before a draft is published. */
export interface Hindrance {
  readonly widget: string;
  /** The field, as a JSON Pointer into the fields; absent where it is about the widget. */
  readonly field?: string;
  /** What it is about: a field of a widget, or a widget. */
  readonly name: string;
  /** What is wrong, as a sentence; empty where that is said for all of them. */
  readonly what: string;
}

/** Hindrances that are shown: who has mended these sees the next ones. */
export const MAX_HINDRANCES = 50;

/**
 * What keeps a draft from being published, in the order of the page: fields that are not filled in as they have to be, and those into which
 * something was typed that could not be kept, since whoever publishes takes it for published. Of widgets of a type that
 * the site does not have nothing is known. At most {@link MAX_HINDRANCES}.
 */
export function hindrancesOf(naming: Naming, tree: Tree, typed: Typed): readonly Hindrance[] {
  const found: Hindrance[] = [];
  for (const widget of walk(tree.root)) {
    const type = typeOf(naming, widget.type);
    if (type === undefined) continue;
    const kept = fieldProblems(widget.fields, type);
    for (const field of type.fields) {
      const unkept = typedAt(typed, widget.id, field.name)?.problems ?? [];
      for (const problem of unkept.length > 0 ? unkept : (kept.get(field.name) ?? []))
        found.push({
          ...{ widget: widget.id, field: problem.path },
          name: fieldName(naming, labelAt(type.fields, problem.path), widgetName(naming, widget)),
          what: problemText(problem, naming.words),
        });
    }
    if (found.length >= MAX_HINDRANCES) break;
  }
  return found.slice(0, MAX_HINDRANCES);
}

/** The hindrances that the server names where links lead to what is not there; none where it names nothing that can be read. */
export function missingLinks(naming: Naming, tree: Tree, links: unknown): readonly Hindrance[] {
  if (!Array.isArray(links)) return [];
  const all = links.filter(isPlainObject).flatMap(({ widget, field }): readonly Hindrance[] => {
    const found = typeof widget === 'string' ? findWidget(tree, widget) : undefined;
    if (found === undefined || typeof field !== 'string') return [];
    const label = fieldOfType(naming, found.type, field)?.label ?? field;
    const name = fieldName(naming, label, widgetName(naming, found));
    return [{ widget: found.id, field: pointerTo([field]), name, what: '' }];
  });
  return all.slice(0, MAX_HINDRANCES);
}

function fieldName({ words }: Naming, field: string, what: string): string {
  return words.clipboard.linkOf({ field, what });
}
