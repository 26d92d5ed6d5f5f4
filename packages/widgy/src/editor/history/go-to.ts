import { findWidget } from '../../tree/tree.ts';
import { focusFieldSoon } from '../form/focus-field.ts';
import { selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/**
 * Selects a widget of the draft, and brings the focus to a field of it, if there is such a field. A window in front of the form is to be closed
 * before.
 *
 * @param field a JSON Pointer into the fields; none for the widget itself
 * @returns false where the draft has no such widget: then nothing happens
 */
export function goToWidget(session: Session, surface: Surface, widget: string, field?: string): boolean {
  if (findWidget(session.tree.peek(), widget) === undefined) return false;
  session.selection.value = selectOne(widget);
  if (field === undefined) {
    surface.pane.value = 'page';
    return true;
  }
  surface.pane.value = 'form';
  focusFieldSoon(session, field);
  return true;
}
