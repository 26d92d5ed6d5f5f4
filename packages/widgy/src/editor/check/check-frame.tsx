/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks';
import { WIDTHS } from '../preview/frame.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { Checking } from './checking.ts';

/** CSS pixels that the page of a check is high: what is further down is looked at as well. */
const CHECKED_HEIGHT = 900;

/** The page that a check looks at, in a frame that is out of sight, while the check runs. It begins one when it is there. */
export function CheckFrame({
  session,
  surface,
  checking,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly checking: Checking;
}) {
  const { words, data } = session;
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
  if (state.kind !== 'running') return null;
  return (
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
  );
}
