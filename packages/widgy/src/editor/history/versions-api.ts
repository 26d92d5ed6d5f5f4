import { parseTree } from '../../tree/parse.ts';
import type { PlainObject } from '../../tree/problems.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Answer } from '../server/answer.ts';
import { ask } from '../server/request.ts';
import { type CommitPage, readCommits, readState, type ToldState } from './commit.ts';

/** When a commit is to be shown: at once, from a time on in milliseconds since 1970, or not for now. */
export type PublishTime = 'now' | number | null;

/** Something that the server did to the draft by itself. */
export interface DoneToDraft {
  /** The number of the change; that of the draft where nothing was left to do. */
  readonly sequence: number;
  /** Whether there was anything to do. */
  readonly hasChanged: boolean;
}

/** The versions of one document, and what visitors see of them. Requests with a key can be sent again, and are done once. */
export interface VersionsApi {
  readonly state: () => Promise<Answer<ToldState>>;
  /** Commits before one with a number, or the newest ones. */
  readonly commits: (before?: number) => Promise<Answer<CommitPage>>;
  /** The tree of a commit. */
  readonly tree: (commit: number) => Promise<Answer<Tree>>;
  /** Makes a commit of the draft at a sequence number; `head` is the newest one that was seen. */
  readonly commit: (asked: {
    readonly key: string;
    readonly after: number;
    readonly head: number | null;
    readonly message: string;
    readonly publishAt: PublishTime;
  }) => Promise<Answer<null>>;
  /** Gives a commit that is not shown yet another time; `seen` is the one it had. */
  readonly schedule: (
    commit: number,
    asked: { readonly publishAt: PublishTime; readonly seen: number | null },
  ) => Promise<Answer<null>>;
  /** Takes the document off the site. */
  readonly withdraw: (asked: { readonly key: string; readonly head: number }) => Promise<Answer<null>>;
  /** Puts the draft back to the newest commit. */
  readonly discard: (asked: {
    readonly key: string;
    readonly after: number;
    readonly head: number;
  }) => Promise<Answer<DoneToDraft>>;
  /** Makes a widget of the draft, with all below it, what it was in a commit. */
  readonly restore: (asked: {
    readonly key: string;
    readonly widget: string;
    readonly commit: number;
  }) => Promise<Answer<DoneToDraft>>;
}

/** Commits in one answer. */
const PAGE_LENGTH = 50;

/** The versions of a document behind the JSON API at an address. */
export function versionsApi(api: string, document: string): VersionsApi {
  const url = `${api}/documents/${encodeURIComponent(document)}`;
  const post = <Value>(
    path: string,
    key: string,
    body: object,
    read: (json: PlainObject) => Value | undefined,
  ) => ask({ method: 'POST', url: `${url}${path}`, key, body }, read);
  return {
    state: () => ask({ method: 'GET', url }, readState),
    commits(before) {
      const query = before === undefined ? '' : `&before=${before}`;
      return ask({ method: 'GET', url: `${url}/commits?limit=${PAGE_LENGTH}${query}` }, readCommits);
    },
    tree: (commit) =>
      ask({ method: 'GET', url: `${url}/versions/${commit}/tree` }, (json) => {
        const parsed = parseTree(json);
        return parsed.ok ? parsed.value : undefined;
      }),
    commit: ({ key, ...body }) => post('/commits', key, body, () => null),
    schedule: (commit, body) =>
      ask({ method: 'PUT', url: `${url}/commits/${commit}/publish-at`, body }, () => null),
    withdraw: ({ key, head }) => post('/withdrawals', key, { head }, () => null),
    discard: ({ key, ...body }) => post('/reset', key, body, readDone),
    restore: ({ key, widget, commit }) =>
      post(`/widgets/${encodeURIComponent(widget)}/restore`, key, { commit }, readDone),
  };
}

function readDone({ sequence, operations }: PlainObject): DoneToDraft | undefined {
  return typeof sequence === 'number' && Array.isArray(operations)
    ? { sequence, hasChanged: operations.length > 0 }
    : undefined;
}
