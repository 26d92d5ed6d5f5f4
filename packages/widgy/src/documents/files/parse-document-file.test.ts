import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_LIMITS, MAX_PROBLEMS } from '../../tree/limits.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { createTree, hashTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { type DocumentFile, type FiledCommit, formatDocumentFile } from './document-file.ts';
import { randomDocumentFile } from './document-file-fixture.ts';
import { parseDocumentFile } from './parse-document-file.ts';

const limits = DEFAULT_LIMITS;
const one = createTree(createWidget({ id: 'a', type: 'page', fields: { text: 'x' } }));
const two = createTree(createWidget({ id: 'a', type: 'page', fields: { text: 'y' } }));
const commit = (number: number, parts: Partial<FiledCommit> = {}): FiledCommit => ({
  ...{ number, parent: number === 1 ? null : number - 1, hash: hashTree(one), author: 'ann', message: 'm' },
  ...{ publishAt: 1, approval: null, isWithdrawal: false, at: 1, ...parts },
});
const good: DocumentFile = {
  ...{ document: 'doc', owner: { type: 'page', id: '1', field: 'body' }, createdAt: 1, draft: hashTree(two) },
  commits: [commit(1), commit(2, { isWithdrawal: true })],
  trees: new Map([
    [hashTree(one), one],
    [hashTree(two), two],
  ]),
};
const text = formatDocumentFile(good);

/** The good file with something else in the place of a part of its text. */
const changed = (from: string | RegExp, to: string) => {
  const result = text.replace(from, () => to);
  assert.notEqual(result, text, `${from} is not in the file`);
  return result;
};
const withCommits = (...commits: readonly FiledCommit[]) => formatDocumentFile({ ...good, commits });
const deep = (levels: number) => {
  let json = '{"id":"w0","type":"box"}';
  for (let at = 1; at < levels; at++) json = `{"id":"w${at}","type":"box","children":[${json}]}`;
  return json;
};
const TREE_OF_ONE = `"${hashTree(one)}":{"fields":{"text":"x"},"id":"a","type":"page"}`;

