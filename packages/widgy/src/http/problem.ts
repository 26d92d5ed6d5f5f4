import type { DocumentRefusal, DocumentRefusalCode } from '../documents/refusal.ts';

/** What the API refuses itself, beside what documents refuse. */
export type ApiRefusalCode =
  | 'unauthenticated'
  | 'author-changed'
  | 'forbidden'
  | 'cross-origin'
  | 'malformed'
  | 'invalid'
  | 'too-large'
  | 'not-json'
  | 'route-missing'
  | 'method-refused'
  | 'type-unknown'
  | 'streams-full'
  | 'unavailable'
  | 'unexpected';

/** Why a request was refused. */
export type ProblemCode = DocumentRefusalCode | ApiRefusalCode;

/** The status and the title of each problem. `docs/widgy-api.md` has the same table. */
export const PROBLEMS = {
  malformed: { status: 400, title: 'The request cannot be read' },
  invalid: { status: 400, title: 'The request does not have the form that is expected' },
  'operations-too-many': { status: 400, title: 'There are too many operations' },
  'sequence-unknown': { status: 400, title: 'The sequence number has not come yet' },
  'text-invalid': { status: 400, title: 'A text cannot be kept' },
  unauthenticated: { status: 401, title: 'Nobody is logged in' },
  'author-changed': { status: 401, title: 'Somebody else is logged in' },
  forbidden: { status: 403, title: 'You may not do this' },
  'cross-origin': { status: 403, title: 'The request comes from another site' },
  'not-permitted': { status: 403, title: 'You may not do this with widgets of this type' },
  'route-missing': { status: 404, title: 'There is nothing here' },
  'document-missing': { status: 404, title: 'There is no such document' },
  'commit-missing': { status: 404, title: 'There is no such commit' },
  'change-missing': { status: 404, title: 'There is no such change' },
  'widget-missing': { status: 404, title: 'There is no such widget' },
  'method-refused': { status: 405, title: 'This cannot be done here' },
  'document-exists': { status: 409, title: 'There is such a document already' },
  'owner-taken': { status: 409, title: 'The owner has a document already' },
  'tree-invalid': { status: 409, title: 'The tree is against the rules' },
  'operation-refused': { status: 409, title: 'An operation cannot be done' },
  'fields-invalid': { status: 409, title: 'Fields cannot be kept as they are' },
  conflict: { status: 409, title: 'Somebody else changed the same' },
  stale: { status: 409, title: 'The draft is not what it was' },
  'log-gone': { status: 409, title: 'The changes are not kept any more' },
  'key-reused': { status: 409, title: 'The key was used for another request' },
  'nothing-changed': { status: 409, title: 'There is nothing new to commit' },
  'nothing-committed': { status: 409, title: 'There is no commit yet' },
  'draft-changed': { status: 409, title: 'The draft has changes that are in no commit' },
  'links-missing': { status: 409, title: 'A link points at nothing' },
  'commit-published': { status: 409, title: 'The commit is shown already' },
  'commit-superseded': { status: 409, title: 'A newer commit is shown already' },
  'client-taken': { status: 409, title: 'The client is somebody else’s' },
  'presence-full': { status: 409, title: 'Too many are at the document' },
  'type-unknown': { status: 409, title: 'The code does not have this type' },
  vetoed: { status: 409, title: 'The site refused this' },
  'too-large': { status: 413, title: 'The request is too large' },
  'not-json': { status: 415, title: 'The request is not JSON' },
  unexpected: { status: 500, title: 'Something went wrong on the server' },
  'streams-full': { status: 503, title: 'Too many streams are open' },
  unavailable: { status: 503, title: 'The database cannot be used at present' },
} as const satisfies Record<ProblemCode, { readonly status: number; readonly title: string }>;

/** Why a request was refused: a value that becomes the answer. */
export interface Problem {
  readonly code: ProblemCode;
  /** One sentence about this very request. */
  readonly detail: string;
  /** What a program needs to go on, such as errors by field or both sides of a conflict. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** A refused request. */
export interface RefusedCall {
  readonly ok: false;
  readonly problem: Problem;
}

/** Refuses a request. */
export function refuseCall(
  code: ApiRefusalCode,
  detail: string,
  details: Problem['details'] = {},
  headers: Problem['headers'] = {},
): RefusedCall {
  return { ok: false, problem: { code, detail, details, headers } };
}

/** The problem that a refusal of a document is. */
export function problemOf(refusal: DocumentRefusal): Problem {
  const { code, what, ...details } = refusal;
  return { code, detail: what, details: detailsOf(refusal, details), headers: {} };
}

/** In the answer, `type` is that of the problem. */
function detailsOf(refusal: DocumentRefusal, details: Problem['details']): Problem['details'] {
  if (refusal.code !== 'not-permitted') return details;
  return { action: refusal.action, widgetType: refusal.type };
}

/** What begins the `type` of all problems. It is a name: there is nothing at it. */
export const PROBLEM_TYPE = 'urn:widgy:problem:';

/** The media type of problems (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** The body of the answer (RFC 9457). */
export function problemBody({ code, detail, details }: Problem): Readonly<Record<string, unknown>> {
  const { status, title } = PROBLEMS[code];
  return { ...details, type: `${PROBLEM_TYPE}${code}`, title, status, detail, code };
}
