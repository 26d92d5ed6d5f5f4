import assert from 'node:assert/strict';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { contentsOf } from '../testing/offline-site.ts';
import { createFolder, type TestFolder } from '../testing/site.ts';
import { runIn } from './run-fixture.ts';

const FILES = {
  'compressor.config.ts': 'export default {}',
  'static/a.css': 'a { top: 0 }',
  'static/logo.svg': '<svg/>',
  'templates/home.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'a.css' %}">{% endcompress %}`,
};

/** A folder with two releases, v1 and v2, of which the second is the current one. */
async function released(): Promise<TestFolder> {
  const folder = await createFolder(FILES);
  await runIn(folder, 'compress', '--release', 'v1', '--no-encodings');
  await folder.write({ 'static/a.css': 'a { top: 1px }' });
  await runIn(folder, 'compress', '--release', 'v2', '--no-encodings');
  const then = new Date(Date.now() - 60_000);
  await utimes(join(folder.path, 'public/assets/releases/v1.json'), then, then);
  return folder;
}

const namesIn = async ({ path }: TestFolder) =>
  Object.keys(await contentsOf(join(path, 'public/assets'))).map((name) =>
    name.replace(/\.[0-9a-f]{16}\b/, '.HASH'),
  );

const withoutTimes = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');

describe('compressor releases', () => {
  it('lists them, the newest first, and marks the one whose manifest lies here', async () => {
    await using folder = await released();
    const { status, stdout } = await runIn(folder, 'releases');
    assert.equal(status, 0);
    assert.equal(
      withoutTimes(stdout),
      ['* v2  TIME  1 artifact, 10 B', '  v1  TIME  1 artifact, 8 B', '2 releases', ''].join('\n'),
    );
  });

  it('prints one JSON object', async () => {
    await using folder = await released();
    const { stdout } = await runIn(folder, 'releases', '--json');
    assert.deepEqual(JSON.parse(withoutTimes(stdout)), {
      releases: [
        { id: 'v2', published: 'TIME', artifacts: 1, bytes: 10, isCurrent: true },
        { id: 'v1', published: 'TIME', artifacts: 1, bytes: 8, isCurrent: false },
      ],
    });
  });

  it('lists the others if one is damaged, says what to do, and fails', async () => {
    await using folder = await released();
    const damaged = 'releases/v1.json';
    await folder.write({ [`public/assets/${damaged}`]: '{' });
    const { status, stdout, stderr } = await runIn(folder, 'releases');
    assert.equal(status, 1);
    assert.equal(
      withoutTimes(stdout),
      ['  v1  TIME  cannot be read', '* v2  TIME  1 artifact, 10 B', '2 releases', ''].join('\n'),
    );
    assert.match(stderr, /^error releases\/v1\.json: .* \[manifest-invalid\]\n.*delete releases\/v1\.json/);
    const { releases } = JSON.parse((await runIn(folder, 'releases', '--json')).stdout);
    assert.equal(releases[0].problem.code, 'manifest-invalid');
  });

  it('lists none where nothing was published', async () => {
    await using folder = await createFolder(FILES);
    assert.equal((await runIn(folder, 'releases')).stdout, '0 releases\n');
  });

  it('are not changed: an id that is taken fails, and the manifest stays', async () => {
    await using folder = await released();
    const manifest = await readFile(join(folder.path, 'compressor.manifest.json'), 'utf8');
    const { status, stderr } = await runIn(folder, 'compress', '--release', 'v1');
    assert.equal(status, 1);
    assert.match(stderr, /error the storage has another release "v1".* \[release-taken\]/);
    assert.equal(await readFile(join(folder.path, 'compressor.manifest.json'), 'utf8'), manifest);
  });

  it('are named by their content where nobody names them', async () => {
    await using folder = await createFolder(FILES);
    const ids = [];
    for (const _ of [1, 2]) {
      ids.push(JSON.parse((await runIn(folder, 'compress', '--json', '--fail-on-missing')).stdout).release);
    }
    assert.equal(ids[0], ids[1]);
    assert.match((await runIn(folder, 'releases')).stdout, new RegExp(`^\\* ${ids[0]} .*\n1 release\n$`));
  });
});

describe('compressor gc', () => {
  it('keeps what is young', async () => {
    await using folder = await released();
    const before = await namesIn(folder);
    const { stdout } = await runIn(folder, 'gc', '--keep', '1');
    assert.equal(stdout, 'deleted 0 releases and 0 files, 0 B; 2 releases kept\n');
    assert.deepEqual(await namesIn(folder), before);
  });

  it('deletes what nothing needs, and says so', async () => {
    await using folder = await released();
    const given = ['gc', '--keep', '1', '--older-than', '0s'];
    const dry = await runIn(folder, ...given, '--dry-run');
    assert.equal(
      dry.stdout,
      'would delete release v1\nwould delete 1 release and 1 file, 8 B; 1 release kept\n',
    );
    assert.deepEqual(await namesIn(folder), [
      'a.HASH.css',
      'a.HASH.css',
      'releases/v1.json',
      'releases/v2.json',
    ]);
    const { stdout } = await runIn(folder, ...given, '--json');
    const { files, ...rest } = JSON.parse(stdout);
    assert.deepEqual(rest, { kept: ['v2'], releases: ['v1'], bytes: 8, isDryRun: false });
    assert.match(files.join(), /^a\.[0-9a-f]{16}\.css$/);
    assert.deepEqual(await namesIn(folder), ['a.HASH.css', 'releases/v2.json']);
  });

  it('keeps the release whose manifest lies here, however old', async () => {
    await using folder = await released();
    const old = new Date(Date.now() - 120_000);
    await utimes(join(folder.path, 'public/assets/releases/v2.json'), old, old);
    await runIn(folder, 'gc', '--keep', '1', '--older-than', '0s');
    assert.deepEqual(await namesIn(folder), [
      'a.HASH.css',
      'a.HASH.css',
      'releases/v1.json',
      'releases/v2.json',
    ]);
  });
});

describe('a manifest that cannot be read', () => {
  it('stops gc, which would not know the release in use', async () => {
    await using folder = await createFolder({ ...FILES, 'compressor.manifest.json/x': 'a folder' });
    const { status, stderr } = await runIn(folder, 'gc');
    assert.equal(status, 1);
    assert.match(stderr, /^error the manifest .* cannot be read: .*EISDIR.* \[manifest-missing\]/);
  });
});

describe('compressor collect', () => {
  it('publishes static files with the release, and collecting garbage keeps them', async () => {
    await using folder = await createFolder(FILES);
    const { stdout } = await runIn(folder, 'collect', '--no-encodings', '--release', 'v1');
    assert.match(stdout, /^2 static files$/m);
    const published = ['a.HASH.css', 'releases/v1.json', 'static/a.HASH.css', 'static/logo.HASH.svg'];
    assert.deepEqual(await namesIn(folder), published);
    await runIn(folder, 'gc', '--keep', '1', '--older-than', '0s');
    assert.deepEqual(await namesIn(folder), published);
  });
});
