import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFolder, startSite, type TestSite, urlsIn } from './testing/site.ts';

const files = {
  'static/css/site.scss': '@use "part"; .a { background: url(../img/dot.svg) }',
  'static/css/_part.scss': '.part { color: teal }',
  'static/js/one.js': 'function one() { return 1 }',
  'static/js/two.js': 'window.two = one() + 1',
  'static/js/main.ts': 'import { x } from "./x.ts"; console.log(x as number); import("./later.ts");',
  'static/js/x.ts': 'export const x: number = 1;',
  'static/js/later.ts': 'import { x } from "./x.ts"; console.log("later", x);',
  'static/img/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'templates/page.liquid': `{% compress css file site %}<link rel="stylesheet" href="{% static 'css/site.scss' %}"><style>.inline { top: 1px }</style>{% endcompress %}
{% compress js %}<script src="{% static 'js/one.js' %}"></script><script src="{% static 'js/two.js' %}"></script>
<script type="module" src="{% static 'js/main.ts' %}"></script>{% endcompress %}<img src="{% static 'img/dot.svg' %}">`,
};
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Asks the servers in turn, beginning with the second, for a page's assets and all that those name. */
async function spread(
  html: string,
  servers: readonly TestSite[],
): Promise<Map<string, Awaited<ReturnType<TestSite['get']>>>> {
  const answers = new Map<string, Awaited<ReturnType<TestSite['get']>>>();
  const pending = urlsIn(html);
  let turn = 1;
  for (let url = pending.shift(); url !== undefined; url = pending.shift()) {
    const response = await servers[turn++ % servers.length]?.get(url);
    assert.ok(response);
    answers.set(url, response);
    for (const [, a, b] of response.text.matchAll(/url\(([^)]+)\)|["`](\.\/[^"`]+\.js)["`]/g)) {
      pending.push(new URL(a ?? b ?? '', `http://x${url}`).pathname);
    }
  }
  return answers;
}

describe('two servers of one checkout that share only the secret', () => {
  for (const first of [0, 1]) {
    it(`serve each other's pages and assets from cold, beginning with server ${first + 1}`, async () => {
      await using folder = await createFolder(files);
      await using a = await startSite(folder, { output: { directory: 'output-a' } });
      await using b = await startSite(folder, { output: { directory: 'output-b' } });
      const servers = first === 0 ? [a, b] : [b, a];
      const html = await servers[0]?.compressor.render('page.liquid');
      assert.ok(html);
      const answers = await spread(html, servers);
      assert.ok(answers.size >= 6);
      for (const [url, { status, headers }] of answers) {
        assert.equal(status, 200, url);
        assert.equal(headers['cache-control'], IMMUTABLE, url);
      }
      assert.equal(await servers[1]?.compressor.render('page.liquid'), html, 'the same page on both');
    });
  }

  it('serve the same bytes from different folders', async () => {
    await using here = await createFolder(files);
    await using there = await createFolder(files);
    await using a = await startSite(here);
    await using b = await startSite(there);
    for (const url of urlsIn(await a.compressor.render('page.liquid'))) {
      assert.equal((await a.get(url)).text, (await b.get(url)).text);
    }
  });
});

describe('two servers with different sources, in the middle of a deploy', () => {
  const changes: [what: string, name: string, content: string][] = [
    [
      'a style sheet',
      'static/css/site.scss',
      '@use "part"; .a { background: url(../img/dot.svg); color: red }',
    ],
    ['a file it imports', 'static/css/_part.scss', '.part { color: red }'],
    ['a picture it shows', 'static/img/dot.svg', '<svg xmlns="http://www.w3.org/2000/svg" id="new"/>'],
    ['a classic script', 'static/js/two.js', 'window.two = one() + 2'],
    ['a strict directive', 'static/js/two.js', '"use strict"; window.two = one() + 2'],
    [
      'a module',
      'static/js/main.ts',
      'import { x } from "./x.ts"; console.log("new", x); import("./later.ts");',
    ],
    ['a module imported later', 'static/js/later.ts', 'console.log("new");'],
  ];
  for (const [what, name, content] of changes) {
    it(`never let anyone keep something wrong: ${what} changed`, async () => {
      await using oldFolder = await createFolder(files);
      await using newFolder = await createFolder({ ...files, [name]: content });
      await using oldServer = await startSite(oldFolder);
      await using newServer = await startSite(newFolder);
      for (const [page, other] of [
        [oldServer, newServer],
        [newServer, oldServer],
      ] as const) {
        const right = await spread(await page.compressor.render('page.liquid'), [page]);
        let differing = 0;
        for (const [url, expected] of right) {
          const answer = await other.get(url);
          if (answer.headers['cache-control'] === IMMUTABLE) assert.equal(answer.text, expected.text, url);
          else differing += 1;
          assert.ok(answer.status === 200 || answer.headers['cache-control'] === 'no-store', url);
        }
        assert.ok(differing > 0, 'something differs, and is not to be kept');
      }
    });
  }

  it('give the style sheet of their own version meanwhile', async () => {
    await using oldFolder = await createFolder(files);
    await using newFolder = await createFolder({ ...files, 'static/css/_part.scss': '.part { color: red }' });
    await using oldServer = await startSite(oldFolder);
    await using newServer = await startSite(newFolder);
    const [url = ''] = urlsIn(await newServer.compressor.render('page.liquid'));
    const answer = await oldServer.get(url);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.match(answer.text, /teal/);
  });
});

describe('secrets', () => {
  it('rotate: the new one signs, the old one is still accepted', async () => {
    await using folder = await createFolder(files);
    await using before = await startSite(folder, { secret: 'the secret of last year' });
    await using after = await startSite(folder, {
      secret: ['the secret of this year', 'the secret of last year'],
    });
    for (const url of urlsIn(await before.compressor.render('page.liquid')))
      assert.equal((await after.get(url)).status, 200);
    const [fresh = ''] = urlsIn(await after.compressor.render('page.liquid'));
    assert.equal((await before.get(fresh)).status, 404);
  });
});
