import type { Signer } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { type AccountsStore, type ReadSession, readSession } from '../accounts/index.ts';

/** Finds out who sends a request: undefined where it brings no session that is not over. Asked again of one request, it knows. */
export type WhoIs = (request: FastifyRequest) => Promise<ReadSession | undefined>;

/** Where the token of a session is. */
export interface SessionCookie {
  readonly name: string;
  readonly signer: Signer;
}

/** Makes what finds out who sends requests. One statement for a request that brings a session, none for others. */
export function createWhoIs(accounts: AccountsStore, cookie: SessionCookie): WhoIs {
  const known = new WeakMap<FastifyRequest, Promise<ReadSession | undefined>>();
  return (request) => {
    const before = known.get(request);
    if (before !== undefined) return before;
    const token = tokenIn(request, cookie);
    const reading = token === undefined ? Promise.resolve(undefined) : readSession(accounts, token);
    known.set(request, reading);
    return reading;
  };
}

/** Whether a request brings the cookie of a session, be it over or not. */
export function hasSessionCookie({ cookies }: FastifyRequest, { name }: SessionCookie): boolean {
  return cookies[name] !== undefined;
}

function tokenIn({ cookies }: FastifyRequest, { name, signer }: SessionCookie): string | undefined {
  const value = cookies[name];
  if (value === undefined) return undefined;
  const unsigned = signer.unsign(value);
  return unsigned.valid ? unsigned.value : undefined;
}
