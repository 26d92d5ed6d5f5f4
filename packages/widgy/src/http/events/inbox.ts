import type { Change } from '../../documents/drafts/draft.ts';
import type { News } from './feed.ts';
import type { PeopleNow } from './presence-feed.ts';

/** What a stream has still to tell. It is bounded: of changes that do not fit, only the last number is kept, and of people only who is there now. */
export interface Inbox {
  readonly put: (news: News) => void;
  readonly putPeople: (now: PeopleNow) => void;
  /** The number of the last change that is known. */
  readonly sequence: () => number;
  /** The change of a number, if it waits here. Earlier ones are forgotten. */
  readonly take: (sequence: number) => Change | undefined;
  /** Whether there is other news than changes since this was asked before, for a client that was told of the state with a mark. */
  readonly hasNewState: (told: string) => boolean;
  /** Who is there, if that has not been taken yet. */
  readonly takePeople: () => PeopleNow | undefined;
  readonly isGone: () => boolean;
  /** Waits for news, for so many milliseconds at most. A signal that is aborted ends it too. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Makes an empty inbox of a draft that is at a sequence number. */
export function createInbox(from: number, room: number): Inbox {
  const changes = new Map<number, Change>();
  let last = from;
  let isStateNew = false;
  let mark: string | undefined;
  let people: PeopleNow | undefined;
  let isGone = false;
  let isQuiet = true;
  let wake = (): void => undefined;
  const rouse = (): void => {
    isQuiet = false;
    wake();
  };

  return {
    put(news) {
      if (news.kind === 'gone') isGone = true;
      else if (news.kind === 'state') {
        if (news.mark === undefined) isStateNew = true;
        else mark = news.mark;
      } else {
        last = Math.max(last, news.sequence);
        if (news.change !== undefined && changes.size < room) changes.set(news.sequence, news.change);
      }
      rouse();
    },
    putPeople(now) {
      people = now;
      rouse();
    },
    sequence: () => last,
    take(sequence) {
      const change = changes.get(sequence);
      for (const earlier of changes.keys()) if (earlier <= sequence) changes.delete(earlier);
      return change;
    },
    hasNewState(told) {
      const isNew = isStateNew || (mark !== undefined && mark !== told);
      isStateNew = false;
      mark = undefined;
      return isNew;
    },
    takePeople() {
      const now = people;
      people = undefined;
      return now;
    },
    isGone: () => isGone,
    async wait(milliseconds, signal) {
      if (isQuiet && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener('abort', wake, { once: true });
        });
        signal.removeEventListener('abort', wake);
        wake = () => undefined;
      }
      isQuiet = true;
    },
  };
}
