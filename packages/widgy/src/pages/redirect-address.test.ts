import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodedUrl, readTo } from './redirect-address.ts';

describe('where a redirect leads', () => {
  const cases: readonly [typed: string, isTaken: boolean, sent: string][] = [
    ['/about', true, '/about'],
    ['/caf\u00e9?a=b#c', true, '/caf%C3%A9?a=b#c'],
    ['/a/../b', true, '/b'],
    ['https://example.org/x', true, 'https://example.org/x'],
    ['//evil.example/', false, 'https://evil.example/'],
    ['/\\evil.example/', false, 'https://evil.example/'],
    // What is another host once ".." and "." are resolved.
    ['/x/..//evil.example/p', false, '/'],
    ['/.//evil.example', false, '/'],
    ['/%2e%2E//evil.example', false, '/'],
    ['/x/..///evil.example', false, '/'],
  ];
  for (const [typed, isTaken, sent] of cases) {
    it(`${typed} is ${isTaken ? 'taken' : 'refused'}, and would be sent as ${sent}`, () => {
      assert.equal('url' in readTo(typed), isTaken);
      assert.equal(encodedUrl(typed), sent);
    });
  }
});
