/** @jsxImportSource preact */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { SidePanel } from '../parts/side-panel.tsx';
import { WIDTHS } from '../preview/frame.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { Checking } from './checking.ts';
import { Findings } from './finding-list.tsx';

/** What the check needs. */
export interface CheckProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** CSS pixels that the page of a check is high: what is further down is looked at as well. */
const CHECKED_HEIGHT = 900;

/** Looks at the draft with axe, in a frame that is out of sight, and lists what it found, each with a way to the widget and the field. */
export function Check({ session, surface }: CheckProps) {
  const { words, data } = session;
  const checking = useMemo(() => new Checking(session), [session]);
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const hear = (event: MessageEvent) => checking.hear(event, frame.current?.contentWindow);
    addEventListener('message', hear);
    void checking.run();
    return () => {
      removeEventListener('message', hear);
      checking.stop();
    };
  }, [checking]);
  const state = checking.state.value;
  const isRunning = state.kind === 'saving' || state.kind === 'running';
  const isOutdated = state.kind === 'found' && session.acknowledged.value.sequence !== state.sequence;
  return (
    <SidePanel
      words={words}
      title={words.check.title}
      name="check"
      side="start"
      onClose={() => {
        surface.dialog.value = undefined;
      }}
    >
      <button
        type="button"
        aria-disabled={isRunning}
        onClick={isRunning ? undefined : () => void checking.run()}
      >
        {words.check.run}
      </button>
      <div role="status">
        {state.kind === 'saving' ? <p>{words.publishing.saving}</p> : null}
        {state.kind === 'running' ? <p>{words.check.running}</p> : null}
        {isOutdated ? <p class="message warning">{words.check.outdated}</p> : null}
      </div>
      {state.kind === 'failed' ? <p class="message error">{state.why}</p> : null}
      {state.kind === 'found' ? (
        <Findings session={session} surface={surface} findings={state.findings} />
      ) : null}
      {state.kind === 'running' ? (
        <iframe
          key={state.run}
          ref={frame}
          class="check-frame"
          title={words.check.running}
          src={data.page.urls.check}
          width={WIDTHS[surface.width.value]}
          height={CHECKED_HEIGHT}
          aria-hidden="true"
          tabIndex={-1}
          inert
        />
      ) : null}
    </SidePanel>
  );
}
