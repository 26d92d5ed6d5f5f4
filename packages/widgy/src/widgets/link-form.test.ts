import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { JsonObject } from '../tree/json.ts';
import { defineWidget } from './define-widget.ts';
import type { LinkGroup } from './fields/link-choices.ts';
import { checkWidgetFields, defineSite } from './site.ts';
import { allElements, type Element, submissionOf } from './submit-fixture.ts';
import { printWidgetForm, readWidgetForm, widgetForm } from './widget-form.ts';

const link = z.string().default('').meta({ kind: 'link' });
const site = defineSite({
  folder: import.meta.dirname,
  kinds: {
    note: { shape: 'text', takesReferences: true, takes: { types: ['note'], isOnly: true } },
  },
  widgets: [
    defineWidget({
      type: 'button',
      label: 'Button',
      fields: z.object({
        to: z.string().default('').meta({ kind: 'link', help: 'Where it leads' }),
        picture: z.string().default('').meta({ kind: 'image' }),
        only: z.string().default('').meta({ kind: 'note' }),
        more: z.array(z.object({ to: link })).default([]),
      }),
      files: [],
    }),
    defineWidget({
      type: 'text',
      label: 'Text',
      fields: z.object({ text: z.string().default('') }),
      files: [],
    }),
  ],
});

const LINKS: readonly LinkGroup[] = [
  {
    type: 'page',
    label: 'Pages',
    targets: [
      { id: '1', label: 'About <us>', url: '/about' },
      { id: '2', label: 'Hidden', url: undefined },
    ],
  },
  { type: 'shop/boat', label: 'Boats', targets: [{ id: 'x', label: 'Dinghy', url: '/boats/x' }] },
  {
    type: 'note',
    label: 'Notes',
    targets: [{ id: 'n', label: 'Winter', url: undefined }],
    hasAddresses: false,
  },
  {
    type: 'media',
    label: 'Files',
    targets: [
      { id: 'list', label: 'List.pdf', url: '/media/list.pdf' },
      {
        id: 'a',
        label: 'Anna',
        url: '/media/a.webp',
        picture: { url: '/media/a-400.webp', width: 40, height: 30 },
      },
      {
        id: 'b',
        label: 'Bo & co',
        url: '/media/b.webp',
        picture: { url: '/media/b-400.webp', width: 40, height: 30 },
      },
    ],
  },
];
const EMPTY: JsonObject = { to: '', picture: '', only: '', more: [] };
const show = (fields: JsonObject, links?: readonly LinkGroup[]) =>
  printWidgetForm(site, widgetForm(site, 'button', { ...EMPTY, ...fields }), {
    ...(links === undefined ? {} : { links }),
  }).toString();
const named = (markup: string, name: string) =>
  allElements(markup).find(({ attributes }) => attributes.name === name);

