import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createArtifact, mediaType, safeName } from './artifact.ts';

test('safeName leaves what needs no escaping anywhere, and keeps extensions', () => {
  const cases: readonly (readonly [name: string, safe: string])[] = [
    ['site.css', 'site.css'],
    ['my font (1).woff2', 'my-font-1-.woff2'],
    ['../../etc/passwd', 'etc-passwd'],
    ['.hidden', 'hidden'],
    ['--flag', 'flag'],
    ['', 'asset'],
    ['...', 'asset'],
    ['über\u0000\n.svg', 'ber-.svg'],
    ['a"b\'c)d;e.png', 'a-b-c-d-e.png'],
    [`${'x'.repeat(300)}.css`, `${'x'.repeat(76)}.css`],
    [`a.${'-'.repeat(70)}.${'x'.repeat(9)}`, 'xxxxxxxxx'],
    [`a${'.'.repeat(76)}.css`, 'css'],
  ];
  for (const [name, safe] of cases) assert.equal(safeName(name), safe, name);
  for (const [name] of cases) assert.match(safeName(name), /^\w[\w.-]{0,79}$/);
});

test('an artifact is named after its bytes', () => {
  const a = createArtifact('a.css', 'a{}', ['z.png', 'b.png']);
  assert.match(a.name, /^a\.[0-9a-f]{16}\.css$/);
  assert.equal(createArtifact('a.css', Buffer.from('a{}')).name, a.name);
  assert.notEqual(createArtifact('a.css', 'a{ }').name, a.name);
  assert.deepEqual(a.references, ['b.png', 'z.png']);
});

test('media types', () => {
  const cases: readonly (readonly [name: string, type: string])[] = [
    ['a.css', 'text/css; charset=utf-8'],
    ['a.js', 'text/javascript; charset=utf-8'],
    ['a.css.0123456789abcdef.map', 'application/json; charset=utf-8'],
    ['a.svg', 'image/svg+xml; charset=utf-8'],
    ['a.png', 'image/png'],
    ['a.woff2', 'font/woff2'],
    ['a.wasm', 'application/wasm'],
    ['a.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['a.unheard-of', 'application/octet-stream'],
    ['a', 'application/octet-stream'],
  ];
  for (const [name, type] of cases) assert.equal(mediaType(name), type, name);
});
