import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { type Goal, groupIdentity, packSource, type Source, unpackSource } from './recipe.ts';
import {
  type NamedGroup,
  packGroup,
  signFolder,
  storedName,
  unpackGroup,
  verifyFolder,
} from './signed-recipe.ts';

const SECRET = 'a secret of many characters';

/** Objects as literals make them. */
const PLAIN = { noNullPrototype: true };

const text = fc.string({ unit: 'binary', maxLength: 30 });
const source: fc.Arbitrary<Source> = fc.oneof(
  fc.record({ file: text }, PLAIN),
  fc.record({ file: text, charset: text }, PLAIN),
  fc.record({ text: fc.oneof(text, fc.string({ minLength: 1000, maxLength: 5000 })), language: text }, PLAIN),
);
const group: fc.Arbitrary<NamedGroup> = fc.record(
  {
    goal: fc.constantFrom<Goal>('style', 'classic', 'module', 'own:sprite.svg'),
    name: text,
    sources: fc.array(source, { minLength: 1, maxLength: 6 }),
  },
  PLAIN,
);

function flip(text: string, index: number): string {
  return text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
}

describe('a packed group', () => {
  it('is unpacked into the same group, and is safe in a URL', () => {
    fc.assert(
      fc.property(group, (value) => {
        const packed = packGroup(value);
        assert.match(packed, /^[\w-]+$/);
        assert.deepEqual(unpackGroup(packed), value);
      }),
    );
  });

  it('of a source is reversed by unpacking', () => {
    fc.assert(fc.property(source, (value) => assert.deepEqual(unpackSource(packSource(value)), value)));
  });

  it('is shorter than its text when that is long', () => {
    const sources = Array.from({ length: 20 }, (_, index) => ({ file: `scripts/component-${index}.ts` }));
    assert.ok(packGroup({ goal: 'module', name: 'site', sources }).length < 200);
  });

  const pack = (data: unknown): string => deflateRawSync(JSON.stringify(data)).toString('base64url');
  const garbage: readonly [name: string, packed: string][] = [
    ['nothing', ''],
    ['no deflated data', 'AAAA'],
    ['no JSON', deflateRawSync('[1,').toString('base64url')],
    ['null', pack(null)],
    ['an object', pack({ goal: 'style' })],
    ['an unknown goal', pack([3, 'a', 'a.css'])],
    ['a goal that is a text', pack(['0', 'a', 'a.css'])],
    ['no name', pack([0])],
    ['a number for a source', pack([0, 'a', 1])],
    ['a source of one part', pack([0, 'a', ['a.css']])],
    ['a source of four parts', pack([0, 'a', ['.css', 'b', 0, 0]])],
    ['a source with a wrong mark', pack([0, 'a', ['.css', 'b', 1]])],
    ['more than any recipe has', pack([0, 'a', 'x'.repeat(5 * 1024 * 1024)])],
  ];
  for (const [name, packed] of garbage) {
    it(`is not made of ${name}`, () => assert.equal(unpackGroup(packed), undefined));
  }
});

describe('the identity of a group', () => {
  it('is equal exactly for equal groups', () => {
    fc.assert(
      fc.property(group, group, (a, b) => {
        const isEqual =
          JSON.stringify([a.goal, a.sources.map(sorted)]) === JSON.stringify([b.goal, b.sources.map(sorted)]);
        assert.equal(groupIdentity(a) === groupIdentity(b), isEqual);
        assert.equal(groupIdentity(a), groupIdentity({ goal: a.goal, sources: structuredClone(a.sources) }));
      }),
    );
  });

  const different: readonly [a: readonly Source[], b: readonly Source[]][] = [
    [
      [{ file: 'a' }, { file: 'b' }],
      [{ file: 'b' }, { file: 'a' }],
    ],
    [[{ file: 'a', charset: 'b' }], [{ file: 'a' }, { file: 'b' }]],
    [[{ file: '.js', charset: 'a' }], [{ language: '.js', text: 'a' }]],
    [[{ file: 'a,b' }], [{ file: 'a' }, { file: 'b' }]],
    [[{ file: '["a","b"]' }], [{ file: 'a', charset: 'b' }]],
    [[{ language: '.js', text: '' }], [{ language: '.ts', text: '' }]],
  ];
  for (const [a, b] of different) {
    it(`tells ${JSON.stringify(a)} from ${JSON.stringify(b)}`, () => {
      assert.notEqual(
        groupIdentity({ goal: 'classic', sources: a }),
        groupIdentity({ goal: 'classic', sources: b }),
      );
    });
  }

  it('tells goals apart', () => {
    const sources = [{ file: 'a.js' }];
    assert.notEqual(groupIdentity({ goal: 'classic', sources }), groupIdentity({ goal: 'module', sources }));
  });
});

