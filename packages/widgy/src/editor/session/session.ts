import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import type { Refused } from '../../tree/refusal.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { RuleRefusal } from '../../tree/rules/violation.ts';
import type { Tree } from '../../tree/tree.ts';
import type { IdMaker } from '../../tree/widget.ts';
import type { LocalConflict, StepLabel } from '../draft/index.ts';
import type { ToldState } from '../history/commit.ts';
import type { EditorData } from '../server/editor-data.ts';
import type { Words } from '../words/index.ts';
import type { LostLinks } from './lost-links.ts';
import type { Selection } from './selection.ts';

/** How far what was done here has got. */
export type SavingState =
  /** Nothing waits. `at`: when the server acknowledged the last change, in milliseconds since 1970; undefined where nothing was done yet. */
  | { readonly kind: 'saved'; readonly at: number | undefined }
  | { readonly kind: 'saving' }
  /** The server is not reached; `isKept`: whether all of it is kept on this device. */
  | { readonly kind: 'offline'; readonly isKept: boolean }
  /** Nobody is signed in any more, or somebody else is: it goes on when the same person is again. */
  | { readonly kind: 'signed-out'; readonly isKept: boolean; readonly isSomebodyElse: boolean }
  /** The draft cannot be worked on any more. */
  | { readonly kind: 'ended'; readonly reason: 'deleted' | 'not-allowed' };

/** Somebody who has the document open. */
export interface PresentPerson {
  /** Their tab. */
  readonly client: string;
  readonly name: string;
  /** Null where they have selected nothing. */
  readonly widget: string | null;
}

/** What an edit came to. */
export type Edited = { readonly ok: true } | Refused<RuleRefusal>;

/** One tab in which somebody edits a document: what all views share, and the one way to change anything. */
export interface Session {
  readonly data: EditorData;
  readonly words: Words;
  readonly catalogue: Catalogue;
  /** Makes ids for new widgets. */
  readonly newId: IdMaker;
  /** The tree that is shown: what the server has, and what was done here since. */
  readonly tree: ReadonlySignal<Tree>;
  /** The tree that the server has acknowledged, with its sequence number: what previews can show. */
  readonly acknowledged: ReadonlySignal<{ readonly sequence: number; readonly tree: Tree }>;
  readonly saving: ReadonlySignal<SavingState>;
  readonly conflicts: ReadonlySignal<readonly LocalConflict[]>;
  /** What the document was at when the server told it last; undefined where it has not yet. */
  readonly state: ReadonlySignal<ToldState | undefined>;
  /** Others, without this tab. */
  readonly people: ReadonlySignal<readonly PresentPerson[]>;
  readonly selection: Signal<Selection>;
  /** Links that lead nowhere: some that the page came with, and some that were pasted and are empty now. */
  readonly lostLinks: Signal<LostLinks>;
  /** What a screen reader says next; a text is said each time it is set. */
  readonly announcement: Signal<string>;
  /** What undo and redo would take back and do again; undefined where there is nothing. */
  readonly canUndo: ReadonlySignal<StepLabel | undefined>;
  readonly canRedo: ReadonlySignal<StepLabel | undefined>;
  /**
   * Does operations as one step of this person: all of them or none. With `burst`, edits with the same text are one step, as
   * long as nothing else is done between: what is typed into one field.
   */
  edit(label: StepLabel, operations: readonly Operation[], burst?: string): Edited;
  /**
   * Makes a change a step of this person that the server did to the draft for them, such as bringing a widget back: it can be undone like what
   * is done here. The change itself is heard like those of others.
   *
   * @param sequence the number of the change
   */
  record(label: StepLabel, sequence: number): void;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Takes a conflict from the list, once somebody has decided. */
  settle(key: string): void;
  /** Sends at once what waits: before something is done that needs the server to have all of it. True where nothing waits any more. */
  flush(): Promise<boolean>;
}
