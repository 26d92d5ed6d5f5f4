import { readDraft } from '../../documents/index.ts';
import type { PreviewPart, PreviewParts } from '../../editor/server/editor-data.ts';
import { refuseCall } from '../../http/problem.ts';
import { sendProblem } from '../../http/send.ts';
import { wentWrong } from '../../server/error-pages.ts';
import { answerJson } from '../answer-json.ts';
import { ANSWERED } from '../call.ts';
import type { DocumentCall } from '../documents/document-call.ts';
import { shownAs } from '../documents/preview.ts';
import { withoutScripts } from '../documents/without-scripts.ts';

/** Widgets in one answer. */
export const MAX_PREVIEW_PARTS = 50;

/**
 * Gives the HTML of some widgets as the preview of the draft has it, without the rest of the page. The database is asked each time, so it is
 * never older than what was acknowledged before.
 */
export async function showParts(call: DocumentCall) {
  const { widgy, found, query, reply, render } = call;
  const { documents, renderer } = widgy;
  const wanted = new Set(query.getAll('widget'));
  if (wanted.size > MAX_PREVIEW_PARTS) {
    sendProblem(
      reply,
      refuseCall('invalid', `at most ${MAX_PREVIEW_PARTS} widgets are shown at once`).problem,
    );
    return ANSWERED;
  }
  const read = await readDraft(documents, found.document);
  if (read === undefined) return await render('error', { ...wentWrong(404) }, 404);
  const { sequence, tree } = read.draft;
  const { variables, references } = await shownAs(call, tree);
  const parts: [id: string, part: PreviewPart][] = [];
  const missing: string[] = [];
  for (const id of wanted) {
    const part = await renderer.renderPart(tree, id, { purpose: 'preview', variables, references });
    if (part === undefined) missing.push(id);
    else parts.push([id, { html: withoutScripts(part.html), ms: part.ms }]);
  }
  return answerJson(call, {
    ...{ sequence, missing },
    parts: Object.fromEntries(parts),
  } satisfies PreviewParts);
}
