import type { FieldDescription } from './description.ts';
import type { ListAction } from './form-names.ts';
import { entryIn, type FormState, formStateOf } from './form-state.ts';
import type { FieldKinds } from './kind.ts';

/**
 * Does what a button of a list asks for; undefined if there is no such list or item. Nothing that was typed elsewhere changes.
 *
 * @param most items that a list may have: one more is not added
 */
export function applyListAction(
  fields: readonly FieldDescription[],
  state: FormState,
  { verb, path: [name = '', index, ...rest] }: ListAction,
  kinds: FieldKinds,
  most: number,
): FormState | undefined {
  const field = fields.find((candidate) => candidate.name === name);
  const entry = field && entryIn(state, field.name);
  if (field?.shape !== 'list' || entry?.kind !== 'items') return undefined;
  const { items } = entry;
  const withItems = (changed: readonly FormState[]): FormState => ({
    ...state,
    [field.name]: { kind: 'items', items: changed },
  });
  if (index === undefined) {
    if (verb !== 'add' || items.length >= most) return undefined;
    return withItems([...items, formStateOf(field.fields, field.newItem, kinds)]);
  }
  const at = /^\d{1,6}$/.test(index) ? Number(index) : -1;
  const item = items[at];
  if (item === undefined) return undefined;
  if (rest.length > 0) {
    const changed = applyListAction(field.fields, item, { verb, path: rest }, kinds, most);
    return changed && withItems(items.with(at, changed));
  }
  switch (verb) {
    case 'add':
      return undefined;
    case 'remove':
      return withItems(items.toSpliced(at, 1));
    case 'up':
      return at === 0 ? undefined : withItems(items.toSpliced(at, 1).toSpliced(at - 1, 0, item));
    case 'down':
      return at === items.length - 1
        ? undefined
        : withItems(items.toSpliced(at, 1).toSpliced(at + 1, 0, item));
  }
}
