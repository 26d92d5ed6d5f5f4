import { findWidget } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import { labelOf } from '../commands/where.ts';
import { fieldProblems } from '../form/field-problems.ts';
import { labelAt, problemText } from '../form/problem.ts';
import { conflictWidgets } from '../outline/conflict-widgets.ts';
import type { Session } from '../session/session.ts';

/** Something in the page that somebody should look at. */
export interface PageProblem {
  readonly kind: 'conflict' | 'field' | 'link' | 'type';
  /** The id of the widget that it is about. */
  readonly widget: string;
  readonly what: string;
}

/** What of a session says what is wrong. */
export type ProblemSource = Pick<
  Session,
  'tree' | 'data' | 'catalogue' | 'conflicts' | 'lostLinks' | 'words'
>;

/** What is wrong in the page, conflicts first, the rest in the order of the page: conflicts, fields that may not be published as they are, links that lead nowhere, unknown types. */
export function problemsOf(session: ProblemSource): readonly PageProblem[] {
  const { tree, catalogue, conflicts, lostLinks, words, data } = session;
  const types = new Map(data.types.map((type) => [type.type, type]));
  const disputed = [...conflictWidgets(conflicts.value).keys()].flatMap((id): readonly PageProblem[] => {
    const widget = findWidget(tree.value, id);
    if (widget === undefined) return [];
    const what = words.conflicts.found({ what: labelOf(catalogue, widget.type) });
    return [{ kind: 'conflict', widget: id, what }];
  });
  const others = Array.from(walk(tree.value.root)).flatMap((widget): readonly PageProblem[] => {
    const type = types.get(widget.type);
    if (type === undefined) return [{ kind: 'type', widget: widget.id, what: words.outline.unknownType }];
    const wrong = [...fieldProblems(widget.fields, type).values()].flat().map((each): PageProblem => {
      const field = labelAt(type.fields, each.path);
      const problem = problemText(each, words);
      return { kind: 'field', widget: widget.id, what: words.form.problemOf({ field, problem }) };
    });
    const names = lostLinks.value.get(widget.id);
    const lost = names === undefined ? [] : type.fields.filter(({ name }) => names.has(name));
    const problem = words.form.leadsNowhere;
    return [
      ...wrong,
      ...lost.map(({ label: field }): PageProblem => {
        return { kind: 'link', widget: widget.id, what: words.form.problemOf({ field, problem }) };
      }),
    ];
  });
  return [...disputed, ...others];
}
