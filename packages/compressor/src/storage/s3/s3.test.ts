import { after } from 'node:test';
import { temporaryFolder } from '../../testing/folder.ts';
import { testStorage } from '../contract.ts';
import { FAKE_BUCKET, FAKE_KEYS, startFakeS3 } from './fake-s3-fixture.ts';
import { s3Storage } from './s3.ts';
import { startS3rver } from './s3rver-fixture.ts';

const s3rver = await startS3rver(await temporaryFolder());
after(() => s3rver[Symbol.asyncDispose]());
let storages = 0;

// It does not heed If-None-Match, as some services do not.
testStorage('s3rver', async () => {
  storages += 1;
  return s3Storage({
    bucket: 'assets',
    prefix: `site/${storages}`,
    endpoint: s3rver.endpoint,
    region: 'us-east-1',
    pathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    conditionalWrites: false,
  });
});

const fake = await startFakeS3();
after(() => fake[Symbol.asyncDispose]());

testStorage('S3 with conditional writes', async () => {
  storages += 1;
  return s3Storage({
    bucket: FAKE_BUCKET,
    prefix: `site/${storages}`,
    endpoint: fake.endpoint,
    region: 'us-east-1',
    pathStyle: true,
    credentials: FAKE_KEYS,
  });
});
