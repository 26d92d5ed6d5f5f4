import { type Signal, signal } from '@preact/signals';
import type { Place, Tree } from '../../tree/tree.ts';
import type { Typed } from '../form/typed.ts';
import type { SharedCallout } from '../server/shared-data.ts';
import type { Marks } from './marks.ts';

/** How the choice of a type was left. */
export type PickerEnd =
  /** A type was chosen, and its widget is there. */
  | 'added'
  /** Backspace, before anything was typed to search. */
  | 'taken-back'
  /** In any other way. */
  | 'closed';

/** What is open in front of everything else, or beside the page. */
export type Dialog =
  /** Chooses a type of widget to add at a place. Whoever opened it may be told how it was left. */
  | { readonly kind: 'add'; readonly at: Place; readonly onEnd?: (end: PickerEnd) => void }
  /** Chooses a place to move widgets to. */
  | { readonly kind: 'move'; readonly ids: readonly string[] }
  | { readonly kind: 'conflicts' }
  /** Makes widgets a call-out. */
  | { readonly kind: 'share'; readonly ids: readonly string[] }
  /** Tells where a call-out is used, and leads to it. */
  | { readonly kind: 'shared'; readonly callout: string }
  | { readonly kind: 'find' }
  /** With `isComparing`, what is different is shown first, and not the list of versions. */
  | { readonly kind: 'history'; readonly isComparing?: boolean }
  | { readonly kind: 'check' }
  | { readonly kind: 'costs' }
  | { readonly kind: 'publish' }
  | { readonly kind: 'shortcuts' };

/** What is open beside the page: the rest stays in reach. */
const BESIDE: ReadonlySet<Dialog['kind']> = new Set(['history', 'check', 'costs']);

/** Whether something is open that the rest cannot be reached behind. */
export function isModal(dialog: Dialog | undefined): boolean {
  return dialog !== undefined && !BESIDE.has(dialog.kind);
}

/** How wide the page is shown. */
export type PreviewWidth = 'phone' | 'tablet' | 'desktop';

/** Which part is in front where there is room for one only. */
export type Pane = 'outline' | 'page' | 'form';

/** What the editor shows of itself: nothing of it is kept. */
export interface Surface {
  readonly dialog: Signal<Dialog | undefined>;
  readonly width: Signal<PreviewWidth>;
  readonly pane: Signal<Pane>;
  /** The widget under the pointer, wherever it is pointed at. */
  readonly hovered: Signal<string | undefined>;
  /** The number of the version that the page shows; undefined for the draft. */
  readonly version: Signal<number | undefined>;
  /** The tree of that version, once it is known: what the outline shows then. */
  readonly versionTree: Signal<Tree | undefined>;
  /** What is known of the call-outs that the page shows, by their ids. */
  readonly shared: Signal<ReadonlyMap<string, SharedCallout>>;
  /** What is typed in forms, and what was typed and could not be kept. */
  readonly typed: Signal<Typed>;
  /** What is marked in the outline and in the page while versions are compared; undefined while none are. */
  readonly marks: Signal<Marks | undefined>;
}

/** The surface of a new tab. */
export function createSurface(): Surface {
  return {
    dialog: signal(undefined),
    width: signal('desktop'),
    pane: signal('page'),
    hovered: signal(undefined),
    version: signal(undefined),
    versionTree: signal(undefined),
    shared: signal(new Map()),
    typed: signal(new Map()),
    marks: signal(undefined),
  };
}
