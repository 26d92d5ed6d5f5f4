import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import type { TypeRules } from '../../tree/rules/type-rules.ts';
import { createTree, findWidget } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import type { TextField } from '../../widgets/fields/description.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import type { Answer } from '../server/answer.ts';
import type { ReadDetails } from '../server/shared-api.ts';
import type { MadeCallout } from '../server/shared-data.ts';
import { calloutFields, calloutShownBy } from './callout-fields.ts';
import { describedTypes, sessionOf } from './commands-fixture.ts';
import { canDetach, detachCallout } from './detach.ts';
import { shareable, shareWidgets } from './share.ts';

const TYPES: readonly TypeRules[] = [
  { type: 'page', label: 'Page', isRootChoice: true, children: { accept: ['*'] } },
  { type: 'text', label: 'Text' },
  { type: 'box', label: 'Box', children: { accept: ['text', 'callout'] } },
  { type: 'callout', label: 'Call-out', fields: { callout: '', look: 'box' } },
  {
    ...{ type: 'callout-body', label: 'Body', isRootChoice: true, parents: [] },
    children: { accept: ['text'] },
  },
];

const FIELD: TextField = {
  ...{ name: 'callout', kind: 'callout', label: 'Call-out', default: '' },
  ...{ isRequired: false, isNullable: false, takesReferences: true },
  shape: 'text',
  takes: { types: ['callout'], isOnly: true },
};

const described = (permissions: Partial<TypeDescription> = {}) =>
  describedTypes(TYPES, { callout: { fields: [FIELD], ...permissions } });

const open = (outline: Parameters<typeof sessionOf>[0], selected: readonly string[], data = {}) =>
  sessionOf(outline, {
    selected,
    types: TYPES,
    data: { calloutRoot: 'callout-body', types: described(), ...data },
  });

const PAGE = 'page/page(a/text b/text x/box(c/text) d/text)';

const MADE: MadeCallout = { id: 'hours', name: 'Hours', uses: 0, isShown: true, editor: null };
const done = async (): Promise<Answer<MadeCallout>> => ({ kind: 'done', value: MADE });
const refused = (code: string) => async () =>
  ({ kind: 'refused', problem: { code, status: 409, detail: 'Because.', details: {} } }) as const;

describe('the call-out that a widget shows', () => {
  const shows = (fields: Readonly<Record<string, string>>, type = 'callout') =>
    calloutShownBy(createWidget({ id: 'w', type, fields }), described());

  it('is that of the one field that takes nothing else', () => {
    assert.deepEqual([...calloutFields(described())], [['callout', 'callout']]);
    assert.equal(shows({ callout: 'widgy:callout/hours' }), 'hours');
    for (const callout of ['', '/hours', 'widgy:page/1', 'widgy:callout/a/b'])
      assert.equal(shows({ callout }), undefined, callout);
    assert.equal(shows({ look: 'widgy:callout/hours' }), undefined);
    assert.equal(shows({ callout: 'widgy:callout/hours' }, 'text'), undefined);
  });
});

describe('what can be shared', () => {
  const cases: readonly [
    what: string,
    selected: readonly string[],
    data: object,
    shared: string | undefined,
  ][] = [
    ['one', ['a'], {}, 'a'],
    ['some side by side, in their order', ['b', 'a'], {}, 'a b'],
    ['nothing', [], {}, undefined],
    ['not some that stand apart', ['a', 'd'], {}, undefined],
    ['not some in different parents', ['b', 'c'], {}, undefined],
    ['not what a call-out may not hold', ['x'], {}, undefined],
    ['not the root', ['page'], {}, undefined],
    ['nothing by who may make no call-out', ['a'], { calloutRoot: null }, undefined],
    ['nothing where nothing shows one', ['a'], { types: describedTypes(TYPES) }, undefined],
    [
      'nothing by who may not add what shows it',
      ['a'],
      { types: described({ permissions: { add: false, change: true, delete: true } }) },
      undefined,
    ],
  ];
  for (const [what, selected, data, shared] of cases) {
    it(`is ${what}`, () => {
      const found = shareable(open(PAGE, selected, data), selected);
      assert.equal(found?.widgets.map(({ id }) => id).join(' '), shared);
    });
  }
});

