import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCode } from '../database/contract/fixtures.ts';
import { openMigrated } from '../testing/test-databases.ts';
import { parseReference, type Reference } from '../widgets/fields/reference.ts';
import { DEFAULT_CHOICES, linkChoices, MAX_CHOICES, MAX_SEARCH_LENGTH } from './choices.ts';
import { createLinkables, type Linkable, type LinkSearch } from './linkable.ts';
import { MAX_RESOLVED_AT_ONCE, resolveReferences } from './resolve.ts';

const references = (...texts: readonly string[]): readonly Reference[] =>
  texts.map((text) => {
    const reference = parseReference(text);
    assert.ok(reference, text);
    return reference;
  });

/** A linkable that gives what it is told to, and notes what it is asked. */
function fake(own: Partial<Linkable> = {}): Linkable {
  return {
    type: 'page',
    label: 'Page',
    plural: 'Pages',
    resolve: async () => [],
    search: async () => [],
    ...own,
  };
}

describe('linkables', () => {
  it('are asked for a bounded number of things at once', async () => {
    const { kysely } = await openMigrated(':memory:');
    const asked: number[] = [];
    const counting = createLinkables([
      fake({
        resolve: async (_, ids) => {
          asked.push(ids.length);
          return ids.map((id) => ({ id, label: id, url: undefined }));
        },
      }),
    ]);
    const many = Array.from({ length: MAX_RESOLVED_AT_ONCE * 2 + 1 }, (_, at) => ({
      type: 'page',
      id: `${at}`,
    }));
    const resolved = await resolveReferences(kysely, counting, many);
    assert.deepEqual(asked, [MAX_RESOLVED_AT_ONCE, MAX_RESOLVED_AT_ONCE, 1]);
    assert.equal(resolved.size, many.length);
  });

  it('that give more than was asked for make up nothing', async () => {
    const { kysely } = await openMigrated(':memory:');
    const all = ['1', '2', '../x'].map((id) => ({ id, label: id, url: undefined }));
    const generous = createLinkables([fake({ resolve: async () => all })]);
    const resolved = await resolveReferences(kysely, generous, references('widgy:page/1'));
    assert.deepEqual([...resolved.keys()], ['widgy:page/1']);
  });

  const limits: readonly [given: number | undefined, asked: number][] = [
    [undefined, DEFAULT_CHOICES],
    [3, 3],
    [2.9, 2],
    [0, 1],
    [-1, 1],
    [Number.NaN, 1],
    [1e9, MAX_CHOICES],
    [Number.POSITIVE_INFINITY, MAX_CHOICES],
  ];
  for (const [limit, most] of limits) {
    it(`are asked for at most ${most} choices where ${limit} are wanted`, async () => {
      const { kysely } = await openMigrated(':memory:');
      const asked: LinkSearch[] = [];
      const all = Array.from({ length: 200 }, (_, at) => ({ id: `${at}`, label: `${at}`, url: undefined }));
      const generous = fake({
        search: async (_, wanted) => {
          asked.push(wanted);
          return all;
        },
      });
      const question = { text: 'x'.repeat(1000), ...(limit === undefined ? {} : { limit }) };
      const [group] = await linkChoices(kysely, createLinkables([generous]), question);
      assert.deepEqual(asked, [{ text: 'x'.repeat(MAX_SEARCH_LENGTH), limit: most + 1 }]);
      assert.equal(group?.targets.length, most);
      assert.equal(group?.hasMore, true);
    });
  }

  it('may not offer what no reference can hold', async () => {
    const { kysely } = await openMigrated(':memory:');
    const wrong = fake({ search: async () => [{ id: 'a b', label: 'A', url: undefined }] });
    await assert.rejects(linkChoices(kysely, createLinkables([wrong])), withCode('reference-invalid'));
  });

  const refused: readonly [what: string, list: readonly Linkable[], code: Parameters<typeof withCode>[0]][] =
    [
      ['two of one type', [fake(), fake({ label: 'Other' })], 'linkable-duplicate'],
      ['a type that is no name', [fake({ type: 'a b' })], 'linkable-invalid'],
      ['a type that reaches a prototype', [fake({ type: '__proto__' })], 'linkable-invalid'],
      ['no label', [fake({ label: ' ' })], 'linkable-invalid'],
      ['no plural', [fake({ plural: '' })], 'linkable-invalid'],
    ];
  for (const [what, list, code] of refused) {
    it(`are refused with ${what}`, () => assert.throws(() => createLinkables(list), withCode(code)));
  }

  it('are found by their own names only', () => {
    const registered = createLinkables([fake()]);
    assert.deepEqual([...registered.keys()], ['page']);
    assert.equal(registered.get('constructor'), undefined);
  });
});
