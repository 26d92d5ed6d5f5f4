import type { Session } from '../session/session.ts';
import { isModal, type Surface } from '../session/surface.ts';
import { removeCut, sayCopied, textOfWidgets } from './clipboard.ts';
import { browserHost } from './host.ts';
import { pasteText } from './paste.ts';
import { hasSelectedText, isTyping } from './typing.ts';

/**
 * Copies, cuts and pastes widgets by the keys and menus of the browser, in a page: that of the editor, or that in the preview. Wherever somebody
 * writes or has selected text, while a dialog is open, and while the page shows an older version, the browser does what it does.
 *
 * @returns stops it
 */
export function listenToClipboard(session: Session, surface: Surface, page: Document): () => void {
  const host = browserHost(session.data);
  const isOurs = (event: ClipboardEvent) =>
    !event.defaultPrevented &&
    !isModal(surface.dialog.value) &&
    surface.version.value === undefined &&
    !isTyping(event);

  const copy = (event: ClipboardEvent) => {
    const isCut = event.type === 'cut';
    const { ids } = session.selection.value;
    if (!isOurs(event) || hasSelectedText(page) || event.clipboardData === null) return;
    const text = textOfWidgets(session, ids, host);
    if (text === undefined) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', text);
    if (isCut) removeCut(session, ids);
    else sayCopied(session);
  };

  const paste = (event: ClipboardEvent) => {
    if (!isOurs(event) || event.clipboardData === null || !session.data.mayEdit) return;
    event.preventDefault();
    // What became of it is announced, and nothing else waits for it.
    void pasteText(session, event.clipboardData.getData('text/plain'), host);
  };

  page.addEventListener('copy', copy);
  page.addEventListener('cut', copy);
  page.addEventListener('paste', paste);
  return () => {
    page.removeEventListener('copy', copy);
    page.removeEventListener('cut', copy);
    page.removeEventListener('paste', paste);
  };
}
