import { createFirstAdministrator, listUsers } from 'widgy/accounts';
import { createCallout, readCallout } from 'widgy/callouts';
import { changeDraft, commitDraft, readDraft, readState, trustedAuthor } from 'widgy/documents';
import { createPage, listRecentPages, readPage } from 'widgy/pages';
import type { Widgy } from 'widgy/server';
import { formatTree } from 'widgy/tree';
import { addPictures, RING, ringTree, type SeededPage, yardPages } from './content.ts';
import { libraryPages } from './library-page.ts';

/** Who can sign in to a site that was filled. */
export interface FirstAdministrator {
  readonly email: string;
  /** It is told once, and has to be changed when it was used. */
  readonly password: string;
}

/** Does what code of the site does. */
const author = trustedAuthor();

/** Names what is done once, however often it is asked for. */
const key = 'seed';

/**
 * Fills a database that has no pages or no people yet: pictures, a call-out, all pages, and at last the first administrator. Everything
 * has an id of its own or a key, so whatever is there already is left alone: a server that died half-way is continued by the next one that
 * starts, and of two that start at once each thing is made by one of them. The administrator comes last: once there is one, the site is
 * filled.
 *
 * @returns the administrator; undefined for the servers that did not make one
 */
export async function seed(widgy: Widgy): Promise<FirstAdministrator | undefined> {
  if (await isFilled(widgy)) return undefined;
  await addPictures(widgy);
  await addCallout(widgy);
  for (const page of [...yardPages(), ...libraryPages()]) await addPage(widgy, page);
  const email = `admin@${emailHost(widgy.baseUrl)}`;
  const made = await createFirstAdministrator(widgy.accounts, { email, name: 'Administrator' });
  if (made.ok) return { email, password: made.password };
  if (made.refusal.code === 'administrator-exists') return undefined;
  throw new Error(`No administrator was made: ${made.refusal.what}`);
}

async function isFilled({ accounts, pages }: Widgy): Promise<boolean> {
  const { users } = await listUsers(accounts, { limit: 1 });
  const { total } = await listRecentPages(pages, { limit: 1 });
  return users.length > 0 && total > 0;
}

/** The host of the site, where it is one that addresses can have. */
function emailHost(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  return /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+$/.test(hostname) ? hostname : 'larterandbly.example';
}

async function addCallout({ callouts, documents }: Widgy): Promise<void> {
  if (callouts === undefined) throw new Error('The site has no call-outs.');
  const made = await createCallout(callouts, RING, author);
  if (!made.ok && made.refusal.code !== 'callout-exists')
    throw new Error(`The call-out was not made: ${made.refusal.what}`);
  const document = (await readCallout(callouts, RING.id))?.document ?? undefined;
  const read = document === undefined ? undefined : await readDraft(documents, document);
  if (document === undefined || read === undefined || read.state.head !== null) return;
  const at = { parent: read.draft.tree.root.id };
  const operations = ringTree().root.children.map((widget) => ({ kind: 'insert', widget, at }) as const);
  const filled = await changeDraft(documents, document, { after: 0, key, operations }, author);
  if (!filled.ok) throw new Error(`The call-out was not filled: ${filled.refusal.what}`);
  await publish(documents, document);
}

async function addPage({ pages, documents }: Widgy, { tree, ...page }: SeededPage): Promise<void> {
  const made = await createPage(pages, { ...page, start: { tree: JSON.parse(formatTree(tree)) } }, author);
  if (!made.ok && made.refusal.code !== 'page-exists')
    throw new Error(`The page "${page.title}" was not made: ${made.refusal.what}`);
  const found = (await readPage(pages, page.id))?.page;
  if (found?.kind === 'page' && found.document !== null) await publish(documents, found.document);
}

/** Publishes the draft of a document that was never published. */
async function publish(documents: Widgy['documents'], document: string): Promise<void> {
  const state = await readState(documents.database.kysely, document);
  if (state === undefined || state.head !== null) return;
  const committed = await commitDraft(
    documents,
    document,
    { after: state.sequence, head: null, key },
    author,
  );
  if (!committed.ok) throw new Error(`"${document}" was not published: ${committed.refusal.what}`);
}
