import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Linkable } from '../../links/linkable.ts';
import { readLinks } from '../../links/stored-links.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { createTree, findWidget, hashTree, type Tree } from '../../tree/tree.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import { collectTrees, countUnusedTrees } from '../collect-trees.ts';
import { commitDraft } from '../commits/commit-draft.ts';
import { readHistory } from '../commits/history.ts';
import { readLive } from '../commits/live.ts';
import { withdrawDocument } from '../commits/withdraw-document.ts';
import { deleteDocument } from '../delete-document.ts';
import {
  accepted,
  ann,
  codeOf,
  createFrom,
  looseSite,
  olderSite,
  openStore,
  operation,
  strictSite,
} from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { readState } from '../drafts/read-state.ts';
import { type DocumentFile, type FiledCommit, formatDocumentFile } from '../files/document-file.ts';
import { randomDocumentFile } from '../files/document-file-fixture.ts';
import { exportDocument } from '../files/export-document.ts';
import {
  type Imported,
  type ImportRequest,
  importDocument,
  type RefusedImport,
} from '../files/import-document.ts';
import type { RefusedDocument } from '../refusal.ts';
import type { DocumentStore } from '../store.ts';

const note = (id: string, fields = {}) => ({ id, type: 'note', fields });
const page = {
  id: 'page',
  type: 'page',
  children: [
    { id: 'one', type: 'section', fields: { title: 'One' }, children: [note('a', { to: 'widgy:page/1' })] },
  ],
};
const pages: Linkable = {
  ...{ type: 'page', label: 'Page', plural: 'Pages' },
  resolve: async (_, ids) => ids.filter((id) => id === '1').map((id) => ({ id, label: id, url: `/${id}` })),
  search: async () => [],
};

/** A file with one commit, which is live, and the same draft. */
function fileOf(root: Widget, approval: FiledCommit['approval'] = null): DocumentFile {
  const tree = createTree(root);
  const hash = hashTree(tree);
  const about = { author: null, message: '', publishAt: 1, isWithdrawal: false, at: 1 };
  return {
    ...{ document: 'doc', owner: null, createdAt: 1, draft: hash, trees: new Map([[hash, tree]]) },
    commits: [{ number: 1, parent: null, hash, approval, ...about }],
  };
}

const strictPage = (fields: Widget['fields'], type = 'note') =>
  createWidget({
    ...{ id: 'page', type: 'page' },
    children: [
      createWidget({ id: 's', type: 'section', children: [createWidget({ id: 'n', type, fields })] }),
    ],
  });

async function textOf(store: DocumentStore, document: string): Promise<string> {
  const exported = await exportDocument(store, document);
  assert.ok(exported.ok, JSON.stringify(exported));
  return formatDocumentFile(exported.file);
}

