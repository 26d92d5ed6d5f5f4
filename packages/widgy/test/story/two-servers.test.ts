import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startS3rver } from '../../../compressor/src/storage/s3/s3rver-fixture.ts';
import { temporaryFolder } from '../../../compressor/src/testing/folder.ts';
import { Changes } from '../../src/http/schemas/documents.ts';
import { Widget } from '../../src/http/schemas/trees.ts';
import { LEASE_MS } from '../../src/jobs/limits.ts';
import { openMigrated, testDatabases } from '../../src/testing/test-databases.ts';
import { type Api, apiOf } from './api-fixture.ts';
import { startBalancer } from './balancer-fixture.ts';
import { browserAt, fetchFrom, signIn } from './browser-fixture.ts';
import { type Disk, siteOnDisk } from './disk-fixture.ts';
import { documentOf, publishPage, shown } from './editing-fixture.ts';
import { editionsOf } from './editions-fixture.ts';
import { startEditors } from './editors-fixture.ts';
import { doneAfter, lastRun, passTime } from './leases-fixture.ts';
import { look, textOf } from './look-fixture.ts';
import { optionFile, withOneLine } from './offline-files-fixture.ts';
import { pairOf, type SiteServer, startSite, startSites } from './server-fixture.ts';
import { bucketVariables, serverVariables } from './variables-fixture.ts';
import { hashOf, startVisitors } from './visitors-fixture.ts';

/** Jobs: one of this site's, which goes on for as long as its server, and one that every site has, which is done every hour. */
const [WATCH, SESSIONS] = ['harbour.watch', 'default.delete-expired-sessions'];

const HOUR = 60 * 60_000;

