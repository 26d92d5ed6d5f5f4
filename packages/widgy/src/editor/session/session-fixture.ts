import { trustedAuthor } from '../../documents/author.ts';
import { openStore, strictSite } from '../../documents/documents-fixture.ts';
import {
  changeDraft,
  createDocument,
  type DocumentStore,
  type RefusedDocument,
  readDraft,
  undoChange,
} from '../../documents/index.ts';
import { readChanges } from '../../http/changes-page.ts';
import { describeSite } from '../../http/describe-site.ts';
import { problemBody, problemOf } from '../../http/problem.ts';
import { formatTree } from '../../tree/format.ts';
import type { Operation } from '../../tree/operation.ts';
import { counter } from '../../tree/random-fixture.ts';
import type { Answer } from '../server/answer.ts';
import type { Device } from '../server/device.ts';
import type { DoneChange, DraftApi } from '../server/draft-api.ts';
import type { EditorData } from '../server/editor-data.ts';
import { EDITOR_DATA } from '../server/editor-data-fixture.ts';
import type { EventHandlers } from '../server/events.ts';
import { en } from '../words/en/index.ts';
import { begin } from './begin.ts';
import { EditSession } from './edit-session.ts';
import { PRESENT_MS } from './presence.ts';

/** A server with one document, whose network can be cut. */
export interface TestServer extends AsyncDisposable {
  readonly store: DocumentStore;
  readonly document: string;
  /** How many were opened. */
  tabs: number;
  /** Whether requests and events get through. */
  isReached: boolean;
  /** Whether events do. */
  isHeard: boolean;
  /** Who is signed in, as far as requests say whom they are from. */
  signedIn: 'same' | 'nobody' | 'somebody-else';
  /** Called when a request was done, before its answer is sent: false loses the answer. */
  onDone: () => boolean;
  readonly handlers: Set<EventHandlers>;
  /** What sessions said that should not have happened. */
  readonly faults: unknown[];
}

/** Opens a server with a page of one section with one note. */
export async function openServer(options: { readonly keptChanges?: number } = {}): Promise<TestServer> {
  const store = await openStore('sqlite::memory:', { newId: counter('server'), ...options });
  const note = { id: 'note', type: 'note', fields: { text: '<p>One</p>', stars: 3, to: '' }, children: [] };
  const section = { id: 'section', type: 'section', fields: { title: 'First' }, children: [note] };
  const tree = { id: 'root', type: 'page', fields: {}, children: [section] };
  const made = await createDocument(store, { start: { tree } }, trustedAuthor('ann'));
  if (!made.ok) throw new Error(made.refusal.what);
  const server: TestServer = {
    ...{
      store,
      document: made.document,
      isReached: true,
      isHeard: true,
      signedIn: 'same',
      tabs: 0,
      onDone: () => true,
      handlers: new Set(),
      faults: [],
    },
    [Symbol.asyncDispose]: () => store.database.close(),
  };
  store.events.listen((event) => {
    if (event.kind !== 'changed') return;
    for (const { change } of server.isReached && server.isHeard ? server.handlers : []) change(event.change);
  });
  return server;
}

/** The device of one browser, in memory. */
export function memoryDevice(): Device & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    async keep(document, client, text) {
      texts.set(`${document} ${client}`, text);
      return true;
    },
    async forget(document, client) {
      texts.delete(`${document} ${client}`);
    },
    async left(document) {
      return Array.from(texts, ([key, text]) => ({ client: key.split(' ')[1] ?? '', text, at: 1000 })).filter(
        ({ client }) => texts.has(`${document} ${client}`),
      );
    },
  };
}

