import type { ChangedWidget, MovedWidget } from '../../tree/diff.ts';
import { diffOutermost, type OutermostDiff, type OutermostWidget } from '../../tree/outermost-diff.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import type { Widget } from '../../tree/widget.ts';
import { diffWords, MAX_COMPARED_PAIRS, MAX_WORD_PAIRS, type WordDiff } from '../../tree/word-diff.ts';
import { labelOf } from '../commands/where.ts';
import { comparedTexts } from './field-text.ts';
import { fieldOfType, type Naming, placeText, widgetName } from './names.ts';

/** One difference of two versions, about one widget. */
export type Difference =
  /** Only the version after has it, and so many widgets in it that came with it. */
  | {
      readonly kind: 'added';
      readonly id: string;
      readonly name: string;
      readonly below: number;
      readonly to: string;
    }
  /** Only the version before has it. */
  | {
      readonly kind: 'removed';
      readonly id: string;
      readonly name: string;
      readonly below: number;
      readonly from: string;
    }
  | {
      readonly kind: 'moved';
      readonly id: string;
      readonly name: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'changed';
      readonly id: string;
      readonly name: string;
      readonly fields: readonly ChangedField[];
    };

/** A field that says something else, with the words marked that the two versions do not share. */
export interface ChangedField extends WordDiff {
  readonly label: string;
}

/** What is different between two versions, as people read it. */
export interface Comparison {
  /** What was added, removed, moved and changed, in this order. */
  readonly differences: readonly Difference[];
  readonly counts: Readonly<Record<Difference['kind'], number>>;
  readonly diff: OutermostDiff;
}

/** Compares two versions. What came or went with the widget that it stands in is not told by itself. */
export function compareVersions(naming: Naming, before: Tree, after: Tree): Comparison {
  const diff = diffOutermost(before, after);
  const fields = diff.changed.reduce((sum, one) => sum + one.fields.length, 0);
  const pairs = Math.min(MAX_WORD_PAIRS, Math.floor(MAX_COMPARED_PAIRS / Math.max(1, fields)));
  const told = <Each extends { readonly id: string }>(
    all: readonly Each[],
    tree: Tree,
    tell: (each: Each, widget: Widget) => Difference,
  ): readonly Difference[] =>
    all.flatMap((each) => {
      const widget = findWidget(tree, each.id);
      return widget === undefined ? [] : [tell(each, widget)];
    });
  const head = (widget: Widget) => ({ id: widget.id, name: widgetName(naming, widget) });
  const at = (tree: Tree, { id }: OutermostWidget | MovedWidget) => placeText(naming, tree, id);
  const differences = [
    ...told(diff.added, after, (each, widget) => {
      return { kind: 'added', ...head(widget), below: each.below, to: at(after, each) };
    }),
    ...told(diff.removed, before, (each, widget) => {
      return { kind: 'removed', ...head(widget), below: each.below, from: at(before, each) };
    }),
    ...told(diff.moved, after, (each, widget) => {
      return { kind: 'moved', ...head(widget), from: at(before, each), to: at(after, each) };
    }),
    ...told(diff.changed, after, (each, widget) => {
      const old = findWidget(before, each.id);
      return {
        kind: 'changed',
        ...head(widget),
        fields: changedFields(naming, old ?? widget, widget, each, pairs),
      };
    }),
  ];
  const { added, removed, moved, changed } = diff;
  const counts = {
    added: added.length,
    removed: removed.length,
    moved: moved.length,
    changed: changed.length,
  };
  return { differences, counts, diff };
}

function changedFields(
  naming: Naming,
  before: Widget,
  widget: Widget,
  { type, fields }: ChangedWidget,
  pairs: number,
): readonly ChangedField[] {
  const { catalogue, words } = naming;
  const types =
    type === undefined
      ? []
      : [
          {
            label: words.history.type,
            ...diffWords(labelOf(catalogue, type.from), labelOf(catalogue, type.to)),
          },
        ];
  return [
    ...types,
    ...fields.map(({ name, from, to }) => {
      const field = fieldOfType(naming, widget.type, name);
      const old = { field: fieldOfType(naming, before.type, name), value: from };
      const texts = comparedTexts(naming, old, { field, value: to });
      return { label: field?.label ?? name, ...diffWords(...texts, pairs) };
    }),
  ];
}
