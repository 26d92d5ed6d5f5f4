/** @jsxImportSource preact */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { findWidget, type Place } from '../../tree/tree.ts';
import type { Widget } from '../../tree/widget.ts';
import { moveWidgets } from '../commands/move.ts';
import { slotLabel } from '../commands/move-slots.ts';
import { sentenceOf } from '../commands/refusal.ts';
import { labelOf } from '../commands/where.ts';
import { Modal } from '../parts/modal.tsx';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { type MovePlace, type MoveTarget, moveTargets, placesInTarget } from './move-places.ts';
import { summaryOf } from './summary.ts';

/** So many slots are shown at once: searching finds the others. */
export const MAX_SHOWN_TARGETS = 100;

/** Chooses a place to move widgets to, by clicks alone. It is there while the dialog of the surface is `move`. */
export function MoveDialog({ session, surface }: { readonly session: Session; readonly surface: Surface }) {
  const dialog = surface.dialog.value;
  if (dialog?.kind !== 'move') return null;
  return (
    <OpenMoveDialog
      {...{ session, ids: dialog.ids }}
      onClose={() => {
        if (surface.dialog.value === dialog) surface.dialog.value = undefined;
      }}
    />
  );
}

function OpenMoveDialog({
  session,
  ids,
  onClose,
}: {
  readonly session: Session;
  readonly ids: readonly string[];
  readonly onClose: () => void;
}) {
  const { words, catalogue, data } = session;
  const tree = session.tree.value;
  const text = useSignal('');
  const shown = useSignal(MAX_SHOWN_TARGETS);
  const refusal = useSignal('');
  const search = useRef<HTMLInputElement>(null);
  // The dialog has opened by then, and given the focus to its first button.
  useEffect(() => search.current?.focus(), []);
  const moved = useMemo(() => topmost(tree, ids), [tree, ids]);
  const targets = useMemo(
    () => moveTargets(tree, moved, { catalogue, limits: data.limits }),
    [tree, moved, catalogue, data],
  );
  const nameOf = useMemo(() => nameFor(session), [session]);
  const wanted = text.value.trim().toLocaleLowerCase();
  const found = targets.filter(
    (target) =>
      wanted === '' ||
      targetName(session, target, nameOf).toLocaleLowerCase().includes(wanted) ||
      target.parent.children.some((child) => nameOf(child).toLocaleLowerCase().includes(wanted)),
  );
  const [first = ''] = moved;
  const what =
    moved.length === 1 ? nameOfId(session, first, nameOf) : words.selection.count({ count: moved.length });

  const go = (place: Place): void => {
    const done = moveWidgets(session, moved, place);
    if (done.ok) onClose();
    else refusal.value = sentenceOf(done.refusal, session);
  };

  return (
    <Modal words={words} title={words.moves.moveToTitle({ what })} name="move" onClose={onClose}>
      <input
        ref={search}
        type="search"
        class="move-search"
        aria-label={words.outline.filter}
        placeholder={words.outline.filter}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
      />
      <p role="alert" class="move-refusal">
        {refusal.value}
      </p>
      {targets.length === 0 ? <p>{words.moves.noPlaces({ what })}</p> : null}
      {targets.length > 0 && found.length === 0 ? (
        <p role="status">{words.outline.found({ count: 0 })}</p>
      ) : null}
      <ul class="move-targets" aria-label={words.moves.places}>
        {found.slice(0, shown.value).map((target) => (
          <li key={target.key} style={{ paddingInlineStart: `${Math.min(target.level - 1, 12) * 12}px` }}>
            <details open={target.isHere || (wanted !== '' && found.length <= 5)}>
              <summary>{targetName(session, target, nameOf)}</summary>
              <Places
                {...{ session, target, nameOf, wanted }}
                places={placesInTarget(tree, moved, target)}
                go={go}
              />
            </details>
          </li>
        ))}
      </ul>
      {found.length > shown.value ? (
        <button
          type="button"
          onClick={() => {
            shown.value = found.length;
          }}
        >
          {words.app.more}
        </button>
      ) : null}
    </Modal>
  );
}

type NameOf = (widget: Widget) => string;

function Places({
  session,
  target,
  places,
  nameOf,
  go,
}: {
  readonly session: Session;
  readonly target: MoveTarget;
  readonly places: readonly MovePlace[];
  readonly nameOf: NameOf;
  readonly go: (place: Place) => void;
}) {
  const { words } = session;
  const labelFor = ({ before }: MovePlace): string => {
    if (before !== undefined) return words.moves.before({ what: nameOf(before) });
    const parent = bucketName(session, target, nameOf);
    return places.length === 1 ? words.moves.inside({ parent }) : words.moves.lastIn({ parent });
  };
  return (
    <ul class="move-places">
      {places.map((each) => (
        <li key={each.before?.id ?? ''}>
          <button type="button" disabled={each.isHere} onClick={() => go(each.place)}>
            {labelFor(each)}
            {each.isHere ? <span class="move-here"> ({words.moves.itIsHere})</span> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

function targetName(session: Session, target: MoveTarget, nameOf: NameOf): string {
  return session.words.moves.inside({ parent: bucketName(session, target, nameOf) });
}

function bucketName({ words }: Session, { parent, slot }: MoveTarget, nameOf: NameOf): string {
  const name = nameOf(parent);
  return slot === undefined ? name : words.outline.inSlot({ slot: slotLabel(slot), parent: name });
}

function nameFor({ data, catalogue, words }: Session): NameOf {
  const types = new Map(data.types.map((type) => [type.type, type]));
  return (widget) =>
    words.outline.name({
      label: labelOf(catalogue, widget.type),
      summary: summaryOf(widget, types.get(widget.type)),
    });
}

function nameOfId({ tree }: Session, id: string, nameOf: NameOf): string {
  const widget = findWidget(tree.value, id);
  return widget === undefined ? '' : nameOf(widget);
}
