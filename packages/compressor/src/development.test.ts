import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import type { Config } from './config/config.ts';
import { createFolder, startSite, type TestFolder, type TestSite, urlsIn } from './testing/site.ts';

const files = {
  'static/css/site.scss': '@use "part"; .a { color: teal }',
  'static/css/_part.scss': '.part { top: 1px }',
  'static/css/plain.css': '.plain { top: 1px }',
  'static/js/main.ts': 'import { x } from "./x.ts"; console.log(x);',
  'static/js/x.ts': 'export const x = 1;',
  'static/img/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'templates/page.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'css/site.scss' %}"><link rel="stylesheet" href="{% static 'css/plain.css' %}">{% endcompress %}
{% compress js %}<script type="module" src="{% static 'js/main.ts' %}"></script>{% endcompress %}<img src="{% static 'img/dot.svg' %}">`,
};

/** An open page: what the server tells it, one event after the other. */
async function openPage(site: TestSite): Promise<() => Promise<Record<string, unknown>>> {
  const response = await site.compressor.handle({ method: 'GET', url: '/assets/live-reload', headers: {} });
  assert.ok(response?.body instanceof Readable);
  assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8');
  const lines = events(response.body);
  return async () => {
    const { value, done } = await lines.next();
    assert.ok(!done, 'the line was closed');
    return value;
  };
}

async function* events(body: Readable): AsyncGenerator<Record<string, unknown>, void> {
  let text = '';
  for await (const chunk of body) {
    text += String(chunk);
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const [, data] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}

async function open(folder: TestFolder, config: Config = {}) {
  const site = await startSite(folder, { mode: 'development', ...config });
  const html = await site.compressor.render('page.liquid');
  const [, style = '', plain = '', script = ''] = urlsIn(html);
  return { site, style, plain, script, next: await openPage(site) };
}

const folderOf = (url: string) => url.split('/').at(-2);

describe('live reload', () => {
  const edits: [how: string, edit: (folder: TestFolder) => Promise<void>][] = [
    ['written', (folder) => folder.write({ 'static/css/_part.scss': '.part { top: 2px }' })],
    ['replaced by rename', (folder) => folder.replace('static/css/_part.scss', '.part { top: 2px }')],
  ];
  for (const [how, edit] of edits) {
    it(`swaps the style sheet that reads a file ${how}, and no other`, async () => {
      await using folder = await createFolder(files);
      const { site, style, next } = await open(folder);
      await using _site = site;
      await edit(folder);
      const event = await next();
      assert.equal(event.type, 'style');
      assert.equal(event.folder, folderOf(style), 'the folder of the URL stays the same');
      assert.ok(!style.endsWith(String(event.file)));
      const answer = await site.get(style.slice(0, style.lastIndexOf('/') + 1) + event.file);
      assert.match(answer.text, /top: 2px/);
      assert.match(answer.headers['cache-control'] ?? '', /immutable/);
    });
  }

  for (const name of ['static/js/x.ts', 'static/img/dot.svg', 'templates/page.liquid'] as const) {
    it(`reloads the page for ${name}`, async () => {
      await using folder = await createFolder(files);
      const { site, next } = await open(folder);
      await using _site = site;
      await folder.write({ [name]: `${files[name]} ` });
      assert.deepEqual(await next(), { type: 'reload' });
    });
  }

  it('reloads the page for a template beside code, and not for the code', async () => {
    const besides = { 'widgets/card/render.liquid': 'card', 'widgets/card/card.ts': 'export const a = 1;' };
    await using folder = await createFolder({ ...files, ...besides });
    const { site, next } = await open(folder, { templates: { watch: ['widgets', 'not-there-yet'] } });
    await using _site = site;
    await folder.write({ 'widgets/card/card.ts': 'export const a = 2;' });
    for (const top of ['3px', '4px']) {
      await folder.write({ 'static/css/plain.css': `.plain { top: ${top} }` });
      assert.equal((await next()).type, 'style');
    }
    await folder.write({ 'widgets/card/render.liquid': 'other' });
    assert.deepEqual(await next(), { type: 'reload' });
  });

  it('shows what is broken, and swaps the style sheet when it is mended', async () => {
    await using folder = await createFolder(files);
    const { site, style, next } = await open(folder);
    await using _site = site;
    await folder.write({ 'static/css/_part.scss': '.part { top: $nope }' });
    const broken = await next();
    assert.equal(broken.type, 'problems');
    assert.match(JSON.stringify(broken), /Undefined variable.*css\/_part\.scss:1:14.*\\n/);
    const late = await openPage(site);
    assert.deepEqual(await late(), broken, 'a page opened later sees it too');
    await folder.replace('static/css/_part.scss', '.part { top: 3px }');
    const swap = await next();
    assert.equal(swap.type, 'style');
    assert.equal(swap.folder, folderOf(style));
    assert.deepEqual(await next(), { type: 'problems', problems: [] });
  });

  it('shows what was broken from the start, and reloads when it is mended', async () => {
    await using folder = await createFolder({ ...files, 'static/js/main.ts': 'import "./missing.ts"' });
    const { site, next } = await open(folder);
    await using _site = site;
    const broken = await next();
    assert.match(JSON.stringify(broken), /import-missing.*js\/main\.ts:1:8/);
    assert.equal(site.log.length, 1, 'the terminal is told too');
    await folder.write({ 'static/js/missing.ts': 'console.log("here")' });
    const after = [await next(), await next()];
    assert.deepEqual(after, [{ type: 'problems', problems: [] }, { type: 'reload' }]);
    assert.equal(urlsIn(await site.compressor.render('page.liquid')).length, 5);
  });

  it('ends the line when the compressor is closed', async () => {
    await using folder = await createFolder(files);
    const { site, next } = await open(folder);
    await site.compressor.close();
    await assert.rejects(next(), /the line was closed/);
  });
});

describe('in-request mode', () => {
  it('gives the new URL after a change, without a restart', async () => {
    await using folder = await createFolder(files);
    await using site = await startSite(folder);
    const [before = ''] = urlsIn(await site.compressor.render('page.liquid'));
    await folder.write({ 'static/css/_part.scss': '.part { top: 9px }' });
    let after = before;
    while (after === before) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      after = urlsIn(await site.compressor.render('page.liquid'))[0] ?? '';
    }
    assert.equal(folderOf(after), folderOf(before));
    assert.match((await site.get(after)).text, /9px/);
  });
});
