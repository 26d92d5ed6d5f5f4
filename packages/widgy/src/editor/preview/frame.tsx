/** @jsxImportSource preact */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { labelIn } from '../commands/where.ts';
import type { FormMemory } from '../form/memory.ts';
import { WidgetMenu } from '../outline/row-menu.tsx';
import type { Session } from '../session/session.ts';
import type { PreviewWidth, Surface } from '../session/surface.ts';
import type { DragElements } from './drag.ts';
import { PreviewFoot } from './foot.tsx';
import { hearsFrames } from './hears-frames.ts';
import { listenTo } from './listen.ts';
import { type FrameLoad, PreviewLoading } from './loading.ts';
import { Overlay } from './overlay.tsx';
import { type PreviewView, touch } from './preview-view.ts';
import { ReadingPane } from './reading-pane.tsx';
import { followSelected } from './reveal.ts';
import { StaleNote } from './stale-note.tsx';
import { liftByTouch } from './touch-drag.ts';
import { followUnseen } from './unseen.ts';
import { VersionNote } from './version-note.tsx';

/** CSS pixels that a page is wide in each width; the desktop has all the room there is, and this at least. */
export const WIDTHS: Readonly<Record<PreviewWidth, number>> = { phone: 390, tablet: 820, desktop: 1100 };

/** CSS pixels of room below which the page begins as on a phone: a wider one could not be read. */
const NARROW = 600;

/** What the frame needs. */
export interface PreviewFrameProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly view: PreviewView;
  /** What is typed on the page is typed into the form. */
  readonly memory: FormMemory;
  /** Is told of keys that are pressed in the page, as if they were pressed around it. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The page that is edited, as visitors will see it. Nothing in it runs: this window hears what is done in it. */
export function PreviewFrame(props: PreviewFrameProps) {
  const { session, surface, view } = props;
  const { data, words } = session;
  const frame = useRef<HTMLIFrameElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const isReading = useSignal(false);
  const isHeard = useMemo(() => hearsFrames(document), []);
  const menu = useSignal<HTMLElement | undefined>(undefined);
  const hadFocus = useRef(false);
  const elements = (): DragElements | undefined =>
    frame.current && overlay.current && line.current && ghost.current
      ? { frame: frame.current, overlay: overlay.current, line: line.current, ghost: ghost.current }
      : undefined;
  const loading = useMemo(
    () =>
      new PreviewLoading(session, surface, view, (page, window) => {
        if (data.mayEdit) liftByTouch(session, view, page, elements);
        return listenTo(props, page, window);
      }),
    [session, surface, view],
  );
  useEffect(() => {
    const ends = [loading.start(), followUnseen(session, surface, view), followSelected(session, view)];
    return () => {
      for (const end of ends) end();
    };
  }, [loading]);

  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return;
    if (element.clientWidth > 0 && element.clientWidth < NARROW) surface.width.value = 'phone';
    const fit = () => {
      const { clientWidth } = element;
      // A room that is out of sight has no width.
      if (clientWidth > 0) view.scale.value = Math.min(1, clientWidth / WIDTHS[surface.width.value]);
      touch(view.layout);
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const stop = surface.width.subscribe(fit);
    return () => {
      observer.disconnect();
      stop();
    };
  }, []);

  const shown = loading.shown.value;
  const coming = loading.coming.value;
  // The frame that had the focus goes: the one that comes gets it.
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) frame.current?.focus();
  }, [shown.key]);
  const wasReading = useRef(false);
  useLayoutEffect(() => {
    if (wasReading.current && document.activeElement === document.body) frame.current?.focus();
    wasReading.current = isReading.value;
  }, [isReading.value]);

  const scale = view.scale.value;
  const width = surface.width.value;
  const isWhole = width === 'desktop' && scale === 1;
  const sized = {
    width: isWhole ? '100%' : `${WIDTHS[width]}px`,
    height: `${100 / scale}%`,
    transform: scale === 1 ? 'none' : `scale(${scale})`,
  };
  const frameOf = (load: FrameLoad, isShown: boolean) => (
    <iframe
      key={load.key}
      ref={isShown ? frame : null}
      class={isShown ? 'preview-frame' : 'preview-coming'}
      title={isShown ? words.app.previewRegion : words.preview.loading}
      src={addressOf(data.page.urls.preview, load.version, isHeard)}
      // Where this window would hear nothing of a frame in which nothing may run, the policy of the page alone sees to it that nothing does.
      sandbox={isHeard ? 'allow-same-origin' : 'allow-same-origin allow-scripts'}
      inert={isShown ? isReading.value : true}
      style={sized}
      onLoad={({ currentTarget }) => {
        hadFocus.current = frame.current !== null && document.activeElement === frame.current;
        loading.loaded(load, currentTarget);
      }}
    />
  );
  return (
    <div
      class="preview"
      data-width={width}
      // Before it is loaded, what is done in it is not heard.
      aria-busy={view.page.value === undefined && !loading.hasFailed.value}
    >
      <div class="preview-room" ref={room}>
        <div
          class="preview-page"
          data-dragging={view.dragged.value !== undefined}
          style={{ width: isWhole ? '100%' : `${WIDTHS[width] * scale}px` }}
        >
          {[frameOf(shown, true), ...(coming === undefined ? [] : [frameOf(coming, false)])]}
          <Overlay
            {...{ session, surface, view, overlay, line, ghost, elements }}
            onMenu={(button) => {
              menu.value = button;
            }}
          />
        </div>
        {isReading.value ? (
          <ReadingPane
            {...{ session, surface, view }}
            onGone={() => {
              isReading.value = false;
            }}
          />
        ) : null}
        <StaleNote session={session} loading={loading} />
      </div>
      {menu.value === undefined ? null : <SelectedMenu {...{ session, surface }} menu={menu} />}
      <VersionNote {...{ session, surface }} onBack={() => frame.current?.focus()} />
      <PreviewFoot {...{ session, view, isReading }} pixels={isWhole ? undefined : WIDTHS[width]} />
    </div>
  );
}

/** What can be done to what is selected on the page, as a menu at the button that opened it. The focus is then where it was. */
function SelectedMenu({
  session,
  surface,
  menu,
}: Pick<PreviewFrameProps, 'session' | 'surface'> & { readonly menu: Signal<HTMLElement | undefined> }) {
  const before = useMemo(() => document.activeElement, []);
  const { tree, catalogue, selection } = session;
  return (
    <WidgetMenu
      {...{ session, surface }}
      name={labelIn(tree.value, selection.value.ids.at(-1) ?? '', catalogue)}
      anchor={() => menu.value?.getBoundingClientRect()}
      onClosed={() => {
        if (menu.value === undefined) return;
        menu.value = undefined;
        if (before instanceof HTMLElement) before.focus();
      }}
    />
  );
}

function addressOf(preview: string, version: number | undefined, isHeard: boolean): string {
  const query = new URLSearchParams({
    ...(version === undefined ? {} : { version: String(version) }),
    ...(isHeard ? {} : { heard: 'yes' }),
  }).toString();
  return query === '' ? preview : `${preview}?${query}`;
}
