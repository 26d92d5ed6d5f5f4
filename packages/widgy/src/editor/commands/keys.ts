import type { Session } from '../session/session.ts';
import { isModal, type Surface } from '../session/surface.ts';
import type { Editor } from './command.ts';
import { browserHost } from './host.ts';
import { runKey } from './registry.ts';
import { hasSelectedText, isTyping } from './typing.ts';

/** Does what keys mean, wherever they are pressed: in the page of the editor, or in that of the preview. */
export function keyHandler(session: Session, surface: Surface): (event: KeyboardEvent) => void {
  const editor = { session, surface, host: browserHost(session.data) };
  return (event) => handleKey(editor, event);
}

/** What somebody further in has done for a key is enough. */
function handleKey(editor: Editor, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const page = pageOf(event);
  const isDone = runKey(editor, event, {
    isMac: isMac(),
    isTyping: isTyping(event),
    hasSelectedText: page !== undefined && hasSelectedText(page),
    isOnWidget: page !== undefined && (page !== document || isInTree(event)),
    isDialogOpen: isModal(editor.surface.dialog.value),
    isVersionShown: editor.surface.version.value !== undefined,
  });
  if (isDone) event.preventDefault();
}

/** Whether the keyboard has a Command key. */
export function isMac(): boolean {
  return /^(?:Mac|iP)/.test(navigator.platform);
}

function pageOf({ target }: Event): Document | undefined {
  // An element of a frame is of another class than those of this page.
  if (target === null || !('ownerDocument' in target)) return undefined;
  const { ownerDocument } = target;
  return isDocument(ownerDocument) ? ownerDocument : undefined;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'getSelection' in value;
}

function isInTree(event: Event): boolean {
  const { target } = event;
  return target instanceof Element && target.closest('[role="tree"]') !== null;
}
