import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { temporaryFolder, writeIn } from '../testing/folder.ts';
import { type FileChange, SourceWatcher } from './watcher.ts';

const TIMEOUT = { timeout: 20_000 };

/** A watcher that is ready, closed when the test ends. */
async function watchFolders(context: TestContext, ...folders: readonly string[]): Promise<SourceWatcher> {
  const watcher = new SourceWatcher(folders);
  context.after(() => watcher.close());
  await watcher.ready;
  return watcher;
}

/** The first change of a path from now on. */
function changeOf(watcher: SourceWatcher, path: string): Promise<FileChange['type']> {
  return new Promise((resolve) => {
    const stop = watcher.onChange((changes) => {
      const change = changes.find((candidate) => candidate.path === path);
      if (change === undefined) return;
      stop();
      resolve(change.type);
    });
  });
}

describe('SourceWatcher', TIMEOUT, () => {
  it('tells of a file that is changed', async (context) => {
    const folder = await temporaryFolder({ 'css/a.css': 'a' });
    const watcher = await watchFolders(context, folder);
    const change = changeOf(watcher, join(folder, 'css/a.css'));
    await writeFile(join(folder, 'css/a.css'), 'b');
    assert.equal(await change, 'changed');
  });

  it('tells of a file that is added, in a new folder too', async (context) => {
    const folder = await temporaryFolder();
    const watcher = await watchFolders(context, folder);
    const changes = [
      changeOf(watcher, join(folder, 'a.css')),
      changeOf(watcher, join(folder, 'new/deep/b.css')),
    ];
    await writeIn(folder, 'a.css', 'a');
    await writeIn(folder, 'new/deep/b.css', 'b');
    assert.deepEqual(await Promise.all(changes), ['added', 'added']);
  });

  it('tells of a file that is removed', async (context) => {
    const folder = await temporaryFolder({ 'a.css': 'a' });
    const watcher = await watchFolders(context, folder);
    const change = changeOf(watcher, join(folder, 'a.css'));
    await rm(join(folder, 'a.css'));
    assert.equal(await change, 'removed');
  });

  it('takes a file replaced by rename for changed', async (context) => {
    const folder = await temporaryFolder({ 'a.css': 'a' });
    const elsewhere = await temporaryFolder({ 'next.css': 'b' });
    const watcher = await watchFolders(context, folder);
    const change = changeOf(watcher, join(folder, 'a.css'));
    await rename(join(elsewhere, 'next.css'), join(folder, 'a.css'));
    assert.equal(await change, 'changed');
  });

  it('takes a file that is removed and written anew at once for changed', async (context) => {
    const folder = await temporaryFolder({ 'a.css': 'a' });
    const path = join(folder, 'a.css');
    const watcher = await watchFolders(context, folder);
    const change = changeOf(watcher, path);
    await rename(path, join(folder, 'backup.css'));
    await writeFile(path, 'b');
    assert.equal(await change, 'changed');
  });

  it('tells of single files outside the folders, after a replacement too', async (context) => {
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder({ 'a.css': 'a', 'next.css': 'b' });
    const watcher = await watchFolders(context, folder);
    const path = join(elsewhere, 'a.css');
    watcher.add(path);
    watcher.add(path);
    await untilNoticed(watcher, path, () => writeFile(path, String(Math.random())));
    await rename(join(elsewhere, 'next.css'), path);
    await untilNoticed(watcher, path, () => writeFile(path, String(Math.random())));
  });

  it('leaves node_modules alone, but for files that are added one by one', async (context) => {
    const folder = await temporaryFolder({
      'node_modules/kit/a.css': 'a',
      'node_modules/kit/b.css': 'b',
      'end.css': 'end',
    });
    const watcher = await watchFolders(context, folder);
    const told: string[] = [];
    watcher.onChange((changes) => told.push(...changes.map(({ path }) => path)));
    const added = join(folder, 'node_modules/kit/a.css');
    watcher.add(added);
    await untilNoticed(watcher, added, async () => {
      await writeFile(join(folder, 'node_modules/kit/b.css'), String(Math.random()));
      await writeFile(added, String(Math.random()));
    });
    const end = changeOf(watcher, join(folder, 'end.css'));
    await writeFile(join(folder, 'end.css'), '!');
    await end;
    assert.ok(!told.includes(join(folder, 'node_modules/kit/b.css')));
  });

  it('tells only of what it is to tell, and of files that are added one by one', async (context) => {
    const folder = await temporaryFolder({ 'a.ts': 'a', 'b.ts': 'b', 'c.html': 'c' });
    const [single, code, template] = [join(folder, 'a.ts'), join(folder, 'b.ts'), join(folder, 'c.html')];
    const watcher = new SourceWatcher([folder], undefined, (path) => path.endsWith('.html'));
    context.after(() => watcher.close());
    await watcher.ready;
    watcher.add(single);
    const told = new Set<string>();
    watcher.onChange((changes) => {
      for (const { path } of changes) told.add(path);
    });
    for (const text of ['1', '2']) {
      await writeFile(code, text);
      const both = [changeOf(watcher, single), changeOf(watcher, template)];
      await writeFile(single, text);
      await writeFile(template, text);
      await Promise.all(both);
    }
    assert.deepEqual([...told].sort(), [single, template]);
  });

  it('tells of files in a folder that appears later', async (context) => {
    const folder = await temporaryFolder();
    const watcher = await watchFolders(context, join(folder, 'static'));
    await untilNoticed(watcher, join(folder, 'static/css/a.css'), () =>
      writeIn(folder, 'static/css/a.css', String(Math.random())),
    );
  });

  it('tells of changes that come together at once', async (context) => {
    const folder = await temporaryFolder({ 'a.css': 'a', 'b.css': 'b' });
    const watcher = await watchFolders(context, folder);
    const batch = new Promise<readonly FileChange[]>((resolve) => watcher.onChange(resolve));
    await Promise.all([writeFile(join(folder, 'a.css'), '1'), writeFile(join(folder, 'b.css'), '2')]);
    const paths = (await batch).map(({ path }) => path).sort();
    assert.deepEqual(paths, [join(folder, 'a.css'), join(folder, 'b.css')]);
  });

  it('says nothing of files that were there before, nor to who stopped listening', async (context) => {
    const folder = await temporaryFolder({ 'old.css': 'a', 'a.css': 'a' });
    const watcher = await watchFolders(context, folder);
    const [heard, unheard]: string[][] = [[], []];
    watcher.onChange((changes) => heard?.push(...changes.map(({ path }) => path)));
    const stop = watcher.onChange((changes) => unheard?.push(...changes.map(({ path }) => path)));
    stop();
    watcher.add(join(folder, 'old.css'));
    const change = changeOf(watcher, join(folder, 'a.css'));
    await writeFile(join(folder, 'a.css'), 'b');
    await change;
    assert.deepEqual([heard, unheard], [[join(folder, 'a.css')], []]);
  });

  it('ends', async () => {
    const folder = await temporaryFolder();
    const watcher = new SourceWatcher([folder]);
    await watcher.ready;
    await watcher.close();
    await watcher.close();
  });
});

/** Changes a file until that is noticed: a watch on a single file or a new folder takes a moment to begin. */
async function untilNoticed(
  watcher: SourceWatcher,
  path: string,
  change: () => Promise<unknown>,
): Promise<void> {
  const noticed = changeOf(watcher, path).then(() => true);
  for (;;) {
    await change();
    const { promise: moment, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, 200, false);
    if (await Promise.race([noticed, moment])) return clearTimeout(timer);
  }
}
