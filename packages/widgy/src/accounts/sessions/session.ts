import { z } from 'zod';
import { MAX_AGENT_LENGTH, REPLACED_SESSION_MS, SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from '../limits.ts';
import type { SignedIn } from '../users/user.ts';

/** How it was proved who somebody is. What is stronger than a password has its place here already. */
export const ASSURANCES = ['password', 'totp', 'passkey'] as const;

/** One of {@link ASSURANCES}. */
export type Assurance = (typeof ASSURANCES)[number];

/** What is read of the data of a session when it is written; all else in it belongs to the server alone. */
export interface SignedInData {
  readonly userId: string;
  /** Of the user when they signed in: a session cannot begin with rights that are over. */
  readonly rightsRevision: number;
  readonly assurance: Assurance;
  /** For the list that the user sees. */
  readonly address: string | null;
  readonly agent: string | null;
}

/** The keys of {@link SignedInData}: those that a session hands over to the one that takes its place. */
export const SIGNED_IN_KEYS = ['userId', 'rightsRevision', 'assurance', 'address', 'agent'] as const;

/**
 * What the data of a session holds for somebody who has signed in. It goes into a new session: one that there is never changes its user.
 */
export function signedInData(
  { id, rightsRevision }: Pick<SignedIn, 'id' | 'rightsRevision'>,
  { address = null, agent = null }: { readonly address?: string | null; readonly agent?: string | null } = {},
  assurance: Assurance = 'password',
): SignedInData {
  return { userId: id, rightsRevision, assurance, address, agent };
}

const note = z
  .string()
  .transform((text) => text.replaceAll('\0', '').toWellFormed().slice(0, MAX_AGENT_LENGTH).toWellFormed())
  .nullish()
  .transform((text) => text ?? null);

const signedIn = z.object({
  userId: z.string(),
  rightsRevision: z.int(),
  assurance: z.enum(ASSURANCES),
  address: note,
  agent: note,
});

/** Who is signed in by the data of a session: null for nobody, undefined for what cannot be read. */
export function signedInOfData(data: unknown): SignedInData | null | undefined {
  const parsed = z.union([signedIn, z.object({ userId: z.null().optional() })]).safeParse(data);
  if (!parsed.success) return undefined;
  return 'rightsRevision' in parsed.data ? parsed.data : null;
}

/** The times of a session. */
interface SessionTimes {
  readonly created_at: number;
  readonly seen_at: number;
  readonly ended_at: number | null;
  readonly replaced_at: number | null;
}

/**
 * Whether a session is over: it was ended, not used for long, or is too old. One that was replaced ends a little later, after
 * `REPLACED_SESSION_MS`.
 *
 * Time is at least what the session itself has seen of it. When the clock has gone back by more than the idle
 * limit, nobody can say how long a session was not used, and it is over: so a clock that jumps lets one that was over live for that long at
 * most.
 */
export function isOver({ created_at, seen_at, ended_at, replaced_at }: SessionTimes, now: number): boolean {
  if (ended_at !== null) return true;
  if (replaced_at !== null && Math.abs(now - replaced_at) >= REPLACED_SESSION_MS) return true;
  const latest = Math.max(now, seen_at, created_at);
  return latest - created_at >= SESSION_ABSOLUTE_MS || Math.abs(now - seen_at) >= SESSION_IDLE_MS;
}
