import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startS3rver } from '../../../compressor/src/storage/s3/s3rver-fixture.ts';
import { temporaryFolder } from '../../../compressor/src/testing/folder.ts';
import type { Person } from '../../src/admin/person-fixture.ts';
import { ADMIN_ROUTES } from '../../src/admin/routes/index.ts';
import { testDatabases } from '../../src/testing/test-databases.ts';
import { startBalancer } from './balancer-fixture.ts';
import { browserAt, signIn } from './browser-fixture.ts';
import { siteOnDisk } from './disk-fixture.ts';
import { publishPage, useTemplate } from './editing-fixture.ts';
import { load, look, pageOf, textOf } from './look-fixture.ts';
import { optionFile, withOneLine } from './offline-files-fixture.ts';
import { pairOf, type SiteServer, startSite, startSites } from './server-fixture.ts';
import { bucketVariables, NO_DATABASE, serverVariables } from './variables-fixture.ts';

const PASSWORD = 'a harbour has many boats';

/** For processes in which nothing can compile. */
const NO_COMPILERS = { NODE_OPTIONS: '--import=./no-compilers.ts' };

/** The pages of the administration that need nothing to be there: their addresses, and those before signing in. */
const ADMIN_PAGES = ADMIN_ROUTES.filter(({ method, path }) => method === 'GET' && !path.includes(':'));

/** Those to which links from mails lead. Without what stands in such a link they say that it does not work. */
const NEEDS_LINK: ReadonlySet<string> = new Set(['/reset', '/invitation']);

describe('a Widgy site that grows', () => {
  it('needs nothing on one server, then has several, then builds ahead of time', async (t) => {
    await using resources = new AsyncDisposableStack();
    const balancer = resources.use(await startBalancer());
    const base = balancer.origin;
    const code = resources.use(await siteOnDisk());

    await t.test('one server: nothing is configured, and the first page has its bundles made', async () => {
      await using server = await startSite(code, serverVariables(base, {}));
      balancer.use(server);
      const ann = browserAt(base);
      await signIn(ann, server.password ?? '', PASSWORD);
      await publishPage(ann, 'Home', 'High water at noon');
      const page = await look(base, '/');
      assert.match(page.html, /<p class="tide">High water at noon<\/p>/);
      assert.deepEqual([page.status, page.styles.length, page.scripts.length], [200, 1, 1]);
      const style = await textOf(base, page.styles);
      for (const part of ['.tide', '44rem', 'wheat', '--corners', '.w-'])
        assert.ok(style.includes(part), part);
      assert.ok((await textOf(base, page.scripts)).includes('the tide is told'));
      const overview = await ann.get('/');
      const admin = pageOf(overview.status, overview.html);
      assert.deepEqual([admin.styles.length, admin.scripts.length], [1, 1]);
      await textOf(base, [...admin.styles, ...admin.scripts]);
      assert.equal(await server.stop(), 0, server.said.join('\n'));
    });

    const [postgres] = testDatabases.filter(({ name }) => name === 'PostgreSQL');
    assert.ok(postgres);
    const s3 = await startS3rver(await temporaryFolder());
    resources.defer(() => s3[Symbol.asyncDispose]());
    const variables = {
      ...serverVariables(base, { DATABASE_URL: await postgres.createUrl() }),
      ...{ COMPRESSOR_SECRET: 'for tests only, and the same on both servers' },
      ...bucketVariables(s3),
    };
    const ann = browserAt(base);

    await t.test(
      'two servers with disks of their own: a bundle comes from either, whoever shows it',
      async () => {
        const disks = [resources.use(await code.copy()), resources.use(await code.copy())];
        // On a new database, both at once.
        const servers = await startSites(disks, variables, resources);
        balancer.use(...servers);
        const passwords = servers.flatMap(({ password }) => password ?? []);
        assert.equal(passwords.length, 1, 'one of them made the administrator');
        await signIn(ann, passwords[0] ?? '', PASSWORD);
        await publishPage(ann, 'Home', 'High water at noon');
        await publishPage(ann, 'Prices', 'Half a day costs half');
        await useTemplate(ann, 'Prices', 'landing');
        const [left, right] = pairOf(servers);
        const page = await look(left.origin, '/');
        const elsewhere = await look(right.origin, '/prices');
        assert.deepEqual([page.status, elsewhere.status], [200, 200]);
        assert.deepEqual([page.styles, page.scripts], [elsewhere.styles, elsewhere.scripts]);
        // Each is asked for what only the other has shown, and none has made before.
        for (const [url, first, second] of [
          [page.styles[0] ?? '', right, left],
          [page.scripts[0] ?? '', left, right],
        ] as const) {
          const made = await load(first.origin, url);
          assert.deepEqual((await load(second.origin, url)).body, made.body);
        }
        await everyAdminPage(ann, async ({ styles, scripts }) => {
          assert.deepEqual([styles.length, scripts.length], [1, 1]);
          await textOf(base, [...styles, ...scripts]);
        });
        await stopAll(servers);
      },
    );

    await t.test('one line turns offline compression on, and the command says what it lacks', async () => {
      const before = await readFile(join(code.folder, 'compressor.config.ts'), 'utf8');
      await code.write({
        'compressor.config.ts': withOneLine(before),
        'compressor.offline.ts': optionFile(''),
      });
      // The theme is a variable of this site's pages, and nobody has told the command of it.
      const lacking = await code.compressor(['compress'], { ...variables, DATABASE_URL: NO_DATABASE });
      assert.equal(lacking.status, 1, lacking.stdout);
      assert.match(
        lacking.stderr,
        /^error base\.liquid:9:\d+: the block at base\.liquid:7:3 reads "theme\.name", which the context lacks \[variable-missing\]\n {4}Add the variable to offline\.context; on a site of Widgy, to variables of offlineContext\./m,
      );
      assert.equal(lacking.stderr.match(/^error/gm)?.length, 1, lacking.stderr);
      assert.match(lacking.stdout, /nothing was written/);
    });

    await t.test(
      'with the variable it builds, and needs no database where no editable setting is in a block',
      async () => {
        await code.write({ 'compressor.offline.ts': optionFile(', { variables }') });
        const away = { ...variables, DATABASE_URL: NO_DATABASE };
        const built = await code.compressor(['compress'], away);
        assert.equal(built.status, 0, built.stderr);
        assert.doesNotMatch(built.stderr, /^(?:error|warning)/m);

        const template = await readFile(join(code.folder, 'templates/base.liquid'), 'utf8');
        const themed = resources.use(await code.copy());
        await themed.write({
          'templates/base.liquid': template.replaceAll('settings.site.corners', 'settings.site.colour'),
        });
        const named = /base\.liquid:13:\d+: .*"settings\.site\.colour"/;
        const unreachable = await themed.compressor(['check'], away);
        assert.equal(unreachable.status, 1, unreachable.stdout);
        assert.match(
          unreachable.stderr,
          new RegExp(`^error ${named.source} from the database failed: .*`, 'm'),
        );
        const check = await themed.compressor(['check'], variables);
        assert.equal(check.status, 0, check.stderr);
        assert.match(check.stderr, new RegExp(`^warning ${named.source}.*\\[variable-changes\\]$`, 'm'));
        assert.match(check.stdout, /reads settings\.site\.colour at base\.liquid:13:\d+, from the database/);
      },
    );

    await t.test('then servers without any source of an asset only look up', async () => {
      const manifest = JSON.parse(await readFile(join(code.folder, 'compressor.manifest.json'), 'utf8'));
      const names: ReadonlySet<string> = new Set(Object.keys(manifest.artifacts));
      const disks = [
        resources.use(await code.copyWithoutSources()),
        resources.use(await code.copyWithoutSources()),
      ];
      const servers = await startSites(disks, { ...variables, ...NO_COMPILERS }, resources);
      balancer.use(...servers);
      const [left, right] = pairOf(servers);
      for (const path of ['/', '/prices', '/no-such-page', '/admin/sign-in']) {
        const [one, two] = [await look(left.origin, path), await look(right.origin, path)];
        const status = path === '/no-such-page' ? 404 : 200;
        assert.deepEqual([one.status, two.status], [status, status], one.html);
        assert.deepEqual([one.styles, one.scripts], [two.styles, two.scripts]);
        await fromManifest(one, names, left, right);
      }
      const seen = await everyAdminPage(ann, (page) => fromManifest(page, names, left, right));
      assert.ok(seen > 20, `${seen} pages`);
      for (const server of servers) {
        assert.deepEqual(
          server.said.filter((line) => !/^(?:open |watching)/.test(line)),
          [],
        );
      }
      await stopAll(servers);
      // What these servers did without is what compiling takes.
      const [bare] = disks;
      const unread = await bare?.compressor(['compress'], variables);
      assert.equal(unread?.status, 1);
      for (const name of [
        'css/site.scss',
        'npm:harbour/widgets/tide/client.ts',
        'npm:widgy/admin/styles/admin.css',
      ])
        assert.ok(unread.stderr.includes(`there is no file "${name}"`), unread.stderr);
      const none = await code.compressor(['compress', '--no-cache'], { ...variables, ...NO_COMPILERS });
      assert.deepEqual([none.status, /there is no (?:rolldown|lightningcss)/.test(none.stderr)], [1, true]);
    });
  });
});