/** The API of a server for one person. */
export function apiOf(server: TestServer, author: string): DraftApi {
  const { store, document } = server;
  const unanswered = (): Answer<never> | undefined => {
    if (!server.isReached) return { kind: 'unreachable' };
    if (server.signedIn === 'same') return undefined;
    const isElse = server.signedIn === 'somebody-else';
    return { kind: 'signed-out', ...(isElse ? { isSomebodyElse: true } : {}) };
  };
  const answered = async (work: () => ReturnType<typeof changeDraft>): Promise<Answer<DoneChange>> => {
    const none = unanswered();
    if (none !== undefined) return none;
    const done = await work();
    if (!server.onDone()) return { kind: 'unreachable' };
    if (done.ok) return { kind: 'done', value: { sequence: done.sequence, operations: done.operations } };
    return refused(done);
  };
  const by = trustedAuthor(author);
  return {
    change: (asked) => answered(() => changeDraft(store, document, asked, by)),
    undo: (asked) => answered(() => undoChange(store, document, asked, by)),
    async changesAfter(sequence) {
      const none = unanswered();
      if (none !== undefined) return none;
      const read = await readChanges(store, document, sequence);
      if (!read.ok) return refused(read);
      const upTo = read.changes.at(-1)?.sequence ?? sequence;
      return { kind: 'done', value: { sequence: upTo, changes: read.changes } };
    },
    async draft() {
      const none = unanswered();
      if (none !== undefined) return none;
      const read = await readDraft(store, document);
      if (read === undefined) throw new Error('There is no document.');
      return { kind: 'done', value: { sequence: read.draft.sequence, tree: read.draft.tree } };
    },
    present: async () => unanswered() ?? { kind: 'done', value: null },
    leave: async () => ({ kind: 'done', value: null }),
  };
}

/** A refusal of the server as the API tells it. */
function refused({ refusal }: RefusedDocument): Answer<never> {
  const { code, detail, status: _, title: __, type: ___, ...details } = problemBody(problemOf(refusal));
  return { kind: 'refused', problem: { code: String(code), status: 409, detail: String(detail), details } };
}

/** The data that a page of the editor comes with. */
export async function dataOf({ store, document }: TestServer): Promise<EditorData> {
  const read = await readDraft(store, document);
  if (read === undefined) throw new Error('There is no document.');
  return {
    ...EDITOR_DATA,
    ...(await describeSite(store, trustedAuthor('ann'))),
    ...{ document, sequence: read.draft.sequence, tree: JSON.parse(formatTree(read.draft.tree)) },
    state: { head: null, hasChanges: true, hash: read.state.hash, live: null },
  };
}

/** How a tab is, where it matters. */
interface TabOptions {
  readonly author?: string;
  readonly device?: Device;
  readonly api?: DraftApi;
  readonly now?: () => number;
}

/** A tab of somebody. Nothing is sent by time: `later` calls what is to be called in a moment. */
export async function openTab(
  server: TestServer,
  { author = 'ann', device = memoryDevice(), api = apiOf(server, author), now = () => 5000 }: TabOptions = {},
): Promise<EditSession> {
  const client = author;
  const data = await dataOf(server);
  const start = await begin({ data, device, api, client, offer: async () => true });
  const session = new EditSession({
    ...{ data, client, start, api, device, words: en },
    newId: counter(`${client}-${server.tabs++}-`),
    catalogue: strictSite.catalogue,
    now,
    report: (error) => server.faults.push(error),
    later(ms, call) {
      if (ms >= PRESENT_MS) return () => undefined;
      const timer = setImmediate(call);
      return () => clearImmediate(timer);
    },
    listen(_after, handlers) {
      server.handlers.add(handlers);
      return () => server.handlers.delete(handlers);
    },
  });
  session.open();
  return session;
}

/** Something that another person does, of whom a tab hears nothing by itself. */
export async function others({ store, document }: TestServer, operation: Operation): Promise<void> {
  const read = await readDraft(store, document);
  if (read === undefined) throw new Error('There is no draft.');
  const asked = { after: read.draft.sequence, operations: [operation] };
  const done = await changeDraft(store, document, asked, trustedAuthor('bob'));
  if (!done.ok) throw new Error(JSON.stringify(done));
}

/** The draft as the server has it, as a text. */
export async function treeAt({ store, document }: TestServer): Promise<string> {
  const read = await readDraft(store, document);
  if (read === undefined) throw new Error('There is no draft.');
  return formatTree(read.draft.tree);
}
