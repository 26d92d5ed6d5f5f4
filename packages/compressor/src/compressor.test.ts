import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFolder, startSite, urlsIn } from './testing/site.ts';

const files = {
  'static/css/a.scss': '$c: teal; .a { color: $c; background: url(../img/dot.svg) }',
  'static/css/b.css': '.b { color: red }',
  'static/css/print.css': 'nav { display: none }',
  'static/js/one.js': 'function one() { return 1 }',
  'static/js/two.js': 'window.two = one() + 1',
  'static/js/main.ts': 'import { x } from "./x.ts"; console.log(x as number); import("./later.ts");',
  'static/js/x.ts': 'export const x: number = 1;',
  'static/js/later.ts': 'import { x } from "./x.ts"; console.log("later", x);',
  'static/img/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'templates/page.liquid': `{% compress css file site %}
<link rel="stylesheet" href="{% static 'css/a.scss' %}">
<link rel="stylesheet" href="{% static 'css/b.css' %}">
<!-- kept -->
<link rel="stylesheet" href="{% static 'css/print.css' %}" media="print">
{% endcompress %}
{% compress js %}
<script src="{% static 'js/one.js' %}"></script>
<script src="{% static 'js/two.js' %}"></script>
<script type="importmap">{}</script>
<script type="module" src="{% static 'js/main.ts' %}"></script>
{% endcompress %}
<img src="{% static 'img/dot.svg' %}">`,
};

describe('in-request mode', () => {
  it('writes one tag for each group and keeps what it does not understand in place', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder);
    const html = await site.compressor.render('page.liquid');
    const shape = html.replace(/\/assets\/[\w.-]+\//g, '/assets/…/').replace(/[0-9a-f]{16}/g, '#');
    assert.equal(
      shape,
      `<link rel="stylesheet" href="/assets/…/site.#.css">
<!-- kept -->
<link rel="stylesheet" href="/assets/…/site.#.css" media="print">
<script src="/assets/…/one.#.js"></script>
<script type="importmap">{}</script>
<script type="module" src="/assets/…/main.#.js"></script>
<img src="/static/img/dot.#.svg">`,
    );
  });

  it('serves everything the page and its bundles name, for ever', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder);
    const pending = urlsIn(await site.compressor.render('page.liquid'));
    const seen = new Set<string>();
    for (let url = pending.pop(); url !== undefined; url = pending.pop()) {
      const response = await site.get(url);
      assert.equal(response.status, 200, url);
      assert.equal(response.headers['cache-control'], 'public, max-age=31536000, immutable', url);
      seen.add(
        url
          .split('/')
          .at(-1)
          ?.replace(/[0-9a-f]{16}/, '#') ?? '',
      );
      const inner = [...response.text.matchAll(/url\(([^)]+)\)|import\(`([^`]+)`\)/g)];
      pending.push(...inner.map(([, a, b]) => new URL(a ?? b ?? '', `http://x${url}`).pathname));
    }
    assert.deepEqual([...seen].sort(), ['dot.#.svg', 'later.#.js', 'main.#.js', 'one.#.js', 'site.#.css']);
  });

  it('builds each part once, however many ask for it at once', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder);
    const [url = ''] = urlsIn(await site.compressor.render('page.liquid'));
    const answers = await Promise.all(Array.from({ length: 50 }, () => site.get(url)));
    assert.equal(site.built.length, 1);
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  });

  it('builds nothing again after a restart with the same output folder', async () => {
    await using folder = await createFolder(files);
    const urls: string[] = [];
    {
      await using site = await startSite(folder);
      urls.push(...urlsIn(await site.compressor.render('page.liquid')));
      for (const url of [...urls]) {
        const { text } = await site.get(url);
        const inner = [...text.matchAll(/url\(([^)]+)\)|import\(`([^`]+)`\)/g)];
        urls.push(...inner.map(([, a, b]) => new URL(a ?? b ?? '', `http://x${url}`).pathname));
      }
      assert.ok(urls.some((url) => url.includes('/later.')));
      assert.ok(site.built.length > 0);
    }
    await using again = await startSite(folder);
    for (const url of urls) assert.equal((await again.get(url)).status, 200);
    assert.deepEqual(again.built, []);
  });

  it('serves encodings made once', async () => {
    await using folder = await createFolder({
      ...files,
      'static/css/b.css': Array.from({ length: 50 }, (_, index) => `.b${index} { top: ${index}px }`).join(
        ' ',
      ),
    });
    await using site = await startSite(folder, { build: { minify: false } });
    const [url = ''] = urlsIn(await site.compressor.render('page.liquid'));
    for (const encoding of ['br', 'gzip', 'zstd']) {
      const response = await site.get(url, { 'accept-encoding': encoding });
      assert.equal(response.headers['content-encoding'], encoding);
    }
  });

  it('falls back to the elements as they were, and says why once', async () => {
    await using folder = await createFolder({ ...files, 'static/css/b.css': '.b { color: red } }' });
    await using site = await startSite(folder);
    const pages = [await site.compressor.render('page.liquid'), await site.compressor.render('page.liquid')];
    for (const html of pages) {
      assert.match(
        html,
        /<link rel="stylesheet" href="\/static\/css\/a\.scss">\n?<link rel="stylesheet" href="\/static\/css\/b\.css">/,
      );
      assert.match(html, /media="print"/);
    }
    const errors = site.log.filter((line) => line.includes('style-syntax'));
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? '', /page\.liquid:1:1.*css\/b\.css:1:\d+/s);
  });

  it('never executes or applies anything in preload mode', async () => {
    await using folder = await createFolder({
      ...files,
      'templates/preload.liquid': `{% compress css preload %}<link rel="stylesheet" href="{% static 'css/b.css' %}"><link rel="stylesheet" href="https://other.example/x.css">{% endcompress %}{% compress js preload %}<script src="{% static 'js/one.js' %}"></script><script type="module" src="{% static 'js/main.ts' %}"></script>{% endcompress %}`,
    });
    for (const mode of ['in-request', 'development'] as const) {
      await using site = await startSite(folder, { mode });
      const html = (await site.compressor.render('preload.liquid')).replace(
        /<script type="module" src="\/assets\/live-reload.js"><\/script>\n/,
        '',
      );
      assert.doesNotMatch(html, /<script|rel="stylesheet"/);
      assert.match(html, /rel="preload" as="style".*rel="preload" as="script".*rel="modulepreload"/s);
    }
  });

  it('keeps a missing static file on its plain URL and says so once', async () => {
    await using folder = await createFolder({
      'templates/x.liquid': `{% static 'img/nope.png' %} {% static 'img/nope.png' %}`,
    });
    await using site = await startSite(folder);
    assert.equal(await site.compressor.render('x.liquid'), '/static/img/nope.png /static/img/nope.png');
    assert.equal(site.log.length, 2, 'once for each place');
  });

  it('has a recipe that is too long for a URL kept where all servers see it, or not bundled', async () => {
    const text = Array.from(
      { length: 2_000 },
      (_, index) => `.c${index}x${(index * 7919) % 1000} { color: red }`,
    ).join('\n');
    await using folder = await createFolder({
      'templates/long.liquid': `{% compress css %}<style>${text}</style>{% endcompress %}`,
    });
    {
      await using site = await startSite(folder);
      assert.match(await site.compressor.render('long.liquid'), /^<style>/);
      assert.match(site.log.join(), /recipe-too-long/);
    }
    await using shared = await startSite(folder, { output: { shared: true } });
    const [url = ''] = urlsIn(await shared.compressor.render('long.liquid'));
    assert.ok(url.length < 200);
    assert.equal((await shared.get(url)).status, 200);
  });
});