describe('a signed folder', () => {
  const packed = packGroup({ goal: 'style', name: 'site', sources: [{ file: 'css/site.css' }] });
  const folder = signFolder({ packed }, SECRET);

  it('gives back what was signed', () => {
    assert.deepEqual(verifyFolder(folder, [SECRET]), { packed });
    assert.deepEqual(verifyFolder(signFolder({ stored: 'abc' }, SECRET), [SECRET]), { stored: 'abc' });
  });

  it('is one part of a path that needs no escaping', () => assert.match(folder, /^[\w.-]+$/));

  it('stays valid while the secret is rotated', () => {
    const secrets = ['the next secret of many characters', SECRET];
    assert.deepEqual(verifyFolder(folder, secrets), { packed });
    assert.deepEqual(verifyFolder(signFolder({ packed }, secrets[0] ?? ''), secrets), { packed });
  });

  it('is refused when any character of it is another one', () => {
    for (let index = 0; index < folder.length; index += 1) {
      assert.equal(verifyFolder(flip(folder, index), [SECRET]), undefined, `character ${index}`);
    }
  });

  it('is refused when it is cut anywhere', () => {
    for (let length = 0; length < folder.length; length += 1) {
      assert.equal(verifyFolder(folder.slice(0, length), [SECRET]), undefined, `${length} characters`);
    }
  });

  const signature = folder.slice(-22);
  const other = packGroup({ goal: 'style', name: 'site', sources: [{ file: 'css/other.css' }] });
  const refused: readonly [name: string, folder: string, secrets: readonly string[]][] = [
    ['another secret', folder, ['another secret of many characters']],
    ['no secret', folder, []],
    ['an empty secret', folder, ['']],
    ['the signature of another recipe', `p${other}.${signature}`, [SECRET]],
    ['a packed recipe replayed as a stored one', `s${packed}.${signature}`, [SECRET]],
    ['a line break after it', `${folder}\n`, [SECRET]],
    ['a space before it', ` ${folder}`, [SECRET]],
    ['padding', `${folder}==`, [SECRET]],
    [
      'base64 instead of base64url',
      folder.replace(/-/g, '+').replace(/_/g, '/').replace(/^p/, 'p+'),
      [SECRET],
    ],
    ['no content', `p.${signature}`, [SECRET]],
    ['nothing', '', [SECRET]],
    ['two signatures', `${folder}.${signature}`, [SECRET]],
    ['a name of every object', '__proto__', [SECRET]],
  ];
  for (const [name, given, secrets] of refused) {
    it(`is refused with ${name}`, () => assert.equal(verifyFolder(given, secrets), undefined));
  }

  it('is refused with another spelling of the same signature', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const bytes = Buffer.from(signature, 'base64url');
    // 22 characters hold 132 bits, so the last one has four that say nothing.
    const spellings = [...alphabet].map((last) => signature.slice(0, -1) + last);
    const same = spellings.filter((spelling) => Buffer.from(spelling, 'base64url').equals(bytes));
    assert.equal(same.length, 16);
    const accepted = same.filter(
      (spelling) => verifyFolder(`p${packed}.${spelling}`, [SECRET]) !== undefined,
    );
    assert.deepEqual(accepted, [signature]);
  });
});

describe('storedName', () => {
  it('is short, safe in a file name, and another one for another recipe', () => {
    assert.match(storedName('abc'), /^[\w-]{22}$/);
    assert.equal(storedName('abc'), storedName('abc'));
    assert.notEqual(storedName('abc'), storedName('abd'));
  });
});

function sorted(value: Source): unknown {
  return Object.entries(value).sort();
}

it('a group too large to be unpacked is refused when it is packed', () => {
  const withText = (length: number): NamedGroup => ({
    goal: 'style',
    name: 'a',
    sources: [{ text: 'x'.repeat(length), language: '.css' }],
  });
  const largest = withText(4 * 1024 * 1024 - 24);
  assert.deepEqual(unpackGroup(packGroup(largest)), largest);
  assert.throws(() => packGroup(withText(4 * 1024 * 1024)), { code: 'recipe-too-long' });
});
