import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { publishedPage, testServer } from './server-fixture.ts';
import { STOP_DRAIN_MS, stopInTime } from './stopping.ts';

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

  /** A server with clocks that the test turns: each step waits until the test goes on with it. */
  async function stopping(pause: number) {
    const waiting: { readonly milliseconds: number; readonly step: () => void; isOff: boolean }[] = [];
    const begun = Promise.withResolvers<void>();
    const app = fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
    app.get('/', async () => 'here');
    stopInTime(app, {
      pause,
      afterTime(milliseconds, step) {
        const wait = { milliseconds, step, isOff: false };
        waiting.push(wait);
        begun.resolve();
        return () => {
          wait.isOff = true;
        };
      },
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { app, waiting, begun: begun.promise, origin: app.listeningOrigin };
  }

  it('still takes connections for a while after it has been told to', async () => {
    const { app, waiting, begun, origin } = await stopping(1234);
    const closed = app.close();
    await begun;
    assert.equal(await (await fetch(origin)).text(), 'here');
    assert.deepEqual(
      waiting.map(({ milliseconds }) => milliseconds),
      [1234],
    );
    waiting[0]?.step();
    await closed;
    await assert.rejects(fetch(origin));
    assert.equal(waiting[1]?.isOff, true);
  });

  it('ends who sends too slowly', async () => {
    const { app, waiting, begun, origin } = await stopping(0);
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    await once(socket, 'connect');
    const arrived = once(app.server, 'request');
    socket.write('POST /none HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\nx');
    await arrived;
    const ended = once(socket, 'close');
    const closed = app.close();
    await begun;
    assert.deepEqual(
      waiting.map(({ milliseconds }) => milliseconds),
      [STOP_DRAIN_MS],
    );
    waiting[0]?.step();
    await Promise.all([ended, closed]);
  });
});
