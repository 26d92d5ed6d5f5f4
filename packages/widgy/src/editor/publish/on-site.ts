import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ToldState } from '../history/commit.ts';
import type { VersionsApi } from '../history/versions-api.ts';
import type { Session } from '../session/session.ts';
import { visitorsOf } from './visitors.ts';

/** What visitors see beside the draft: nothing, the same, or something older. */
export type OnSite = 'nothing' | 'same' | 'older';

/** What following it needs. */
export interface OnSiteSource {
  readonly session: Pick<Session, 'data' | 'acknowledged' | 'state'>;
  readonly api: Pick<VersionsApi, 'commits'>;
}

/** What visitors see, where they see the commit with a number, or none. */
export function onSiteOf(
  { head, hasChanges }: Pick<ToldState, 'head' | 'hasChanges'>,
  live: number | null,
): OnSite {
  if (live === null) return 'nothing';
  return !hasChanges && head?.number === live ? 'same' : 'older';
}

/**
 * Follows what visitors see: every change to the draft makes it another than that, and after each new commit it is asked which one they see.
 *
 * @returns what they see, and what ends it
 */
export function followOnSite({ session, api }: OnSiteSource): {
  readonly onSite: ReadonlySignal<OnSite>;
  readonly end: () => void;
} {
  const { state: first, sequence } = session.data;
  let { live } = first;
  let known = { head: first.head?.number ?? null, sequence };
  let isOver = false;
  const onSite = signal(onSiteOf(first, live));
  const look = async (state: ToldState) => {
    const answer = await api.commits();
    // Where nobody answers, the stream tells the state again once it is back.
    if (isOver || answer.kind !== 'done') return;
    const { shown } = visitorsOf(state, answer.value.commits, live);
    const found = answer.value.commits.find(({ status }) => status === 'live');
    live = found?.number ?? (shown.kind === 'version' ? shown.number : null);
    known = { head: state.head?.number ?? null, sequence: state.sequence };
    onSite.value = onSiteOf(state, live);
  };
  const ends = [
    effect(() => {
      const state = session.state.value;
      if (state === undefined) return;
      if ((state.head?.number ?? null) !== known.head) void look(state);
      else {
        known = { ...known, sequence: state.sequence };
        onSite.value = onSiteOf(state, live);
      }
    }),
    effect(() => {
      if (session.acknowledged.value.sequence > known.sequence && onSite.peek() === 'same')
        onSite.value = 'older';
    }),
  ];
  return {
    onSite,
    end() {
      isOver = true;
      for (const end of ends) end();
    },
  };
}
