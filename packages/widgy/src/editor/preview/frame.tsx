/** @jsxImportSource preact */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { findWidget, parentOf } from '../../tree/tree.ts';
import { listenToClipboard } from '../commands/clipboard-events.ts';
import { NO_SELECTION, selectOne, toggled } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { PreviewWidth, Surface } from '../session/surface.ts';
import { editTextInPage } from './inline-text.ts';
import { Overlay } from './overlay.tsx';
import { readParts } from './parts-api.ts';
import { PreviewPage } from './preview-page.ts';

/** CSS pixels that a page is wide in each width; the desktop has all the room there is, and this at least. */
export const WIDTHS: Readonly<Record<PreviewWidth, number>> = { phone: 390, tablet: 820, desktop: 1100 };

/** What the frame needs. */
export interface PreviewFrameProps {
  readonly session: Session;
  readonly surface: Surface;
  /** Is told of keys that are pressed in the page, as if they were pressed around it. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The page that is edited, as visitors will see it. Nothing in it runs: this window hears what is done in it. */
export function PreviewFrame({ session, surface, onKeyDown }: PreviewFrameProps) {
  const { data, words } = session;
  const frame = useRef<HTMLIFrameElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const page = useSignal<PreviewPage | undefined>(undefined);
  const layout = useSignal(0);
  const isStale = useSignal(false);
  const scale = useSignal(1);

  const onLoad = () => {
    const document = frame.current?.contentDocument;
    const window = frame.current?.contentWindow;
    if (document == null || window == null || document.body === null) return;
    page.peek()?.close();
    const opened = new PreviewPage(document, session.acknowledged.peek().tree, {
      readParts: (widgets, sequence) => readParts(data.page.urls.parts, widgets, sequence),
      onReload: () => window.location.reload(),
      onLayout: () => {
        layout.value += 1;
      },
      onStale: (stale) => {
        isStale.value = stale;
      },
    });
    listenTo(opened, window);
    page.value = opened;
  };

  const listenTo = (opened: PreviewPage, window: Window) => {
    const { document, hooks } = opened;
    const moved = () => {
      layout.value += 1;
    };
    document.addEventListener('scroll', moved, { capture: true, passive: true });
    window.addEventListener('resize', moved);
    document.addEventListener('load', moved, { capture: true });
    document.addEventListener('pointermove', ({ target }) => {
      surface.hovered.value = isNode(target) ? hooks.widgetAt(target) : undefined;
    });
    document.addEventListener('pointerleave', () => {
      surface.hovered.value = undefined;
    });
    document.addEventListener('click', (event) => {
      const { target } = event;
      if (!isNode(target) || isEdited(target)) return;
      // Links and buttons of the page lead nowhere here.
      event.preventDefault();
      const id = hooks.widgetAt(target);
      if (id === undefined) return;
      const isMore = event.shiftKey || event.ctrlKey || event.metaKey;
      session.selection.value = isMore ? toggled(session.selection.peek(), id) : selectOne(id);
    });
    listenToClipboard(session, surface, document);
    document.addEventListener('submit', (event) => event.preventDefault());
    document.addEventListener('dblclick', ({ target }) => {
      if (isNode(target)) editTextInPage(session, opened, target);
    });
    document.addEventListener('keydown', (event) => {
      if (isNode(event.target) && isEdited(event.target)) return;
      if (event.key === 'Escape') climb(session);
      else onKeyDown(event);
    });
  };

  useSignalEffect(() => {
    const wanted = session.acknowledged.value;
    page.value?.show(wanted);
  });
  useSignalEffect(() => {
    const tree = session.tree.value;
    const opened = page.value;
    if (opened === undefined) return;
    // What is typed is seen in the page at once, where a template says where.
    for (const id of session.selection.peek().ids) {
      const widget = findWidget(tree, id);
      for (const [name, value] of Object.entries(widget?.fields ?? {}))
        if (typeof value === 'string' && isPlain(session, widget?.type, name))
          opened.showText(id, name, value);
    }
    layout.value = layout.peek() + 1;
  });
  useSignalEffect(() => {
    const last = session.selection.value.ids.at(-1);
    const box = last === undefined ? undefined : page.value?.hooks.boxOf(last);
    const window = frame.current?.contentWindow;
    if (box === undefined || window == null) return;
    const isSeen = box.bottom > 0 && box.top < window.innerHeight;
    if (!isSeen) window.scrollBy({ top: box.top - window.innerHeight / 3, behavior: motion() });
  });
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const fit = () => {
      scale.value = Math.min(1, element.clientWidth / WIDTHS[surface.width.value]);
      layout.value += 1;
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const stop = surface.width.subscribe(fit);
    return () => {
      observer.disconnect();
      stop();
      page.peek()?.close();
    };
  }, []);

  const width = surface.width.value;
  const isWhole = width === 'desktop' && scale.value === 1;
  return (
    <div class="preview" data-width={width}>
      {isStale.value ? (
        <p class="preview-stale" role="status">
          {words.preview.stale}
        </p>
      ) : null}
      <div class="preview-room" ref={room}>
        <div
          class="preview-page"
          style={{
            width: isWhole ? '100%' : `${WIDTHS[width]}px`,
            height: `${100 / scale.value}%`,
            transform: scale.value === 1 ? 'none' : `scale(${scale.value})`,
          }}
        >
          <iframe
            ref={frame}
            class="preview-frame"
            title={words.app.previewRegion}
            src={data.page.urls.preview}
            sandbox="allow-same-origin"
            onLoad={onLoad}
          />
          <Overlay session={session} surface={surface} page={page} layout={layout} />
        </div>
      </div>
    </div>
  );
}

/** Selects what is around what is selected; nothing above the root. */
function climb(session: Session): void {
  const last = session.selection.peek().ids.at(-1);
  const parent = last === undefined ? undefined : parentOf(session.tree.peek(), last);
  session.selection.value = parent === undefined ? NO_SELECTION : selectOne(parent.id);
}

/** Whether a field has a text without markup. */
function isPlain(session: Session, type: string | undefined, name: string): boolean {
  const field = session.data.types
    .find((known) => known.type === type)
    ?.fields.find((one) => one.name === name);
  return field?.kind === 'text' || field?.kind === 'long-text';
}

/** Nodes of the frame are of its own classes: `instanceof` those of this window says no. */
function isNode(target: EventTarget | null): target is Node {
  return target !== null && 'nodeType' in target;
}

function isEdited(node: Node): boolean {
  return 'isContentEditable' in node && node.isContentEditable === true;
}

function motion(): ScrollBehavior {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
}
