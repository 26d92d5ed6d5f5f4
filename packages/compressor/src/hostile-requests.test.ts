import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createFolder, startSite, urlsIn } from './testing/site.ts';

const files = {
  'static/css/a.css': '.a { color: teal }',
  'static/css/b.css': '.b { color: red }',
  'static/.env': 'PASSWORD=1',
  'secret.txt': 'nobody may read this',
  'templates/a.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'css/a.css' %}">{% endcompress %}`,
  'templates/b.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'css/b.css' %}">{% endcompress %}`,
};

/** A URL in its parts. */
function split(url: string): { payload: string; signature: string; file: string } {
  const [, payload = '', signature = '', file = ''] = /^\/assets\/([^.]+)\.([^/]+)\/(.+)$/.exec(url) ?? [];
  return { payload, signature, file };
}

describe('asset URLs that nobody signed', () => {
  it('are answered 404, kept by nobody, and build nothing', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder);
    const [urlA = ''] = urlsIn(await site.compressor.render('a.liquid'));
    const [urlB = ''] = urlsIn(await site.compressor.render('b.liquid'));
    const a = split(urlA);
    const b = split(urlB);
    const hostile: [what: string, url: string][] = [
      ['a forged signature', `/assets/${a.payload}.${'A'.repeat(22)}/${a.file}`],
      ['a truncated signature', `/assets/${a.payload}.${a.signature.slice(0, -1)}/${a.file}`],
      ['a lengthened signature', `/assets/${a.payload}.${a.signature}A/${a.file}`],
      ['no signature', `/assets/${a.payload}/${a.file}`],
      ['the signature of another recipe', `/assets/${b.payload}.${a.signature}/${b.file}`],
      ['a changed recipe', `/assets/${a.payload.slice(0, -2)}xx.${a.signature}/${a.file}`],
      ['a recipe marked as stored', `/assets/s${a.payload.slice(1)}.${a.signature}/${a.file}`],
      ['dots after the folder', `/assets/${a.payload}.${a.signature}/../${a.file}`],
      ['encoded dots', `/assets/${a.payload}.${a.signature}/%2e%2e%2fsecret.txt`],
      ['a NUL', `/assets/${a.payload}.${a.signature}/%00${a.file}`],
      ['an encoded slash', `/assets/${a.payload}.${a.signature}%2f${a.file}`],
      ['another folder', `/assets/${a.payload}.${a.signature}/x/${a.file}`],
      ['no file', `/assets/${a.payload}.${a.signature}/`],
      ['a file without hash', `/assets/${a.payload}.${a.signature}/a.css`],
      ['another name', `/assets/${a.payload}.${a.signature}/x.0123456789abcdef.css`],
      ['another extension', `/assets/${a.payload}.${a.signature}/${a.file.replace('.css', '.js')}`],
      ['a record of the storage', '/assets/builds/0123456789abcdef.json'],
      ['the folder itself', '/assets/'],
      ['the live reload script outside development', '/assets/live-reload.js'],
    ];
    for (const [what, url] of hostile) {
      const answer = await site.get(url);
      assert.equal(answer.status, 404, what);
      assert.equal(answer.headers['cache-control'], 'no-store', what);
      assert.doesNotMatch(answer.text, /nobody|PASSWORD/, what);
    }
    const builtForStrangers = site.built.filter((key) => !urlA.includes(key));
    assert.deepEqual(builtForStrangers, []);
  });

  it('never let the file of one recipe be kept under another', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder);
    const a = split(urlsIn(await site.compressor.render('a.liquid'))[0] ?? '');
    const b = split(urlsIn(await site.compressor.render('b.liquid'))[0] ?? '');
    await site.get(`/assets/${b.payload}.${b.signature}/${b.file}`);
    const [, keyOfB = ''] = /\.([0-9a-f]{16})\./.exec(b.file) ?? [];
    const answer = await site.get(`/assets/${a.payload}.${a.signature}/a.${keyOfB}.css`);
    assert.match(answer.text, /teal/);
    assert.equal(answer.headers['cache-control'], 'no-store');
  });
});

