import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markCurrent } from './menu-entries.ts';

describe('entries of a menu', () => {
  it('say which of them leads to the page that is shown, and which are above it', () => {
    const entry = (url: string, entries: ReturnType<typeof leaf>[] = []) => ({ ...leaf(url), entries });
    const leaf = (url: string) => ({ page: url, title: url, url, entries: [] });
    const menu = [
      entry('/'),
      entry('/a', [leaf('/a/b'), leaf('/x')]),
      entry('/ab'),
      entry('https://example.com/a'),
    ];
    const marked = (current: string) =>
      markCurrent(menu, current).flatMap(function print({
        url,
        isCurrent,
        isAncestor,
        entries,
      }): readonly string[] {
        return [...(isCurrent ? [`=${url}`] : isAncestor ? [`>${url}`] : []), ...entries.flatMap(print)];
      });
    assert.deepEqual(marked('/'), ['=/']);
    assert.deepEqual(marked('/a'), ['=/a']);
    assert.deepEqual(marked('/a/b'), ['>/a', '=/a/b']);
    assert.deepEqual(marked('/a/c/d'), ['>/a']);
    assert.deepEqual(marked('/x'), ['>/a', '=/x']);
    assert.deepEqual(marked('/zzz'), []);
  });
});
