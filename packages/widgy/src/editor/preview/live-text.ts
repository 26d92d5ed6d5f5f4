import { fieldOf } from '../../tree/json.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import type { Session } from '../session/session.ts';
import { changedWidgets } from './changed-widgets.ts';
import type { PreviewPage } from './preview-page.ts';

/**
 * Shows on the page what is different between two trees in the texts of widgets, before the server has shown it: where a template says that an
 * element shows a field as it is.
 */
export function showTexts(session: Session, page: PreviewPage, before: Tree, after: Tree): void {
  if (before === after) return;
  for (const id of changedWidgets(before, after)) {
    const widget = findWidget(after, id);
    const old = findWidget(before, id);
    if (widget === undefined || old === undefined || old.fields === widget.fields) continue;
    const type = session.data.types.find((known) => known.type === widget.type);
    for (const { kind, name } of type?.fields ?? []) {
      const value = fieldOf(widget.fields, name);
      const isPlain = kind === 'text' || kind === 'long-text';
      if (isPlain && typeof value === 'string' && value !== fieldOf(old.fields, name))
        page.showText(id, name, value);
    }
  }
}
