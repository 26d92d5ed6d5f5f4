import type { Queries } from '../../database/database.ts';
import { INVITATION_MS, RESET_TOKEN_MS } from '../limits.ts';
import { hashToken, newToken } from './token.ts';

/** What a link is for. */
export type TokenKind = 'reset' | 'invite';

const LIFETIMES: Readonly<Record<TokenKind, number>> = { reset: RESET_TOKEN_MS, invite: INVITATION_MS };

/** Makes a token for somebody, and gives it: only its hash is kept. One statement. */
export async function makeToken(
  queries: Queries,
  { kind, user, now }: { readonly kind: TokenKind; readonly user: string; readonly now: number },
): Promise<string> {
  const token = newToken();
  await queries
    .insertInto('tokens')
    .values({
      hash: hashToken(token),
      kind,
      user_id: user,
      created_at: now,
      expires_at: now + LIFETIMES[kind],
      used_at: null,
    })
    .execute();
  return token;
}
