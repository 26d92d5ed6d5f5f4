/** @jsxImportSource preact */
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** Says that the page shows a version that cannot be changed, with the way back to the draft. Nothing where it shows the draft. */
export function VersionNote({
  session: { words },
  surface,
  onBack,
}: {
  readonly session: Session;
  readonly surface: Surface;
  /** The button is gone then. */
  readonly onBack: () => void;
}) {
  const number = surface.version.value;
  return (
    <div class="preview-version" role="status" hidden={number === undefined}>
      {number === undefined ? null : (
        <>
          <p>{words.history.showing({ number })}</p>
          <button
            type="button"
            class="compact"
            onClick={() => {
              surface.version.value = undefined;
              onBack();
            }}
          >
            {words.history.backToDraft}
          </button>
        </>
      )}
    </div>
  );
}
