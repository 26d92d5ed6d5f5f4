/** @jsxImportSource preact */
import type { Session } from '../session/session.ts';
import type { PreviewLoading } from './loading.ts';

/** Says that the page is not what it should be, and why. Nothing where it is. */
export function StaleNote({
  session,
  loading,
}: {
  readonly session: Session;
  readonly loading: PreviewLoading;
}) {
  const { preview } = session.words;
  const isOffline = session.saving.value.kind === 'offline';
  const isBehind = session.tree.value !== session.acknowledged.value.tree;
  const hasFailed = loading.hasFailed.value;
  const text = hasFailed
    ? preview.failed
    : isOffline && (isBehind || loading.isStale.value)
      ? preview.staleOffline
      : loading.isStale.value
        ? preview.stale
        : undefined;
  return (
    <div class="preview-stale" role="status" hidden={text === undefined}>
      {text === undefined ? null : (
        <>
          <p>{text}</p>
          <button type="button" class="compact" onClick={() => loading.reload()}>
            {preview.reload}
          </button>
        </>
      )}
    </div>
  );
}
