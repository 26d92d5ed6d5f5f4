import { findWidget } from '../../tree/tree.ts';
import { type LocalConflict, wantedOperations } from '../draft/index.ts';
import { draftApi } from '../server/draft-api.ts';
import type { Session } from '../session/session.ts';
import { doAgain } from './decide.ts';

/** Milliseconds in which what the server brought back has to arrive in this tab. */
const ARRIVAL_MS = 10_000;

/**
 * Brings back what somebody else took away, with what was changed in it here: undoes their change, and does one's own again once the
 * widgets are there. Gives why that could not be; undefined where it is done.
 */
export async function bringBack(session: Session, conflict: LocalConflict): Promise<string | undefined> {
  const { words, data } = session;
  const { reason } = conflict;
  const change = reason.kind === 'removed' ? reason.theirs?.sequence : undefined;
  if (reason.kind !== 'removed' || change === undefined) return words.errors.problems['change-missing'];
  const isThere = () => findWidget(session.tree.peek(), reason.widget) !== undefined;
  if (!isThere()) {
    const api = draftApi(data.api, data.document);
    const answer = await api.undo({ key: `back-${conflict.key}`, change });
    if (answer.kind === 'refused') {
      const { code, detail } = answer.problem;
      return isKnown(code, words.errors.problems) ? words.errors.problems[code] : detail;
    }
    if (answer.kind !== 'done') return words.errors.noAnswer;
    if (!(await arrives(session, isThere))) return words.errors.noAnswer;
  }
  return doAgain(session, conflict, wantedOperations(conflict)) ? undefined : session.announcement.peek();
}

function isKnown<Known extends object>(code: PropertyKey, texts: Known): code is keyof Known {
  return Object.hasOwn(texts, code);
}

function arrives({ tree }: Session, isThere: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      // The signal may tell at once, before it can be stopped.
      queueMicrotask(() => stop());
      resolve(isThere());
    };
    const timer = setTimeout(end, ARRIVAL_MS);
    const stop = tree.subscribe(() => {
      if (isThere()) end();
    });
  });
}
