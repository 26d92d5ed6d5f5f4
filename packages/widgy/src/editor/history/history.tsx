/** @jsxImportSource preact */
import { untracked, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { SidePanel } from '../parts/side-panel.tsx';
import { marksOf } from '../session/marks.ts';
import { selectionIn } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { Dialog, Surface } from '../session/surface.ts';
import { Differences } from './differences.tsx';
import { Timeline } from './timeline.tsx';
import { type Pair, Versions } from './versions.ts';
import { versionsApi } from './versions-api.ts';

/** What the history needs. */
export interface HistoryProps {
  readonly session: Session;
  readonly surface: Surface;
}

/**
 * The versions of the document beside the page, and what is different between two of them: as a list, and by marks in the page and in the
 * outline. The page shows the version after, or the one before; when the history is closed it shows the draft again.
 */
export function History({ session, surface }: HistoryProps) {
  const { words, data } = session;
  const versions = useMemo(
    () => new Versions(session, versionsApi(data.api, data.document)),
    [session, data],
  );
  const view = useSignal<'versions' | 'compare'>(
    isForComparing(surface.dialog.peek()) ? 'compare' : 'versions',
  );
  useEffect(() => {
    void versions.loadOlder();
    return () => {
      surface.version.value = undefined;
      surface.versionTree.value = undefined;
      surface.marks.value = undefined;
    };
  }, [versions, surface]);
  useSignalEffect(() => {
    const number = surface.version.value;
    surface.versionTree.value = number === undefined ? undefined : versions.treeOf(number);
    untracked(() => {
      if (number !== undefined) void versions.load(number);
      // What only a version has was selected there.
      else session.selection.value = selectionIn(session.tree.value, session.selection.value);
    });
  });
  useSignalEffect(() => {
    const comparison = view.value === 'compare' ? versions.comparison.value : undefined;
    surface.marks.value = comparison && marksOf(comparison.diff);
  });
  const failure = versions.failure.value;
  const show = (next: 'versions' | 'compare') => {
    view.value = next;
    surface.version.value = undefined;
  };
  const compare = (pair: Pair) => {
    show('compare');
    surface.version.value = pair.to === 'draft' ? undefined : pair.to;
    void versions.compare(pair);
  };
  return (
    <SidePanel
      words={words}
      title={words.history.title}
      name="history"
      side="end"
      onClose={() => {
        surface.dialog.value = undefined;
      }}
    >
      <fieldset class="history-views">
        <legend class="hidden-text">{words.history.title}</legend>
        <button type="button" aria-pressed={view.value === 'versions'} onClick={() => show('versions')}>
          {words.history.versions}
        </button>
        <button type="button" aria-pressed={view.value === 'compare'} onClick={() => show('compare')}>
          {words.history.compare}
        </button>
      </fieldset>
      {failure === undefined ? null : (
        <p class="message error" role="alert">
          {failure}{' '}
          {versions.hasOlder.value === undefined ? (
            <button type="button" class="compact" onClick={() => void versions.loadOlder()}>
              {words.app.tryAgain}
            </button>
          ) : null}
        </p>
      )}
      {view.value === 'versions' ? (
        <Timeline session={session} surface={surface} versions={versions} onCompare={compare} />
      ) : (
        <Differences session={session} surface={surface} versions={versions} onCompare={compare} />
      )}
    </SidePanel>
  );
}

function isForComparing(dialog: Dialog | undefined): boolean {
  return dialog?.kind === 'history' && dialog.isComparing === true;
}
