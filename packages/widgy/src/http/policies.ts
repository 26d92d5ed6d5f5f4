import type { FastifyRequest } from 'fastify';
import type { Owner } from '../database/owner.ts';
import type { DocumentState } from '../documents/drafts/draft.ts';
import { WidgyError } from '../errors.ts';
import { didYouMean } from '../widgets/nearest.ts';

/**
 * What somebody wants to do, as far as the API decides it. Every route names one of these.
 *
 * - `describe`: know the types of the site and the routes of the API
 * - `list`: list documents that nothing owns
 * - `read`: read a document, its history, its previews and its events
 * - `edit`: change a draft, and read what one needs to do so
 * - `publish`: commit, revert, schedule, and take off the site
 * - `create`, `clone`, `delete`: make documents and take them away
 * - `detach`: take a document away from its owner
 * - `attach`: give a document to an owner; asked in addition wherever a request names one
 */
export const POLICIES = [
  'describe',
  'list',
  'read',
  'edit',
  'publish',
  'create',
  'clone',
  'delete',
  'detach',
  'attach',
] as const;

/** One of {@link POLICIES}. */
export type Policy = (typeof POLICIES)[number];

/** What a policy is asked. */
export interface PolicyQuestion<User> {
  readonly user: User;
  readonly policy: Policy;
  /** What the document is at, its owner with it; null where the request is about none. */
  readonly document: DocumentState | null;
  /** For `attach` the owner that the document is to get; null for all others. */
  readonly to: Owner | null;
  readonly request: FastifyRequest;
}

/** Decides whether somebody may do something. Whatever is not true means no. */
export type PolicyCheck<User> = (question: PolicyQuestion<User>) => boolean | Promise<boolean>;

/** A function for each policy: none can be forgotten. */
export type Policies<User> = Readonly<Record<Policy, PolicyCheck<User>>>;

const no: PolicyCheck<unknown> = () => false;

/** All policies say no: a site spreads it, and writes out what it permits. */
export const denyAll: Policies<unknown> = Object.freeze({
  describe: no,
  list: no,
  read: no,
  edit: no,
  publish: no,
  create: no,
  clone: no,
  delete: no,
  detach: no,
  attach: no,
});

/** Whether a value is the name of a policy. */
export function isPolicy(value: unknown): value is Policy {
  return POLICIES.some((policy) => policy === value);
}

/** @throws WidgyError `policy-missing` where a policy has no function, `name-unknown` for a policy that there is not */
export function checkPolicies(policies: Policies<never>): void {
  for (const name of Object.keys(policies)) {
    if (isPolicy(name)) continue;
    throw new WidgyError('name-unknown', {
      message: `policies names ${JSON.stringify(name)}, which is no policy of the API`,
      help: didYouMean(name, POLICIES).trim() || undefined,
    });
  }
  const missing = POLICIES.find((policy) => {
    const check: unknown = Object.hasOwn(policies, policy) ? policies[policy] : undefined;
    return typeof check !== 'function';
  });
  if (missing !== undefined) {
    throw new WidgyError('policy-missing', { message: `the policy "${missing}" has no function` });
  }
}
