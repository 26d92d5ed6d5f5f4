// A server of the site in a process of its own, on a port and on a database that it is told, so that it can be killed and started again.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openTestServer } from '../../site/src/site-fixture.ts';

const [folder, database, port] = process.argv.slice(2);
assert.ok(folder !== undefined && database !== undefined && port !== undefined);

const { app } = await openTestServer({
  database,
  media: join(folder, 'media'),
  now: Date.now,
  // What one server has built is there for the next one.
  compressor: () => ({ mode: 'in-request', output: { directory: join(folder, 'assets') } }),
});
await app.listen({ port: Number(port) });
process.stdout.write('open\n');