/** Looks at every page of the administration that needs nothing to be there; gives how many there are. */
async function everyAdminPage(
  person: Person,
  check: (page: ReturnType<typeof pageOf>, path: string) => Promise<void>,
): Promise<number> {
  for (const { path } of ADMIN_PAGES) {
    const page = await person.get(path);
    // Whoever is not signed in would be sent elsewhere.
    assert.equal(page.url, `/admin${path}`);
    assert.equal(page.status, NEEDS_LINK.has(path) ? 410 : 200, `${path}: ${page.text}`);
    await check(pageOf(page.status, page.html), path);
  }
  return ADMIN_PAGES.length;
}

/** Makes sure that all that a page loads is named by the manifest, and that each server has it. */
async function fromManifest(
  { html, styles, scripts }: ReturnType<typeof pageOf>,
  names: ReadonlySet<string>,
  ...servers: readonly SiteServer[]
): Promise<void> {
  assert.deepEqual([styles.length, scripts.length], [1, 1], html);
  for (const url of [...styles, ...scripts]) {
    assert.ok(names.has(url.replace('/assets/', '')), `${url} is not in the manifest`);
    const [first, second] = await Promise.all(servers.map(({ origin }) => load(origin, url)));
    assert.deepEqual(first?.body, second?.body);
  }
}

async function stopAll(servers: readonly SiteServer[]): Promise<void> {
  const stopped = await Promise.all(servers.map((server) => server.stop()));
  assert.deepEqual(stopped, [0, 0], servers.flatMap(({ said }) => said).join('\n'));
}
