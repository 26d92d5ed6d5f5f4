import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { hasCode } from '../errors.ts';
import { type Location, readLocation } from './location.ts';

describe('readLocation', () => {
  const file = (path: string): Location => ({ kind: 'sqlite', path });
  const cases: readonly [url: string, expected: Location][] = [
    ['postgres://me@db/site', { kind: 'postgres', url: 'postgres://me@db/site' }],
    ['postgresql:///site', { kind: 'postgres', url: 'postgresql:///site' }],
    ['POSTGRES://db/site', { kind: 'postgres', url: 'POSTGRES://db/site' }],
    [':memory:', file(':memory:')],
    ['sqlite::memory:', file(':memory:')],
    ['sqlite:site.db', file(resolve('site.db'))],
    ['sqlite:data/site.db', file(join(process.cwd(), 'data/site.db'))],
    ['sqlite:/srv/site.db', file(resolve('/srv/site.db'))],
    ['sqlite:///srv/site.db', file(resolve('/srv/site.db'))],
    ['file:///srv/my%20site.db', file(resolve('/srv/my site.db'))],
    ['./data/site.db', file(resolve('data/site.db'))],
  ];
  for (const [url, expected] of cases) {
    it(`reads ${url}`, () => assert.deepEqual(readLocation(url), expected));
  }

  const refused = [
    '',
    'sqlite:',
    'sqlite://host/site.db',
    'site.db?mode=ro',
    'mysql://me:secret@db/site',
    'a\0b',
  ];
  for (const url of refused) {
    it(`refuses ${JSON.stringify(url)}`, () => {
      assert.throws(
        () => readLocation(url),
        (error) => hasCode(error, 'database-url-invalid') && !error.message.includes('secret'),
      );
    });
  }
});
