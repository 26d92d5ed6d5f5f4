import type { AddedFile } from '../../editor/server/media-data.ts';
import { refuseCall } from '../../http/problem.ts';
import { sendProblem } from '../../http/send.ts';
import { formatReference, resolveReferences } from '../../links/index.ts';
import { addMedia, MEDIA_TYPE } from '../../media/index.ts';
import { isId } from '../../tree/widget.ts';
import { answerJson, answerRefusal } from '../answer-json.ts';
import { type AdminCall, ANSWERED } from '../call.ts';

/** Adds a file that was chosen in the editor, and tells what a link to it looks like. Sent again with the same id, it adds no second one. */
export async function takeFile(call: AdminCall) {
  const { widgy, form, author, reply } = call;
  const id = form.text('id');
  const [file] = form.files;
  if (!isId(id) || file === undefined) {
    sendProblem(reply, refuseCall('invalid', 'a form with an id and a file is needed').problem);
    return ANSWERED;
  }
  const { name: fileName, type, bytes } = file;
  const added = await addMedia(widgy.media, { id, fileName, type, bytes }, author);
  if (!added.ok) {
    // The editor takes what is 500 or above for no answer at all, and says nothing of a reason.
    return answerRefusal(call, added.refusal.code === 'busy' ? 429 : 422, added.refusal);
  }
  const { database, linkables } = widgy.documents;
  const reference = { type: MEDIA_TYPE, id };
  const target = (await resolveReferences(database.kysely, linkables, [reference])).get(
    formatReference(reference),
  );
  const { name } = added.media;
  return answerJson(call, {
    ...{ id, type: MEDIA_TYPE, label: target?.label ?? name, url: target?.url ?? null },
    picture: target?.picture ?? null,
  } satisfies AddedFile);
}
