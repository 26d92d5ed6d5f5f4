/** @jsxImportSource preact */
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Widget } from '../../tree/widget.ts';
import { calloutShownBy } from '../commands/callout-fields.ts';
import { marksOn } from '../session/marks.ts';
import type { PresentPerson } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { conflictWidgets } from './conflict-widgets.ts';
import type { Layout } from './layout.ts';
import type { OutlineView } from './outline-view.ts';
import { RowView } from './row.tsx';
import { type Badges, type RowWords, rowWords } from './row-text.ts';
import type { Row } from './rows.ts';
import { drawnRows } from './windowed.ts';

/** The rows of the outline that are seen, each where it stands. */
export function OutlineRows({
  view,
  surface,
  layout,
  prefix,
  unseen,
  dragged = [],
}: {
  readonly view: OutlineView;
  readonly surface: Surface;
  readonly layout: Layout;
  /** Of the ids of the elements. */
  readonly prefix: string;
  readonly unseen: ReadonlySignal<ReadonlySet<string>> | undefined;
  readonly dragged?: readonly string[] | undefined;
}) {
  const { session, rows } = view;
  const { words, data } = session;
  const conflicts = useComputed(() => conflictWidgets(session.conflicts.value));
  const people = useComputed(() => byWidget(session.people.value));
  const lostLinks = session.lostLinks.value;
  const selected = new Set(session.selection.value.ids);
  const active = view.activeAt.value;
  const seen = {
    scrollTop: layout.scrollTop.value,
    viewHeight: layout.viewHeight.value,
    rowHeight: layout.rowHeight.value,
  };

  const sharedOf = (widget: Widget): Badges['shared'] => {
    const callout = calloutShownBy(widget, data.types);
    return callout === undefined ? undefined : { uses: surface.shared.value.get(callout)?.uses };
  };

  /** What shows a call-out is told from others by what that is called. */
  const wordsOf = (row: Row): RowWords => {
    const told = rowWords(view, row);
    const callout = row.kind === 'widget' ? calloutShownBy(row.widget, data.types) : undefined;
    const summary = callout === undefined ? undefined : surface.shared.value.get(callout)?.name;
    if (summary === undefined || told.summary !== '') return told;
    return { ...told, summary, name: words.outline.name({ label: told.label, summary }) };
  };

  const badgesOf = (row: Row): Badges | undefined => {
    if (row.kind !== 'widget') return undefined;
    const badges: Badges = {
      isUnknown: !session.catalogue.has(row.widget.type),
      isUnseen: unseen?.value.has(row.key) === true,
      hasLostLink: (lostLinks.get(row.key)?.size ?? 0) > 0,
      shared: sharedOf(row.widget),
      conflicts: conflicts.value.get(row.key) ?? 0,
      people: people.value.get(row.key) ?? [],
      marks: marksOn(surface.marks.value, row.key),
    };
    const { isUnknown, isUnseen, hasLostLink, shared, people: others, marks } = badges;
    const isAny =
      shared !== undefined ||
      isUnknown ||
      isUnseen ||
      hasLostLink ||
      badges.conflicts > 0 ||
      others.length > 0 ||
      marks.length > 0;
    return isAny ? badges : undefined;
  };

  useLayoutEffect(() => layout.settle());

  /** What stands in what is dragged is dragged with it. */
  const isDragged = (row: Row | undefined): boolean =>
    row !== undefined && dragged.length > 0 && (dragged.includes(row.key) || isDragged(rows.value[row.up]));

  return drawnRows(rows.value.length, active, seen).flatMap((at) => {
    const row = rows.value[at];
    if (row === undefined) return [];
    return (
      <RowView
        key={row.key}
        {...{ row, words, mayEdit: data.mayEdit, id: `${prefix}${row.key}` }}
        text={wordsOf(row)}
        badges={badgesOf(row)}
        top={at * seen.rowHeight}
        start={layout.levelStart(row.level)}
        isSelected={selected.has(row.key)}
        isActive={at === active}
        isHovered={surface.hovered.value === row.key}
        isDragged={isDragged(row)}
      />
    );
  });
}

function byWidget(people: readonly PresentPerson[]): ReadonlyMap<string, readonly PresentPerson[]> {
  const found = new Map<string, PresentPerson[]>();
  for (const person of people) {
    if (person.widget === null) continue;
    const others = found.get(person.widget) ?? [];
    others.push(person);
    found.set(person.widget, others);
  }
  return found;
}
