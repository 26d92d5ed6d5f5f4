import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { siteFolder } from '../widgets/site-fixture.ts';
import { addDocument, codesOf, runIn, SITE_FILES, source, spawnIn } from './run-fixture.ts';

describe('the command widgy', () => {
  it('helps', async () => {
    for (const given of [[], ['--help'], ['check', '-h']]) {
      const { status, stdout } = await runIn('/', given);
      assert.equal(status, 0);
      for (const word of [
        'migrate',
        'check',
        'export DOCUMENT',
        'import FILE',
        'backup FILE',
        'restore FILE',
        '--verify',
        '--owner TYPE/ID/FIELD',
      ]) {
        assert.ok(stdout.includes(word), word);
      }
    }
    assert.deepEqual(await runIn('/', ['--version']), { status: 0, stdout: '1.2.3\n', stderr: '' });
  });

  const wrong: readonly [given: readonly string[], message: RegExp][] = [
    [['chek'], /there is no command "chek"/],
    [['constructor'], /there is no command "constructor"/],
    [['check', '--nope'], /unknown option '--nope'/i],
    [['check', 'more'], /check takes no "more"/],
    [['export'], /export needs the id of a document/],
    [['import'], /import needs the name of a file/],
    [['import', 'a', 'b'], /import takes no "b"/],
    [['backup'], /backup needs the name of a file/],
    [['restore', 'a', 'b'], /restore takes no "b"/],
    [['backup', 'a', '--verify'], /backup has no option --verify/],
    [['migrate', '--fix'], /migrate has no option --fix/],
    [['check', '--site', '--fix'], /--site looks at no document/],
    [['user'], /user needs one of add, list, reset, disable/],
    [['user', 'constructor'], /user does add, list, reset, disable, and no "constructor"/],
    [['user', 'add'], /user add needs the e-mail address of a person/],
    [['user', 'list', 'a@b.org'], /user list takes no "a@b.org"/],
    [['user', 'reset', 'a@b.org', 'c@d.org'], /user reset takes no "c@d.org"/],
    [['user', 'reset', 'a@b.org', '--role', 'editor'], /user reset has no option --role/],
    [['user', 'list', '--name', 'Ann'], /user list has no option --name/],
    [['user', 'add', 'a@b.org', '--role', '@x'], /--role needs a role such as editor/],
    [['check', '--role', 'editor'], /check has no option --role/],
    [['import', 'a', '--owner', 'page/1'], /--owner needs TYPE\/ID\/FIELD/],
  ];
  for (const [given, message] of wrong) {
    it(`refuses widgy ${given.join(' ')}`, async () => {
      const { status, stdout, stderr } = await runIn('/', given);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
      const json = await runIn('/', [...given, '--json']);
      assert.deepEqual([json.status, codesOf(json)], [2, ['error usage']]);
    });
  }

  it('needs a configuration', async () => {
    const empty = await siteFolder({});
    const { status, stdout } = await runIn(empty, ['check', '--json']);
    assert.equal(status, 2);
    assert.deepEqual(JSON.parse(stdout).diagnostics[0].code, 'config-not-found');
  });

  it('checks a site without a database, and makes none', async () => {
    const folder = await siteFolder({
      ...SITE_FILES,
      'box/render.liquid': 'a\n{{ fields.text | nope }}',
      'widgy.config.ts': `
import { defineConfig } from ${source('../index.ts')};
import { defineSite, defineWidget } from ${source('../widgets/index.ts')};
console.log('noise');
export default defineConfig({
  database() { throw new Error('nobody asked for it'); },
  site: () => defineSite({ folder: import.meta.dirname, widgets: [
    defineWidget({ type: 'box', label: 'Box', directory: import.meta.dirname + '/box' }),
  ] }),
});`,
    });
    const { status, stdout, stderr } = await spawnIn(folder, ['check', '--site', '--json']);
    const { diagnostics, ...rest } = JSON.parse(stdout);
    assert.deepEqual(
      [status, rest],
      [1, { types: 1, renderings: 2, settings: null, documents: null, versions: null, unusedTrees: null }],
    );
    const [{ code, template, line, type, fields }] = diagnostics;
    assert.deepEqual(
      [code, template, line, type, fields],
      ['template-failed', 'box/render.liquid', 2, 'box', {}],
    );
    assert.match(stderr, /noise/);
    assert.equal(existsSync(join(folder, 'data')), false);
  });

  it('makes no database but to migrate', async () => {
    const folder = await siteFolder(SITE_FILES);
    const url = `sqlite:${join(folder, 'data/site.db')}`;
    for (const given of [['check'], ['export', 'doc']]) {
      const { status, stderr } = await runIn(folder, given, { DATABASE_URL: url });
      assert.equal(status, 1);
      assert.match(stderr, /there is no database .*site\.db \[database-unreachable\]\n {4}Run widgy migrate/);
    }
    assert.equal(existsSync(join(folder, 'data')), false);
    assert.equal((await spawnIn(folder, ['migrate'])).status, 0);
    assert.equal(existsSync(join(folder, 'data/site.db')), true, 'the default is in the working folder');
    await addDocument(url, 'doc');
    const exported = await spawnIn(folder, ['export', 'doc']);
    assert.equal(exported.status, 0);
    assert.equal(JSON.parse(exported.stdout).format, 'widgy-document-1');
  });

  it('never shows the password of a database', async () => {
    const folder = await siteFolder(SITE_FILES);
    for (const url of [
      'postgres://me:secret@127.0.0.1:1/site',
      'postgres://me:secret@[/x',
      'mysql://me:secret@db/x',
    ]) {
      for (const given of [['migrate'], ['check', '--json']]) {
        const { status, stdout, stderr } = await runIn(folder, given, { DATABASE_URL: url });
        assert.ok(status > 0);
        assert.match(stderr, /\[database-/);
        assert.doesNotMatch(stdout + stderr, /secret/);
      }
    }
  });
});
