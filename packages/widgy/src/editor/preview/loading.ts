import { batch, effect, type Signal, signal } from '@preact/signals';
import { afterPaint } from '../parts/after-paint.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { addEmptyStyle, showEmpty } from './empty-places.ts';
import { showTexts } from './live-text.ts';
import { readParts } from './parts-api.ts';
import { type AcknowledgedTree, PreviewPage } from './preview-page.ts';
import { type PreviewView, touch } from './preview-view.ts';

/** Milliseconds between two attempts to get what the server did not give. */
export const RETRY_MS = 4_000;

/** A page that is in a frame, or on its way there. */
export interface FrameLoad {
  readonly key: number;
  /** The number of the version; undefined for the draft. */
  readonly version: number | undefined;
  /** What the server had acknowledged when the page was asked for: it shows this, or something newer. */
  readonly at: AcknowledgedTree;
}

/**
 * Loads the page of the preview. Another one is loaded out of sight, and takes the place of the one before only when it is there: with its
 * scroll position, and only if it is the page of a preview. So the page stays up whatever the server does.
 */
export class PreviewLoading {
  readonly shown: Signal<FrameLoad>;
  readonly coming: Signal<FrameLoad | undefined> = signal(undefined);
  /** Whether the page is not what it should be, since the server does not say. */
  readonly isStale: Signal<boolean> = signal(false);
  /** Whether there is no page at all. */
  readonly hasFailed: Signal<boolean> = signal(false);
  readonly #session: Session;
  readonly #surface: Surface;
  readonly #view: PreviewView;
  readonly #listen: (page: PreviewPage, window: Window) => () => void;
  #unlisten: () => void = () => undefined;
  #window: Window | undefined;
  #isReloadWanted = false;

  /** @param listen hears what is done in a page, until what it returns is called */
  constructor(
    session: Session,
    surface: Surface,
    view: PreviewView,
    listen: (page: PreviewPage, window: Window) => () => void,
  ) {
    this.#session = session;
    this.#surface = surface;
    this.#view = view;
    this.#listen = listen;
    this.shown = signal(this.#load(0));
  }

  /** Follows the session, until what it returns is called. */
  start(): () => void {
    const session = this.#session;
    const view = this.#view;
    let before = session.tree.peek();
    let waiting: (() => void) | undefined;
    const ends = [
      effect(() => {
        const version = this.#surface.version.value;
        const last = this.coming.peek() ?? this.shown.peek();
        if (last.version !== version) this.#begin();
      }),
      effect(() => {
        const wanted = session.acknowledged.value;
        const page = view.page.value;
        if (this.shown.peek().version === undefined) page?.show(wanted);
      }),
      effect(() => {
        session.tree.value;
        // A key is painted in the form first: the page has the frame behind that one.
        waiting ??= afterPaint(() => {
          waiting = undefined;
          const tree = session.tree.peek();
          const page = view.page.peek();
          if (page !== undefined && this.shown.peek().version === undefined)
            showTexts(session, page, before, tree);
          before = tree;
          touch(view.layout);
        });
      }),
      () => waiting?.(),
      effect(() => {
        const isBusy = view.writing.value !== undefined || view.dragged.value !== undefined;
        if (!isBusy && this.#isReloadWanted) this.reload();
      }),
      effect(() => {
        if (!this.isStale.value && !this.hasFailed.value) return;
        const timer = setInterval(() => this.retry(), RETRY_MS);
        return () => clearInterval(timer);
      }),
    ];
    return () => {
      for (const end of ends) end();
      this.#unlisten();
      view.page.peek()?.close();
    };
  }

  /** Loads the page anew, unless it is on its way. Not under somebody who writes or drags in it: then it waits. */
  reload(): void {
    const view = this.#view;
    this.#isReloadWanted = view.writing.peek() !== undefined || view.dragged.peek() !== undefined;
    if (!this.#isReloadWanted && this.coming.peek() === undefined) this.#begin();
  }

  /** Tries again what the server did not do. */
  retry(): void {
    const isOther = this.shown.peek().version !== this.#surface.version.peek();
    if (this.hasFailed.peek() || isOther) this.reload();
    else this.#view.page.peek()?.retry();
  }

  /** A frame has got something. */
  loaded(load: FrameLoad, { contentDocument: document, contentWindow: window }: HTMLIFrameElement): void {
    const isComing = this.coming.peek()?.key === load.key;
    const isShown = this.shown.peek().key === load.key;
    if (!isComing && !isShown) return;
    const view = this.#view;
    if (isComing && (view.writing.peek() !== undefined || view.dragged.peek() !== undefined)) {
      this.coming.value = undefined;
      this.#isReloadWanted = true;
      return;
    }
    const page = document?.body == null ? undefined : this.#pageOf(load, document);
    if (page === undefined || page.hooks.isEmpty || window === null) {
      batch(() => {
        this.coming.value = undefined;
        if (view.page.peek() === undefined || isShown) this.hasFailed.value = true;
        else this.isStale.value = true;
      });
      return;
    }
    this.#unlisten();
    view.page.peek()?.close();
    addEmptyStyle(page);
    this.#showMore(page, load);
    if (this.#window !== undefined) {
      const { scrollX: left, scrollY: top } = this.#window;
      window.scrollTo({ left, top, behavior: 'instant' });
    }
    this.#window = window;
    this.#unlisten = this.#listen(page, window);
    batch(() => {
      this.shown.value = load;
      this.coming.value = undefined;
      this.isStale.value = false;
      this.hasFailed.value = false;
      view.page.value = page;
      touch(view.layout);
    });
  }

  #pageOf(load: FrameLoad, document: Document): PreviewPage {
    const { data } = this.#session;
    const page: PreviewPage = new PreviewPage(document, load.at.tree, {
      readParts: (widgets, sequence) => readParts(data.page.urls.parts, widgets, sequence),
      onReload: () => this.reload(),
      onShown: () => {
        this.#showMore(page, load);
        touch(this.#view.layout);
      },
      onStale: (isStale) => {
        this.isStale.value = isStale;
      },
    });
    return page;
  }

  /** What the server does not show: what was typed and is not acknowledged yet, and where nothing is. */
  #showMore(page: PreviewPage, { version }: FrameLoad): void {
    const { acknowledged, tree } = this.#session;
    if (version !== undefined) return;
    showTexts(this.#session, page, acknowledged.peek().tree, tree.peek());
    showEmpty(this.#session, page);
  }

  #begin(): void {
    const last = this.coming.peek() ?? this.shown.peek();
    this.coming.value = this.#load(last.key + 1);
  }

  #load(key: number): FrameLoad {
    return { key, version: this.#surface.version.peek(), at: this.#session.acknowledged.peek() };
  }
}
