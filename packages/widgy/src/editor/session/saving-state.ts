import type { SenderState } from './sender.ts';
import type { SavingState } from './session.ts';

/** Why a draft cannot be worked on any more. */
export type EndOfWork = 'deleted' | 'not-allowed';

/** Who is signed in where it is not whose tab this is. */
export type Stranger = 'nobody' | 'somebody-else';

/** What says how far the work has got. */
export interface SavingFacts {
  readonly ended: EndOfWork | undefined;
  readonly stranger: Stranger | undefined;
  /** Whether the last request got an answer. */
  readonly isReached: boolean;
  readonly sending: SenderState;
  /** Whether this device keeps what was done here. */
  readonly isKept: boolean;
  /** Whether something waits for the server. */
  readonly isWaiting: boolean;
  /** When the server acknowledged the last change, in milliseconds since 1970. */
  readonly savedAt: number | undefined;
}

/** How far the work has got: of several things that could be said, the one that somebody has to know first. */
export function savingStateOf({
  ended,
  stranger,
  isReached,
  sending,
  isKept,
  isWaiting,
  savedAt,
}: SavingFacts): SavingState {
  if (ended !== undefined) return { kind: 'ended', reason: ended };
  if (stranger !== undefined)
    return { kind: 'signed-out', isKept, isSomebodyElse: stranger === 'somebody-else' };
  if (!isReached || sending === 'unreachable' || sending === 'signed-out') return { kind: 'offline', isKept };
  return isWaiting ? { kind: 'saving' } : { kind: 'saved', at: savedAt };
}
