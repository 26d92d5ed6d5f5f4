import {
  type Commit,
  type CommitStatus,
  readCommit,
  readDraft,
  readHistory,
  readVersion,
  restoreWidget,
  revertDocument,
  type Version,
} from '../../documents/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import { findWidget } from '../../tree/tree.ts';
import { type StateText, timeText, whenText } from '../words.ts';
import { authorNames } from './author-names.ts';
import { compareTrees } from './compare.ts';
import { type DocumentCall, documentHead, undoButton } from './document-call.ts';
import { readVersionName } from './preview.ts';
import { refusalText } from './refusal-text.ts';
import { newKey, sentKey, wholeNumber } from './sent-key.ts';
import { widgetName } from './widget-text.ts';

/** Versions on one page of the history. */
export const VERSIONS_SHOWN = 30;

const STATUS: Readonly<Record<CommitStatus, StateText | undefined>> = {
  live: { name: 'published', label: 'On the site' },
  withdrawal: { name: 'expired', label: 'Off the site since then' },
  scheduled: { name: 'scheduled', label: 'Scheduled' },
  kept: { name: 'draft', label: 'Kept, not published' },
  waiting: { name: 'scheduled', label: 'Waiting for approval' },
  past: undefined,
};

/** Shows the versions of a document, newest first. */
export async function showHistory(call: DocumentCall) {
  const { widgy, found, base, query, render } = call;
  const before = wholeNumber(query.get('before'));
  const limit = VERSIONS_SHOWN + 1;
  const commits = await readHistory(widgy.documents, found.document, { before, limit });
  const shown = commits.slice(0, VERSIONS_SHOWN);
  const names = await namesOf(call, shown);
  return await render('documents/history', {
    head: documentHead(call, 'history'),
    base: `${widgy.adminUrl}${base}`,
    isFirstPage: before === undefined,
    hasChanges: found.state.hasChanges,
    rows: shown.map((commit) => versionRow(call, commit, names)),
    next: commits.length > VERSIONS_SHOWN ? shown.at(-1)?.number : undefined,
  });
}

/** Shows one version, and what can be done with it. */
export async function showVersion(call: DocumentCall) {
  return await renderVersion(call, undefined, 200);
}

async function renderVersion(call: DocumentCall, problem: string | undefined, status: number) {
  const { widgy, found, base, param, render, mayUse } = call;
  const { documents, adminUrl } = widgy;
  const number = wholeNumber(param('commit'));
  const commit = number === undefined ? undefined : await readCommit(documents, found.document, number);
  const read = await readDraft(documents, found.document);
  if (commit === undefined || read === undefined) return await render('error', { ...wentWrong(404) }, 404);
  const names = await namesOf(call, [commit]);
  const isInDraft = read.state.hash === commit.hash;
  const isHead = read.state.head?.hash === commit.hash && read.state.head.isWithdrawal === false;
  return await render(
    'documents/version',
    {
      head: documentHead(call, 'history', [{ title: 'History', url: `${adminUrl}${base}/history` }]),
      base: `${adminUrl}${base}`,
      version: versionRow(call, commit, names),
      problem,
      mayRevert: mayUse('publish') && !isHead,
      mayDraft: mayUse('edit') && !isInDraft,
      isDraftReplaced: read.state.hasChanges && !isInDraft,
      after: read.draft.sequence,
      headNumber: read.state.head?.number,
      key: newKey(),
    },
    status,
  );
}

