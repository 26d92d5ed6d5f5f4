import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder, writeIn } from '../testing/folder.ts';
import { createFinder } from './finder.ts';

const HASH = '0123456789abcdef';

describe('find', async () => {
  const site = await temporaryFolder({
    'static/a.css': 'a',
    'static/both.css': 'first',
    'static/css/deep/é b.css': 'deep',
    [`static/real.${HASH}.js`]: 'real',
    [`static/twice.${HASH}.js`]: 'twice',
    'static/LICENSE': 'text',
    'static/folder.css/x': 'x',
    'more/both.css': 'second',
    'more/b.css': 'b',
    'secret.css': 'secret',
  });
  await symlink('../secret.css', join(site, 'static/leaving.css'));
  await symlink('../more/b.css', join(site, 'static/staying.css'));
  await symlink('loop.css', join(site, 'static/loop.css'));
  await symlink('nowhere.css', join(site, 'static/dangling.css'));
  await symlink('..', join(site, 'static/up'));
  const finder = createFinder(site, [join(site, 'static'), join(site, 'more')]);

  const found: readonly [name: string, file: string, foundName?: string][] = [
    ['a.css', 'static/a.css'],
    ['b.css', 'more/b.css'],
    ['both.css', 'static/both.css'],
    ['css/deep/é b.css', 'static/css/deep/é b.css'],
    [`a.${HASH}.css`, 'static/a.css', 'a.css'],
    [`LICENSE.${HASH}`, 'static/LICENSE', 'LICENSE'],
    [`real.${HASH}.js`, `static/real.${HASH}.js`],
    [`real.${HASH}.${HASH}.js`, `static/real.${HASH}.js`, `real.${HASH}.js`],
    ['staying.css', 'more/b.css'],
  ];
  for (const [name, file, foundName = name] of found) {
    it(`finds ${name}`, async () => {
      assert.deepEqual(await finder.find(name), { name: foundName, path: join(site, file) });
    });
  }

  const refused: readonly [name: string, code: string][] = [
    ['none.css', 'source-missing'],
    ['a.css/x', 'source-missing'],
    ['A.css.', 'source-missing'],
    [`none.${HASH}.css`, 'source-missing'],
    ['real.fedcba9876543210.js', 'source-missing'],
    ['dangling.css', 'source-missing'],
    ['css', 'source-is-directory'],
    ['folder.css', 'source-is-directory'],
    [`folder.${HASH}.css`, 'source-is-directory'],
    ['loop.css', 'source-unreadable'],
    ['leaving.css', 'path-outside-root'],
    ['up/secret.css', 'path-outside-root'],
    ['../secret.css', 'path-outside-root'],
    ['css/../../secret.css', 'path-outside-root'],
    ['/etc/passwd', 'path-invalid'],
    ['a.css\0', 'path-invalid'],
    ['css\\deep', 'path-invalid'],
    ['', 'path-invalid'],
    ['x'.repeat(400), 'path-invalid'],
    ['npm:absent-package/a.css', 'package-missing'],
  ];
  for (const [name, code] of refused) {
    it(`refuses ${JSON.stringify(name.slice(0, 40))}`, async () => {
      const place = { file: 'home.liquid', line: 2, column: 5 };
      await assert.rejects(finder.find(name, place), { code, place });
    });
  }

  it('names the folders it looked in', async () => {
    await assert.rejects(finder.find('none.css'), { help: /^Looked in .*\bmore\b/ });
  });
});

