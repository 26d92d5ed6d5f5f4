/** @jsxImportSource preact */
import { useMemo } from 'preact/hooks';
import { SidePanel } from '../parts/side-panel.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { CheckFrame } from './check-frame.tsx';
import { Checking } from './checking.ts';
import { Findings } from './finding-list.tsx';

/** What the check needs. */
export interface CheckProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** Looks at the draft with axe, and lists what it found, each with a way to the widget and the field. */
export function Check({ session, surface }: CheckProps) {
  const { words } = session;
  const checking = useMemo(() => new Checking(session), [session]);
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
      <CheckFrame session={session} surface={surface} checking={checking} />
    </SidePanel>
  );
}
