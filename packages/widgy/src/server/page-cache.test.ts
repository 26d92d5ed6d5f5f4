import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinedBy, PageCache, partsAround } from './page-cache.ts';

const page = (text: string) => ({ status: 200, parts: [Buffer.from(text)] });
const NEVER = Number.MAX_SAFE_INTEGER;

describe('pages that are kept', () => {
  const cases: readonly [
    what: string,
    made: { generation: number; now: number; until: number },
    asked: { generation: number; now: number },
    isThere: boolean,
  ][] = [
    ['are there', { generation: 1, now: 10, until: NEVER }, { generation: 1, now: 11 }, true],
    [
      'are gone when anything was written',
      { generation: 1, now: 10, until: NEVER },
      { generation: 2, now: 11 },
      false,
    ],
    [
      'are there until something appears',
      { generation: 1, now: 10, until: 20 },
      { generation: 1, now: 19 },
      true,
    ],
    [
      'are gone when something appears',
      { generation: 1, now: 10, until: 20 },
      { generation: 1, now: 20 },
      false,
    ],
    [
      'are gone when the clock goes back',
      { generation: 1, now: 10, until: 20 },
      { generation: 1, now: 9 },
      false,
    ],
    [
      'are not there for an older answer',
      { generation: 2, now: 10, until: NEVER },
      { generation: 1, now: 11 },
      false,
    ],
  ];
  for (const [what, { until, ...made }, asked, isThere] of cases) {
    it(what, () => {
      const cache = new PageCache();
      cache.keep('/a', page('a'), made, until);
      assert.equal(cache.find('/a', asked) !== undefined, isThere);
      assert.ok(cache.findOld('/a'));
    });
  }

  it('are never replaced by what was made before them', () => {
    const cache = new PageCache();
    cache.keep('/a', page('new'), { generation: 2, now: 10 }, NEVER);
    cache.keep('/a', page('old'), { generation: 1, now: 12 }, NEVER);
    assert.deepEqual(cache.find('/a', { generation: 2, now: 13 }), page('new'));
  });

  it('go when there are too many', () => {
    const cache = new PageCache(100);
    for (const name of ['a', 'b', 'c'])
      cache.keep(name, page('x'.repeat(40)), { generation: 1, now: 0 }, NEVER);
    assert.equal(cache.findOld('a'), undefined);
    assert.ok(cache.findOld('c'));
  });

  it('are none where there is no room for any', () => {
    const cache = new PageCache(0);
    cache.keep('/a', page('a'), { generation: 1, now: 0 }, NEVER);
    assert.equal(cache.findOld('/a'), undefined);
  });

  it('come apart at the places of the nonce, and together around another one', () => {
    const parts = partsAround('<a n="N">é<b n="N">', 'N');
    assert.deepEqual(parts.map(String), ['<a n="', '">é<b n="', '">']);
    assert.equal(String(joinedBy(parts, 'x$&')), '<a n="x$&">é<b n="x$&">');
  });
});
