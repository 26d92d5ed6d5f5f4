import type { AddedFile } from '../../editor/server/media-data.ts';
import { refuseCall } from '../../http/problem.ts';
import { sendProblem } from '../../http/send.ts';
import { formatReference, resolveReferences } from '../../links/index.ts';
import { addMedia, MEDIA_TYPE, type MediaRefusal } from '../../media/index.ts';
import { isId } from '../../tree/widget.ts';
import { answerJson } from '../answer-json.ts';
import { type AdminCall, ANSWERED, type Answered } from '../call.ts';

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
  if (!added.ok) return refuseFile(call, added.refusal);
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

/** What is wrong with a file has the codes of media, and what belongs to them. */
function refuseFile({ reply }: AdminCall, refusal: MediaRefusal): Answered {
  const { what: detail, ...rest } = refusal;
  const status = refusal.code === 'busy' ? 503 : 422;
  reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send({ ...rest, detail, status });
  return ANSWERED;
}
