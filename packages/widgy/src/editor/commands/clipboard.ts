import { findWidget } from '../../tree/tree.ts';
import { referencesIn } from '../session/references.ts';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { formatCopied } from './clipboard-text.ts';
import type { Host } from './host.ts';
import { type Pasted, pasteText } from './paste.ts';
import { removeWidgets } from './remove.ts';
import { labelIn } from './where.ts';

/** The text that copies widgets with all in them; undefined where there are none. */
export function textOfWidgets(
  { tree, catalogue, data, words }: Session,
  ids: readonly string[],
  { origin }: Pick<Host, 'origin'>,
): string | undefined {
  const tops = topmost(tree.value, ids);
  const widgets = tops.flatMap((id) => findWidget(tree.value, id) ?? []);
  if (widgets.length === 0) return undefined;
  const labels = tops.map((id) => labelIn(tree.value, id, catalogue));
  const known = referencesIn(widgets).filter((each) => Object.hasOwn(data.referenceLabels, each));
  const references = Object.fromEntries(known.map((each) => [each, data.referenceLabels[each] ?? '']));
  return formatCopied({ origin, widgets, references }, `Widgy: ${words.formats.list(labels)}`);
}

/** Copies what is selected. False where the browser does not let it, which is announced. */
export async function copySelected(session: Session, host: Host): Promise<boolean> {
  const text = textOfWidgets(session, session.selection.value.ids, host);
  if (text === undefined) return false;
  const isDone = await host.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (isDone === true) sayCopied(session);
  else session.announcement.value = session.words.clipboard.cannotCopy;
  return isDone === true;
}

/** Copies what is selected, and removes it once it is on the clipboard. */
export async function cutSelected(session: Session, host: Host): Promise<boolean> {
  const { ids } = session.selection.value;
  return (await copySelected(session, host)) && removeCut(session, ids);
}

/** Pastes what is on the clipboard, where the browser lets that be read without a key for pasting. */
export async function pasteSelected(session: Session, host: Host): Promise<Pasted> {
  const text = await host.clipboard?.readText().catch(() => undefined);
  if (text !== undefined) return await pasteText(session, text, host);
  session.announcement.value = session.words.clipboard.notAllowed;
  return { ok: false, reason: 'notAllowed' };
}

/** Announces that what is selected was copied. */
export function sayCopied({ tree, selection, words, announcement }: Session): void {
  announcement.value = words.clipboard.copied({ count: topmost(tree.value, selection.value.ids).length });
}

/** Removes what was cut; false where that is refused. */
export function removeCut(session: Session, ids: readonly string[]): boolean {
  const count = topmost(session.tree.value, ids).length;
  const { ok } = removeWidgets(session, ids, 'cut');
  if (ok) session.announcement.value = session.words.clipboard.cut({ count });
  return ok;
}