describe('sharing', () => {
  it('puts what shows the call-out in the place of the widgets, as one step', async () => {
    const session = open(PAGE, ['a', 'b']);
    const asked: unknown[] = [];
    const shared = await shareWidgets(session, ['b', 'a'], { id: 'hours', name: 'Hours' }, (request) => {
      asked.push(request);
      return done();
    });
    assert.deepEqual(shared, { ok: true });
    assert.deepEqual(asked, [{ id: 'hours', name: 'Hours', widgets: ['a', 'b'] }]);
    const [shown] = session.tree.value.root.children;
    assert.deepEqual(
      [shown?.type, shown?.fields],
      ['callout', { callout: 'widgy:callout/hours', look: 'box' }],
    );
    assert.deepEqual(
      session.tree.value.root.children.map(({ id }) => id),
      [shown?.id, 'x', 'd'],
    );
    assert.deepEqual(
      session.steps.map(({ label }) => label),
      [{ kind: 'share', what: 'Hours' }],
    );
    assert.deepEqual(session.selection.value.ids, [shown?.id]);
    assert.match(session.announcement.value, /^Hours is shared now\. Undo puts back/);
  });

  it('says why not, and does nothing', async () => {
    const wanted = { id: 'hours', name: 'Hours' };
    for (const [make, why] of [
      [refused('name-taken'), /already/],
      [refused('name-invalid'), /1 to 120/],
      [refused('tree-invalid'), /against the rules/],
      [refused('new-code'), /The site says: Because\./],
      [async () => ({ kind: 'unreachable' }) as const, /does not answer/],
      [async () => ({ kind: 'signed-out' }) as const, /signed out/],
    ] as const) {
      const session = open(PAGE, ['a']);
      const shared = await shareWidgets(session, ['a'], wanted, make);
      assert.ok(!shared.ok);
      assert.match(shared.why, why);
      assert.deepEqual(session.steps, []);
    }
    const session = { ...open(PAGE, ['a']), flush: async () => false };
    const shared = await shareWidgets(session, ['a'], wanted, () => assert.fail('it was asked for'));
    assert.deepEqual(shared, { ok: false, why: 'This needs a connection.' });
  });

  it('leaves alone what somebody changed since it was read', async () => {
    const session = open(PAGE, ['a']);
    const shared = await shareWidgets(session, ['a'], { id: 'hours', name: 'Hours' }, () => {
      session.edit({ kind: 'set' }, [{ kind: 'set', id: 'a', fields: { text: 'New' }, unset: [] }]);
      return done();
    });
    assert.ok(!shared.ok);
    assert.match(shared.why, /changed it meanwhile/);
    assert.equal(findWidget(session.tree.value, 'a')?.fields.text, 'New');
  });
});

describe('detaching', () => {
  const page = createTree(
    createWidget({
      id: 'page',
      type: 'page',
      children: [
        createWidget({ id: 'a', type: 'text' }),
        createWidget({ id: 's', type: 'callout', fields: { callout: 'widgy:callout/hours' } }),
        createWidget({ id: 'b', type: 'text' }),
      ],
    }),
  );
  const details = (outline: string | undefined) => async (): Promise<Answer<ReadDetails>> => ({
    kind: 'done',
    value: { ...MADE, places: [], tree: outline === undefined ? undefined : treeOf(outline) },
  });

  it('puts a copy in the place of what shows the call-out, as one step', async () => {
    const session = open(page, ['s']);
    assert.equal(canDetach(session, 's'), true);
    const detached = await detachCallout(session, 's', details('r/callout-body(a/text t/text)'));
    assert.deepEqual(detached, { ok: true });
    assert.equal(session.outline(), 'page/page(a/text n1/text n2/text b/text)');
    assert.deepEqual(
      session.steps.map(({ label }) => label),
      [{ kind: 'detach', what: 'Hours' }],
    );
    assert.deepEqual(session.selection.value.ids, ['n1', 'n2']);
    assert.equal(session.announcement.value, 'This page has its own copy of Hours now.');
  });

  it('says why not, and does nothing', async () => {
    const gone = {
      kind: 'refused',
      problem: { code: 'route-missing', status: 404, detail: '', details: {} },
    } as const;
    for (const [answer, why] of [
      [details(undefined), /nothing in it/],
      [details('r/callout-body'), /nothing in it/],
      [async () => gone, /not there any more/],
      [async () => ({ kind: 'unreachable' }) as const, /does not answer/],
    ] as const) {
      const session = open(page, ['s']);
      const detached = await detachCallout(session, 's', answer);
      assert.ok(!detached.ok);
      assert.match(detached.why, why);
      assert.equal(session.announcement.value, detached.why);
      assert.deepEqual(session.steps, []);
    }
  });

  it('is for what shows one, and for those who may take that away', () => {
    assert.equal(canDetach(open(page, []), 'a'), false);
    const types = described({ permissions: { add: true, change: true, delete: false } });
    assert.equal(canDetach(open(page, [], { types }), 's'), false);
  });
});
