/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { CheckFrame } from '../check/check-frame.tsx';
import type { CheckImpact } from '../check/check-message.ts';
import { Checking } from '../check/checking.ts';
import { atLeast, countOf } from '../check/findings.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** Checks the draft that is saved now, and shows what it has to pass for only where nothing of an impact, or a worse one, was found. */
export function AccessGate({
  session,
  surface,
  least,
  children,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly least: CheckImpact;
  readonly children: ComponentChildren;
}) {
  const { check: texts, app } = session.words;
  const checking = useMemo(() => new Checking(session), [session]);
  const state = checking.state.value;
  const isRunning = state.kind === 'saving' || state.kind === 'running';
  const count = state.kind === 'found' ? countOf(atLeast(state.findings, least)) : 0;
  return (
    <>
      <div role="status">{isRunning ? <p>{texts.running}</p> : null}</div>
      {state.kind === 'failed' ? (
        <p class="message error">
          {state.why}{' '}
          <button type="button" class="compact" onClick={() => void checking.run()}>
            {app.tryAgain}
          </button>
        </p>
      ) : null}
      {count > 0 ? (
        <p class="message error">
          {texts.mendFirst({ count })}{' '}
          <button
            type="button"
            class="compact"
            onClick={() => {
              surface.dialog.value = { kind: 'check' };
            }}
          >
            {texts.show}
          </button>
        </p>
      ) : null}
      {state.kind === 'found' && count === 0 ? children : null}
      <CheckFrame session={session} surface={surface} checking={checking} />
    </>
  );
}
