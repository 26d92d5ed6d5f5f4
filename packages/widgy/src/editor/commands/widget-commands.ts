import { findWidget, type Place, parentOf, placeOf } from '../../tree/tree.ts';
import { selectOne } from '../session/selection.ts';
import { type Command, currentIn, type Editor, selectedIn } from './command.ts';
import { duplicateWidgets } from './duplicate.ts';
import { placesNear } from './paste-place.ts';
import { mayDo } from './permissions.ts';
import { removeWidgets } from './remove.ts';
import { takesNewAt } from './try-insert.ts';
import { canUnwrap, unwrapWidget } from './wrap.ts';

/** Commands about the selected widgets, and about new ones. */
export const widgetCommands: readonly Command[] = [
  {
    id: 'add',
    group: 'widgets',
    name: ({ picker }) => picker.title,
    shortcuts: [{ key: 'a' }, { key: '/' }],
    canRun: (editor) => placeToAdd(editor) !== undefined,
    run: (editor) => openPicker(editor, placeToAdd(editor)),
  },
  {
    id: 'add-before',
    group: 'widgets',
    name: ({ commands }) => commands.addBefore,
    shortcuts: [],
    canRun: (editor) => isOpen(editor, placeBefore(editor)),
    run: (editor) => openPicker(editor, placeBefore(editor)),
  },
  {
    id: 'add-after',
    group: 'widgets',
    name: ({ commands }) => commands.addAfter,
    shortcuts: [],
    canRun: (editor) => isOpen(editor, placeAfter(editor)),
    run: (editor) => openPicker(editor, placeAfter(editor)),
  },
  {
    id: 'add-inside',
    group: 'widgets',
    name: ({ commands }) => commands.addInside,
    shortcuts: [],
    canRun: (editor) => placeInside(editor) !== undefined,
    run: (editor) => openPicker(editor, placeInside(editor)),
  },
  {
    id: 'duplicate',
    group: 'widgets',
    name: ({ commands }) => commands.duplicate,
    shortcuts: [{ key: 'd', isMod: true }],
    canRun: (editor) => isOfChildren(editor) && mayAll(editor, 'add'),
    run: ({ session }) => {
      duplicateWidgets(session, selectedIn({ session }));
    },
  },
  {
    id: 'remove',
    group: 'widgets',
    name: ({ commands }) => commands.remove,
    shortcuts: [{ key: 'Delete' }, { key: 'Backspace' }],
    canRun: mayRemove,
    run: ({ session }) => {
      removeWidgets(session, selectedIn({ session }));
    },
  },
  {
    id: 'unwrap',
    group: 'widgets',
    name: ({ commands }) => commands.unwrap,
    shortcuts: [{ key: 'g', isMod: true, isShift: true }],
    canRun: (editor) => {
      const [only, ...others] = selectedIn(editor);
      return only !== undefined && others.length === 0 && canUnwrap(editor.session, only);
    },
    run: ({ session }) => {
      const id = currentIn({ session });
      if (id !== undefined) unwrapWidget(session, id);
    },
  },
  {
    id: 'select-parent',
    group: 'widgets',
    name: ({ commands }) => commands.selectParent,
    shortcuts: [{ key: 'Escape' }],
    canRun: ({ session }) => parentOf(session.tree.value, currentIn({ session }) ?? '') !== undefined,
    run: ({ session }) => {
      const parent = parentOf(session.tree.value, currentIn({ session }) ?? '');
      if (parent !== undefined) session.selection.value = selectOne(parent.id);
    },
  },
];

function openPicker({ surface }: Editor, at: Place | undefined): void {
  if (at !== undefined) surface.dialog.value = { kind: 'add', at };
}

function placeAfter(editor: Editor): Place | undefined {
  return placeOf(editor.session.tree.value, currentIn(editor) ?? '');
}

function placeBefore(editor: Editor): Place | undefined {
  const before = currentIn(editor);
  const place = placeAfter(editor);
  return place && { ...place, before };
}

/** The first place in the selected widget where something can be added. */
export function placeInside(editor: Pick<Editor, 'session'>): Place | undefined {
  const { tree, catalogue } = editor.session;
  const parent = currentIn(editor);
  const type = findWidget(tree.value, parent ?? '')?.type;
  if (parent === undefined || type === undefined) return undefined;
  const places = Array.from(catalogue.get(type)?.slots.keys() ?? [], (slot) => ({ parent, slot }));
  return places.find((place) => isOpen(editor, place));
}

/** The nearest place to the selection where something can be added. */
export function placeToAdd(editor: Pick<Editor, 'session'>): Place | undefined {
  const { tree, catalogue } = editor.session;
  return placesNear(tree.value, currentIn(editor), catalogue).find((place) => isOpen(editor, place));
}

function isOpen({ session }: Pick<Editor, 'session'>, at: Place | undefined): boolean {
  return at !== undefined && takesNewAt(session, at);
}

/** Whether some widgets are selected, and not the root. */
function isOfChildren(editor: Editor): boolean {
  const ids = selectedIn(editor);
  return ids.length > 0 && !ids.includes(editor.session.tree.value.root.id);
}

/** Whether what is selected may be taken away: never the root. */
export function mayRemove(editor: Editor): boolean {
  return isOfChildren(editor) && mayAll(editor, 'delete');
}

function mayAll(editor: Editor, action: 'add' | 'delete'): boolean {
  const { session } = editor;
  return selectedIn(editor).every((id) => {
    const type = findWidget(session.tree.value, id)?.type;
    return type !== undefined && mayDo(session, action, type);
  });
}
