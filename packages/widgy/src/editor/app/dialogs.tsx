/** @jsxImportSource preact */
import { useEffect } from 'preact/hooks';
import { MoveDialog } from '../outline/move-dialog.tsx';
import { Picker } from '../picker/picker.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { Conflicts } from './conflicts.tsx';
import { Later } from './later.tsx';
import {
  loadCheck,
  loadCosts,
  loadFind,
  loadHistory,
  loadPublish,
  loadShare,
  loadShared,
  loadShortcuts,
  loadWindows,
} from './load-windows.ts';
import { QUIET_MS } from './quiet.ts';

/** What the windows need. */
export interface DialogsProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** The window that is open, if one is. */
export function Dialogs({ session, surface }: DialogsProps) {
  useEffect(() => {
    const timer = setTimeout(() => void loadWindows(), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  const dialog = surface.dialog.value;
  const all = { session, surface };
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'add':
      return <Picker {...all} at={dialog.at} onEnd={dialog.onEnd} />;
    case 'move':
      return <MoveDialog {...all} />;
    case 'conflicts':
      // Not loaded later: there are conflicts because there was no network, and there may be none when they are looked at.
      return <Conflicts {...all} />;
    case 'find':
      return <Later key="find" {...all} load={loadFind} />;
    case 'history':
      return <Later key="history" {...all} load={loadHistory} />;
    case 'check':
      return <Later key="check" {...all} load={loadCheck} />;
    case 'costs':
      return <Later key="costs" {...all} load={loadCosts} />;
    case 'publish':
      return <Later key="publish" {...all} load={loadPublish} />;
    case 'share':
      return <Later key="share" {...all} load={loadShare} />;
    case 'shared':
      return <Later key="shared" {...all} load={loadShared} />;
    case 'shortcuts':
      return <Later key="shortcuts" {...all} load={loadShortcuts} />;
  }
}