describe('static URLs', () => {
  const cases: [url: string, status: number][] = [
    ['/static/css/a.css', 200],
    ['/static/css/%61.css', 200],
    ['/static/css/a.css?v=1', 200],
    ['/static/css/a.css/', 404],
    ['/static/css', 404],
    ['/static/', 404],
    ['/static/../secret.txt', 404],
    ['/static/%2e%2e/secret.txt', 404],
    ['/static/..%2fsecret.txt', 404],
    ['/static/..%5csecret.txt', 404],
    ['/static/%252e%252e/secret.txt', 404],
    ['/static//etc/passwd', 404],
    ['/static/%00', 404],
    ['/static/css/a.css%00.png', 404],
    ['/static/%', 404],
    ['/static/.env', 404],
    ['/static/%2eenv', 404],
    ['/static/npm:bootstrap/package.json', 404],
    [`/static/${'x'.repeat(5000)}`, 404],
    ['/static/css/a.0123456789abcdef.css', 200],
  ];
  for (const [url, status] of cases) {
    it(`answers ${url.slice(0, 40)} with ${status}`, async () => {
      await using folder = await createFolder(files);
      await using site = await startSite(folder);
      const answer = await site.get(url);
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.text, /nobody|PASSWORD|root:/);
      if (url.includes('0123456789abcdef')) assert.equal(answer.headers['cache-control'], 'no-store');
    });
  }

  for (const size of [100, 5_000_000]) {
    it(`are never kept with other content, however shortly ago a file of ${size} bytes changed`, async () => {
      const [old, fresh] = ['o', 'f'].map((letter) => letter.repeat(size));
      await using folder = await createFolder({
        'static/notes.txt': old ?? '',
        'templates/s.liquid': `{% static 'notes.txt' %}`,
      });
      await using site = await startSite(folder);
      const url = await site.compressor.render('s.liquid');
      assert.match((await site.get(url)).headers['cache-control'] ?? '', /immutable/);
      await folder.write({ 'static/notes.txt': fresh ?? '' });
      for (const asked of [url, '/static/notes.txt']) {
        const answer = await site.get(asked);
        assert.equal(answer.text === fresh, true, 'what the file holds now');
        assert.doesNotMatch(answer.headers['cache-control'] ?? '', /immutable/);
      }
    });
  }

  it('are kept for ever only with the fingerprint of what they have', async () => {
    await using folder = await createFolder({ ...files, 'templates/s.liquid': `{% static 'css/a.css' %}` });
    await using site = await startSite(folder);
    const url = await site.compressor.render('s.liquid');
    assert.match(url, /^\/static\/css\/a\.[0-9a-f]{16}\.css$/);
    assert.match((await site.get(url)).headers['cache-control'] ?? '', /immutable/);
    assert.equal((await site.get('/static/css/a.css')).headers['cache-control'], 'no-cache');
  });
});

it('other methods than GET and HEAD are refused', async () => {
  await using folder = await createFolder(files);
  await using site = await startSite(folder);
  for (const url of ['/static/css/a.css', '/assets/x/y.0123456789abcdef.css']) {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
      const answer = await site.get(url, {}, method);
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.allow, 'GET, HEAD');
    }
  }
});

it('paths of others are left to others', async () => {
  await using folder = await createFolder(files);
  await using site = await startSite(folder);
  for (const url of ['/', '/assetsx/', '/static', '/about', '//static/css/a.css', '/ASSETS/x']) {
    assert.equal(await site.compressor.handle({ method: 'GET', url, headers: {} }), undefined, url);
  }
});

it('ten thousand unknown names leave neither memory nor files behind', async () => {
  await using folder = await createFolder(files);
  const script = fileURLToPath(new URL('testing/unknown-names.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=widgy-source', '--expose-gc', script, folder.path],
    {
      encoding: 'utf8',
    },
  );
  const grown = Number(stdout);
  assert.ok(Number.isFinite(grown) && stdout.trim() !== '', stderr);
  assert.ok(grown < 2 * 1024 * 1024, `the heap grew by ${grown} bytes`);
  const output = await readdir(join(folder.path, 'public/assets'), { recursive: true }).catch(() => []);
  assert.ok(output.length < 10, output.join());
});
