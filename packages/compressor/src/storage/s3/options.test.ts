import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkS3Options, type S3Options } from './options.ts';

describe('checkS3Options', () => {
  const wrong: readonly [option: string, options: Partial<S3Options>][] = [
    ['bucket', { bucket: '' }],
    ['bucket', { bucket: 'assets/site' }],
    ['bucket', { bucket: 'https://assets.s3.amazonaws.com' }],
    ['prefix', { prefix: '/site' }],
    ['prefix', { prefix: 'site//assets' }],
    ['prefix', { prefix: '../site' }],
    ['prefix', { prefix: 'my site' }],
    ['prefix', { prefix: 'x'.repeat(121) }],
    ['endpoint', { endpoint: 's3.example.com' }],
    ['endpoint', { endpoint: 'ftp://s3.example.com' }],
    ['endpoint', { endpoint: 'https://key:secret@s3.example.com' }],
    ['endpoint', { endpoint: 'https://s3.example.com/bucket' }],
    ['endpoint', { endpoint: 'https://s3.example.com/?x=1' }],
    ['attempts', { attempts: 0 }],
    ['attempts', { attempts: 1.5 }],
    ['timeout', { timeout: -1 }],
  ];
  for (const [option, options] of wrong) {
    it(`refuses ${JSON.stringify(options)}, without repeating it`, () => {
      assert.throws(() => checkS3Options({ bucket: 'assets', ...options }), {
        code: 'config-invalid',
        summary: `the option "${option}" of s3Storage is wrong`,
      });
    });
  }

  const prefixes: readonly [given: string | undefined, prefix: string][] = [
    [undefined, ''],
    ['', ''],
    ['site', 'site/'],
    ['site/', 'site/'],
    ['site/v2/assets', 'site/v2/assets/'],
  ];
  for (const [given, prefix] of prefixes) {
    it(`takes the prefix ${given}`, () => {
      assert.equal(checkS3Options({ bucket: 'assets', prefix: given }).prefix, prefix);
    });
  }

  for (const endpoint of [
    'http://localhost:9000',
    'https://account.r2.cloudflarestorage.com/',
    'http://[::1]:9000',
  ]) {
    it(`takes the endpoint ${endpoint}`, () => {
      assert.equal(checkS3Options({ bucket: 'assets', endpoint }).endpoint, endpoint);
    });
  }
});
