import type { Words } from '../words/index.ts';
import { type Command, type Editor, selectedIn } from './command.ts';
import { mayMove, moveToward, whyNotMoved } from './move.ts';
import type { Direction } from './moves.ts';

/** Commands that move the selected widgets. */
export const moveCommands: readonly Command[] = [
  toward('up', 'ArrowUp', ({ moveUp }) => moveUp),
  toward('down', 'ArrowDown', ({ moveDown }) => moveDown),
  toward('out', 'ArrowLeft', ({ moveOut }) => moveOut),
  toward('in', 'ArrowRight', ({ moveIn }) => moveIn),
  {
    id: 'move-to',
    group: 'moves',
    name: ({ commands }) => commands.moveTo,
    shortcuts: [{ key: 'm' }],
    canRun: isMovable,
    run: (editor) => {
      editor.surface.dialog.value = { kind: 'move', ids: selectedIn(editor) };
    },
  },
];

function toward(direction: Direction, key: string, name: (words: Words['commands']) => string): Command {
  return {
    id: `move-${direction}`,
    group: 'moves',
    name: ({ commands }) => name(commands),
    shortcuts: [{ key, isAlt: true }],
    // Whether there is a place in that direction takes as long to find out as to go there: where there is none, running it says so.
    canRun: isMovable,
    run: (editor) => {
      moveToward(editor.session, selectedIn(editor), direction);
    },
    whyNot: ({ session }) => whyNotMoved(session, session.selection.value.ids, direction),
  };
}

function isMovable(editor: Editor): boolean {
  const ids = selectedIn(editor);
  return ids.length > 0 && mayMove(editor.session, ids);
}
