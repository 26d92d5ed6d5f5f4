import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { publishedPage, testServer } from './server-fixture.ts';

describe('a server that stops', () => {
  it('answers what still comes in, says that it is not ready, and then takes nothing more', async () => {
    const seen: unknown[] = [];
    const server = await testServer({
      routes(app) {
        // What stops last is asked while everything else has been told to stop.
        app.addHook('preClose', async () => {
          for (const path of ['/', '/admin/sign-in', '/healthz', '/readyz'])
            seen.push([path, (await fetch(`${app.listeningOrigin}${path}`)).status]);
        });
      },
    });
    await publishedPage(server, { title: 'Home', isHome: true });
    const { app } = server;
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { listeningOrigin } = app;
    await app.close();
    assert.deepEqual(seen, [
      ['/', 200],
      ['/admin/sign-in', 200],
      ['/healthz', 200],
      ['/readyz', 503],
    ]);
    await assert.rejects(fetch(listeningOrigin));
  });
});
