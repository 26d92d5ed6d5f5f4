import { z } from 'zod';
import type { Owner } from '../../database/owner.ts';
import { cloneDocument } from '../../documents/clone-document.ts';
import { type Created, createDocument } from '../../documents/create-document.ts';
import { deleteDocument } from '../../documents/delete-document.ts';
import { readState } from '../../documents/drafts/read-state.ts';
import { MAX_ORPHANS } from '../../documents/limits.ts';
import { giveTo, listOrphans } from '../../documents/owners.ts';
import { documentMissing, type RefusedDocument } from '../../documents/refusal.ts';
import { parseTree } from '../../tree/parse.ts';
import { hashTree } from '../../tree/tree.ts';
import { json, noContent } from '../answer.ts';
import type { AllowedCall, ApiServices } from '../call.ts';
import { forbidden } from '../guard.ts';
import { bodyProblems, DOCUMENT_PARAMS, ID, NUMBER_TEXT, refuseInput } from '../input.ts';
import type { RefusedCall } from '../problem.ts';
import { defineRoute, type Handled, NO_BODY, NOTHING } from '../route.ts';
import {
  CreatedDocument,
  DocumentList,
  DocumentState,
  NewClone,
  NewDocument,
  NewOwner,
} from '../schemas/documents.ts';
import { stateJson } from '../state-json.ts';

const create = defineRoute({
  name: 'createDocument',
  summary: 'Makes a document, from a type or from a whole tree',
  method: 'POST',
  path: '/documents',
  policy: 'create',
  params: NOTHING,
  query: NOTHING,
  body: NewDocument,
  answers: { 201: { what: 'The document was made', schema: CreatedDocument } },
  async handle(call) {
    const { api, author, body } = call;
    const { id, owner, start } = body;
    const refused = await mayAttach(call, owner);
    if (refused !== undefined) return refused;
    if ('tree' in start) {
      // Read here so that what is no tree is told as what is wrong with the request; reading it again costs little beside keeping it.
      const parsed = parseTree(start.tree, api.documents.limits);
      if (!parsed.ok) return refuseInput(bodyProblems('/start/tree', parsed.problems));
    }
    const wanted = { ...(id === undefined ? {} : { id }), owner: owner ?? null, start };
    return created(api, await createDocument(api.documents, wanted, author));
  },
});

const read = defineRoute({
  name: 'readDocument',
  summary: 'What a document is at',
  method: 'GET',
  path: '/documents/:document',
  policy: 'read',
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'The state of the document', schema: DocumentState } },
  handle: ({ params, state }) =>
    state === undefined ? documentMissing(params.document) : json(stateJson(state)),
});

const remove = defineRoute({
  name: 'deleteDocument',
  summary: 'Deletes a document for good, if its draft is the one that was looked at',
  method: 'DELETE',
  path: '/documents/:document',
  policy: 'delete',
  params: DOCUMENT_PARAMS,
  query: z.strictObject({ after: NUMBER_TEXT }),
  body: NO_BODY,
  answers: { 204: { what: 'The document is gone' } },
  async handle({ api, author, params, query }) {
    const deleted = await deleteDocument(api.documents, params.document, query, author);
    return deleted.ok ? noContent() : deleted;
  },
});

const clone = defineRoute({
  name: 'cloneDocument',
  summary: 'Makes a document with the draft of another one, and with its history if wanted',
  method: 'POST',
  path: '/documents/:document/clones',
  policy: 'clone',
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: NewClone,
  answers: { 201: { what: 'The document was made', schema: CreatedDocument } },
  async handle(call) {
    const { api, author, params, body } = call;
    const { id, owner, withHistory = false } = body;
    const refused = await mayAttach(call, owner);
    if (refused !== undefined) return refused;
    const wanted = { ...(id === undefined ? {} : { id }), owner: owner ?? null, withHistory };
    return created(api, await cloneDocument(api.documents, params.document, wanted, author));
  },
});

const give = defineRoute({
  name: 'giveDocument',
  summary: 'Gives a document to an owner, or makes it an orphan',
  method: 'PUT',
  path: '/documents/:document/owner',
  policy: 'detach',
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: NewOwner,
  answers: { 200: { what: 'The state of the document', schema: DocumentState } },
  async handle(call) {
    const { api, author, params, body } = call;
    const refused = await mayAttach(call, body.owner);
    if (refused !== undefined) return refused;
    const given = await giveTo(api.documents, params.document, body, author);
    if (!given.ok) return given;
    const state = await readState(api.documents.database.kysely, params.document);
    return state === undefined ? documentMissing(params.document) : json(stateJson(state));
  },
});

const orphans = defineRoute({
  name: 'listOrphans',
  summary: 'Documents that nothing owns, in the order of their ids',
  method: 'GET',
  path: '/orphans',
  policy: 'list',
  params: NOTHING,
  query: z.strictObject({ after: ID.optional() }),
  body: NO_BODY,
  answers: { 200: { what: 'Some of them', schema: DocumentList } },
  async handle({ api, query }) {
    const found = await listOrphans(api.documents, query.after === undefined ? {} : { after: query.after });
    const next = found.length === MAX_ORPHANS ? (found.at(-1)?.document ?? null) : null;
    return json({ documents: found.map(stateJson), next });
  },
});

/** Whether the owner that a request names may get a document. */
async function mayAttach(
  { isAllowed }: AllowedCall,
  owner: Owner | null | undefined,
): Promise<RefusedCall | undefined> {
  if (owner === undefined || owner === null || (await isAllowed('attach', owner))) return undefined;
  return forbidden('attach');
}

function created({ prefix }: ApiServices, made: Created | RefusedDocument): Handled {
  if (!made.ok) return made;
  const { document, draft } = made;
  const body = { document, sequence: draft.sequence, hash: hashTree(draft.tree) };
  return json(body, { status: 201, headers: { Location: `${prefix}/documents/${document}` } });
}

/** Documents: making them, taking them away, and whom they belong to. */
export const documentRoutes = [create, read, remove, clone, give, orphans];
