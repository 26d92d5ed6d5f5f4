import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Operation } from '../operation.ts';
import { operationOf, outlineOf, treeOf } from '../outline-fixture.ts';
import { counter, type Intent, operationFor, randomIntent, SEED } from '../random-fixture.ts';
import { createTree, findWidget, freezeTree, type Tree } from '../tree.ts';
import { createWidget, walk } from '../widget.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { checkOperation } from './check-operation.ts';
import { checkTree } from './check-tree.ts';
import { newWidget } from './new-widget.ts';
import { possibleParents } from './possible-parents.ts';
import { catalogueOf, TYPES, TYPES_WITH_FUNCTIONS } from './rules-fixture.ts';
import { possibleChildren } from './shelf.ts';
import { RULE_CODES } from './violation.ts';

const catalogue = catalogueOf(TYPES);

const insert = (type: string, parent: string, slot?: string) => ({
  kind: 'insert',
  widget: { id: 'x', type },
  at: slot === undefined ? { parent } : { parent, slot },
});
const move = (id: string, parent: string, slot?: string) => ({
  kind: 'move',
  id,
  to: slot === undefined ? { parent } : { parent, slot },
});
const wrap = (type: string, ...children: string[]) => ({
  kind: 'wrap',
  widget: { id: 'x', type },
  children: children.map((id) => ({ id })),
});

