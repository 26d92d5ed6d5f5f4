import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_CONNECTIONS, REQUEST_TIMEOUT_MS } from './build-server.ts';
import { testServer } from './server-fixture.ts';

describe('a server', () => {
  it('waits for no request for ever, and holds so many connections', async () => {
    const { server } = (await testServer()).app;
    assert.equal(server.requestTimeout, REQUEST_TIMEOUT_MS);
    assert.equal(server.maxConnections, MAX_CONNECTIONS);
    assert.ok(server.headersTimeout > 0 && server.headersTimeout <= REQUEST_TIMEOUT_MS);
  });
});