/** Brings an older version back: as a new one that visitors see, or into the draft. */
export async function takeRevert(call: DocumentCall) {
  const { widgy, found, base, author, form, param, say, go, mayUse, render } = call;
  const { documents, site } = widgy;
  const [commit, after] = [wholeNumber(param('commit')), wholeNumber(form.text('after'))];
  const head = wholeNumber(form.text('head')) ?? null;
  const isPublished = form.text('do') === 'publish';
  if (!mayUse(isPublished ? 'publish' : 'edit')) return await render('error', { ...wentWrong(403) }, 403);
  if (commit === undefined || after === undefined)
    return await renderVersion(call, 'The form was not complete. Try it again.', 422);
  const { key } = sentKey(form, author.id, isPublished ? 'revert' : 'into draft');
  if (isPublished) {
    const message = (form.text('note') ?? '').trim() || `Back to version ${commit}`;
    const done = await revertDocument(
      documents,
      found.document,
      { ...{ commit, after, head, message, key }, isDraftReplaced: true },
      author,
    );
    if (!done.ok) return await renderVersion(call, refusalText(site, done.refusal), 422);
    say({ tone: 'done', text: `Version ${commit} was published again, as version ${done.commit}.` });
    return go(`${base}/history`);
  }
  const version = await readVersion(documents, found.document, commit);
  if (!version.ok) return await renderVersion(call, refusalText(site, version.refusal), 422);
  const widget = version.tree.root.id;
  const done = await restoreWidget(documents, found.document, { widget, commit, key }, author);
  if (!done.ok) return await renderVersion(call, refusalText(site, done.refusal), 422);
  say({
    tone: 'done',
    text: `The draft is what version ${commit} has. Visitors see it when you publish it.`,
    ...(done.operations.length === 0 ? {} : { undo: undoButton(call, done.sequence) }),
  });
  return go(`${base}/content`);
}

/** Shows what is different between two versions. */
export async function showCompare(call: DocumentCall) {
  const { widgy, found, base, query, render, mayUse } = call;
  const { documents, site, adminUrl } = widgy;
  const from = readVersionName(query.get('from') ?? '');
  const to = readVersionName(query.get('to') ?? 'draft');
  if (from === undefined || to === undefined) return await render('error', { ...wentWrong(404) }, 404);
  const before = await readVersion(documents, found.document, from);
  const after = await readVersion(documents, found.document, to);
  if (!before.ok || !after.ok) return await render('error', { ...wentWrong(404) }, 404);
  return await render('documents/compare', {
    head: documentHead(call, 'history', [{ title: 'History', url: `${adminUrl}${base}/history` }]),
    base: `${adminUrl}${base}`,
    heading: `From ${versionName(from)} to ${versionName(to)}`,
    from: { name: versionName(from), version: from },
    to: { name: versionName(to), version: to },
    comparison: compareTrees(site, before.tree, after.tree),
    restoreFrom: from !== 'draft' && mayUse('edit') ? from : undefined,
    key: newKey(),
  });
}

/** Makes one widget of the draft what it was in a version. */
export async function takeRestore(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go, refuse } = call;
  const { documents, site } = widgy;
  const widget = form.text('widget') ?? '';
  const commit = wholeNumber(form.text('commit'));
  const back = `${base}/history`;
  if (commit === undefined) return refuse('Nothing was brought back.', back);
  const { key } = sentKey(form, author.id, `restore ${widget}`);
  const done = await restoreWidget(documents, found.document, { widget, commit, key }, author);
  if (!done.ok)
    return refuse(
      `It was not brought back. ${refusalText(site, done.refusal)}`,
      `${base}/compare?from=${commit}&to=draft`,
    );
  const restored = done.draft && findWidget(done.draft.tree, widget);
  const name = restored === undefined ? 'It' : widgetName(site, restored);
  const isChanged = done.operations.length > 0;
  say({
    tone: 'done',
    text: isChanged ? `${name} is as version ${commit} has it.` : `${name} is like that already.`,
    ...(isChanged ? { undo: undoButton(call, done.sequence) } : {}),
  });
  return go(`${base}/content#w-${widget}`);
}

async function namesOf({ widgy }: DocumentCall, commits: readonly Commit[]) {
  return await authorNames(
    widgy.database.kysely,
    commits.map(({ author }) => author),
  );
}

function versionRow({ widgy }: DocumentCall, commit: Commit, names: ReadonlyMap<string, string>) {
  const { number, parent, author, message, at, publishAt, isWithdrawal, status } = commit;
  return {
    ...{ number, parent, message, isWithdrawal },
    who: author === null ? undefined : (names.get(author) ?? 'somebody who is gone'),
    when: whenText(at, widgy.now()),
    time: timeText(at),
    from: publishAt === null || status !== 'scheduled' ? undefined : timeText(publishAt),
    what: isWithdrawal ? 'Taken off the site' : `Version ${number}`,
    state: STATUS[status],
  };
}

function versionName(version: Version): string {
  return version === 'draft' ? 'the draft' : `version ${version}`;
}
