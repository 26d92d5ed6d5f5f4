import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCompressor, loadConfig, type Mode } from '@widgy/compressor';
import { createSiteRenderer } from '../rendering/index.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import { get, publishedPage, site, testServer } from './server-fixture.ts';

/** A server with a route that fails, and a page whose template does. */
async function failingServer(mode: Mode) {
  const folder = await siteFolder({
    'compressor.config.js': 'export default {};',
    'templates/pages/page.liquid': '{{ page.title | price }}',
    'templates/error.liquid': '<h1>{{ heading }}</h1>',
  });
  await linkPackage(folder, 'widgy');
  const renderer = createSiteRenderer({ site, templates: `${folder}/templates`, onFailure() {} });
  const compressor = await createCompressor(
    await loadConfig(`${folder}/compressor.config.js`, {
      ...{ mode, secret: 'for tests only, and not secret at all', logger: { log() {} } },
      templates: { engine: () => renderer.engine },
    }),
  );
  const server = await testServer({
    ...{ renderer, compressor, errorTemplate: 'error' },
    routes(app) {
      app.get('/broken', { config: { access: 'public' } }, () => {
        throw new TypeError('no <boats>', { cause: new Error('the river froze') });
      });
    },
  });
  await publishedPage(server, { title: 'Home', isHome: true });
  return server.app;
}

describe('a request that fails', () => {
  it('shows in development what failed and where', async () => {
    const app = await failingServer('development');
    const { statusCode, body, headers } = await get(app, '/broken');
    assert.equal(statusCode, 500);
    assert.match(body, /<h1>TypeError: no &lt;boats&gt;<\/h1>/);
    assert.match(body, /at .*failure-page\.test\.ts:\d+/);
    assert.match(body, /\[cause\]: Error: the river froze/);
    const [, nonce] = /<style nonce="([^"]+)">/.exec(body) ?? [];
    assert.ok(nonce !== undefined && String(headers['content-security-policy']).includes(`'nonce-${nonce}'`));
    const page = await get(app, '/');
    assert.equal(page.statusCode, 500);
    assert.match(page.body, /undefined filter: price/);
    assert.match((await get(app, '/nowhere')).body, /^<h1>Not found<\/h1>/);
  });

  it('shows visitors nothing of it', async () => {
    const app = await failingServer('in-request');
    for (const url of ['/broken', '/']) {
      const { statusCode, body } = await get(app, url);
      assert.equal(statusCode, 500);
      assert.match(body, /^<h1>Something went wrong<\/h1>$/);
    }
  });
});
