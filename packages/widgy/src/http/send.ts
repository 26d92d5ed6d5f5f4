import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasCode } from '../errors.ts';
import type { Answer } from './answer.ts';
import { RETRY_AFTER_SECONDS } from './limits.ts';
import {
  PROBLEM_MEDIA_TYPE,
  PROBLEMS,
  type Problem,
  problemBody,
  type RefusedCall,
  refuseCall,
} from './problem.ts';

/** What every answer says, unless it says otherwise: nobody keeps it, and it is taken for nothing but what it is. */
export const DEFAULT_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Sends an answer. */
export function sendAnswer(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  reply.code(status).headers(headers);
  // A connection that a stream was on is not waited for when the server stops.
  if (body !== undefined && typeof body.content !== 'string') reply.raw.shouldKeepAlive = false;
  return body === undefined ? reply.send() : reply.type(body.type).send(body.content);
}

/** Sends why a request was refused. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status } = PROBLEMS[problem.code];
  const text = JSON.stringify(problemBody(problem));
  return reply.code(status).headers(problem.headers).type(PROBLEM_MEDIA_TYPE).send(text);
}

/**
 * Makes a problem of whatever was thrown. Of what the client is not to blame for, it is told no more than a number, under which the log
 * has all of it.
 */
export function problemOfError(error: unknown, request: FastifyRequest): RefusedCall {
  const status = statusOf(error);
  if (status === 413) return refuseCall('too-large', 'the body has more bytes than are read');
  if (status === 415) return refuseCall('not-json', 'only application/json is read');
  if (status !== undefined && status >= 400 && status < 500) {
    return refuseCall('malformed', 'the request is no HTTP with a body of JSON');
  }
  const id = randomUUID();
  request.log.error({ err: error, problem: id }, 'a request failed');
  if (hasCode(error, 'database-busy', 'database-unreachable')) {
    const retry = { 'Retry-After': String(RETRY_AFTER_SECONDS) };
    return refuseCall('unavailable', 'try again in a moment', { id }, retry);
  }
  return refuseCall('unexpected', 'the log of the server says more', { id });
}

/** The status that an error of Fastify asks for. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
