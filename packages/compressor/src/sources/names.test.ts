import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkName, nameOfUrl, packageName, printable, urlOfName } from './names.ts';

describe('packageName', () => {
  const cases: readonly [name: string, expected: { package: string; file: string } | undefined][] = [
    ['npm:bootstrap/dist/a.css', { package: 'bootstrap', file: 'dist/a.css' }],
    ['npm:@scope/kit/a.css', { package: '@scope/kit', file: 'a.css' }],
    ['npm:Some.Old_Name~1/a.js', { package: 'Some.Old_Name~1', file: 'a.js' }],
    ['npm:bootstrap', undefined],
    ['npm:@scope/kit', undefined],
    ['npm:../x/a.css', undefined],
    ['npm:.bin/a', undefined],
    ['css/npm:x/a.css', undefined],
    ['css/a.css', undefined],
  ];
  for (const [name, expected] of cases) it(name, () => assert.deepEqual(packageName(name), expected));
});

describe('checkName', () => {
  const good = [
    'a.css',
    'a/b c/é.css',
    '..a/b..',
    '.well-known/x',
    'npm:@a/b/c.css',
    'a:b',
    '-',
    'constructor',
  ];
  for (const name of good) it(`accepts ${name}`, () => checkName(name));

  const bad: readonly [name: string, code: string][] = [
    ['../a.css', 'path-outside-root'],
    ['a/../../b.css', 'path-outside-root'],
    ['npm:a/../b.css', 'path-outside-root'],
    ['..', 'path-outside-root'],
    ['', 'path-invalid'],
    ['/etc/passwd', 'path-invalid'],
    ['a//b', 'path-invalid'],
    ['a/', 'path-invalid'],
    ['./a', 'path-invalid'],
    ['a/./b', 'path-invalid'],
    ['a\\..\\b', 'path-invalid'],
    ['a\0.css', 'path-invalid'],
    ['a\nb', 'path-invalid'],
    ['a\u007fb', 'path-invalid'],
    ['npm:a', 'path-invalid'],
    ['npm:/a/b', 'path-invalid'],
    ['npm:a//b', 'path-invalid'],
  ];
  for (const [name, code] of bad) {
    it(`refuses ${JSON.stringify(name)}`, () => {
      const place = { file: 'home.liquid', line: 3 };
      assert.throws(() => checkName(name, place), { code, place });
    });
  }
});

describe('nameOfUrl', () => {
  const cases: readonly [url: string, prefix: string, name: string | undefined][] = [
    ['/static/a.css', '/static/', 'a.css'],
    ['/static/a.css?x#y', '/static/', 'a.css'],
    ['/static/a.css#y?x', '/static/', 'a.css'],
    ['/static/a%2Fb%20c.css', '/static/', 'a/b c.css'],
    ['/static/', '/static/', undefined],
    ['/static', '/static/', undefined],
    ['/statics/a.css', '/static/', undefined],
    ['/Static/a.css', '/static/', undefined],
    ['//static/a.css', '/static/', undefined],
    ['https://cdn.test/s/a.css', 'https://cdn.test/s/', 'a.css'],
    ['/s/a.css', 'https://cdn.test/s/', undefined],
    ['npm:a/b.css?x', '/static/', 'npm:a/b.css'],
    ['', '/static/', undefined],
  ];
  for (const [url, prefix, name] of cases) {
    it(`${url} below ${prefix}`, () => assert.equal(nameOfUrl(url, prefix), name));
  }

  for (const url of ['/static/%', '/static/%c3', '/static/%00']) {
    it(`refuses ${url}`, () => assert.throws(() => nameOfUrl(url, '/static/'), { code: 'path-invalid' }));
  }
});

describe('urlOfName', () => {
  it('is reversed by nameOfUrl', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/^\.\.?$|[\\/\p{Cc}]/u.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const name = parts.join('/');
        assert.equal(nameOfUrl(urlOfName(name, '/static/'), '/static/'), name);
      }),
    );
  });

  it('cannot end an attribute or url(), whatever quotes are around it', () => {
    assert.equal(urlOfName(`a"'()<>& b/c`, '/static/'), '/static/a%22%27%28%29%3C%3E%26%20b/c');
  });

  it('has an answer for half of a character', () => assert.equal(urlOfName('\ud800', '/'), '/%EF%BF%BD'));
});

describe('printable', () => {
  const cases: readonly [name: string, text: string][] = [
    ['plain', 'plain'],
    ['é 😀', 'é 😀'],
    ['a\0\n', 'a\\u0000\\n'],
    ['\x1b[31m', '\\u001b[31m'],
    ['\u009b31m\u007f\u2028', '\\u009b31m\\u007f\\u2028'],
    ['x'.repeat(300), `${'x'.repeat(200)}…`],
  ];
  for (const [name, text] of cases)
    it(JSON.stringify(name.slice(0, 20)), () => assert.equal(printable(name), text));
});
