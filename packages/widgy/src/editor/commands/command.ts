import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { Words } from '../words/index.ts';
import type { Host } from './host.ts';

/** All that a command acts on. */
export interface Editor {
  readonly session: Session;
  readonly surface: Surface;
  readonly host: Host;
}

/** A combination of keys. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it, letters small. */
  readonly key: string;
  /** Ctrl, or Command where there is one. */
  readonly isMod?: true;
  readonly isAlt?: true;
  readonly isShift?: true;
  /** Whether the browser does it by itself, by an event of its own: it is told to people, and no key is taken for it. */
  readonly isNative?: true;
  /** Whether it works while somebody writes. */
  readonly isForTyping?: true;
}

/** What a command is about, as the list of shortcuts has it. */
export type CommandGroup = 'widgets' | 'moves' | 'clipboard' | 'everywhere';

/** Something that can be done: the same for keys, menus and the search of commands. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly name: (words: Words) => string;
  /** The first one is what is shown beside the name. */
  readonly shortcuts: readonly Shortcut[];
  /** Whether it would do something now. It may look through the whole tree. */
  readonly canRun: (editor: Editor) => boolean;
  readonly run: (editor: Editor) => void;
  /** What is said where its keys are pressed and it cannot run; left out where nothing needs to be said. */
  readonly whyNot?: (editor: Editor) => string;
}

/** The ids of what is selected. */
export function selectedIn({ session }: Pick<Editor, 'session'>): readonly string[] {
  return session.selection.value.ids;
}

/** The widget whose form is shown; undefined where nothing is selected. */
export function currentIn(editor: Pick<Editor, 'session'>): string | undefined {
  return selectedIn(editor).at(-1);
}
