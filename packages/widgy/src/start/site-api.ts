import type { FastifyInstance } from 'fastify';
import { may, type SignedIn } from '../accounts/index.ts';
import { authorNames } from '../admin/documents/author-names.ts';
import { type DocumentAction, findDocument, mayUse } from '../admin/documents/document-access.ts';
import { denyAll, formsWith, type PolicyCheck, previewWith, widgyApi } from '../http/index.ts';
import { API_URL } from '../server/api-url.ts';
import type { WhoIs } from '../server/who-is.ts';
import type { Widgy } from '../server/widgy.ts';

/**
 * Serves the JSON API of a site for people who may enter its administration. Who may do what with which document is decided as in the
 * administration. Documents are made, cloned, given away and deleted with what they belong to, so the API does none of that.
 *
 * @param readWho reads the session anew each time: streams of events ask whether they may go on
 */
export async function serveApi(app: FastifyInstance, widgy: Widgy, readWho: WhoIs): Promise<void> {
  const { documents, site, renderer, baseUrl, siteId } = widgy;
  const holds = (user: SignedIn) => (permission: string) => may(user, permission, siteId);
  const enters = (user: SignedIn) => holds(user)('admin.enter');
  const withDocument =
    (action: DocumentAction): PolicyCheck<SignedIn> =>
    async ({ user, document }) => {
      if (document === null || !enters(user)) return false;
      const found = await findDocument(widgy, document.document);
      return found !== undefined && mayUse(found.owner, action, holds(user));
    };
  const api = widgyApi<SignedIn>({
    documents,
    site,
    policies: {
      ...denyAll,
      describe: ({ user }) => enters(user),
      read: withDocument('read'),
      edit: withDocument('edit'),
      publish: withDocument('publish'),
    },
    async authenticate(request) {
      const user = (await readWho(request))?.user ?? undefined;
      // First they choose a password of their own.
      return user?.mustChangePassword === true ? undefined : user;
    },
    authorId: ({ id }) => id,
    people: (ids) => authorNames(documents.database.kysely, ids),
    preview: previewWith(renderer),
    forms: formsWith(renderer),
    origins: [baseUrl],
  });
  await app.register(api, { prefix: API_URL });
}
