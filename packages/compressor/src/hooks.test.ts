import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { ArtifactEvent, BlockEvent, Hooks, ReleaseEvent } from './config/hooks.ts';
import { compressFolder, contentsOf, manifestOf } from './testing/offline-site.ts';
import { createFolder, startSite, urlsIn } from './testing/site.ts';

const FILES = {
  'templates/home.liquid':
    '{% compress css %}<link rel="stylesheet" href="{% static "a.css" %}">{% endcompress %}\n' +
    '{% compress js inline clock %}<script>window.x = 1;</script>{% endcompress %}',
  'static/a.css': '@import "b.css"; a { background: url(p.svg) }',
  'static/b.css': 'b { top: 0 }',
  'static/p.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

/** Hooks that note what they are told. */
function noting() {
  const artifacts: ArtifactEvent[] = [];
  const releases: ReleaseEvent[] = [];
  const blocks: BlockEvent[] = [];
  const hooks: Hooks = {
    onArtifact: (event) => void artifacts.push(event),
    onRelease: (event) => void releases.push(event),
    onBlock: (event) => void blocks.push(event),
  };
  return { hooks, artifacts, releases, blocks };
}

function plainNames(events: readonly { name: string }[]): string[] {
  return events.map(({ name }) => name.replace(/\.[0-9a-f]{16}(?=\.)/, '')).sort();
}

async function checkFacts(event: ArtifactEvent): Promise<void> {
  const bytes = await event.bytes();
  assert.equal(event.size, bytes.length);
  assert.equal(event.integrity, `sha384-${hash('sha384', bytes, 'base64')}`);
  assert.ok(event.milliseconds >= 0);
}

describe('onArtifact', () => {
  it('is told of each artifact once, on a server', async () => {
    await using folder = await createFolder(FILES);
    const { hooks, artifacts } = noting();
    {
      await using site = await startSite(folder, { hooks });
      for (const _time of [1, 2]) {
        for (const url of urlsIn(await site.compressor.render('home.liquid'))) await site.get(url);
      }
    }
    assert.deepEqual(plainNames(artifacts), ['a.css', 'clock.js', 'p.svg']);
    for (const event of artifacts) await checkFacts(event);
    const style = artifacts.find(({ name }) => name.startsWith('a.'));
    assert.equal(style?.type, 'text/css; charset=utf-8');
    assert.deepEqual(style?.sources, ['a.css', 'b.css', 'p.svg']);

    const again = noting();
    await using site = await startSite(folder, { hooks: again.hooks });
    for (const url of urlsIn(await site.compressor.render('home.liquid'))) await site.get(url);
    assert.deepEqual(
      plainNames(again.artifacts),
      ['clock.js'],
      'only what stands in the page is built again',
    );
  });

  it('is told of each artifact once, in development', async () => {
    await using folder = await createFolder(FILES);
    const { hooks, artifacts } = noting();
    {
      await using site = await startSite(folder, { mode: 'development', hooks });
      for (const _time of [1, 2]) {
        for (const url of urlsIn(await site.compressor.render('home.liquid'))) await site.get(url);
      }
    }
    assert.deepEqual(new Set(artifacts.map(({ name }) => name)).size, artifacts.length);
    assert.ok(plainNames(artifacts).includes('a.css'));
  });

  it('is told of what compress builds, and not of what the build cache knows', async () => {
    await using folder = await createFolder(FILES);
    const cache = { directory: '.cache' };
    const first = noting();
    await compressFolder(folder, { hooks: first.hooks, cache });
    const { artifacts } = await manifestOf(folder);
    assert.deepEqual(first.artifacts.map(({ name }) => name).sort(), Object.keys(artifacts));
    for (const event of first.artifacts) await checkFacts(event);

    const second = noting();
    await compressFolder(folder, { hooks: second.hooks, cache });
    assert.deepEqual(plainNames(second.artifacts), []);

    await folder.write({ 'static/b.css': 'b { top: 1px }' });
    const third = noting();
    await compressFolder(folder, { hooks: third.hooks, cache });
    assert.ok(plainNames(third.artifacts).includes('a.css'));
    assert.ok(!plainNames(third.artifacts).includes('clock.js'));
  });

  it('fails compress when it throws, and nothing is written', async () => {
    await using folder = await createFolder(FILES);
    const hooks: Hooks = {
      onArtifact: async ({ name }) => {
        if (name.endsWith('.css')) throw new Error('the bucket is closed');
      },
    };
    const { result, findings } = await compressFolder(folder, { hooks });
    assert.equal(result.isDone, false);
    assert.match(
      findings.join('\n'),
      /^error hook-failed home\.liquid:1:1 the hook onArtifact failed for a\.\w+\.css: the bucket is closed$/,
    );
    assert.deepEqual(await contentsOf(`${folder.path}/public`), {});
  });

  it('is an error in the log of a server when it throws, and pages go on', async () => {
    await using folder = await createFolder(FILES);
    const hooks: Hooks = {
      onArtifact: () => Promise.reject(new Error('no network')),
      onBlock() {
        throw new Error('no time');
      },
    };
    await using site = await startSite(folder, { hooks });
    const [url = ''] = urlsIn(await site.compressor.render('home.liquid'));
    assert.equal((await site.get(url)).status, 200);
    const errors = site.log.map((line) =>
      line
        .split('\n')[0]
        ?.replace(/CompressorError: |[0-9a-f]{16}/g, (text) => (text.startsWith('C') ? '' : '#')),
    );
    assert.deepEqual(errors.toSorted(), [
      'error: the hook onArtifact failed for a.#.css: no network [hook-failed]',
      'error: the hook onArtifact failed for clock.#.js: no network [hook-failed]',
      'error: the hook onArtifact failed for p.#.svg: no network [hook-failed]',
      'error: the hook onBlock failed for a block in home.liquid: no time [hook-failed]',
    ]);
  });

  it('is waited for when a server is closed', async () => {
    await using folder = await createFolder(FILES);
    const { promise, resolve } = Promise.withResolvers<void>();
    const ended: string[] = [];
    const hooks: Hooks = { onArtifact: ({ name }) => promise.then(() => void ended.push(name)) };
    {
      await using site = await startSite(folder, { hooks });
      await site.compressor.render('home.liquid');
      assert.deepEqual(ended, [], 'no page waits for it');
      resolve();
    }
    assert.ok(ended.length > 0);
  });
});

describe('onRelease', () => {
  it('is told of a release that was published', async () => {
    await using folder = await createFolder(FILES);
    const { hooks, releases } = noting();
    await compressFolder(folder, { hooks }, { dryRun: true });
    assert.equal(releases.length, 0, 'a dry run publishes nothing');
    const { result } = await compressFolder(folder, { hooks });
    assert.equal(releases.length, 1);
    const event = releases.at(0);
    assert.ok(event !== undefined);
    assert.deepEqual([event.id, event.manifest], [result.release, `${folder.path}/compressor.manifest.json`]);
    const { artifacts } = await manifestOf(folder);
    assert.deepEqual(event.artifacts.map(({ name }) => name).sort(), Object.keys(artifacts));
    for (const { name, size, bytes } of event.artifacts) {
      assert.equal(size, artifacts[name]?.size);
      assert.equal((await bytes()).length, size);
    }
  });

  it('fails compress when it throws, and says that the release is there', async () => {
    await using folder = await createFolder(FILES);
    const onRelease = () => Promise.reject(new Error('nobody listens'));
    const { result, findings } = await compressFolder(folder, { hooks: { onRelease } });
    assert.equal(result.isDone, false);
    assert.match(findings.join('\n'), /^error hook-failed.*which is published: nobody listens$/);
    assert.ok(Object.keys((await manifestOf(folder)).artifacts).length > 0);
  });
});

describe('onBlock', () => {
  for (const mode of ['development', 'in-request', 'offline'] as const) {
    it(`is told of each block of a page, in order: ${mode}`, async () => {
      await using folder = await createFolder(FILES);
      await compressFolder(folder);
      const { hooks, blocks } = noting();
      await using site = await startSite(folder, { mode, hooks });
      const page = await site.compressor.render('home.liquid');
      assert.deepEqual(
        blocks.map(({ kind, mode: tagMode, name, place }) => [kind, tagMode, name, place.file, place.line]),
        [
          ['css', 'file', undefined, 'home.liquid', 1],
          ['js', 'inline', 'clock', 'home.liquid', 2],
        ],
      );
      for (const { tags, markup } of blocks) {
        assert.ok(page.includes(tags));
        assert.match(markup, /<link|<script/);
      }
    });
  }
});
