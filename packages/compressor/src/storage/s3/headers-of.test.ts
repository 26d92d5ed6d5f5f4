import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headersOf } from './headers-of.ts';

const HASH = '0123456789abcdef';
const CSS = 'text/css; charset=utf-8';
const JS = 'text/javascript; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const BYTES = 'application/octet-stream';

describe('headersOf', () => {
  const names: readonly [name: string, type: string, encoding: string | undefined, isFinal: boolean][] = [
    [`site.${HASH}.css`, CSS, undefined, true],
    [`site.${HASH}.css.br`, CSS, 'br', true],
    [`site.${HASH}.css.gz`, CSS, 'gzip', true],
    [`site.${HASH}.css.zst`, CSS, 'zstd', true],
    [`site.${HASH}.js`, JS, undefined, true],
    [`site.js.${HASH}.map`, JSON_TYPE, undefined, true],
    [`site.js.${HASH}.map.br`, JSON_TYPE, 'br', true],
    [`logo.${HASH}.svg.br`, 'image/svg+xml; charset=utf-8', 'br', true],
    [`photo.${HASH}.jpg`, 'image/jpeg', undefined, true],
    [`serif.${HASH}.woff2`, 'font/woff2', undefined, true],
    // What is compressed in itself is not an encoding of something else.
    [`archive.tar.${HASH}.gz`, 'application/gzip', undefined, true],
    [`photo.${HASH}.jpg.br`, BYTES, undefined, false],
    [`LICENSE.${HASH}`, BYTES, undefined, true],
    // What is not named after its content may become something else one day.
    ['site.css', CSS, undefined, false],
    ['site.css.br', BYTES, undefined, false],
    [`releases/${HASH}.json`, JSON_TYPE, undefined, false],
    [`builds/${HASH}.json`, JSON_TYPE, undefined, false],
    [`recipes/${HASH}`, BYTES, undefined, false],
    [`static/img/logo.${HASH}.svg`, 'image/svg+xml; charset=utf-8', undefined, true],
    [`static/img/logo.${HASH}.svg.br`, 'image/svg+xml; charset=utf-8', 'br', true],
    [`site.${HASH}.css.${HASH}.dcb`, BYTES, undefined, true],
    ['gc.lock', BYTES, undefined, false],
    [`releases/v1.${HASH}.json`, JSON_TYPE, undefined, false],
    [`static/${HASH}.br`, BYTES, undefined, false],
  ];
  for (const [name, ContentType, ContentEncoding, isFinal] of names) {
    it(name, () => {
      assert.deepEqual(headersOf(name), {
        ContentType,
        ...(ContentEncoding !== undefined && { ContentEncoding }),
        CacheControl: isFinal ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
    });
  }
});
