import { NO_SELECTION } from '../session/selection.ts';
import type { Dialog, Pane, PreviewWidth } from '../session/surface.ts';
import type { Words } from '../words/index.ts';
import { copySelected, cutSelected, pasteSelected } from './clipboard.ts';
import { type Command, type Editor, type Shortcut, selectedIn } from './command.ts';
import { mayRemove } from './widget-commands.ts';

/** Commands that are about the clipboard. The browser does what their keys mean, by events of its own. */
export const clipboardCommands: readonly Command[] = [
  {
    id: 'copy',
    group: 'clipboard',
    name: ({ commands }) => commands.copy,
    shortcuts: [{ key: 'c', isMod: true, isNative: true }],
    canRun: (editor) => selectedIn(editor).length > 0,
    run: ({ session, host }) => void copySelected(session, host),
  },
  {
    id: 'cut',
    group: 'clipboard',
    name: ({ commands }) => commands.cut,
    shortcuts: [{ key: 'x', isMod: true, isNative: true }],
    canRun: (editor) => mayEdit(editor) && mayRemove(editor),
    run: ({ session, host }) => void cutSelected(session, host),
  },
  {
    id: 'paste',
    group: 'clipboard',
    name: ({ commands }) => commands.paste,
    shortcuts: [{ key: 'v', isMod: true, isNative: true }],
    canRun: mayEdit,
    run: ({ session, host }) => void pasteSelected(session, host),
  },
];

/** Commands about the whole of the editor. */
export const editorCommands: readonly Command[] = [
  {
    id: 'undo',
    group: 'everywhere',
    name: ({ commands }) => commands.undo,
    shortcuts: [{ key: 'z', isMod: true }],
    canRun: ({ session }) => session.canUndo.value !== undefined,
    run: ({ session }) => void session.undo(),
    whyNot: ({ session }) => session.words.undo.nothingToUndo,
  },
  {
    id: 'redo',
    group: 'everywhere',
    name: ({ commands }) => commands.redo,
    shortcuts: [
      { key: 'z', isMod: true, isShift: true },
      { key: 'y', isMod: true },
    ],
    canRun: ({ session }) => session.canRedo.value !== undefined,
    run: ({ session }) => void session.redo(),
    whyNot: ({ session }) => session.words.undo.nothingToRedo,
  },
  dialog({ kind: 'find' }, ({ commands }) => commands.find, { key: 'k', isMod: true, isForTyping: true }),
  dialog({ kind: 'history' }, ({ commands }) => commands.history),
  {
    ...dialog({ kind: 'publish' }, ({ commands }) => commands.publish),
    canRun: ({ session }) => session.data.mayPublish,
  },
  dialog({ kind: 'check' }, ({ commands }) => commands.check),
  dialog({ kind: 'costs' }, ({ commands }) => commands.costs),
  dialog({ kind: 'shortcuts' }, ({ commands }) => commands.shortcuts, { key: '?' }),
  {
    id: 'select-none',
    group: 'everywhere',
    name: ({ commands }) => commands.selectNone,
    shortcuts: [],
    canRun: (editor) => selectedIn(editor).length > 0,
    run: ({ session }) => {
      session.selection.value = NO_SELECTION;
    },
  },
  pane('outline', ({ commands }) => commands.goToOutline),
  pane('page', ({ commands }) => commands.goToPreview),
  pane('form', ({ commands }) => commands.goToForm),
  {
    id: 'next-region',
    group: 'everywhere',
    name: ({ commands }) => commands.nextRegion,
    shortcuts: [{ key: 'F6', isForTyping: true }],
    canRun: () => true,
    run: ({ surface, host }) => {
      const next = PANES[(PANES.indexOf(host.pane() ?? 'form') + 1) % PANES.length] ?? 'outline';
      surface.pane.value = next;
      host.focus(next);
    },
  },
  width('phone'),
  width('tablet'),
  width('desktop'),
  link(
    'forms',
    ({ app }) => app.openForms,
    (urls) => urls.content,
  ),
  link(
    'pages',
    ({ app }) => app.pageDetails,
    (urls) => urls.details,
  ),
  link(
    'view',
    ({ app }) => app.viewOnSite,
    (urls) => urls.view,
  ),
];

const PANES: readonly Pane[] = ['outline', 'page', 'form'];

function mayEdit({ session }: Editor): boolean {
  return session.data.mayEdit;
}

function dialog(opened: Dialog, name: (words: Words) => string, ...shortcuts: readonly Shortcut[]): Command {
  return {
    ...{ id: opened.kind, group: 'everywhere', name, shortcuts },
    canRun: () => true,
    run: ({ surface }) => {
      surface.dialog.value = opened;
    },
  };
}

function pane(which: Pane, name: (words: Words) => string): Command {
  return {
    ...{ id: `go-${which}`, group: 'everywhere', name, shortcuts: [] },
    canRun: () => true,
    run: ({ surface, host }) => {
      surface.pane.value = which;
      host.focus(which);
    },
  };
}

function width(wide: PreviewWidth): Command {
  return {
    ...{ id: `width-${wide}`, group: 'everywhere', shortcuts: [] },
    name: ({ preview }) => `${preview.widths}: ${preview[wide]}`,
    canRun: ({ surface }) => surface.width.value !== wide,
    run: ({ surface }) => {
      surface.width.value = wide;
    },
  };
}

function link(
  id: string,
  name: (words: Words) => string,
  url: (urls: Editor['session']['data']['page']['urls']) => string | null,
): Command {
  return {
    ...{ id, group: 'everywhere', name, shortcuts: [] },
    canRun: ({ session }) => url(session.data.page.urls) !== null,
    run: ({ session, host }) => {
      const to = url(session.data.page.urls);
      if (to !== null) host.go(to);
    },
  };
}
