import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { changePage } from '../change-page.ts';
import { ann, done, growBranch, openTestPages, pathsIn, publicPage, redirectsIn } from '../pages-fixture.ts';

const PAGES = 1000;

/** Tests of a process that is killed while it gives a branch other addresses. */
export function testKilled({ createUrl }: TestDatabases): void {
  it(`a rename of a branch of ${PAGES} pages that is killed is done as a whole or not at all`, async () => {
    const url = await createUrl();
    const pages = openTestPages(await openMigrated(url));
    const page = await publicPage(pages, { title: 'A' });
    await growBranch(pages, page, PAGES);
    const snapshot = async () => [await pathsIn(pages), await redirectsIn(pages)];
    const before = await snapshot();

    const twin = openTestPages(pages.database);
    const other = await publicPage(twin, { title: 'A' });
    const statements = await statementsOfWork(twin.database, async () => {
      done(await changePage(twin.store, other.id, { seen: 1, slug: 'b' }, ann));
    });
    // After any other statement nothing is written that is not kept yet.
    const places = statements.flatMap((sql, at) =>
      /\b(?:insert into|update "?pages|delete from)/.test(sql) ? [at + 1] : [],
    );
    assert.ok(places.length >= 4, statements.join('\n'));
    // Each costs a process: the first, one between and the last are enough.
    for (const place of [places[0], places[places.length >> 1], places.at(-1)]) {
      await killAfter(url, [pages.store.site, page.id, 'b', `${place}`]);
      assert.deepEqual(await snapshot(), before, `killed after statement ${place}`);
    }
    await killAfter(url, [pages.store.site, page.id, 'b', `${statements.length}`]);
    const [paths, redirects] = await snapshot();
    assert.ok(paths?.every((path) => typeof path === 'string' && path.startsWith('/b')));
    assert.equal(redirects?.length, PAGES + 1);
  });
}

async function killAfter(url: string, words: readonly string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=widgy-source', join(import.meta.dirname, 'process-fixture.ts'), ...words],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATABASE_URL: url } },
  );
  const exited = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('stopped')) child.kill('SIGKILL');
  }
  await exited;
  assert.equal(said, 'stopped\n');
}
