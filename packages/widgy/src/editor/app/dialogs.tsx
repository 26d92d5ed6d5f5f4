/** @jsxImportSource preact */
import { MoveDialog } from '../outline/move-dialog.tsx';
import { Picker } from '../picker/picker.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { Later } from './later.tsx';

/** What the windows need. */
export interface DialogsProps {
  readonly session: Session;
  readonly surface: Surface;
}

const loadCheck = async () => (await import('../check/check.tsx')).Check;
const loadConflicts = async () => (await import('./conflicts.tsx')).Conflicts;
const loadCosts = async () => (await import('../costs/costs.tsx')).Costs;
const loadFind = async () => (await import('../find/find.tsx')).Find;
const loadHistory = async () => (await import('../history/history.tsx')).History;
const loadPublish = async () => (await import('../publish/publish.tsx')).Publish;
const loadShare = async () => (await import('../share/share-dialog.tsx')).ShareDialog;
const loadShared = async () => (await import('../share/shared-dialog.tsx')).SharedDialog;
const loadShortcuts = async () => (await import('../find/shortcuts.tsx')).Shortcuts;

/** The window that is open, if one is. */
export function Dialogs({ session, surface }: DialogsProps) {
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
      return <Later key="conflicts" {...all} load={loadConflicts} />;
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
