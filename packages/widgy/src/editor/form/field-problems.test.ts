import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../tree/json.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { fieldProblems } from './field-problems.ts';

const stars = (isRequired: boolean): FieldDescription => ({
  ...{ name: 'stars', kind: 'number', label: 'Stars', shape: 'number', isInteger: true, minimum: 1 },
  ...{ default: 0, isRequired, isNullable: false },
});
const title = (isRequired: boolean): FieldDescription => ({
  ...{ name: 'title', kind: 'text', label: 'Title', shape: 'text', maxLength: 5 },
  ...{ default: '', isRequired, isNullable: false },
});
const items = (...fields: readonly FieldDescription[]): FieldDescription => ({
  ...{ name: 'items', kind: 'list', label: 'Items', shape: 'list', fields, newItem: {} },
  ...{ default: [], isRequired: false, isNullable: false },
});
const typeOf = (...fields: readonly FieldDescription[]): TypeDescription => ({
  ...{ type: 'note', label: 'Note', jsonSchema: {}, hasFunctions: false, fields },
  ...{ rules: { type: 'note', label: 'Note' }, permissions: { add: true, change: true, delete: true } },
});

describe('what is wrong with the fields of a widget', () => {
  const cases: readonly (readonly [
    what: string,
    fields: readonly FieldDescription[],
    kept: JsonObject,
    problems: readonly string[],
  ])[] = [
    ['all is well', [title(true), stars(true)], { title: 'Good', stars: 3 }, []],
    ['nothing, where nothing is needed', [title(false)], { title: '' }, []],
    ['nothing, where something is needed', [title(true)], { title: '' }, ['/title required']],
    ['never set, and nothing is needed', [stars(false)], {}, []],
    ['never set, and something is needed', [title(true)], {}, ['/title required']],
    ['never set, and the default is not what is needed', [stars(true)], {}, ['/stars too-small']],
    ['set to a default that is beyond a bound', [stars(false)], { stars: 0 }, ['/stars too-small']],
    ['of another kind', [title(false)], { title: null }, ['/title wrong-kind']],
    [
      'in items, what was set, or is needed',
      [items(title(true), stars(false))],
      { items: [{ title: 'Good' }, { stars: 0 }, 'odd'] },
      ['/items/1/title required', '/items/1/stars too-small', '/items/2/title required'],
    ],
    [
      'several, in the order of the fields',
      [title(false), stars(false)],
      { stars: 0, title: 'Too long' },
      ['/title too-long', '/stars too-small'],
    ],
  ];
  for (const [what, fields, kept, problems] of cases) {
    it(what, () => {
      const found = [...fieldProblems(kept, typeOf(...fields)).values()].flat();
      assert.deepEqual(
        found.map(({ path, code }) => `${path} ${code}`),
        problems,
      );
    });
  }

  it('is found under the names of the fields, for those alone with which something is wrong', () => {
    const found = fieldProblems({ stars: 0, title: 'Good' }, typeOf(title(true), stars(true)));
    assert.deepEqual([...found.keys()], ['stars']);
  });

  it('is worked out once for the same fields and type, and again for another type', () => {
    const kept = { stars: 0 };
    const type = typeOf(stars(true));
    assert.equal(fieldProblems(kept, type), fieldProblems(kept, type));
    assert.equal(fieldProblems(kept, typeOf(title(true), stars(true))).size, 2);
  });
});
