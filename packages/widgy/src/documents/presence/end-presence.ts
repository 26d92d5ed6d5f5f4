import { isId } from '../../tree/widget.ts';
import type { Author } from '../author.ts';
import type { DocumentStore } from '../store.ts';

/**
 * Says that somebody is not at a document any more. What is not there, or is somebody else's, stays as it is: there is nothing of the
 * author under this id afterwards. One statement.
 */
export async function endPresence(
  { database, presenceEvents }: DocumentStore,
  document: string,
  client: string,
  author: Author,
): Promise<void> {
  // What is no id is the id of nothing.
  if (!isId(client)) return;
  const { numDeletedRows } = await database.kysely
    .deleteFrom('presence')
    .where('document', '=', document)
    .where('client', '=', client)
    .where('author', 'is not distinct from', author.id)
    .executeTakeFirstOrThrow();
  if (numDeletedRows > 0n) presenceEvents.emit({ document });
}