describe('checkOperation', () => {
  const before =
    'p/page(t/text i/image b(bt/text) f/form(ff/field fb) s/slideshow(s1/slide s2/slide(u/text)) c/columns(left:l/column) k/banner o/old(ot/text))';
  const cases: readonly [name: string, operation: unknown, refused: string][] = [
    ['what is accepted', insert('text', 'b'), ''],
    ['a type of no catalogue', insert('video', 'p'), 'type-unknown type'],
    ['into what holds nothing', insert('text', 't'), 'parent-refuses children'],
    ['into a type of no catalogue', insert('text', 'o'), 'parent-refuses children'],
    ['where the child does not want to be', move('i', 'f'), 'child-refuses parents box'],
    ['where neither wants it', insert('slide', 'p'), 'both-refuse children slideshow'],
    ['a slot of no name', insert('column', 'c', 'middle'), 'slot-unknown children.slots'],
    ['no slot where there are slots', insert('column', 'c'), 'slot-unknown children.slots'],
    ['an empty slot', insert('column', 'c', 'right'), ''],
    ['a full slot', insert('column', 'c', 'left'), 'slot-full children.max'],
    ['one too many', { ...insert('slide', 's') }, 'slot-full children.max'],
    ['out of a slot that needs it', move('l', 'c', 'right'), 'slot-short children.min'],
    ['removed where it is needed', { kind: 'remove', id: 'l' }, 'slot-short children.min'],
    ['removed where there are enough', { kind: 'remove', id: 's1' }, ''],
    ['new without what it needs', insert('slideshow', 'p'), 'slot-short children.min'],
    ['into another of its type', insert('form', 'f'), 'inside-itself notInsideItself'],
    ['into another of its type, deeper', insert('form', 'fb'), 'inside-itself notInsideItself'],
    [
      'something that holds it, into another of its type',
      {
        kind: 'insert',
        widget: { id: 'x', type: 'box', children: [{ id: 'y', type: 'form' }] },
        at: { parent: 'fb' },
      },
      'inside-itself notInsideItself',
    ],
    ['moved with what it holds into another of its type', wrap('form', 'f'), 'inside-itself notInsideItself'],
    [
      'a part that is against the rules',
      {
        kind: 'insert',
        widget: { id: 'x', type: 'box', children: [{ id: 'y', type: 'slide' }] },
        at: { parent: 'p' },
      },
      'both-refuse children',
    ],
    ['moved within the same full slot', { kind: 'move', id: 's2', to: { parent: 's', before: 's1' } }, ''],
    ['wrapped in what may stand there', wrap('box', 't', 'i'), ''],
    ['wrapped in what may not', wrap('slide', 't'), 'both-refuse children'],
    ['wrapped in what does not take it', wrap('slideshow', 't'), 'parent-refuses children'],
    ['unwrapped into what takes it', { kind: 'unwrap', id: 'b' }, ''],
    ['unwrapped into what does not', { kind: 'unwrap', id: 's' }, 'both-refuse children'],
    ['moved though fixed', move('k', 'b'), 'not-draggable draggable'],
    ['wrapped though fixed', wrap('box', 'k'), 'not-draggable draggable'],
    ['removed though protected', { kind: 'remove', id: 'k' }, 'not-deletable deletable'],
    ['set though closed', { kind: 'set', id: 'k', fields: { t: 1 } }, 'not-editable editable'],
    ['a type of no catalogue, moved', move('o', 'b'), 'not-draggable draggable'],
    ['a type of no catalogue, set', { kind: 'set', id: 'o', fields: { t: 1 } }, 'not-editable editable'],
    ['a type of no catalogue, removed', { kind: 'remove', id: 'o' }, ''],
    [
      'a type of no catalogue, copied',
      {
        kind: 'duplicate',
        id: 'o',
        at: { parent: 'p' },
        ids: [
          ['o', 'x'],
          ['ot', 'y'],
        ],
      },
      'type-unknown type',
    ],
    ['beside a type of no catalogue', { ...insert('text', 'p'), at: { parent: 'p', before: 'o' } }, ''],
    ['what does not fit the tree', { kind: 'remove', id: 'z' }, 'widget-missing'],
    ['a wrapper that would do', insert('field', 'p'), 'both-refuse children form'],
    ['a wrapper that may not stand there', insert('field', 'fb'), 'both-refuse children'],
    ['a wrapper that there is no room for', move('u', 's'), 'parent-refuses children'],
  ];
  for (const [name, json, refused] of cases) {
    it(name, () => {
      const tree = treeOf(before);
      const checked = checkOperation(tree, operationOf(json), catalogue);
      assert.equal(outlineOf(tree), before);
      if (refused === '') assert.ok(checked.ok, JSON.stringify(checked));
      else {
        assert.ok(!checked.ok);
        const { refusal } = checked;
        const wrapper = 'rule' in refusal ? refusal.wrapper : undefined;
        const rule = 'rule' in refusal ? [refusal.rule] : [];
        assert.equal([refusal.code, ...rule, ...(wrapper ? [wrapper.type] : [])].join(' '), refused);
      }
      const frozen = checkOperation(freezeTree(tree), operationOf(json), catalogue);
      assert.equal(!frozen.ok && frozen.refusal.code, 'tree-frozen');
    });
  }

  it('names both sides, the rule and the wrapper', () => {
    const checked = checkOperation(treeOf(before), operationOf(insert('slide', 'p')), catalogue);
    assert.deepEqual(!checked.ok && checked.refusal, {
      code: 'both-refuse',
      rule: 'children',
      what: '"Page" does not accept "Slide", and "Slide" does not agree to stand in "Page"',
      ids: ['p', 'x'],
      parent: { id: 'p', type: 'page', label: 'Page' },
      child: { id: 'x', type: 'slide', label: 'Slide' },
      slot: undefined,
      wrapper: { type: 'slideshow', label: 'Slideshow', slot: undefined },
    });
  });

  it('offers no wrapper where there are two', () => {
    const holder = (type: string) => ({ type, label: type, children: { accept: ['leaf'] } });
    const outer = (...accept: string[]) => ({
      type: 'page',
      label: 'Page',
      isRootChoice: true,
      children: { accept },
    });
    const leaf = { type: 'leaf', label: 'Leaf' };
    for (const [accept, wrapper] of [
      [['one'], 'one'],
      [['one', 'two'], undefined],
    ] as const) {
      const rules = catalogueOf([outer(...accept), holder('one'), holder('two'), leaf]);
      const checked = checkOperation(treeOf('p/page'), operationOf(insert('leaf', 'p')), rules);
      assert.ok(!checked.ok && 'rule' in checked.refusal);
      assert.equal(checked.refusal.wrapper?.type, wrapper);
    }
  });

  it('lets what was against the rules before be moved, and made better', () => {
    const tree = treeOf('p/page(b(o/old(t/text) f/field) s/slideshow(1/slide 2/slide 3/slide 4/slide))');
    for (const json of [
      move('b', 'p'),
      { kind: 'remove', id: '4' },
      { ...move('4', 's'), to: { parent: 's', before: '1' } },
    ]) {
      assert.ok(checkOperation(tree, operationOf(json), catalogue).ok, JSON.stringify(json));
    }
    const worse = checkOperation(tree, operationOf(insert('slide', 's')), catalogue);
    assert.equal(!worse.ok && worse.refusal.code, 'slot-full');
  });

  it('asks functions about a parent that does not hold the child yet', () => {
    const asked: string[] = [];
    const types = TYPES.map((type) =>
      type.type === 'box'
        ? {
            ...type,
            acceptsChild: ({
              parent,
              child,
            }: {
              parent: { children: readonly { id: string }[] };
              child: { type: string };
            }) => {
              asked.push(`${child.type} to ${parent.children.map(({ id }) => id).join()}`);
              return parent.children.length < 2;
            },
          }
        : type,
    );
    const rules = catalogueOf(types);
    const tree = treeOf('p/page(b(a/text c/text) d/text)');
    const full = checkOperation(tree, operationOf(move('d', 'b')), rules);
    assert.deepEqual(!full.ok && 'rule' in full.refusal && [full.refusal.code, full.refusal.rule], [
      'parent-refuses',
      'acceptsChild',
    ]);
    assert.deepEqual(asked.slice(0, 1), ['text to a,c']);
    assert.ok(
      checkOperation(tree, operationOf({ kind: 'move', id: 'c', to: { parent: 'b', before: 'a' } }), rules)
        .ok,
    );
    assert.deepEqual(checkTree(tree, rules), []);
  });
});

