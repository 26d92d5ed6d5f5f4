import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Queries } from '../../database/database.ts';
import { commitDraft } from '../../documents/commits/commit-draft.ts';
import { withdrawDocument } from '../../documents/commits/withdraw-document.ts';
import { createDocument } from '../../documents/create-document.ts';
import {
  accepted,
  ann,
  olderSite,
  openStore,
  operation,
  strictSite,
} from '../../documents/documents-fixture.ts';
import { changeDraft } from '../../documents/drafts/change-draft.ts';
import { formatDocumentFile } from '../../documents/files/document-file.ts';
import { importDocument } from '../../documents/files/import-document.ts';
import type { DocumentStore } from '../../documents/store.ts';
import type { Linkable } from '../../links/linkable.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { createTree, hashTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { checkDocument } from '../check-document.ts';
import { checkDocuments } from '../check-documents.ts';
import { type Diagnostic, formatDiagnostic } from '../diagnostic.ts';

const pages: Linkable = {
  ...{ type: 'page', label: 'Page', plural: 'Pages' },
  resolve: async (_, ids) => ids.map((id) => ({ id, label: id, url: `/${id}` })),
  search: async () => [],
};
const owner = { type: 'page', id: '1', field: 'body' };
const tree = {
  id: 'page',
  type: 'page',
  children: [
    {
      ...{ id: 'one', type: 'section', fields: { title: 'One' } },
      children: [{ id: 'a', type: 'note', fields: { to: 'widgy:page/1' } }],
    },
  ],
};

const set = async (store: DocumentStore, after: number, title: string) => {
  const operations = [operation({ kind: 'set', id: 'one', fields: { title }, unset: [] })];
  accepted(await changeDraft(store, 'doc', { after, operations }, ann));
};

/** A document with a commit of the past, a live one, one that waits for its time, and a draft with changes since. */
async function open(url: string): Promise<DocumentStore> {
  const store = await openStore(url, { linkables: [pages], now: () => 1000 });
  accepted(await createDocument(store, { id: 'doc', owner, start: { tree } }, ann));
  accepted(await commitDraft(store, 'doc', { after: 0 }, ann));
  await set(store, 0, 'Two');
  accepted(await commitDraft(store, 'doc', { after: 1 }, ann));
  await set(store, 1, 'Three');
  accepted(await commitDraft(store, 'doc', { after: 2, publishAt: 2000 }, ann));
  accepted(await withdrawDocument(store, 'doc', { head: 3, at: 3000 }, ann));
  await set(store, 2, 'Four');
  await set(store, 3, 'Five');
  return store;
}

const NO_FIX = { withHistory: false, isFixing: false };
const check = (store: DocumentStore, request = {}) => checkDocuments(store, { ...NO_FIX, ...request });
const brief = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ severity, code, versions = [] }) => `${severity} ${code} ${versions.join()}`.trim());

/** What is done to a database, and what is found then. In the SQL, `:1` is the hash of the tree of commit 1. */
const faults: readonly [
  what: string,
  damage: readonly string[],
  found: readonly string[],
  message: RegExp,
][] = [
  [
    'a live tree is cut off',
    [`update trees set content = '{"id"' where hash = ':2'`],
    ['error stored-invalid 2'],
    /the tree [0-9a-f]+ cannot be read/,
  ],
  [
    'a live tree is another one',
    [`update trees set content = replace(content, 'Two', 'Too') where hash = ':2'`],
    ['error stored-invalid 2'],
    /has the content hash/,
  ],
  [
    'a live tree is no tree',
    [`update trees set content = '{}' where hash = ':2'`],
    ['error stored-invalid 2'],
    /cannot be read/,
  ],
  [
    'a tree to come is another one',
    [`update trees set content = replace(content, 'Three', 'Thrice') where hash = ':3'`],
    ['error stored-invalid draft', 'error stored-invalid 3'],
    /has the content hash/,
  ],
  ['a tree of the past is damaged', [`update trees set content = '' where hash = ':1'`], [], /^$/],
  [
    'the draft has another hash',
    [`update documents set draft_hash = 'x'`],
    ['error stored-invalid draft'],
    /the document says x/,
  ],
  [
    'a change is another one',
    [`update operations set operations = replace(operations, 'Five', 'Fife') where sequence = 4`],
    ['error stored-invalid draft'],
    /the log leads to a draft/,
  ],
  [
    'a change is gone',
    ['delete from operations where sequence = 4'],
    ['error stored-invalid draft'],
    /changes of the draft from 3 to 4 are not there/,
  ],
  [
    'a change does not fit',
    [`update operations set operations = '[{"kind":"remove","id":"gone"}]' where sequence = 4`],
    ['error stored-invalid draft'],
    /does not fit its draft/,
  ],
  [
    'a change cannot be read',
    [`update operations set operations = 'x' where sequence = 4`],
    ['error stored-invalid draft'],
    /it is no JSON/,
  ],
  [
    'a change is of no kind',
    [`update operations set kind = 'x' where sequence = 4`],
    ['error stored-invalid draft'],
    /unknown kind "x"/,
  ],
  [
    'a change cannot be undone',
    [`update operations set inverses = '[{"kind":"remove","id":"gone"}]' where sequence = 1`],
    ['error stored-invalid draft'],
    /the inverse of change 1 does not fit/,
  ],
  [
    'the newest commit is another one',
    ['update documents set head = 2'],
    ['error stored-invalid'],
    /the newest commit is 4, and the document says 2/,
  ],
  [
    'no commit is the newest',
    ['update documents set head = null'],
    ['error stored-invalid'],
    /the document says none/,
  ],
  [
    'a link of the draft is gone',
    ['delete from links where version = 0'],
    ['error links-stale draft'],
    /what links to a thing is told wrong/,
  ],
  [
    'a link of what is live is another one',
    [`update links set target_id = '2' where version = 2`],
    ['error links-stale 2'],
    /links/,
  ],
  [
    'there is a link too many',
    [
      `insert into links select document, version, 'x', field, 'not a type', '%' from links where version = 3`,
    ],
    ['error links-stale 3'],
    /links/,
  ],
  ['a link of the past is gone', ['delete from links where version = 1'], [], /^$/],
  [
    'nobody owns it',
    ['update documents set owner_type = null, owner_id = null, owner_field = null'],
    ['note orphan'],
    /nothing owns/,
  ],
];

