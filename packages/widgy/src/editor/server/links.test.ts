import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readGroups } from './links.ts';

const GROUPS = [
  {
    type: 'page',
    label: 'Pages',
    targets: [{ id: '1', label: 'A', url: '/a', document: 'd' }, { id: 2, label: 'B' }, null],
    hasMore: true,
  },
  {
    type: 'media',
    label: 'Media',
    targets: [
      { id: 'm', label: 'M', url: null, picture: { url: '/m.png', width: 1, height: 1 } },
      { id: 'f', label: 'F', url: '/f.pdf' },
    ],
  },
  { type: 'callout', label: 'Call-outs', targets: [{ id: 'c', label: 'C' }], hasAddresses: false },
  { type: 'odd', label: 'Odd' },
  'odd',
];

describe('what links can point at', () => {
  const read = (question: Parameters<typeof readGroups>[1]) =>
    readGroups({ groups: GROUPS }, question)?.map(({ label, targets, hasMore }) => ({
      ...{ label, hasMore },
      found: targets.map(({ reference, url, picture, document }) => [reference, url, picture, document]),
    }));
  const pages = {
    ...{ label: 'Pages', hasMore: true },
    found: [['widgy:page/1', '/a', undefined, 'd']],
  };

  it('is read from all groups with addresses, and what is no target is left out', () => {
    const media = [
      ['widgy:media/m', undefined, '/m.png', undefined],
      ['widgy:media/f', '/f.pdf', undefined, undefined],
    ];
    assert.deepEqual(read({}), [pages, { label: 'Media', hasMore: false, found: media }]);
  });

  it('is only what was asked for', () => {
    assert.deepEqual(read({ types: ['page'] }), [pages]);
    assert.deepEqual(
      read({ types: ['callout'] })?.map(({ label }) => label),
      ['Call-outs'],
    );
    const [media, ...others] = read({ isPicture: true }) ?? [];
    assert.deepEqual(media?.found, [['widgy:media/m', undefined, '/m.png', undefined]]);
    assert.deepEqual(others, []);
  });

  it('is nothing in an answer to something else', () => {
    assert.deepEqual(readGroups({ groups: [] }, {}), []);
    assert.equal(readGroups({}, {}), undefined);
  });
});
