import { hkdfSync, randomBytes } from 'node:crypto';
import type { WidgyEnvironment } from '../config/index.ts';

/** What a server signs with. */
export interface Secrets {
  /** For the cookies of sessions; the first one signs. Nothing else is signed with them, so that a signature proves a session. */
  readonly sessions: readonly string[];
  /** For all other cookies. */
  readonly cookies: readonly string[];
  /** For tokens of forms. */
  readonly forms: string;
}

/**
 * Makes the secrets of a server of the one that its environment gives, so that one never serves for two things. Without one, which is
 * possible in development only, it makes one up: then sessions end when the server does.
 */
export function secretsOf({ WIDGY_SECRET }: Pick<WidgyEnvironment, 'WIDGY_SECRET'>): Secrets {
  const secret = WIDGY_SECRET ?? randomBytes(32).toString('base64');
  const made = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `widgy ${purpose}`, 32)).toString('base64');
  return { sessions: [made('sessions')], cookies: [made('cookies')], forms: made('forms') };
}
