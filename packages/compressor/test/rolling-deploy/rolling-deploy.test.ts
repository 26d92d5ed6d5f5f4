import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startS3rver } from '../../src/storage/s3/s3rver-fixture.ts';
import { temporaryFolder } from '../../src/testing/folder.ts';
import { type Code, type Server, writeCode } from './code-fixture.ts';
import { type LoadBalancer, startLoadBalancer } from './load-balancer-fixture.ts';
import { siteFiles } from './site-fixture.ts';
import { startTraffic } from './traffic-fixture.ts';

const VISITORS = 3;

const offlineConfig = (endpoint: string) => `
import { defineConfig } from '@widgy/compressor';
import { s3Storage } from '@widgy/compressor/s3';

export default defineConfig({
  mode: 'offline',
  offline: { onMiss: 'error' },
  output: {
    storage: s3Storage({
      bucket: 'assets',
      region: 'eu-central-1',
      endpoint: '${endpoint}',
      pathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    }),
  },
});
`;

const IN_REQUEST = `
import { defineConfig } from '@widgy/compressor';

export default defineConfig({ mode: 'in-request', secret: 'a secret that both servers share' });
`;

describe('a site on two servers with disks of their own', () => {
  it('goes from one release to the next, and back, without a request that fails', async () => {
    await using resources = new AsyncDisposableStack();
    const s3 = await startS3rver(await temporaryFolder());
    const config = offlineConfig(s3.endpoint);
    const one = resources.use(await writeCode(siteFiles(1, config)));
    const two = resources.use(await writeCode(siteFiles(2, config)));
    const balancer = resources.use(await startLoadBalancer());
    const start = starter(balancer, resources);
    const replace = async (old: Server, code: Code): Promise<Server> => {
      const server = await start(code);
      await traffic.settle();
      await balancer.remove(old);
      await old.stop();
      return server;
    };

    await one.compressor('compress', '--release', 'one', '--fail-on-missing');
    let [left, right] = [await start(one), await start(one)];
    const traffic = resources.use(startTraffic(balancer.origin, VISITORS));
    await traffic.settle();

    await two.compressor('compress', '--release', 'two', '--fail-on-missing');
    await traffic.settle();
    left = await replace(left, two);
    await traffic.settle();
    right = await replace(right, two);
    await traffic.settle();

    left = await replace(left, one);
    await traffic.settle();
    right = await replace(right, one);
    await traffic.settle();
    // What is there already is not written again, but the release is then the newest once more.
    await one.compressor('compress', '--release', 'one');
    const collected = await one.compressor('gc', '--keep', '1', '--older-than', '0s');
    assert.match(collected, /deleted release two/);
    assert.match(await one.compressor('releases'), /^\* one .*\n1 release\n$/);
    await traffic.settle();

    await right.kill();
    await traffic.settle();
    await start(one);
    await traffic.settle();
    await s3[Symbol.asyncDispose]();
    await traffic.settle();
    await left.kill();
    await traffic.settle();

    const { failures, seen, pages, files, checked } = await traffic.end();
    assert.deepEqual(failures, []);
    assert.deepEqual([...seen].sort(), ['version 1', 'version 2']);
    assert.ok(pages > 50 && files >= pages * 5, `${pages} pages, ${files} files`);
    assert.equal(checked, pages * 3, 'style sheet, script and module of each page have integrity');
  });

  it('goes from one version to the next without any storage, building during requests', async () => {
    await using resources = new AsyncDisposableStack();
    const codes = [1, 2].map((version) => writeCode(siteFiles(version, IN_REQUEST)));
    const [one, two] = await Promise.all(codes);
    assert.ok(one && two);
    resources.use(one);
    resources.use(two);
    const balancer = resources.use(await startLoadBalancer());
    const start = starter(balancer, resources);
    let [left, right] = [await start(one), await start(one)];
    const traffic = resources.use(startTraffic(balancer.origin, VISITORS));
    for (const code of [two, one]) {
      for (const side of ['left', 'right']) {
        await traffic.settle();
        const server = await start(code);
        await traffic.settle();
        const old = side === 'left' ? left : right;
        await balancer.remove(old);
        await old.stop();
        if (side === 'left') left = server;
        else right = server;
      }
    }
    await traffic.settle();
    await right.kill();
    await traffic.settle();

    const { failures, seen, pages, files } = await traffic.end();
    assert.deepEqual(failures, []);
    assert.deepEqual([...seen].sort(), ['version 1', 'version 2']);
    assert.ok(pages > 30 && files >= pages * 5, `${pages} pages, ${files} files`);
  });
});

/** Starts servers on disks of their own, behind the balancer. */
function starter(balancer: LoadBalancer, resources: AsyncDisposableStack): (code: Code) => Promise<Server> {
  return async (code) => {
    const disk = resources.use(await code.copy());
    const server = resources.use(await disk.start());
    balancer.add(server);
    return server;
  };
}
