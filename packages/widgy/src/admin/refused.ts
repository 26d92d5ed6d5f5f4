import type { FastifyReply } from 'fastify';
import type { AccountsRefusal } from '../accounts/index.ts';
import { RETRY_AFTER_S } from '../server/error-pages.ts';

/** The status of a page that says what the accounts refused. Whoever is to wait is told for how long. */
export function refusedStatus(reply: FastifyReply, refusal: AccountsRefusal): number {
  switch (refusal.code) {
    case 'too-many':
      reply.header('retry-after', Math.ceil(refusal.retryAfter / 1000));
      return 429;
    case 'busy':
      reply.header('retry-after', RETRY_AFTER_S);
      return 503;
    case 'not-permitted':
      return 403;
    default:
      return 422;
  }
}
