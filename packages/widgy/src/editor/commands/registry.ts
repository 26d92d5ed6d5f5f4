import type { Command, Editor } from './command.ts';
import { selectedIn } from './command.ts';
import { clipboardCommands, editorCommands } from './editor-commands.ts';
import { moveCommands } from './move-commands.ts';
import { shareCommands } from './share-commands.ts';
import { commandFor, type KeyPlace, type PressedKey } from './shortcuts.ts';
import { widgetCommands } from './widget-commands.ts';
import { possibleWrappers, wrapWidgets } from './wrap.ts';

/** Everything that has a name of its own whatever is selected, in the order in which it is told. */
export const COMMANDS: readonly Command[] = [
  ...widgetCommands,
  ...moveCommands,
  ...shareCommands,
  ...clipboardCommands,
  ...editorCommands,
];

/** The commands that would do something now, and one more for each type that what is selected can be wrapped in. */
export function possibleCommands(editor: Editor): readonly Command[] {
  return [...COMMANDS.filter(({ canRun }) => canRun(editor)), ...wrapCommands(editor)];
}

/** Wrapping what is selected, by the type of the wrapper. */
export function wrapCommands({ session }: Pick<Editor, 'session'>): readonly Command[] {
  const ids = selectedIn({ session });
  return possibleWrappers(session, ids).map((wrapper) => ({
    ...{ id: `wrap-${wrapper.type}`, group: 'widgets', shortcuts: [] },
    name: ({ picker }) => picker.wrapIn({ wrapper: wrapper.label }),
    canRun: () => true,
    run: (editor) => {
      wrapWidgets(editor.session, ids, wrapper);
    },
  }));
}

/**
 * Does what a key means, or says why it cannot be done now. True where nothing else should be done for it: where it was done, and for every
 * combination with Ctrl, Command or Alt that is a command. What browsers mean by these, such as going back to the page before, or taking
 * back what was typed into a field that has the focus no more, is never what was meant.
 */
export function runKey(editor: Editor, pressed: PressedKey, place: KeyPlace): boolean {
  const command = commandFor(COMMANDS, pressed, place);
  if (command === undefined) return false;
  if (command.canRun(editor)) {
    command.run(editor);
    return true;
  }
  const why = command.whyNot?.(editor);
  if (why !== undefined) editor.session.announcement.value = why;
  return pressed.ctrlKey || pressed.metaKey || pressed.altKey;
}
