import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Linkable } from '../links/linkable.ts';
import { makePage, testApi, testPolicies } from './api-fixture.ts';

/** Pages with documents that are there, one whose document is gone, and one without. */
const pages: Linkable = {
  type: 'page',
  label: 'Page',
  plural: 'Pages',
  resolve: async () => [],
  search: async () => [
    { id: '1', label: 'A', url: '/a', document: 'own' },
    { id: '2', label: 'B', url: '/b', document: 'secret' },
    { id: '3', label: 'C', url: '/c', document: 'gone' },
    { id: '4', label: 'D', url: '/d' },
  ],
};

describe('the documents of what links may point at', () => {
  it('are told where that is asked for, to those who may edit them', async () => {
    const asked: string[] = [];
    const api = await testApi({
      documents: { linkables: [pages] },
      api: {
        policies: {
          ...testPolicies,
          edit: ({ document }) => {
            asked.push(document?.document ?? '');
            return document?.document !== 'secret';
          },
        },
      },
    });
    for (const id of ['page', 'own', 'secret']) await makePage(api, id);
    asked.length = 0;
    const documentsOf = async (query: string) => {
      asked.length = 0;
      const answer = await api.ask(`GET /documents/page/links?${query}`);
      assert.equal(answer.status, 200);
      return JSON.stringify(answer.json).match(/"document":"[a-z]+"/g);
    };
    assert.equal(await documentsOf('text=x'), null);
    assert.deepEqual(asked, ['page']);
    assert.deepEqual(await documentsOf('text=x&documents=true'), ['"document":"own"']);
    assert.deepEqual(asked, ['page', 'own', 'secret']);
  });
});