describe('the form of a link', () => {
  const offered = (markup: string, name: string) => {
    const control = named(markup, name);
    const flat = (element: Element): readonly Element[] => [element, ...element.children.flatMap(flat)];
    return (control === undefined ? [] : flat(control)).flatMap(({ tag, attributes, text }) =>
      tag === 'optgroup'
        ? [`# ${attributes.label}`]
        : tag === 'option'
          ? [`${attributes.selected === undefined ? '' : '* '}${text} = ${attributes.value}`]
          : [],
    );
  };

  it('offers what has an address, in groups, and an address', () => {
    const markup = show({ to: 'widgy:shop/boat/x', more: [{ to: '/b' }] }, LINKS);
    assert.deepEqual(offered(markup, 'fields.to'), [
      'Nothing = ',
      '# Pages',
      'About <us> (/about) = widgy:page/1',
      'Hidden = widgy:page/2',
      '# Boats',
      '* Dinghy (/boats/x) = widgy:shop/boat/x',
      '# Files',
      'List.pdf (/media/list.pdf) = widgy:media/list',
      'Anna (/media/a.webp) = widgy:media/a',
      'Bo & co (/media/b.webp) = widgy:media/b',
      'An address: = address:',
    ]);
    assert.equal(named(markup, 'fields.to.address')?.attributes.value, '');
    assert.equal(offered(markup, 'fields.more.0.to').at(-1), '* An address: = address:');
    assert.equal(named(markup, 'fields.more.0.to.address')?.attributes.value, '/b');
  });

  it('offers what the kind of its field takes, and nothing else', () => {
    const markup = show({ only: 'widgy:note/gone' }, LINKS);
    assert.deepEqual(offered(markup, 'fields.only'), [
      'Nothing = ',
      '* widgy:note/gone (no longer offered) = widgy:note/gone',
      'Winter = widgy:note/n',
    ]);
    assert.equal(named(markup, 'fields.only.address'), undefined);
  });

  it('offers pictures to be seen, what is chosen first', () => {
    const markup = show({ picture: 'widgy:media/b' }, LINKS);
    const all = allElements(markup);
    const radios = all.filter(({ attributes }) => attributes.name === 'fields.picture');
    assert.deepEqual(
      radios.map(({ attributes: { type, value, checked, id } }) => [
        type,
        value,
        checked !== undefined,
        all.find(({ tag, attributes }) => tag === 'label' && attributes.for === id)?.text,
      ]),
      [
        ['radio', '', false, 'No picture'],
        ['radio', 'address:', false, 'An address:'],
        ['radio', 'widgy:media/b', true, 'Bo & co'],
        ['radio', 'widgy:media/a', false, 'Anna'],
      ],
    );
    assert.deepEqual(
      all.filter(({ tag }) => tag === 'img').map(({ attributes }) => [attributes.src, attributes.alt]),
      [
        ['/media/b-400.webp', ''],
        ['/media/a-400.webp', ''],
      ],
    );
    const field = all.find(({ attributes }) => attributes.id === 'fields.picture');
    assert.deepEqual([field?.tag, field?.children[0]?.text], ['fieldset', 'Picture']);
  });

  const sent: readonly [what: string, entries: readonly (readonly [string, string])[], value: string][] = [
    [
      'what is chosen',
      [
        ['fields.to', 'widgy:page/1'],
        ['fields.to.address', ''],
      ],
      'widgy:page/1',
    ],
    [
      'what is chosen, beside an address from before',
      [
        ['fields.to', 'widgy:page/1'],
        ['fields.to.address', '/a'],
      ],
      'widgy:page/1',
    ],
    [
      'nothing, beside an address from before',
      [
        ['fields.to', ''],
        ['fields.to.address', '/a'],
      ],
      '',
    ],
    [
      'an address',
      [
        ['fields.to', 'address:'],
        ['fields.to.address', '/a'],
      ],
      '/a',
    ],
    [
      'an address that was not typed',
      [
        ['fields.to', 'address:'],
        ['fields.to.address', ''],
      ],
      '',
    ],
    ['an address alone, as another form sends it', [['fields.to', '/a']], '/a'],
  ];
  for (const [what, entries, value] of sent) {
    it(`takes ${what}`, () => {
      const answer = readWidgetForm(site, 'button', entries, EMPTY);
      assert.deepEqual(answer, { status: 'read', fields: { ...EMPTY, to: value } });
    });
  }

  const few = LINKS.map((group) => (group.type === 'page' ? { ...group, hasMore: true as const } : group));
  const search = (markup: string) => named(markup, 'fields.to.search');

  it('can be searched where there is more and somebody looks for it', () => {
    assert.equal(search(show({}, few)), undefined);
    const form = widgetForm(site, 'button', EMPTY);
    const markup = printWidgetForm(site, form, { links: few, search: {} }).toString();
    assert.ok(search(markup));
    assert.equal(named(markup, 'fields.only.search'), undefined);
    const typed = submissionOf(markup, 'search:to').map(([name, value]): [string, string] =>
      name === 'fields.to.search'
        ? [name, ' Con ']
        : name === 'fields.only'
          ? [name, 'widgy:note/n']
          : [name, value],
    );
    const answer = readWidgetForm(site, 'button', typed, EMPTY);
    assert.ok(answer.status === 'changed');
    assert.deepEqual(answer.form.search, { path: '/to', text: 'Con' });
    const found = [
      { type: 'page', label: 'Pages', targets: [{ id: '7', label: 'Contact', url: '/contact' }] },
    ];
    const again = printWidgetForm(site, answer.form, {
      links: few,
      search: { path: '/to', text: 'Con', groups: found },
    }).toString();
    assert.equal(search(again)?.attributes.value, 'Con');
    assert.deepEqual(offered(again, 'fields.to'), [
      '* Nothing = ',
      'Contact (/contact) = widgy:page/7',
      'An address: = address:',
    ]);
    assert.ok(offered(again, 'fields.only').includes('* Winter = widgy:note/n'), 'what was chosen stays');
  });

  it('is searched with Enter where something new stands in the search, and else saved', () => {
    const entries = (text: string, searched: string) =>
      [
        ['fields._action', ''],
        ['fields.to.search', text],
        ['fields.to.searched', searched],
      ] as const;
    const answer = readWidgetForm(site, 'button', entries('Con', ''), EMPTY);
    assert.deepEqual(answer.status === 'changed' && answer.form.search, { path: '/to', text: 'Con' });
    assert.equal(readWidgetForm(site, 'button', entries('Con', 'Con'), EMPTY).status, 'read');
    assert.equal(readWidgetForm(site, 'button', entries('Con', '').slice(1), EMPTY).status, 'read', 'Save');
  });

  it('offers nothing where there is nothing to offer, or nothing to link', () => {
    for (const markup of [
      show({}),
      show({}, []),
      printWidgetForm(site, widgetForm(site, 'text', { text: '' }), { links: LINKS }).toString(),
    ])
      assert.doesNotMatch(markup, /<select|radio|address/);
  });

  it('shows what is kept of something that was not found, whatever else was', () => {
    const form = widgetForm(site, 'button', { ...EMPTY, picture: 'widgy:media/a' });
    const markup = printWidgetForm(site, form, {
      links: LINKS,
      search: { path: '/picture', text: 'x', groups: [] },
    }).toString();
    const radios = allElements(markup).filter(({ attributes }) => attributes.name === 'fields.picture');
    assert.deepEqual(
      radios.map(({ attributes }) => attributes.value),
      ['', 'address:', 'widgy:media/a'],
    );
  });

  const values = [
    '',
    '/about',
    'https://example.com/?a=1&b="2"',
    'widgy:page/1',
    'widgy:page/999',
    'widgy:gone/1',
  ];
  for (const value of values) {
    for (const [what, links] of [
      ['with choices', LINKS],
      ['without choices', undefined],
    ] as const) {
      it(`keeps ${JSON.stringify(value)} when it is opened and saved ${what}`, () => {
        const fields = { ...EMPTY, to: value, picture: value, only: value, more: [{ to: value }] };
        const sent = submissionOf(show(fields, links));
        assert.deepEqual(readWidgetForm(site, 'button', sent, EMPTY), { status: 'read', fields });
      });
    }
  }

  it('shows again what was typed and cannot be kept', () => {
    const sent = submissionOf(show({ to: '/a' }, LINKS)).map(([name, value]) =>
      name === 'fields.to.address' ? ([name, 'widgy:page'] as const) : ([name, value] as const),
    );
    const answer = readWidgetForm(site, 'button', sent, EMPTY);
    assert.ok(answer.status === 'refused');
    assert.deepEqual(
      answer.form.errors.map(({ code, path }) => [code, path]),
      [['refused', '/to']],
    );
    const again = printWidgetForm(site, answer.form, { links: LINKS }).toString();
    assert.equal(named(again, 'fields.to.address')?.attributes.value, 'widgy:page');
  });
});

it('the description of a field says whether it takes references', () => {
  const described = site.types.get('button')?.fields ?? [];
  assert.deepEqual(
    described.map(({ name, takesReferences }) => [name, takesReferences]),
    [
      ['to', true],
      ['picture', true],
      ['only', true],
      ['more', undefined],
    ],
  );
  assert.deepEqual(JSON.parse(JSON.stringify(described)), described);
});

describe('a picture', () => {
  const addresses: readonly [value: string, isTaken: boolean][] = [
    ['', true],
    ['/boat.jpg', true],
    ['//cdn.example/boat.jpg', true],
    ['https://example.com/picture?id=4', true],
    ['HTTP://example.com/boat.jpg', true],
    ['widgy:media/1', true],
    ['boat.jpg', false],
    ['pictures/boat.jpg', false],
    ['?boat', false],
    ['mailto:ann@example.org', false],
    ['tel:1', false],
    ['javascript:alert(1)', false],
    ['widgy:page', false],
  ];
  for (const [value, isTaken] of addresses) {
    it(`${isTaken ? 'may' : 'may not'} be ${JSON.stringify(value)}`, () => {
      assert.equal(checkWidgetFields(site, 'button', { ...EMPTY, picture: value }).ok, isTaken);
    });
  }
});