describe('development mode', () => {
  it('keeps elements one to one and loads the live reload script once', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder, { mode: 'development' });
    const html = await site.compressor.render('page.liquid');
    const shape = html.replace(/\/assets\/[\w.-]+\//g, '/assets/…/').replace(/[0-9a-f]{16}/g, '#');
    assert.equal(
      shape,
      `<script type="module" src="/assets/live-reload.js"></script>
<link rel="stylesheet" href="/assets/…/a.#.css">
<link rel="stylesheet" href="/assets/…/b.#.css">
<!-- kept -->
<link rel="stylesheet" href="/assets/…/print.#.css" media="print">
<script src="/assets/…/one.#.js"></script>
<script src="/assets/…/two.#.js"></script>
<script type="importmap">{}</script>
<script type="module" src="/assets/…/main.#.js"></script>
<img src="/static/img/dot.#.svg">`,
    );
    for (const url of urlsIn(html)) assert.equal((await site.get(url)).status, 200, url);
  });

  it('links source maps that name the sources', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder, { mode: 'development' });
    const [, style = ''] = urlsIn(await site.compressor.render('page.liquid'));
    const [, map = ''] = /sourceMappingURL=(\S+)/.exec((await site.get(style)).text) ?? [];
    const response = await site.get(new URL(map, `http://x${style}`).pathname);
    assert.deepEqual(JSON.parse(response.text).sources, ['static:///css/a.scss']);
  });
});
