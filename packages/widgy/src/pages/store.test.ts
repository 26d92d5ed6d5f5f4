import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCode } from '../database/contract/fixtures.ts';
import { openDocuments } from '../documents/store.ts';
import { openMigrated } from '../testing/test-databases.ts';
import { widgets } from './pages-fixture.ts';
import { openPages, type PagesOptions } from './store.ts';

describe('pages are not opened', () => {
  const wrong: readonly [what: string, options: Partial<PagesOptions>][] = [
    ['without types of roots', { rootTypes: [] }],
    ['with a type that is not there', { rootTypes: ['layuot'] }],
    ['with a type that is no root', { rootTypes: ['text'] }],
    ['for a site without a name', { site: '' }],
    ['with a menu without a name', { menus: { '': { label: 'x', depth: 1 } } }],
    ['with a menu without levels', { menus: { main: { label: 'x', depth: 0 } } }],
    ['with a template that is no name', { templates: { '../x': 'x' } }],
    ['with a mount that is no name', { mounts: { 'a b': 'x' } }],
    ['with a slug reserved that no page could have', { reserved: ['A b'] }],
  ];
  for (const [what, options] of wrong) {
    it(what, async () => {
      const documents = openDocuments({ database: await openMigrated(':memory:'), site: widgets });
      assert.throws(
        () => openPages({ documents, rootTypes: ['layout'], ...options }),
        withCode('pages-invalid'),
      );
    });
  }
});
