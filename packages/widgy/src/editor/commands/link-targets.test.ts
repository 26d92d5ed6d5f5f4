import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTargets } from './link-targets.ts';

describe('the targets that the API tells', () => {
  it('are read from all groups, and what is none is left out', () => {
    const groups = [
      {
        type: 'page',
        label: 'Pages',
        targets: [{ id: '1', label: 'A', url: '/a' }, { id: 2, label: 'B' }, null],
      },
      { type: 'media', label: 'Media', targets: [{ id: 'm', label: 'M', url: null }] },
      { type: 'odd', label: 'Odd' },
      'odd',
    ];
    assert.deepEqual(readTargets({ groups }), [
      { id: '1', label: 'A', url: '/a' },
      { id: 'm', label: 'M' },
    ]);
    assert.deepEqual(readTargets({ groups: [] }), []);
    assert.equal(readTargets({}), undefined);
  });
});
