import { findWidget } from '../../tree/tree.ts';
import { sharedApi } from '../server/shared-api.ts';
import { calloutShownBy } from './callout-fields.ts';
import { type Command, type Editor, selectedIn } from './command.ts';
import { canDetach, detachCallout } from './detach.ts';
import { shareable } from './share.ts';

/** Commands about what several pages share. */
export const shareCommands: readonly Command[] = [
  {
    id: 'share',
    group: 'widgets',
    name: ({ commands }) => commands.makeShared,
    shortcuts: [],
    canRun: ({ session }) => shareable(session, selectedIn({ session })) !== undefined,
    run: ({ session, surface }) => {
      surface.dialog.value = { kind: 'share', ids: selectedIn({ session }) };
    },
  },
  {
    id: 'shared',
    group: 'widgets',
    name: ({ commands }) => commands.editShared,
    shortcuts: [],
    canRun: (editor) => shownBy(editor) !== undefined,
    run: (editor) => {
      const callout = shownBy(editor);
      if (callout !== undefined) editor.surface.dialog.value = { kind: 'shared', callout };
    },
  },
  {
    id: 'detach',
    group: 'widgets',
    name: ({ commands }) => commands.detachCopy,
    shortcuts: [],
    canRun: (editor) => {
      const only = onlyOne(editor);
      return only !== undefined && canDetach(editor.session, only);
    },
    run: ({ session }) => {
      const only = onlyOne({ session });
      if (only !== undefined) void detachCallout(session, only, sharedApi(session.data).details);
    },
  },
];

function onlyOne(editor: Pick<Editor, 'session'>): string | undefined {
  const [only, ...others] = selectedIn(editor);
  return others.length === 0 ? only : undefined;
}

function shownBy({ session }: Editor): string | undefined {
  const only = onlyOne({ session });
  return only === undefined
    ? undefined
    : calloutShownBy(findWidget(session.tree.value, only), session.data.types);
}
