/** @jsxImportSource preact */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ControlProps } from './control.ts';
import { type Entries, entryAt } from './entry.ts';
import { FieldFrame } from './field-frame.tsx';
import { firstControl } from './focus-field.ts';
import {
  itemsOf,
  type RemovedItem,
  withEntry,
  withMoved,
  withNewItem,
  withoutItem,
  withRestored,
} from './list-edit.ts';

/** The part of a list that has the focus once something was done with an item. */
interface Focus {
  readonly item: number;
  readonly part: 'up' | 'down' | 'remove' | 'fields';
}

/** A list of items with fields of their own. Items are moved by buttons, and one that was removed can be put back. */
export function ListControl(props: ControlProps) {
  const { id, field, entry, entryNow, path, place, problems, onEntry, onLeave } = props;
  const { words, announcement } = place.session;
  const list = useRef<HTMLOListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const [removed, setRemoved] = useState<RemovedItem>();
  const focus = useRef<Focus | undefined>(undefined);
  useLayoutEffect(() => {
    if (focus.current === undefined) return;
    focusOn(list.current, add.current, focus.current);
    focus.current = undefined;
  });
  if (field.shape !== 'list') return null;
  const items = itemsOf(entry);
  const { label } = field;
  const change = (next: readonly Entries[], then: Focus, said: string) => {
    focus.current = then;
    announcement.value = said;
    onEntry({ kind: 'items', items: next });
    onLeave();
  };
  const move = (at: number, by: 1 | -1) => {
    const told = { place: at + by + 1, of: items.length, field: label };
    const part = by < 0 ? 'up' : 'down';
    change(withMoved(items, at, by), { item: at + by, part }, words.form.itemMoved(told));
  };
  return (
    <>
      {items.length === 0 ? <p class="form-help">{words.form.noItems}</p> : null}
      <ol ref={list} class="form-items">
        {items.map((item, at) => (
          // Items have no name but their place, and hold nothing of their own.
          <li key={at}>
            <fieldset>
              <legend>
                {label} {at + 1}
              </legend>
              {field.fields.map((inner) => (
                <FieldFrame
                  key={inner.name}
                  {...{ place, problems, onLeave }}
                  field={inner}
                  path={[...path, at, inner.name]}
                  entry={entryAt(item, inner)}
                  entryNow={() => entryAt(itemsOf(entryNow())[at] ?? {}, inner)}
                  // What a server has said meanwhile comes late: it takes nothing away that was typed into other fields since.
                  onEntry={(next) =>
                    onEntry({ kind: 'items', items: withEntry(itemsOf(entryNow()), at, inner.name, next) })
                  }
                />
              ))}
              <div class="form-row">
                <button
                  type="button"
                  data-part="up"
                  aria-label={words.form.itemUp({ place: at + 1, field: label })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  {words.form.up}
                </button>
                <button
                  type="button"
                  data-part="down"
                  aria-label={words.form.itemDown({ place: at + 1, field: label })}
                  disabled={at === items.length - 1}
                  onClick={() => move(at, 1)}
                >
                  {words.form.down}
                </button>
                <button
                  type="button"
                  data-part="remove"
                  aria-label={words.form.removeItem({ place: at + 1, field: label })}
                  onClick={() => {
                    const without = withoutItem(items, at);
                    if (without === undefined) return;
                    setRemoved(without.removed);
                    const said = words.form.itemRemoved({ place: at + 1, field: label });
                    change(without.items, { item: Math.min(at, items.length - 2), part: 'remove' }, said);
                  }}
                >
                  {words.form.remove}
                </button>
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      <div class="form-row">
        {items.length < (field.maxItems ?? Number.POSITIVE_INFINITY) ? (
          <button
            ref={add}
            id={id}
            type="button"
            aria-label={words.form.addItem({ field: label })}
            onClick={() => {
              const said = words.form.itemAdded({ place: items.length + 1, field: label });
              change(withNewItem(field, items), { item: items.length, part: 'fields' }, said);
            }}
          >
            {words.form.add}
          </button>
        ) : null}
        {removed === undefined ? null : (
          <>
            <span>{words.form.itemRemoved({ place: removed.at + 1, field: label })}</span>
            <button
              type="button"
              onClick={() => {
                setRemoved(undefined);
                const said = words.form.itemAdded({ place: removed.at + 1, field: label });
                change(withRestored(items, removed), { item: removed.at, part: 'fields' }, said);
              }}
            >
              {words.form.itemRemovedUndo}
            </button>
          </>
        )}
      </div>
    </>
  );
}

/** Brings the focus to a part of an item; to the button that adds one where there is no item. It is never lost. */
function focusOn(list: HTMLElement | null, add: HTMLElement | null, { item, part }: Focus): void {
  const row = list?.children.item(item);
  const wanted =
    part === 'fields' ? firstControl(row) : row?.querySelector<HTMLElement>(`[data-part="${part}"]`);
  const usable = wanted instanceof HTMLButtonElement && wanted.disabled ? otherWay(row, part) : wanted;
  (usable ?? add)?.focus();
}

function otherWay(row: Element | null | undefined, part: Focus['part']): HTMLElement | null | undefined {
  return row?.querySelector<HTMLElement>(`[data-part="${part === 'up' ? 'down' : 'up'}"]:not(:disabled)`);
}