const PASSWORD = 'a harbour has many boats';

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('two servers with disks of their own, behind a proxy', () => {
  it('lose no edit and fail no request, through a release and the death of one of them', async (t) => {
    await using resources = new AsyncDisposableStack();
    const [postgres] = testDatabases.filter(({ name }) => name === 'PostgreSQL');
    assert.ok(postgres);
    const url = await postgres.createUrl();
    const s3 = await startS3rver(await temporaryFolder());
    resources.defer(() => s3[Symbol.asyncDispose]());
    const balancer = resources.use(await startBalancer());
    const base = balancer.origin;
    const variables = { ...serverVariables(base, { DATABASE_URL: url }), ...bucketVariables(s3) };
    const compress = async (code: Disk, release: string) => {
      const { status, stderr } = await code.compressor(['compress', '--release', release], variables);
      assert.equal(status, 0, stderr);
    };

    const one = resources.use(await siteOnDisk());
    const config = await readFile(join(one.folder, 'compressor.config.ts'), 'utf8');
    await one.write({
      'compressor.config.ts': withOneLine(config),
      'compressor.offline.ts': optionFile(', { variables }'),
    });
    await compress(one, 'one');
    const disks = [resources.use(await one.copy()), resources.use(await one.copy())];
    let servers = await startSites(disks, variables, resources);
    balancer.use(...servers);
    // Which server a person's requests go to: the proxy, unless a step says otherwise.
    let through = base;
    const ann = browserAt(base, () => through);
    const api = apiOf(base, ann);

    await t.test(
      'people sign in through the proxy, and edit through one; visitors see it through the other',
      async () => {
        await signIn(ann, servers.flatMap(({ password }) => password ?? [])[0] ?? '', PASSWORD);
        const [left, right] = pairOf(servers);
        through = left.origin;
        await publishPage(ann, 'Home', 'Edition 0');
        await publishPage(ann, 'Log', 'Nothing yet');
        assert.match((await look(right.origin, '/')).html, /Edition 0/);
        // Kept by the other one now, and changed by this one.
        const changed = await ann.press(await ann.get('/settings'), 'Save the settings', {
          'settings.site.colour': '#aa0000',
        });
        assert.match(changed.text, /Changed: Brand colour/);
        assert.match((await look(right.origin, '/')).html, /--brand: #aa0000/);
        const file = new File([PIXEL], 'pixel.png', { type: 'image/png' });
        const added = shown(await ann.press(await ann.get('/media/new'), 'Add the file', {}, { file }));
        const [picture = ''] = /\/media\/[^"?]+\.\w+/.exec(added.html) ?? [];
        const pictures = await Promise.all([left, right].map(({ origin }) => fetchFrom(origin, picture)));
        assert.deepEqual(
          pictures.map(({ status }) => status),
          [200, 200],
          picture,
        );
        // Signed in here is signed in there.
        through = right.origin;
        assert.match(shown(await ann.get('/')).text, /Sign out/);
        through = base;
      },
    );

    const home = await documentOf(ann, 'Home');
    const log = await documentOf(ann, 'Log');
    const tide = (await draftOf(api, home)).children?.find(({ type }) => type === 'tide');
    assert.ok(tide);
    const editions = editionsOf(api, home, tide.id);
    await t.test('what is published is there at the next reading, on each', async () => {
      for (let round = 0; round < 5; round += 1) {
        const number = await editions.next();
        for (const { origin } of servers)
          assert.match((await look(origin, '/')).html, new RegExp(`Edition ${number}<`));
      }
    });

    const failures: string[] = [];
    const publisher = resources.use(editions.start(failures));
    const visitors = resources.use(startVisitors(base, 3, editions));
    const editors = resources.use(startEditors(api, 2, log, (await draftOf(api, log)).id));
    const settle = async () => {
      await Promise.all([visitors.settle(), editors.settle(), publisher.settle()]);
      assert.deepEqual([visitors.met().failures, editors.done().failures, failures], [[], [], []]);
    };
    await settle();

    await t.test(
      'a release follows another one, and pages of the old one still find their files',
      async () => {
        const two = resources.use(await one.copy());
        await two.write({ 'static/css/dune.css': 'body { background: navy }' });
        await compress(two, 'two');
        for (const old of servers) {
          await balancer.sent(old);
          assert.equal(await old.stop(), 0, old.said.join('\n'));
          await settle();
          const server = resources.use(await startSite(resources.use(await two.copy()), variables));
          servers = [...servers.filter((other) => other !== old), server];
          balancer.use(...servers);
          await settle();
        }
        const { styles, files } = visitors.met();
        assert.equal(styles.length, 2);
        assert.match(await textOf(base, styles.slice(0, 1)), /wheat/);
        assert.match(await textOf(base, styles.slice(1)), /navy/);
        for (const { origin } of servers) {
          assert.deepEqual((await look(origin, '/')).styles, styles.slice(1));
          for (const [file, hash] of files)
            assert.equal(hashOf((await fetchFrom(origin, file)).body), hash, file);
        }
      },
    );

    await t.test(
      'one is killed in the middle of an edit, and the other goes on, with its jobs too',
      async () => {
        await Promise.race(servers.map((server) => server.says('watching')));
        const isWatching = ({ said }: SiteServer) => said.includes('watching');
        const [victim, survivor] = pairOf(
          servers.toSorted((a, b) => Number(isWatching(b)) - Number(isWatching(a))),
        );
        assert.ok(isWatching(victim) && !isWatching(survivor), 'one server has the job');
        // It has done what somebody asked for, and cannot say so; then it gets another request, and never sees it.
        await balancer.loseAnswer(victim);
        victim.freeze();
        await balancer.sent(victim);
        await victim.kill();
        await settle();
        assert.ok(api.repeats() >= 2, `${api.repeats()} were asked for again`);
        // Who is dead does not renew a lease: the time passes in which it could.
        const database = await openMigrated(url);
        assert.notEqual(await passTime(database, WATCH, LEASE_MS), null, 'the dead server holds its lease');
        const last = (await lastRun(database, SESSIONS)) ?? 0;
        assert.equal(await passTime(database, SESSIONS, HOUR), null);
        await survivor.says('watching');
        await doneAfter(database, SESSIONS, last - HOUR);
        await settle();
      },
    );

    await t.test('and nothing was lost', async () => {
      await settle();
      await Promise.all([visitors.end(), editors.end(), publisher.end()]);
      const { acknowledged } = editors.done();
      const { pages } = visitors.met();
      const bySequence = (one: readonly [string, number], two: readonly [string, number]) => one[1] - two[1];
      const logged = await insertedIn(api, log);
      assert.deepEqual(logged.toSorted(bySequence), [...acknowledged].sort(bySequence));
      t.diagnostic(
        `${pages} pages, ${editions.published()} editions, ${acknowledged.size} edits; ${api.repeats()} changes were asked for again`,
      );
      shown(await ann.press(await ann.get(`/documents/${log}/content`), 'Publish'));
      const { html } = await look(base, '/log');
      for (const id of acknowledged.keys()) assert.equal(html.split(`>Tide ${id}<`).length, 2, id);
    });
  });
});

/** The draft of a document. */
async function draftOf(api: Api, document: string) {
  return await api.get(`/documents/${document}/versions/draft/tree`, Widget);
}

/** The widgets that editors have added to a document, each with the number of the change that added it, as its log has them. */
async function insertedIn(api: Api, document: string): Promise<readonly (readonly [string, number])[]> {
  const found: (readonly [string, number])[] = [];
  let after = 0;
  for (;;) {
    const { sequence, changes } = await api.get(`/documents/${document}/changes?after=${after}`, Changes);
    for (const change of changes) {
      for (const operation of change.operations)
        if (operation.kind === 'insert' && operation.widget.id.startsWith('editor-'))
          found.push([operation.widget.id, change.sequence]);
    }
    after = changes.at(-1)?.sequence ?? sequence;
    if (after >= sequence) return found;
  }
}
