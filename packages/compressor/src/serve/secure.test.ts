import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forwardedScheme, isSecureRequest } from './secure.ts';

describe('isSecureRequest', () => {
  const cases: readonly [scheme: string, host: string | undefined, expected: boolean][] = [
    ['https', 'example.com', true],
    ['https', undefined, true],
    ['http', 'example.com', false],
    ['http', undefined, false],
    ['http', '', false],
    ['http', 'localhost', true],
    ['http', 'localhost:3000', true],
    ['http', 'LocalHost:3000', true],
    ['http', 'shop.localhost:3000', true],
    ['http', '127.0.0.1:3000', true],
    ['http', '127.8.9.10', true],
    ['http', '[::1]:3000', true],
    ['http', '[::1]', true],
    ['http', '[::2]', false],
    ['http', 'localhost.example.com', false],
    ['http', 'notlocalhost', false],
    ['http', '127.0.0.1.example.com', false],
    ['http', '192.168.0.1', false],
    ['http', '0.0.0.0', false],
    ['http', `${'a.'.repeat(10_000)}x`, false],
  ];
  for (const [scheme, host, expected] of cases) {
    it(`${scheme}, host ${host?.slice(0, 30)}: ${expected}`, () =>
      assert.equal(isSecureRequest({ host }, scheme), expected));
  }
});

describe('forwardedScheme', () => {
  const cases: readonly [headers: Record<string, string>, expected: string | undefined][] = [
    [{}, undefined],
    [{ 'x-forwarded-proto': 'https' }, 'https'],
    [{ 'x-forwarded-proto': 'HTTPS , http' }, 'https'],
    [{ 'x-forwarded-proto': 'http, https' }, 'http'],
    [{ 'x-forwarded-proto': '' }, undefined],
    [{ forwarded: 'proto=https' }, 'https'],
    [{ forwarded: 'for=192.0.2.60;Proto="https" ;by=203.0.113.43, proto=http' }, 'https'],
    [{ forwarded: 'for="a,proto=https"; proto=http' }, 'http'],
    [{ forwarded: 'for=192.0.2.43, proto=https' }, undefined],
    [{ forwarded: 'for=192.0.2.43;notproto=https' }, undefined],
    [{ forwarded: 'for="unfinished;proto=https' }, undefined],
    [{ forwarded: 'proto=http', 'x-forwarded-proto': 'https' }, 'http'],
    [{ forwarded: 'for=192.0.2.43', 'x-forwarded-proto': 'https' }, 'https'],
  ];
  for (const [headers, expected] of cases) {
    it(`${JSON.stringify(headers)}: ${expected}`, () => assert.equal(forwardedScheme(headers), expected));
  }
});
