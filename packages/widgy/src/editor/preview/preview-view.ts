import { type Signal, signal } from '@preact/signals';
import type { PreviewPage } from './preview-page.ts';

/** What the parts of the preview share. */
export interface PreviewView {
  /** The page that is shown; undefined until it is loaded. */
  readonly page: Signal<PreviewPage | undefined>;
  /** Counts whenever something on the page may have another place in it. */
  readonly layout: Signal<number>;
  /** Counts whenever the page was scrolled. */
  readonly scrolled: Signal<number>;
  /** Pixels of this window for each of the page. */
  readonly scale: Signal<number>;
  /** The widget in whose text somebody writes, on the page itself. */
  readonly writing: Signal<string | undefined>;
  /** The widgets that are dragged. */
  readonly dragged: Signal<readonly string[] | undefined>;
  /** The widgets of the draft that have no visible box. */
  readonly unseen: Signal<ReadonlySet<string>>;
}

/** The preview before anything is loaded. */
export function createPreviewView(): PreviewView {
  return {
    page: signal(undefined),
    layout: signal(0),
    scrolled: signal(0),
    scale: signal(1),
    writing: signal(undefined),
    dragged: signal(undefined),
    unseen: signal(new Set()),
  };
}

/** Says that something has another place now. */
export function touch(count: Signal<number>): void {
  count.value = count.peek() + 1;
}