describe('checkTree', () => {
  const cases: readonly [outline: string, violations: string[]][] = [
    ['p/page(t/text)', []],
    ['t/text', ['not-root-choice t']],
    ['o/old', ['type-unknown o']],
    ['p/page(o/old(t/text))', ['type-unknown o', 'parent-refuses o,t']],
    ['p/page(f/form(b(g/form)))', ['inside-itself f,g']],
    ['p/page(s/slideshow c/columns(left:l/column left:m/column))', ['slot-short s', 'slot-full c']],
    ['p/page(f/form(i/image))', ['child-refuses f,i']],
  ];
  for (const [outline, violations] of cases) {
    it(outline, () => {
      const found = checkTree(treeOf(outline), catalogue);
      assert.deepEqual(
        found.map(({ code, ids }) => `${code} ${ids.join()}`),
        violations,
      );
    });
  }
});

it('the manual has every code', () => {
  const text = readFileSync(new URL('../../../../../docs/widgy-rules.md', import.meta.url), 'utf8');
  const [, refusals = ''] = text.split('## Refusals');
  const told = [...refusals.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(told.toSorted(), RULE_CODES.toSorted());
});

describe('a new widget', () => {
  it('comes with the children that its slots are made with', () => {
    const made = newWidget(catalogue, 'columns', counter('n'));
    assert.ok(made);
    assert.equal(outlineOf(createTree(made)), 'n0/columns(left:n1/column right:n2/column)');
    const tree = treeOf('p/page');
    assert.ok(checkOperation(tree, { kind: 'insert', widget: made, at: { parent: 'p' } }, catalogue).ok);
    assert.equal(newWidget(catalogue, 'video', counter('n')), undefined);
  });
});

describe('a catalogue is refused', () => {
  const type = { type: 'a', label: 'A' };
  const cases: readonly [name: string, types: Parameters<typeof createCatalogue>[0], problem: RegExp][] = [
    ['a name that is none', [{ ...type, type: 'a b' }], /"a b" is no name/],
    ['a type twice', [type, type], /"a" is there twice/],
    ['made with itself', [{ ...type, children: { accept: ['a'], default: ['a'] } }], /made with itself/],
    [
      'made with itself by way of another',
      [
        { ...type, children: { accept: ['b'], default: ['b'] } },
        { type: 'b', label: 'B', children: { accept: ['a'], default: ['a'] } },
      ],
      /made with itself/,
    ],
    [
      'made with what is no type',
      [{ ...type, children: { accept: ['b'], default: ['b'] } }],
      /which is no type/,
    ],
    [
      'made with what it refuses',
      [
        { ...type, children: { accept: ['c'], default: ['b'] } },
        { type: 'b', label: 'B' },
      ],
      /does not accept|is made with/,
    ],
    [
      'made with what refuses it',
      [
        { ...type, children: { accept: ['b'], default: ['b'] } },
        { type: 'b', label: 'B', parents: ['c'] },
      ],
      /does not agree/,
    ],
    [
      'made with too many',
      [
        { ...type, children: { accept: ['b'], default: ['b', 'b'], max: 1 } },
        { type: 'b', label: 'B' },
      ],
      /more widgets than/,
    ],
    ['more needed than possible', [{ ...type, children: { accept: ['b'], min: 2, max: 1 } }], /needs more/],
    [
      'a slot twice',
      [
        {
          ...type,
          children: {
            accept: [],
            slots: [
              { name: 's', accept: [] },
              { name: 's', accept: [] },
            ],
          },
        },
      ],
      /is there twice/,
    ],
  ];
  for (const [name, types, problem] of cases) {
    it(name, () => {
      const made = createCatalogue(types);
      assert.match(made.ok ? '' : made.problems.join('\n'), problem);
    });
  }
});

/** The operations that an intent may come to, with types and slots of the catalogue in place of those of the random trees. */
function* typedOperations(
  tree: Tree,
  intent: Intent,
  rules: Catalogue,
  newId: () => string,
): Generator<Operation> {
  const types = [...rules.values()];
  for (const [shift] of types.entries()) {
    const operation = operationFor(tree, { ...intent, parent: intent.parent + shift }, newId);
    const { type = '' } = types[(intent.value + shift) % types.length] ?? {};
    if (operation.kind === 'wrap') yield { ...operation, widget: { ...operation.widget, type } };
    else if (operation.kind !== 'insert') yield operation;
    else {
      const bare = createWidget({ id: newId(), type });
      const widget = intent.count === 2 ? bare : newWidget(rules, type, newId);
      const parent = findWidget(tree, operation.at.parent);
      const [slot] = [...(rules.get(parent?.type ?? '')?.slots.keys() ?? [])].slice(intent.gap % 2);
      yield { kind: 'insert', widget: widget ?? bare, at: { parent: operation.at.parent, slot } };
    }
  }
}

/** An intent that more often adds than takes away, so that there is something to be against the rules. */
const growing = randomIntent.map((intent): Intent => {
  const isTaking = ['remove', 'unwrap', 'move'].includes(intent.kind);
  return isTaking && intent.count > 0 ? { ...intent, kind: 'insert' } : intent;
});

describe('random operations on a page', () => {
  for (const [name, types] of [
    ['rules as data', TYPES],
    ['rules with functions', TYPES_WITH_FUNCTIONS],
  ] as const) {
    const rules = catalogueOf(types);
    const names = types.map(({ type }) => type);
    const intents = fc.array(growing, { maxLength: 25, size: 'max' });
    const grow = (list: readonly Intent[]): Tree => {
      const newId = counter('n');
      let tree = treeOf('p/page');
      for (const intent of list) {
        for (const operation of typedOperations(tree, intent, rules, newId)) {
          const checked = checkOperation(tree, operation, rules);
          if (!checked.ok || checked.tree === tree) continue;
          tree = checked.tree;
          break;
        }
      }
      return tree;
    };

    it(`never come to a tree against the rules: ${name}`, () => {
      let accepted = 0;
      fc.assert(
        fc.property(intents, (list) => {
          const tree = grow(list);
          accepted += [...walk(tree.root)].length;
          assert.deepEqual(checkTree(tree, rules), []);
        }),
        { seed: SEED, numRuns: 300 },
      );
      assert.ok(accepted > 1500, `only ${accepted} widgets`);
    });

    it(`are accepted exactly where the shelf and the possible parents say: ${name}`, () => {
      fc.assert(
        fc.property(intents, (list) => {
          const tree = grow(list);
          const { shelves, of } = possibleChildren(tree, rules);
          const places = [...walk(tree.root)].flatMap(({ id, type }) =>
            [...(rules.get(type)?.slots.keys() ?? [])].map((slot) => ({ parent: id, slot })),
          );
          for (const type of names) {
            const widget = newWidget(rules, type, counter('new'));
            assert.ok(widget);
            const allowed = places.filter(
              (at) => checkOperation(tree, { kind: 'insert', widget, at }, rules).ok,
            );
            const shelved = places.filter(({ parent, slot }) =>
              shelves[of.get(parent) ?? -1]?.some(
                (shelf) => shelf.slot === slot && shelf.types.includes(type),
              ),
            );
            assert.deepEqual(shelved, allowed, type);
            assert.deepEqual(placesOf(possibleParents(tree, { type }, rules)), allowed, type);
          }
          for (const { id, type } of walk(tree.root)) {
            const isFixed = rules.get(type)?.draggable === false;
            const allowed = places.filter((to) => checkOperation(tree, { kind: 'move', id, to }, rules).ok);
            assert.deepEqual(placesOf(possibleParents(tree, { id }, rules)), isFixed ? [] : allowed, id);
          }
        }),
        { seed: SEED, numRuns: 100 },
      );
    });
  }
});

function placesOf(
  parents: ReturnType<typeof possibleParents>,
): { parent: string; slot: string | undefined }[] {
  return parents.flatMap(({ id, slots }) => slots.map((slot) => ({ parent: id, slot })));
}

describe('the shelf', () => {
  const tree = treeOf('p/page(a/box b/box c/columns(left:l/column) o/old t/text)');

  it('is there once for all widgets that have the same', () => {
    const { shelves, of } = possibleChildren(tree, catalogue, ['text', 'column', 'nothing']);
    assert.deepEqual(
      [...of].map(([id, index]) => `${id} ${JSON.stringify(shelves[index])}`),
      [
        'p [{"types":["text"]}]',
        'a [{"types":["text"]}]',
        'b [{"types":["text"]}]',
        'c [{"slot":"right","types":["column"]}]',
        'l [{"types":["text"]}]',
        'o []',
        't []',
      ],
    );
    assert.equal(shelves.length, 3);
  });

  it('is empty where nothing may be changed', () => {
    assert.deepEqual(possibleChildren(freezeTree(tree), catalogue).shelves, [[]]);
    assert.deepEqual(possibleChildren(tree, catalogue, []).shelves, [[]]);
    assert.deepEqual(possibleParents(freezeTree(tree), { type: 'text' }, catalogue), []);
  });

  it('asks a function once for each widget that could hold the type, and no more', () => {
    let asked = 0;
    const rules = catalogueOf(
      TYPES.map((type) => (type.type === 'image' ? { ...type, acceptsParent: () => asked++ >= 0 } : type)),
    );
    possibleChildren(tree, rules);
    assert.equal(asked, 4);
  });
});
