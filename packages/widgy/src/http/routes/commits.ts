import { z } from 'zod';
import { type Committed, commitDraft } from '../../documents/commits/commit-draft.ts';
import { readCommit, readHistory, type Commit as StoredCommit } from '../../documents/commits/history.ts';
import { revertDocument } from '../../documents/commits/revert-document.ts';
import { scheduleCommit } from '../../documents/commits/schedule-commit.ts';
import { withdrawDocument } from '../../documents/commits/withdraw-document.ts';
import { MAX_HISTORY_PAGE } from '../../documents/limits.ts';
import { commitMissing, type RefusedDocument } from '../../documents/refusal.ts';
import { json } from '../answer.ts';
import type { ApiServices } from '../call.ts';
import { COMMIT_PARAMS, COMMIT_TEXT, DOCUMENT_PARAMS, NUMBER_TEXT } from '../input.ts';
import { namesOfAuthors } from '../people.ts';
import { defineRoute, type Handled, NO_BODY, NOTHING } from '../route.ts';
import {
  Commit,
  Committed as CommittedSchema,
  History,
  NewCommit,
  Revert,
  Schedule,
  Withdrawal,
} from '../schemas/documents.ts';

const MADE = { 201: { what: 'The number of the commit', schema: CommittedSchema } };

const commit = defineRoute({
  name: 'commitDraft',
  summary: 'Makes a commit of the draft that somebody looked at',
  method: 'POST',
  path: '/documents/:document/commits',
  policy: 'publish',
  isRepeatable: true,
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: NewCommit,
  answers: MADE,
  handle: async ({ api, author, params, body, key }) =>
    made(
      api,
      params.document,
      await commitDraft(api.documents, params.document, { ...given(body), key }, author),
    ),
});

const history = defineRoute({
  name: 'listCommits',
  summary: 'The commits of a document, newest first',
  method: 'GET',
  path: '/documents/:document/commits',
  policy: 'read',
  params: DOCUMENT_PARAMS,
  query: z.strictObject({
    before: COMMIT_TEXT.optional(),
    limit: NUMBER_TEXT.pipe(z.int().min(1).max(MAX_HISTORY_PAGE)).optional(),
  }),
  body: NO_BODY,
  answers: { 200: { what: 'Some of the commits', schema: History } },
  async handle({ api, params, query }) {
    const commits = await readHistory(api.documents, params.document, query);
    const last = commits.at(-1)?.number ?? 1;
    const names = await namesOfAuthors(commits, api.people);
    return json({
      commits: commits.map((each) => commitJson(each, names)),
      next: last > 1 ? last : null,
    });
  },
});

const one = defineRoute({
  name: 'readCommit',
  summary: 'One commit',
  method: 'GET',
  path: '/documents/:document/commits/:commit',
  policy: 'read',
  params: COMMIT_PARAMS,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'The commit', schema: Commit } },
  handle: ({ api, params }) => commitAnswer(api, params),
});

const revert = defineRoute({
  name: 'revertDocument',
  summary: 'Makes a new commit with the tree of an older one, and makes the draft that tree too',
  method: 'POST',
  path: '/documents/:document/commits/:commit/revert',
  policy: 'publish',
  isRepeatable: true,
  params: COMMIT_PARAMS,
  query: NOTHING,
  body: Revert,
  answers: MADE,
  async handle({ api, author, params, body, key }) {
    const { isDraftReplaced = false } = body;
    const wanted = { ...given(body), isDraftReplaced, commit: params.commit, key };
    return made(api, params.document, await revertDocument(api.documents, params.document, wanted, author));
  },
});

const schedule = defineRoute({
  name: 'scheduleCommit',
  summary: 'Changes when a commit is to be shown that was not shown yet',
  method: 'PUT',
  path: '/documents/:document/commits/:commit/publish-at',
  policy: 'publish',
  params: COMMIT_PARAMS,
  query: NOTHING,
  body: Schedule,
  answers: { 200: { what: 'The commit', schema: Commit } },
  async handle({ api, author, params, body }) {
    const wanted = { commit: params.commit, ...body };
    const scheduled = await scheduleCommit(api.documents, params.document, wanted, author);
    return scheduled.ok ? await commitAnswer(api, params) : scheduled;
  },
});

const withdraw = defineRoute({
  name: 'withdrawDocument',
  summary: 'Takes a document off the site, by a commit that says so',
  method: 'POST',
  path: '/documents/:document/withdrawals',
  policy: 'publish',
  isRepeatable: true,
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: Withdrawal,
  answers: MADE,
  async handle({ api, author, params, body, key }) {
    const { head, at = 'now', message = '' } = body;
    const wanted = { head, at, message, key };
    return made(api, params.document, await withdrawDocument(api.documents, params.document, wanted, author));
  },
});

/** What was left out of a commit is what it is by default. */
function given({ after, head, message = '', publishAt = 'now' }: z.output<typeof NewCommit>) {
  return { after, ...(head === undefined ? {} : { head }), message, publishAt };
}

function made({ prefix }: ApiServices, document: string, committed: Committed | RefusedDocument): Handled {
  if (!committed.ok) return committed;
  const Location = `${prefix}/documents/${document}/commits/${committed.commit}`;
  return json({ commit: committed.commit }, { status: 201, headers: { Location } });
}

async function commitAnswer(
  { documents, people }: ApiServices,
  { document, commit: number }: z.output<typeof COMMIT_PARAMS>,
): Promise<Handled> {
  const found = await readCommit(documents, document, number);
  if (found === undefined) return commitMissing(number);
  return json(commitJson(found, await namesOfAuthors([found], people)));
}

/** A commit as the API tells it. */
function commitJson(found: StoredCommit, names: ReadonlyMap<string, string>) {
  const { number, parent, hash, author, message, publishAt, approval, isWithdrawal, at, status } = found;
  const authorName = author === null ? null : (names.get(author) ?? null);
  return { number, parent, hash, author, authorName, message, publishAt, approval, isWithdrawal, at, status };
}

/** Commits: making them, and when they are shown. */
export const commitRoutes = [commit, history, one, revert, schedule, withdraw];