/** Tests of what is found in stored documents. */
export function testCheckDocuments({ createUrl }: TestDatabases): void {
  describe('checking documents', () => {
    it('finds nothing in good ones, and counts what it looked at', async () => {
      const store = await open(await createUrl());
      assert.deepEqual(await check(store), { documents: 1, versions: 3, unusedTrees: 0, diagnostics: [] });
      const { versions, diagnostics } = await check(store, { withHistory: true });
      assert.deepEqual([versions, diagnostics], [5, []]);
    });

    it('finds what somebody did to the database', async () => {
      const store = await open(await createUrl());
      for (const [what, damage, found, message] of faults) {
        const diagnostics = await foundAfter(store, damage);
        assert.deepEqual(brief(diagnostics), found, what);
        assert.match(diagnostics[0]?.message ?? '', message, what);
        assert.ok(diagnostics.every(({ document }) => document === 'doc'));
      }
      assert.deepEqual((await check(store)).diagnostics, []);
    });

    it('finds that a tree is gone', async () => {
      const store = await open(await createUrl());
      await spoil(
        store.database.kysely,
        store.database.kind === 'sqlite'
          ? ['pragma foreign_keys = off', `delete from trees where hash = ':2'`, 'pragma foreign_keys = on']
          : ['alter table commits drop constraint commits_tree_fkey', `delete from trees where hash = ':2'`],
      );
      const { diagnostics } = await check(store);
      assert.deepEqual(brief(diagnostics), ['error stored-invalid 2']);
      assert.match(diagnostics[0]?.message ?? '', /is not there/);
    });

    it('finds damage and stale links of the past where history is asked for', async () => {
      const store = await open(await createUrl());
      await spoil(store.database.kysely, ['delete from links where version = 1']);
      assert.deepEqual(brief((await check(store, { withHistory: true })).diagnostics), [
        'warning links-stale 1',
      ]);
      await spoil(store.database.kysely, [`update trees set content = '' where hash = ':1'`]);
      assert.deepEqual(brief((await check(store, { withHistory: true })).diagnostics), [
        'error stored-invalid 1',
      ]);
    });

    it('repairs links and takes trees away, and finds nothing then', async () => {
      const store = await open(await createUrl());
      await spoil(store.database.kysely, [
        'delete from links where version = 0',
        `update links set target_id = '2' where version = 2`,
        `insert into trees values ('x', '{}', 1)`,
      ]);
      const before = ['error links-stale draft', 'error links-stale 2', 'note trees-unused'];
      assert.deepEqual(brief((await check(store)).diagnostics), before);
      const { diagnostics } = await check(store, { isFixing: true });
      assert.deepEqual(brief(diagnostics), before);
      assert.ok(diagnostics.every(({ isFixed }) => isFixed));
      assert.deepEqual((await check(store, { withHistory: true })).diagnostics, []);
    });

    it('finds what rules, schemas and targets of today are against', async () => {
      const older = await openStore(await createUrl(), { site: olderSite, linkables: [pages] });
      const start = {
        tree: { ...tree, children: [...tree.children, { id: 'g', type: 'gone', children: [] }] },
      };
      accepted(await createDocument(older, { id: 'doc', owner, start }, ann));
      accepted(await commitDraft(older, 'doc', { after: 0 }, ann));
      await set(older, 0, 'Two');
      accepted(await commitDraft(older, 'doc', { after: 1 }, ann));
      const store: DocumentStore = { ...older, site: strictSite };
      const both = 'draft,2';
      assert.deepEqual(brief((await check(store)).diagnostics), [`warning type-unknown ${both}`]);
      assert.deepEqual(brief((await check({ ...store, linkables: new Map() })).diagnostics), [
        `warning type-unknown ${both}`,
        `error link-dangling ${both}`,
      ]);
    });

    it('tells of a type that has gone once in each document, with all its widgets and versions', async () => {
      const older = await openStore(await createUrl(), { site: olderSite, now: () => 1000 });
      const gone = (id: string, type = 'gone') => ({ id, type });
      const start = {
        tree: { id: 'page', type: 'page', children: [gone('g1'), gone('g2'), gone('s', 'section')] },
      };
      const remove = async (after: number, id: string) => {
        const operations = [operation({ kind: 'remove', id })];
        accepted(await changeDraft(older, 'doc', { after, operations }, ann));
      };
      accepted(await createDocument(older, { id: 'doc', owner, start }, ann));
      accepted(await createDocument(older, { id: 'other', start }, ann));
      accepted(await commitDraft(older, 'doc', { after: 0, message: 'live' }, ann));
      await remove(0, 's');
      accepted(await commitDraft(older, 'doc', { after: 1, publishAt: 2000 }, ann));
      await remove(1, 'g1');
      const types = new Map([...strictSite.types].filter(([type]) => type !== 'section'));
      const { diagnostics } = await check({ ...older, site: { ...strictSite, types } });
      const told = diagnostics.filter(({ code }) => code === 'type-unknown');
      assert.deepEqual(
        told.map(({ document, type, versions, widgets }) => [document, type, versions, widgets]),
        [
          ['doc', 'gone', ['draft', 1, 2], ['g2', 'g1']],
          ['doc', 'section', [1], ['s']],
          ['other', 'gone', ['draft'], ['g1', 'g2']],
          ['other', 'section', ['draft'], ['s']],
        ],
      );
      assert.deepEqual(
        told.slice(0, 2).map(formatDiagnostic),
        [
          'warning document doc, draft, commit 1, commit 2, type gone: the site has no type "gone", which 2 widgets have [type-unknown]',
          'warning document doc, commit 1, type section: the site has no type "section", which 1 widget has [type-unknown]',
        ].map((head) => `${head}\n    Bring the type back, or delete its widgets.`),
      );
    });

    it('finds content that was kept against rules and schemas', async () => {
      const store = await openStore(await createUrl());
      const bad = createTree(
        createWidget({
          ...{ id: 'page', type: 'page' },
          children: [createWidget({ id: 'n', type: 'note', fields: { stars: 9 } })],
        }),
      );
      const hash = hashTree(bad);
      const file = {
        document: 'doc',
        owner,
        createdAt: 1,
        draft: hash,
        commits: [],
        trees: new Map([[hash, bad]]),
      };
      const forced = await importDocument(store, { text: formatDocumentFile(file), isForced: true }, ann);
      assert.equal(forced.ok, true);
      const { diagnostics } = await check(store);
      assert.deepEqual(
        diagnostics.map(({ severity, code, widget, type, path }) => [severity, code, widget, type, path]),
        [
          ['error', 'field-invalid', 'n', 'note', '/stars'],
          ['error', 'rule-broken', 'n', 'note', undefined],
        ],
      );
    });

    it('finds what a sanitiser of today takes out', async () => {
      const store = await open(await createUrl());
      const operations = [operation({ kind: 'set', id: 'a', fields: { text: 'Hello' }, unset: [] })];
      accepted(await changeDraft(store, 'doc', { after: 4, operations }, ann));
      const site = { ...strictSite, sanitise: { ...strictSite.sanitise, richText: () => 'Bye' } };
      const { diagnostics } = await check({ ...store, site });
      assert.deepEqual(
        diagnostics.map(({ severity, code, versions, path }) => [severity, code, versions, path]),
        [
          ['warning', 'field-unsafe', ['draft'], '/text'],
          ['warning', 'field-unsafe', [2], '/text'],
          ['warning', 'field-unsafe', [3], '/text'],
        ],
      );
    });
  });
}

/** What is found in the document after some statements, which are taken back then. */
async function foundAfter(
  store: DocumentStore,
  statements: readonly string[],
): Promise<readonly Diagnostic[]> {
  let found: readonly Diagnostic[] | undefined;
  const isTakenBack = new Error('taken back');
  const done = store.database.transaction(async (transaction) => {
    await spoil(transaction, statements);
    found = (await checkDocument(store, transaction, 'doc', NO_FIX))?.diagnostics;
    throw isTakenBack;
  });
  await assert.rejects(done, isTakenBack);
  return found ?? assert.fail('the document was not checked');
}

/** Runs statements in which `:1` is the hash of the tree of commit 1. */
async function spoil(queries: Queries, statements: readonly string[]): Promise<void> {
  const commits = await queries.selectFrom('commits').select(['number', 'tree']).execute();
  for (const statement of statements) {
    const filled = commits.reduce(
      (text, { number, tree }) => text.replaceAll(`':${number}'`, `'${tree}'`),
      statement,
    );
    await sql.raw(filled).execute(queries);
  }
}
