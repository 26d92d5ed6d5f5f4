import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { after, describe, it } from 'node:test';
import { createStreams } from './streams.ts';

describe('streams', () => {
  it('drop a client that takes nothing, and have room for another then', async () => {
    const streams = createStreams({ eventStreams: 1, eventStreamsPerUser: 1, stallMs: 50 });
    const opened: boolean[] = [];
    let pulled = 0;
    let isDropped = (): void => undefined;
    const dropped = new Promise<void>((resolve) => {
      isDropped = resolve;
    });
    const http = createServer((_, response) => {
      const client = {
        user: 'ann',
        isClosed: () => response.closed,
        onClose: (listener: () => void) => response.once('close', listener),
        drop: () => {
          response.once('close', isDropped);
          response.destroy();
        },
      };
      const found = streams.open(client, async function* () {
        for (; ; pulled++) yield 'x'.repeat(100_000);
      });
      opened.push(found.ok);
      if (found.ok) found.stream.pipe(response);
      else response.end('full');
    });
    after(() => http.close());
    const base = `http://127.0.0.1:${await portOf(http)}`;
    const silent = connect(Number(new URL(base).port), '127.0.0.1');
    silent.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(silent, 'readable');
    assert.equal(await (await fetch(base)).text(), 'full');
    // It is closed by the server, though it has not read what it was sent.
    await dropped;
    const { body } = await fetch(base);
    await body?.cancel();
    assert.deepEqual(opened, [true, false, true]);
    assert.ok(pulled < 1000, `${pulled} were made for nobody`);
    silent.destroy();
  });

  it('are counted for each user, and for all who are not known together, as long as they are open', () => {
    const streams = createStreams({ eventStreams: 4, eventStreamsPerUser: 1, stallMs: 50 });
    const closings = new Map<string | null, () => void>();
    const open = (user: string | null, isClosed = false) => {
      const onClose = (listener: () => void) => closings.set(user, listener);
      const client = { user, isClosed: () => isClosed, onClose, drop: () => undefined };
      const opened = streams.open(client, async function* () {});
      return opened.ok ? 'open' : opened.limit;
    };
    // Those who are gone take no place.
    for (let time = 0; time < 6; time++) assert.equal(open('ann', true), 'open');
    assert.equal(open('ann'), 'open');
    assert.equal(open('ann'), 'eventStreamsPerUser');
    assert.equal(open(null), 'open');
    assert.equal(open(null), 'eventStreamsPerUser');
    assert.equal(open('bob'), 'open');
    closings.get('ann')?.();
    closings.get('ann')?.();
    assert.equal(open('ann'), 'open');
    assert.equal(open('ann'), 'eventStreamsPerUser');
    assert.equal(open('eve'), 'open');
    assert.equal(open('dan'), 'eventStreams');
  });
});

async function portOf(http: Server): Promise<number> {
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  return typeof address === 'object' && address !== null ? address.port : assert.fail();
}