describe('npm: names', async () => {
  const site = await temporaryFolder({
    'package.json': '{"name":"the-site"}',
    'node_modules/kit/package.json': '{"name":"kit","exports":{".":"./index.js"}}',
    'node_modules/kit/css/kit.css': 'kit',
    'node_modules/kit/esm/package.json': '{"type":"module"}',
    'node_modules/kit/esm/kit.js': 'kit',
    'node_modules/kit/test/package.json': '{ broken',
    'node_modules/kit/test/x.js': 'x',
    'node_modules/@scope/ui/package.json': '{"name":"@scope/ui"}',
    'node_modules/@scope/ui/ui.css': 'ui',
    'node_modules/@scope/ui/node_modules/kit/package.json': '{"name":"kit"}',
    'node_modules/@scope/ui/node_modules/kit/css/kit.css': 'the older kit',
    'node_modules/secret.txt': 'secret',
  });
  await symlink('../secret.txt', join(site, 'node_modules/kit/leaving.txt'));
  const finder = createFinder(site, [join(site, 'static')]);
  const inModules = (name: string): string => join(site, 'node_modules', name);

  const found: readonly [name: string, file: string][] = [
    ['npm:kit/css/kit.css', 'kit/css/kit.css'],
    ['npm:kit/esm/kit.js', 'kit/esm/kit.js'],
    ['npm:kit/test/x.js', 'kit/test/x.js'],
    ['npm:@scope/ui/ui.css', '@scope/ui/ui.css'],
    ['npm:@scope/ui/node_modules/kit/css/kit.css', '@scope/ui/node_modules/kit/css/kit.css'],
  ];
  for (const [name, file] of found) {
    it(`${name} means a file, and the file goes by that name`, async () => {
      assert.deepEqual(await finder.find(name), { name, path: inModules(file) });
      assert.equal(finder.nameOf(inModules(file)), name);
    });
  }

  const refused: readonly [name: string, code: string][] = [
    ['npm:kit/none.css', 'source-missing'],
    ['npm:kit/css', 'source-is-directory'],
    ['npm:kit/leaving.txt', 'path-outside-root'],
    ['npm:kit/../secret.txt', 'path-outside-root'],
    ['npm:@scope/none/a.css', 'package-missing'],
    ['npm:node:fs/a.css', 'path-invalid'],
  ];
  for (const [name, code] of refused) {
    it(`refuses ${name}`, async () => assert.rejects(finder.find(name), { code }));
  }

  it('says where to install a missing package', async () => {
    await assert.rejects(finder.find('npm:absent/a.css'), { help: `Run npm install absent in ${site}.` });
  });

  it('make a folder of a package a static folder', async () => {
    const themed = createFinder(site, ['npm:kit/css/']);
    assert.deepEqual(await themed.find('kit.css'), { name: 'kit.css', path: inModules('kit/css/kit.css') });
    assert.equal(themed.nameOf(inModules('kit/css/kit.css')), 'kit.css');
  });

  it('are refused as static folders when they name no folder', () => {
    assert.throws(() => createFinder(site, ['npm:kit']), { code: 'path-invalid' });
    assert.throws(() => createFinder(site, ['npm:absent/css']), { code: 'package-missing' });
  });
});

describe('nameOf', async () => {
  const files = {
    'package.json': '{"name":"the-site"}',
    'static/css/a.css': '',
    'src/own.ts': '',
    'node_modules/kit/package.json': '{"name":"kit"}',
    'node_modules/kit/a.css': '',
  };
  const sites = [await temporaryFolder(files), await temporaryFolder(files)];
  const cases: readonly [path: string, name: string][] = [
    ['static/css/a.css', 'css/a.css'],
    ['static/css/not-there-yet.css', 'css/not-there-yet.css'],
    ['src/own.ts', './src/own.ts'],
    ['package.json', './package.json'],
    ['node_modules/kit/a.css', 'npm:kit/a.css'],
  ];
  for (const [path, name] of cases) {
    it(`of ${path} is ${name}, wherever the site is`, () => {
      for (const site of sites) {
        assert.equal(createFinder(site, [join(site, 'static')]).nameOf(join(site, path)), name);
      }
    });
  }

  it('of a file outside the site is nothing', async () => {
    const [site = ''] = sites;
    const elsewhere = await temporaryFolder({ 'a.css': '' });
    const finder = createFinder(site, [join(site, 'static')]);
    assert.equal(finder.nameOf(join(elsewhere, 'a.css')), undefined);
    assert.equal(finder.nameOf(`${site}-suffix/a.css`), undefined);
  });

  it('of a file in a folder that begins with two dots is not taken for one outside', () => {
    const [site = ''] = sites;
    assert.equal(
      createFinder(site, [join(site, 'static')]).nameOf(join(site, 'static/..x/a.css')),
      '..x/a.css',
    );
  });
});

it('finds files in a static folder that appears later, below a folder that is a link', async () => {
  const real = await temporaryFolder();
  const other = await temporaryFolder();
  await symlink(real, join(other, 'site'));
  const site = join(other, 'site');
  const finder = createFinder(site, [join(site, 'static')]);
  await assert.rejects(finder.find('a.css'), { code: 'source-missing' });
  const path = await writeIn(real, 'static/a.css', 'a');
  assert.deepEqual(await finder.find('a.css'), { name: 'a.css', path });
  assert.equal(finder.nameOf(path), 'a.css');
});

it('sees what became of a file at once', async () => {
  const site = await temporaryFolder({ 'static/a.css': 'a' });
  const finder = createFinder(site, [join(site, 'static')]);
  await finder.find('a.css');
  await rename(join(site, 'static/a.css'), join(site, 'static/b.css'));
  await assert.rejects(finder.find('a.css'), { code: 'source-missing' });
  await finder.find('b.css');
  await rm(join(site, 'static/b.css'));
  await mkdir(join(site, 'static/b.css'));
  await assert.rejects(finder.find('b.css'), { code: 'source-is-directory' });
});