describe('a file with a document', () => {
  it('is canonical, and reads back as what it was', () => {
    assert.deepEqual(parseDocumentFile(text, { limits }), { ok: true, value: good });
    assert.match(text, /^\{"commits":\[\{"approval":null,"at":1,.*"trees":\{.*\}\}\n$/);
    const again = JSON.stringify(JSON.parse(text));
    assert.equal(`${again}\n`, text, 'it has no spaces');
  });

  it('reads back as what it was, whatever it was', () => {
    fc.assert(
      fc.property(randomDocumentFile, (file) => {
        const written = formatDocumentFile(file);
        const parsed = parseDocumentFile(written, { limits });
        assert.ok(parsed.ok, JSON.stringify(parsed));
        assert.equal(formatDocumentFile(parsed.value), written);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  const bad: readonly [what: string, text: string, code: string, path: string][] = [
    ['is empty', '', 'not-json', ''],
    ['is cut off', text.slice(0, -20), 'not-json', ''],
    ['is nested without end', '['.repeat(1_000_000), 'not-json', ''],
    ['is a list', '[]', 'format-unknown', '/format'],
    ['is nothing', 'null', 'format-unknown', '/format'],
    ['has another format', changed('widgy-document-1', 'widgy-document-2'), 'format-unknown', '/format'],
    ['has no format', changed(/"format":"[^"]*",/, ''), 'format-unknown', '/format'],
    ['has a key that nobody reads', changed('{"commits"', '{"more":1,"commits"'), 'unknown-key', '/more'],
    ['has a prototype', changed('{"commits"', '{"__proto__":{},"commits"'), 'unknown-key', '/__proto__'],
    [
      'has a commit with a prototype',
      changed('{"approval"', '{"__proto__":{},"approval"'),
      'unknown-key',
      '/commits/0/__proto__',
    ],
    [
      'has a tree called prototype',
      changed('"trees":{', `"trees":{"__proto__":{"id":"b","type":"page"},`),
      'hash-wrong',
      '/trees/__proto__',
    ],
    [
      'has fields with a prototype',
      changed('"text":"x"', '"__proto__":{"text":"x"}'),
      'forbidden-key',
      `/trees/${hashTree(one)}/fields/__proto__`,
    ],
    [
      'has an id that is none',
      changed('"document":"doc"', '"document":"../doc"'),
      'wrong-shape',
      '/document',
    ],
    ['has half an owner', changed('"field":"body",', ''), 'wrong-shape', '/owner/field'],
    [
      'has an owner with U+0000',
      changed('"field":"body"', '"field":"b\\u0000"'),
      'wrong-shape',
      '/owner/field',
    ],
    ['has a time that is a text', changed('"createdAt":1', '"createdAt":"1"'), 'wrong-shape', '/createdAt'],
    [
      'has a time that is not whole',
      changed('"createdAt":1', '"createdAt":1.5'),
      'wrong-shape',
      '/createdAt',
    ],
    [
      'has a time beyond all numbers',
      changed('"createdAt":1', '"createdAt":1e300'),
      'wrong-shape',
      '/createdAt',
    ],
    [
      'has two drafts',
      changed(/"draft":("[^"]*")/, `"draft":["${hashTree(one)}","${hashTree(two)}"]`),
      'wrong-shape',
      '/draft',
    ],
    [
      'has a message that is too long',
      withCommits(commit(1, { message: 'x'.repeat(10_001) })),
      'wrong-shape',
      '/commits/0/message',
    ],
    [
      'has an author with half a surrogate pair',
      withCommits(commit(1, { author: '\ud800' })),
      'wrong-shape',
      '/commits/0/author',
    ],
    [
      'has half an approval',
      changed('"approval":null', '"approval":{"by":"ann"}'),
      'wrong-shape',
      '/commits/0/approval/at',
    ],
    ['has no commits', changed(/"commits":\[.*?\],/, ''), 'wrong-shape', '/commits'],
    ['has its trees in a list', changed(/"trees":.*/s, '"trees":[]}'), 'wrong-shape', '/trees'],
    [
      'has a tree under another hash',
      changed(TREE_OF_ONE, TREE_OF_ONE.replace('"x"', '"z"')),
      'hash-wrong',
      `/trees/${hashTree(one)}`,
    ],
    [
      'has a tree with two roots',
      changed(TREE_OF_ONE, `"${hashTree(one)}":[{"id":"a","type":"page"},{"id":"b","type":"page"}]`),
      'wrong-shape',
      `/trees/${hashTree(one)}`,
    ],
    [
      'has a tree with an id that is there twice',
      changed(
        TREE_OF_ONE,
        `"${hashTree(one)}":{"id":"a","type":"page","children":[{"id":"a","type":"page"}]}`,
      ),
      'id-taken',
      `/trees/${hashTree(one)}/children/0/id`,
    ],
    [
      'has a tree of 200 levels',
      changed(TREE_OF_ONE, `"${hashTree(one)}":${deep(200)}`),
      'too-deep',
      `/trees/${hashTree(one)}${'/children/0'.repeat(99)}/children`,
    ],
    [
      'has a tree that nothing has',
      formatDocumentFile({ ...good, commits: [] }),
      'tree-unused',
      `/trees/${hashTree(one)}`,
    ],
    [
      'lacks the tree of its draft',
      formatDocumentFile({ ...good, trees: new Map([[hashTree(one), one]]) }),
      'tree-missing',
      '/draft',
    ],
    [
      'lacks the tree of a commit',
      formatDocumentFile({ ...good, trees: new Map([[hashTree(two), two]]) }),
      'tree-missing',
      '/commits/0/hash',
    ],
    [
      'has commits that are each other’s parents',
      withCommits(commit(1, { parent: 2 }), commit(2)),
      'chain-broken',
      '/commits/0/parent',
    ],
    [
      'has a commit that is its own parent',
      withCommits(commit(1, { parent: 1 })),
      'chain-broken',
      '/commits/0/parent',
    ],
    [
      'has commits with a gap',
      withCommits(commit(1), commit(3, { parent: 1 })),
      'chain-broken',
      '/commits/1/number',
    ],
    ['has a commit twice', withCommits(commit(1), commit(1)), 'chain-broken', '/commits/1/number'],
    [
      'has commits the wrong way round',
      withCommits(commit(2), commit(1)),
      'chain-broken',
      '/commits/0/number',
    ],
    [
      'has a commit without its parent',
      withCommits(commit(1), commit(2, { parent: null })),
      'chain-broken',
      '/commits/1/parent',
    ],
    [
      'begins with a withdrawal',
      withCommits(commit(1, { isWithdrawal: true })),
      'chain-broken',
      '/commits/0/isWithdrawal',
    ],
    [
      'has a withdrawal with a tree of its own',
      withCommits(commit(1), commit(2, { isWithdrawal: true, hash: hashTree(two) })),
      'chain-broken',
      '/commits/1/isWithdrawal',
    ],
  ];
  for (const [what, file, code, path] of bad) {
    it(`is refused when it ${what}`, () => {
      const parsed = parseDocumentFile(file, { limits });
      assert.ok(!parsed.ok, 'it was read');
      assert.deepEqual(
        [parsed.problems[0]?.code, parsed.problems[0]?.path],
        [code, path],
        JSON.stringify(parsed),
      );
    });
  }

  it('is refused when it is too large, before it is read', () => {
    const bytes = Buffer.byteLength(text);
    assert.equal(parseDocumentFile(text, { limits, maxBytes: bytes }).ok, true);
    for (const large of [text, '€'.repeat(bytes / 2)]) {
      const parsed = parseDocumentFile(large, { limits, maxBytes: bytes - 1 });
      assert.deepEqual(!parsed.ok && parsed.problems.map(({ code }) => code), ['too-large']);
    }
  });

  it('is refused when a tree has more than the site allows', () => {
    const parsed = parseDocumentFile(text, { limits: { ...limits, bytes: 10 } });
    assert.equal(!parsed.ok && parsed.problems[0]?.code, 'too-large');
  });

  it('is told a bounded number of problems', () => {
    const trees = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`t${at}`, at]));
    const parsed = parseDocumentFile(changed(/"trees":.*/s, `"trees":${JSON.stringify(trees)}}`), { limits });
    assert.equal(!parsed.ok && parsed.problems.length, MAX_PROBLEMS);
  });
});
