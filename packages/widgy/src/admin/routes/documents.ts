import { showAdd, takeAdd } from '../documents/add-widget.ts';
import { showContent, takeOutlineAction, takeUndo } from '../documents/content-page.ts';
import type { DocumentAction } from '../documents/document-access.ts';
import { type DocumentCall, onDocument } from '../documents/document-call.ts';
import { showWidget, takeWidget } from '../documents/edit-widget.ts';
import {
  showCompare,
  showHistory,
  showVersion,
  takeRestore,
  takeRevert,
} from '../documents/history-pages.ts';
import { showMove, takeMove } from '../documents/move-widget.ts';
import { showPreview } from '../documents/preview.ts';
import { takeDiscard, takePublish, takeSchedule, takeUnpublish } from '../documents/publish.ts';
import { showCheck } from '../editor/check-page.ts';
import { showEditor } from '../editor/editor-page.ts';
import { showParts } from '../editor/preview-parts.ts';
import { showShared, showSharedDetails, takeShared } from '../editor/shared.ts';
import { showCosts } from '../editor/widget-costs.ts';
import type { AdminAnswer, AdminRoute } from '../route.ts';

/** The content of pages and call-outs, what visitors see of it, and its history. Which permission is asked for hangs on whose it is. */
export const documentRoutes: readonly AdminRoute[] = [
  route('GET', '/content', 'read', showContent),
  route('POST', '/content', 'edit', takeOutlineAction),
  route('POST', '/undo', 'edit', takeUndo),
  route('GET', '/content/add', 'edit', showAdd),
  route('POST', '/content/add', 'edit', takeAdd),
  route('GET', '/content/:widget', 'edit', showWidget),
  route('POST', '/content/:widget', 'edit', takeWidget),
  route('GET', '/content/:widget/move', 'edit', showMove),
  route('POST', '/content/:widget/move', 'edit', takeMove),
  route('POST', '/publish', 'publish', takePublish),
  route('POST', '/unpublish', 'publish', takeUnpublish),
  route('POST', '/schedule', 'publish', takeSchedule),
  route('POST', '/discard', 'edit', takeDiscard),
  route('GET', '/editor', 'read', showEditor),
  route('GET', '/preview', 'read', showPreview),
  route('GET', '/preview/parts', 'read', showParts),
  route('GET', '/preview/check', 'read', showCheck),
  route('GET', '/costs', 'read', showCosts),
  route('GET', '/shared', 'read', showShared),
  route('GET', '/shared/:callout', 'read', showSharedDetails),
  route('POST', '/shared', 'edit', takeShared),
  route('GET', '/history', 'read', showHistory),
  route('GET', '/history/:commit', 'read', showVersion),
  // Into the draft is a change of it; what visitors see is asked about again.
  route('POST', '/history/:commit', 'read', takeRevert),
  route('GET', '/compare', 'read', showCompare),
  route('POST', '/restore', 'edit', takeRestore),
];

function route(
  method: AdminRoute['method'],
  path: string,
  action: DocumentAction,
  handle: (call: DocumentCall) => AdminAnswer,
): AdminRoute {
  return {
    method,
    path: `/documents/:document${path}`,
    access: 'signed-in',
    handle: onDocument(action, handle),
  };
}
