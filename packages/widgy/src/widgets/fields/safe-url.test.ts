import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSafeUrl } from './safe-url.ts';

describe('isSafeUrl', () => {
  const urls: readonly [url: string, isSafe: boolean][] = [
    ['', true],
    ['/a/b?c=d:e#f', true],
    ['a/b:c', true],
    ['#top', true],
    ['?page=1:2', true],
    ['//example.com/', true],
    ['HTTPS://example.com', true],
    ['mailto:a@b.c', true],
    ['tel:+49123', true],
    ['javascript:alert(1)', false],
    ['JavaScript:alert(1)', false],
    ['\u0001 javascript:alert(1)', false],
    ['java\nscript:alert(1)', false],
    ['java\u0000script:alert(1)', false],
    ['data:text/html,x', false],
    ['vbscript:x', false],
    ['blob:x', false],
    ['file:///etc/passwd', false],
    ['a:b', false],
    [':', false],
  ];
  for (const [url, isSafe] of urls) {
    it(`${JSON.stringify(url)} is ${isSafe ? 'safe' : 'not safe'}`, () =>
      assert.equal(isSafeUrl(url), isSafe));
  }
});
