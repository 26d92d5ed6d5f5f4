import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../testing/folder.ts';

const folder = await temporaryFolder();

/** What a program that uses a storage says, on a machine where nothing is set up. */
async function said(environment: Record<string, string>, hooks = ''): Promise<string> {
  const program = `
    ${hooks}
    const { s3Storage } = await import('${new URL('s3.ts', import.meta.url).href}');
    const storage = s3Storage({ bucket: 'assets', endpoint: 'http://127.0.0.1:1', attempts: 1 });
    await storage.read('a.css').catch(({ code, help }) => console.log(code, help));
  `;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--conditions=widgy-source', '--input-type=module', '--eval', program],
    { env: { HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...environment }, timeout: 30_000 },
  );
  assert.equal(stderr, '', 'the SDK says nothing past the logger of the site');
  return stdout;
}

describe('s3Storage on a machine', () => {
  it('without the SDK says what to install, once it is used', async () => {
    const hooks = `
      const { registerHooks } = await import('node:module');
      registerHooks({
        resolve(specifier, context, next) {
          if (specifier !== '@aws-sdk/client-s3') return next(specifier, context);
          throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' });
        },
      });
    `;
    assert.match(await said({}, hooks), /tool-missing Run npm install @aws-sdk\/client-s3\./);
  });

  it('without a region says where to set it', async () => {
    assert.match(await said({}), /storage-failed Set the option "region"/);
  });

  it('without credentials says where to set them', async () => {
    assert.match(await said({ AWS_REGION: 'us-east-1' }), /storage-failed Check the credentials/);
  });

  it('with all that in the environment uses it', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
    assert.match(
      await said({ AWS_REGION: 'us-east-1', ...keys }),
      /storage-failed Check the option "endpoint"/,
    );
  });
});
