import type { FastifyRequest } from 'fastify';
import type { Owner } from '../database/owner.ts';
import { authorOf } from '../documents/author.ts';
import type { DocumentState } from '../documents/drafts/draft.ts';
import { readState } from '../documents/drafts/read-state.ts';
import { documentMissing } from '../documents/refusal.ts';
import { isId } from '../tree/widget.ts';
import type { AllowedCall } from './call.ts';
import type { ApiOptions } from './options.ts';
import type { Policy } from './policies.ts';
import { problemOf, type RefusedCall, refuseCall } from './problem.ts';
import { isFromHere, SAFE_METHODS } from './same-origin.ts';

/** Lets a request through, or says why not. It reads nothing of the body. */
export type Guard = (
  request: FastifyRequest,
  policy: Policy,
) => Promise<{ readonly ok: true; readonly call: AllowedCall } | RefusedCall>;

/**
 * The header in which a page may say whom its requests are from, by their `authorId`. A browser sends the cookies of whoever is logged in by
 * now, so what one person did would be done in the name of another; with the header it is refused instead.
 */
export const AUTHOR_HEADER = 'widgy-author';

/** Makes the guard of a plug-in. One statement for a route about a document, none for others. */
export function createGuard<User>(options: ApiOptions<User>): Guard {
  const { documents, site, policies, authenticate, authorId, origins = [] } = options;

  const whoIs = async (request: FastifyRequest): Promise<{ readonly user: User } | undefined> => {
    const user = await authenticate(request);
    return user === undefined || user === null ? undefined : { user };
  };

  const ask = async (
    request: FastifyRequest,
    user: User,
    policy: Policy,
    document: DocumentState | null,
    to: Owner | null,
  ): Promise<boolean> => {
    const answer: unknown = await policies[policy]({ user, policy, document, to, request });
    return answer === true;
  };

  return async (request, policy) => {
    const isSafe = SAFE_METHODS.includes(request.method);
    if (!isSafe && !isFromHere(request, origins)) {
      return refuseCall('cross-origin', 'only pages of this site may ask for changes');
    }
    if (!isSafe && hasBody(request) && !isJson(request.headers['content-type'])) {
      return refuseCall(
        'not-json',
        'what changes something is asked for with Content-Type: application/json',
      );
    }
    const known = await whoIs(request);
    if (known === undefined) return refuseCall('unauthenticated', 'log in first');
    const { user } = known;
    const expected = request.headers[AUTHOR_HEADER];
    if (expected !== undefined && expected !== authorId(user))
      return refuseCall('author-changed', 'somebody else is logged in than the request is from');
    const id = documentIn(request.params);
    const state = id === undefined ? undefined : await stateOf(options, id);
    if (id !== undefined && state === undefined) {
      return { ok: false, problem: problemOf(documentMissing(id).refusal) };
    }
    if (!(await ask(request, user, policy, state ?? null, null))) return forbidden(policy);
    return {
      ok: true,
      call: {
        author: authorOf(site, user, authorId(user)),
        state,
        isAllowed: (other, to) => ask(request, user, other, state ?? null, to),
        isAllowedFor: (other, document) => ask(request, user, other, document, null),
        async isStillAllowed() {
          const again = await whoIs(request);
          const now = id === undefined ? undefined : await readState(documents.database.kysely, id);
          if (again === undefined || (id !== undefined && now === undefined)) return false;
          return await ask(request, again.user, policy, now ?? null, null);
        },
      },
    };
  };
}

/** The refusal for what a policy does not allow. */
export function forbidden(policy: Policy): RefusedCall {
  return refuseCall('forbidden', `the policy "${policy}" does not allow this to you`, { policy });
}

/** What is no id is the id of nothing, so the database need not be asked. */
async function stateOf<User>(
  { documents }: ApiOptions<User>,
  id: string,
): Promise<DocumentState | undefined> {
  return isId(id) ? await readState(documents.database.kysely, id) : undefined;
}

function documentIn(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null || !('document' in params)) return undefined;
  return typeof params.document === 'string' ? params.document : undefined;
}

/**
 * Browsers send `POST` to other origins without asking, with or without a body; `DELETE` never. So only a `DELETE` may come without
 * a type, where it has no body.
 */
function hasBody({ method, headers }: FastifyRequest): boolean {
  if (method !== 'DELETE') return true;
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*application\/json\s*(;|$)/i.test(contentType);
}
