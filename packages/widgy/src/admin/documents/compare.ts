import type { ChangedWidget } from '../../tree/diff.ts';
import { diffOutermost } from '../../tree/outermost-diff.ts';
import { findWidget, parentOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget } from '../../tree/widget.ts';
import { diffWords, MAX_COMPARED_PAIRS, MAX_WORD_PAIRS, type TextPiece } from '../../tree/word-diff.ts';
import type { Site } from '../../widgets/site.ts';
import { fieldLabel, fieldText } from './field-text.ts';
import { slotLabel, typeLabel, widgetName } from './widget-text.ts';

/** A widget that one of two versions has, or that stands elsewhere in them. */
export interface ComparedWidget {
  readonly id: string;
  readonly name: string;
  /** Where it stands, in words: in what, and after what. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** How many widgets came or went with it. */
  readonly below: number;
}

/** A widget that says something else in two versions. */
export interface ChangedContent {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly {
    readonly label: string;
    readonly before: readonly TextPiece[];
    readonly after: readonly TextPiece[];
  }[];
}

/** What is different between two versions, as people read it. */
export interface Comparison {
  readonly added: readonly ComparedWidget[];
  readonly removed: readonly ComparedWidget[];
  readonly moved: readonly ComparedWidget[];
  readonly changed: readonly ChangedContent[];
  readonly isSame: boolean;
}

/** Compares two versions. What came or went with the widget that it stands in is not listed by itself. */
export function compareTrees(site: Site<never>, before: Tree, after: Tree): Comparison {
  const diff = diffOutermost(before, after);
  const fields = diff.changed.reduce((sum, one) => sum + one.fields.length, 0);
  const pairs = Math.min(MAX_WORD_PAIRS, Math.floor(MAX_COMPARED_PAIRS / Math.max(1, fields)));
  const compared = (id: string, tree: Tree, below: number): readonly ComparedWidget[] => {
    const widget = findWidget(tree, id);
    if (widget === undefined) return [];
    return [
      {
        ...{ id, name: widgetName(site, widget) },
        from: findWidget(before, id) && placeText(site, before, id),
        to: findWidget(after, id) && placeText(site, after, id),
        below,
      },
    ];
  };
  const comparison = {
    added: diff.added.flatMap(({ id, below }) => compared(id, after, below)),
    removed: diff.removed.flatMap(({ id, below }) => compared(id, before, below)),
    moved: diff.moved.flatMap(({ id }) => compared(id, after, 0)),
    changed: diff.changed.flatMap((change) => {
      const widget = findWidget(after, change.id);
      const old = findWidget(before, change.id);
      return widget === undefined || old === undefined
        ? []
        : changedContent(site, old, widget, change, pairs);
    }),
  };
  return { ...comparison, isSame: Object.values(comparison).every((list) => list.length === 0) };
}

function changedContent(
  site: Site<never>,
  old: Widget,
  widget: Widget,
  { type, fields }: ChangedWidget,
  pairs: number,
): ChangedContent {
  const types =
    type === undefined
      ? []
      : [{ label: 'Type', ...diffWords(typeLabel(site, type.from), typeLabel(site, type.to)) }];
  return {
    id: widget.id,
    name: widgetName(site, widget),
    fields: [
      ...types,
      ...fields.map(({ name, from, to }) => ({
        label: fieldLabel(site, widget.type, name),
        ...diffWords(fieldText(site, old.type, name, from), fieldText(site, widget.type, name, to), pairs),
      })),
    ],
  };
}

/** Where a widget stands, in words. */
function placeText(site: Site<never>, tree: Tree, id: string): string {
  const parent = parentOf(tree, id);
  const slot = findWidget(tree, id)?.slot;
  if (parent === undefined) return 'at the top';
  const siblings = childrenIn(parent, slot);
  const previous = siblings[siblings.findIndex((sibling) => sibling.id === id) - 1];
  const into = `in ${widgetName(site, parent)}${slot === undefined ? '' : `, ${slotLabel(slot)}`}`;
  return `${into}, ${previous === undefined ? 'first' : `after ${widgetName(site, previous)}`}`;
}
