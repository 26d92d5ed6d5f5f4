import type { Signer } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { type AccountsStore, type ReadSession, readSession } from '../accounts/index.ts';

/** Finds out who sends a request: undefined where it brings no session that is not over. */
export type WhoIs = (request: FastifyRequest) => Promise<ReadSession | undefined>;

/** Where the token of a session is. */
export interface SessionCookie {
  readonly name: string;
  readonly signer: Signer;
}

/**
 * Makes what finds out who sends requests, and reads it anew each time: for requests that go on for long, whose sender may be signed out
 * meanwhile. One statement for a request that brings a session, none for others.
 */
export function createReadWho(accounts: AccountsStore, cookie: SessionCookie): WhoIs {
  return async (request) => {
    const token = tokenIn(request, cookie);
    return token === undefined ? undefined : await readSession(accounts, token);
  };
}

/** Makes what knows who sent a request when it is asked again of the same one. */
export function createWhoIs(readWho: WhoIs): WhoIs {
  const known = new WeakMap<FastifyRequest, Promise<ReadSession | undefined>>();
  return (request) => {
    const before = known.get(request);
    if (before !== undefined) return before;
    const reading = readWho(request);
    known.set(request, reading);
    return reading;
  };
}

/** Whether a request brings the cookie of a session that this site has made, be it over or not. */
export function hasSessionCookie(request: FastifyRequest, cookie: SessionCookie): boolean {
  return tokenIn(request, cookie) !== undefined;
}

function tokenIn({ cookies }: FastifyRequest, { name, signer }: SessionCookie): string | undefined {
  const value = cookies[name];
  if (value === undefined) return undefined;
  const unsigned = signer.unsign(value);
  return unsigned.valid ? unsigned.value : undefined;
}
