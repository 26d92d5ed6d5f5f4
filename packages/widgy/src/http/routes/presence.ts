import { endPresence } from '../../documents/presence/end-presence.ts';
import { tellPresence } from '../../documents/presence/tell-presence.ts';
import { json, noContent } from '../answer.ts';
import { CLIENT_PARAMS } from '../input.ts';
import { namesIn, peopleJson } from '../people.ts';
import { defineRoute, NO_BODY, NOTHING } from '../route.ts';
import { People, Presence } from '../schemas/presence.ts';

const tell = defineRoute({
  name: 'tellPresence',
  summary:
    'Says that somebody is at a document, and at which widget; to be said again before it is forgotten',
  method: 'PUT',
  path: '/documents/:document/presence/:client',
  policy: 'read',
  params: CLIENT_PARAMS,
  query: NOTHING,
  body: Presence,
  answers: { 200: { what: 'All who are at the document', schema: People } },
  async handle({ api, author, params, body }) {
    const { document, client } = params;
    const told = await tellPresence(api.documents, document, { client, ...body }, author);
    if (!told.ok) return told;
    return json(peopleJson(told.present, await namesIn([told.present], api.people)));
  },
});

const end = defineRoute({
  name: 'endPresence',
  summary: 'Says that somebody is not at a document any more',
  method: 'DELETE',
  path: '/documents/:document/presence/:client',
  policy: 'read',
  params: CLIENT_PARAMS,
  query: NOTHING,
  body: NO_BODY,
  answers: { 204: { what: 'Nothing of theirs is there under this id' } },
  async handle({ api, author, params }) {
    await endPresence(api.documents, params.document, params.client, author);
    return noContent();
  },
});

/** Who is at documents. */
export const presenceRoutes = [tell, end];
