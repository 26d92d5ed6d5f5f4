/** @jsxImportSource preact */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Modal } from '../parts/modal.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** A window of the editor. */
export type EditorWindow = FunctionComponent<{ readonly session: Session; readonly surface: Surface }>;

/** What loading a window later needs. */
export interface LaterProps {
  readonly session: Session;
  readonly surface: Surface;
  /** Always the same function for the same window. */
  readonly load: () => Promise<EditorWindow>;
}

/** A window whose code is loaded when it is opened for the first time. Where that fails, that is said. */
export function Later({ session, surface, load }: LaterProps) {
  const [loaded, setLoaded] = useState<{ readonly view: EditorWindow | 'failed' | undefined }>({
    view: undefined,
  });
  useEffect(() => {
    let isOver = false;
    const take = (view: EditorWindow | 'failed') => {
      if (!isOver) setLoaded({ view });
    };
    load().then(take, () => take('failed'));
    return () => {
      isOver = true;
    };
  }, [load]);
  const { view: View } = loaded;
  const { words } = session;
  if (View === undefined) return null;
  if (View !== 'failed') return <View session={session} surface={surface} />;
  return (
    <Modal
      words={words}
      title={words.app.failed}
      name="failed"
      onClose={() => {
        surface.dialog.value = undefined;
      }}
    >
      <p>{words.app.failedHelp}</p>
    </Modal>
  );
}