function imported(answer: Imported | RefusedImport | RefusedDocument): Imported {
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

function refusalOf(answer: Imported | RefusedImport | RefusedDocument): RefusedImport['refusal'] {
  assert.ok(!answer.ok, 'it was not refused');
  return answer.refusal;
}

async function isEmpty({ database }: DocumentStore): Promise<boolean> {
  const { kysely } = database;
  for (const table of ['documents', 'commits', 'trees', 'links', 'operations'] as const) {
    if ((await kysely.selectFrom(table).selectAll().execute()).length > 0) return false;
  }
  return true;
}

/** Tests of documents as files. */
export function testExportImport({ createUrl }: TestDatabases): void {
  describe('export and import', () => {
    const open = async (options: Parameters<typeof openStore>[1] = {}) =>
      await openStore(await createUrl(), { linkables: [pages], ...options });
    const take = (store: DocumentStore, file: DocumentFile, request: Partial<ImportRequest> = {}) =>
      importDocument(store, { text: formatDocumentFile(file), ...request }, ann);

    it('give back what a document has, and what visitors see of it', async () => {
      const store = await open();
      const document = await createFrom(store, page);
      const title = async (text: string, after: number) => {
        const operations = [operation({ kind: 'set', id: 'one', fields: { title: text }, unset: [] })];
        accepted(await changeDraft(store, document, { after, operations }, ann));
      };
      accepted(await commitDraft(store, document, { after: 0, message: 'first' }, ann));
      await title('Two', 0);
      accepted(await commitDraft(store, document, { after: 1, publishAt: 5000, key: 'k' }, ann));
      accepted(await withdrawDocument(store, document, { head: 2, at: 9000 }, ann));
      await title('Draft', 1);
      const text = await textOf(store, document);
      const history = await readHistory(store, document);

      assert.equal(imported(await importDocument(store, { text, id: 'copy' }, ann)).document, 'copy');
      assert.equal(
        await textOf(store, 'copy'),
        text.replace(`"document":"${document}"`, '"document":"copy"'),
      );
      assert.deepEqual(await readHistory(store, 'copy'), history);
      assert.deepEqual(await readLive(store, 'copy'), await readLive(store, document));
      const [own, copied] = await Promise.all([document, 'copy'].map((id) => readDraft(store, id)));
      assert.deepEqual(copied?.draft.tree.root, own?.draft.tree.root);
      assert.deepEqual([copied?.state.sequence, copied?.state.hasChanges], [0, true]);
      for (const version of [0, 1, 2, 3]) {
        const links = await readLinks(store.database.kysely, document, version);
        assert.deepEqual(await readLinks(store.database.kysely, 'copy', version), links);
        assert.equal(links.length, version === 3 ? 0 : 1);
      }
      // It goes on as any document does.
      const operations = [operation({ kind: 'remove', id: 'a' })];
      accepted(await changeDraft(store, 'copy', { after: 0, operations }, ann));
      assert.equal(accepted(await commitDraft(store, 'copy', { after: 1 }, ann)).commit, 4);
    });

    it('bring a deleted document back under its own id and owner', async () => {
      const store = await open();
      const file = { ...fileOf(strictPage({})), owner: { type: 'page', id: '1', field: 'body' } };
      imported(await take(store, file));
      const text = await textOf(store, 'doc');
      assert.equal(refusalOf(await take(store, file)).code, 'document-exists');
      assert.equal(refusalOf(await take(store, file, { id: 'other' })).code, 'owner-taken');
      imported(await take(store, file, { id: 'other', owner: null }));
      assert.equal((await readState(store.database.kysely, 'other'))?.owner, null);
      accepted(await deleteDocument(store, 'doc', { after: 0 }, ann));
      imported(await importDocument(store, { text }, ann));
      assert.equal(await textOf(store, 'doc'), text);
    });

    it('give the same bytes after another round, whatever the document', async () => {
      const store = await open({ site: looseSite });
      let count = 0;
      await fc.assert(
        fc.asyncProperty(randomDocumentFile, async (file) => {
          count += 1;
          const document = `d${count}`;
          const owner = file.owner && { ...file.owner, id: document };
          const text = formatDocumentFile({ ...file, document, owner });
          const made = imported(await importDocument(store, { text }, ann));
          assert.deepEqual([made.findings, made.trees], [[], file.trees.size]);
          assert.equal(await textOf(store, document), text);
        }),
        { seed: SEED, numRuns: 25 },
      );
      assert.equal(await countUnusedTrees(store.database.kysely), 0);
    });

    it('keep widgets of types that the code does not have, and say so', async () => {
      const older = await open({ site: olderSite });
      const root = createWidget({
        ...{ id: 'page', type: 'page' },
        children: [createWidget({ id: 'g', type: 'gone', fields: { any: [1] } })],
      });
      imported(await take(older, fileOf(root)));
      const store = { ...older, site: strictSite };
      const { findings } = imported(
        await importDocument(store, { text: await textOf(older, 'doc'), id: 'new' }, ann),
      );
      assert.deepEqual(
        findings.map(({ code, widget, versions }) => [code, widget, versions]),
        [['type-unknown', 'g', ['draft', 1]]],
      );
      const tree: Tree = (await readLive(store, 'new'))?.tree ?? assert.fail();
      assert.deepEqual(findWidget(tree, 'g')?.fields, { any: [1] });
    });

    it('sanitise, say what was changed, and drop approvals of what was changed', async () => {
      const store = await open({ isReviewed: true });
      const file = fileOf(strictPage({ text: '<p onclick="x()">Hi</p><script>x()</script>' }), {
        by: 'bo',
        at: 1,
      });
      const made = imported(await take(store, file));
      assert.deepEqual(
        made.findings.map(({ code, widget, field }) => [code, widget, field]),
        [['field-unsafe', 'n', '/text']],
      );
      assert.deepEqual(made.unapproved, [1]);
      const draft = (await readDraft(store, 'doc'))?.draft.tree ?? assert.fail();
      assert.deepEqual(findWidget(draft, 'n')?.fields, { text: '<p>Hi</p>' });
      assert.notEqual(hashTree(draft), file.draft);
      assert.equal(await readLive(store, 'doc'), undefined);
      const approved = fileOf(strictPage({ text: '<p>Hi</p>' }), { by: 'bo', at: 1 });
      imported(await take(store, approved, { id: 'clean' }));
      assert.equal((await readLive(store, 'clean'))?.commit, 1);
    });

    const refused: readonly [what: string, root: Widget, code: string, finding?: string][] = [
      ['a field that does not fit', strictPage({ stars: 9 }), 'content-refused', 'field-invalid'],
      ['a field that nobody knows', strictPage({ more: 1 }), 'content-refused', 'field-invalid'],
      [
        'a widget where it may not stand',
        createWidget({ id: 'p', type: 'page', children: [createWidget({ id: 'n', type: 'note' })] }),
        'content-refused',
        'rule-broken',
      ],
      [
        'a root that may be none',
        createWidget({ id: 's', type: 'section' }),
        'content-refused',
        'rule-broken',
      ],
      ['a link that leads nowhere', strictPage({ to: 'widgy:page/2' }), 'links-missing'],
    ];
    it('refuse what the site is against, and keep nothing of it, unless it is forced', async () => {
      const store = await open();
      for (const [what, root, code, finding] of refused) {
        const refusal = refusalOf(await take(store, fileOf(root)));
        assert.equal(refusal.code, code, what);
        if (refusal.code === 'content-refused') {
          assert.deepEqual(
            refusal.findings.map((found) => found.code),
            [finding],
            what,
          );
        }
        assert.ok(await isEmpty(store), what);
      }
      for (const [what, root] of refused) {
        const { document, findings, missing } = imported(
          await take(store, fileOf(root), { id: what.replaceAll(' ', '-'), isForced: true }),
        );
        assert.equal(findings.length + missing.length, 1, what);
        assert.deepEqual((await readDraft(store, document))?.draft.tree.root, root);
      }
    });

    it('refuse what is against the rules in the past too, since it can be brought back', async () => {
      const store = await open();
      const good = fileOf(strictPage({}));
      const bad = fileOf(strictPage({ stars: 9 }));
      const [first] = bad.commits;
      assert.ok(first);
      const commits = [first, { ...first, number: 2, parent: 1, hash: good.draft }];
      const refusal = refusalOf(
        await take(store, { ...good, commits, trees: new Map([...good.trees, ...bad.trees]) }),
      );
      assert.deepEqual(refusal.code === 'content-refused' && refusal.findings[0]?.versions, [1]);
    });

    it('sanitise what is forced', async () => {
      const store = await open();
      const fields = { stars: 9, text: '<script>x()</script>Hi' };
      imported(await take(store, fileOf(strictPage(fields)), { isForced: true }));
      const draft = (await readDraft(store, 'doc'))?.draft.tree ?? assert.fail();
      assert.deepEqual(findWidget(draft, 'n')?.fields, { stars: 9, text: 'Hi' });
    });

    it('ask for permissions and the hook of the site, and keep nothing that is refused', async () => {
      const store = await open({ before: ({ kind }) => (kind === 'created' ? 'not now' : undefined) });
      const text = formatDocumentFile(fileOf(strictPage({})));
      const may = (_: string, type: string) => type !== 'note';
      assert.equal(
        refusalOf(await importDocument(store, { text }, { id: 'eve', may })).code,
        'not-permitted',
      );
      assert.equal(refusalOf(await importDocument(store, { text }, ann)).code, 'vetoed');
      assert.ok(await isEmpty(store));
    });

    it('refuse a file, an id or an owner that is none, and a document that is not there', async () => {
      const store = await open();
      const file = fileOf(strictPage({}));
      assert.equal(refusalOf(await importDocument(store, { text: '{' }, ann)).code, 'file-invalid');
      assert.equal(refusalOf(await take(store, file, { id: 'a/b' })).code, 'text-invalid');
      const owner = { type: '', id: '1', field: 'x' };
      assert.equal(refusalOf(await take(store, file, { owner })).code, 'text-invalid');
      assert.equal(codeOf(await exportDocument(store, 'gone')), 'document-missing');
      assert.ok(await isEmpty(store));
    });

    it('count trees that nothing has, and take them away', async () => {
      const store = await open();
      const { kysely } = store.database;
      imported(await take(store, fileOf(strictPage({}))));
      for (const hash of ['x', 'y']) {
        await kysely.insertInto('trees').values({ hash, content: '{}', created_at: 1 }).execute();
      }
      assert.equal(await countUnusedTrees(kysely), 2);
      assert.equal(await store.database.transaction(collectTrees), 2);
      assert.equal(await countUnusedTrees(kysely), 0);
      assert.equal((await readLive(store, 'doc'))?.commit, 1);
    });
  });
}
