import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import {
  checkOperation,
  createTree,
  createWidget,
  type JsonObject,
  MAX_PROBLEMS,
  newWidget,
} from '../tree/index.ts';
import { defineWidget, extendWidget, type WidgetType } from './define-widget.ts';
import { MAX_MARKUP_LENGTH } from './fields/limits.ts';
import { defaultSanitisers } from './fields/sanitise.ts';
import { isPermitted } from './permissions.ts';
import { checkWidgetFields, defineSite, findTemplate, type Site, type SiteDefinition } from './site.ts';
import { siteFolder } from './site-fixture.ts';

const folder = import.meta.dirname;
const plain = (type: string, rest: object = {}): WidgetType =>
  defineWidget({ type, label: type, files: [], ...rest });
const slide = plain('slide', { groups: ['media'] });

describe('the registry of a site', () => {
  it('lists types and rules by name, whatever order they were given in', () => {
    const widgets = ['b', 'shop/x', 'a', 'B'].map((type) => plain(type));
    const site = defineSite({ folder, widgets });
    const turned = defineSite({ folder, widgets: widgets.toReversed() });
    assert.deepEqual([...site.types.keys()], ['B', 'a', 'b', 'shop/x']);
    assert.deepEqual([...site.catalogue], [...turned.catalogue]);
  });

  it('takes an extension for the type it extends, in any order', () => {
    const extended = extendWidget(slide, { label: 'Other' });
    for (const widgets of [
      [slide, extended],
      [extended, slide],
      [extendWidget(extended, { label: 'Other' }), slide, extended],
    ]) {
      assert.equal(defineSite({ folder, widgets }).catalogue.get('slide')?.label, 'Other');
    }
  });

  it('is not shared: two sites have the same type name with different types', () => {
    const one = defineSite({ folder, widgets: [slide] });
    const other = defineSite({ folder, widgets: [plain('slide', { label: 'Mine' })] });
    assert.deepEqual(
      [one, other].map(({ catalogue }) => catalogue.get('slide')?.label),
      ['slide', 'Mine'],
    );
  });

  const refused: readonly [
    what: string,
    code: string,
    message: RegExp,
    definition: Partial<SiteDefinition>,
  ][] = [
    [
      'two types of one name',
      'widget-duplicate',
      /two types called "slide"/,
      { widgets: [slide, plain('slide')] },
    ],
    [
      'two extensions of one type',
      'widget-duplicate',
      /two types/,
      { widgets: [extendWidget(slide, {}), extendWidget(slide, {})] },
    ],
    [
      'a child that is unknown',
      'name-unknown',
      /children\.accept of the type "show" names "slid".*\nDid you mean "slide"\?$/s,
      { widgets: [slide, plain('show', { children: { accept: ['slid'] } })] },
    ],
    [
      'a group that is unknown',
      'name-unknown',
      /Did you mean "media"\?/,
      { widgets: [slide, plain('show', { children: { accept: ['meda'] } })] },
    ],
    [
      'a parent that is unknown',
      'name-unknown',
      /parents of the type "x"/,
      { widgets: [plain('x', { parents: ['show'] })] },
    ],
    [
      'a slot that accepts what is unknown',
      'name-unknown',
      /accept of the slot "main" of the type "x" names "y"/,
      { widgets: [plain('x', { children: { accept: [], slots: [{ name: 'main', accept: ['y'] }] } })] },
    ],
    [
      'a group as what a slot begins with',
      'name-unknown',
      /default of the slot "main" .* names "media"/,
      {
        widgets: [
          slide,
          plain('x', {
            children: { accept: [], slots: [{ name: 'main', accept: ['*'], default: ['media'] }] },
          }),
        ],
      },
    ],
    [
      'a group called as a type',
      'widget-invalid',
      /"slide" is both/,
      { widgets: [slide, plain('x', { groups: ['slide'] })] },
    ],
    [
      'permissions for what is unknown',
      'name-unknown',
      /Did you mean "slide"/,
      { permissions: { slids: {} } },
    ],
    ['a relative folder', 'folder-missing', /no absolute path/, { folder: 'site' }],
    ['a folder of templates that is not there', 'folder-missing', /nowhere/, { templates: ['/nowhere'] }],
    ['a kind that is built in', 'kind-invalid', /"text" is built in/, { kinds: { text: { shape: 'text' } } }],
    [
      'a kind that reads nothing',
      'kind-invalid',
      /needs read and write/,
      { kinds: { stars: { shape: 'own' } } },
    ],
    [
      'a kind of field that is unknown',
      'field-invalid',
      /"x" of "y" is of the unknown kind "markdwn".*Did you mean "markdown"/s,
      {
        widgets: [plain('y', { fields: z.object({ x: z.string().default('').meta({ kind: 'markdwn' }) }) })],
      },
    ],
    [
      'a default that its kind refuses',
      'field-invalid',
      /at \/x: Enter a path/,
      {
        widgets: [
          plain('y', { fields: z.object({ x: z.string().default('javascript:1').meta({ kind: 'link' }) }) }),
        ],
      },
    ],
  ];
  for (const [what, code, message, definition] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => defineSite({ folder, widgets: [slide], ...definition }), { code, message });
    });
  }
});

describe('the rules of a site', () => {
  const show = plain('show', {
    isRootChoice: true,
    children: { accept: ['media'], max: 2, default: ['slide'] },
  });
  const text = plain('text', { fields: z.object({ body: z.string().default('Hello') }) });
  const widgets = [show, slide, text];
  const strict = defineSite({ folder, widgets });
  const lenient = defineSite({
    folder,
    widgets,
    adjustRules: (rules) => (rules.type === 'show' ? { ...rules, children: { accept: ['*'] } } : rules),
  });

  it('make new widgets, with their fields and what stands in them', () => {
    const ids = ['a', 'b', 'c'];
    const newId = () => ids.shift() ?? '';
    const made = newWidget(strict.catalogue, 'show', newId);
    assert.deepEqual(
      made?.children.map(({ id, type }) => [id, type]),
      [['b', 'slide']],
    );
    assert.deepEqual(newWidget(strict.catalogue, 'text', newId)?.fields, { body: 'Hello' });
  });

  const inserts: readonly [type: string, site: Site, answer: string][] = [
    ['slide', strict, 'ok'],
    ['text', strict, 'parent-refuses'],
    ['text', lenient, 'ok'],
    ['gone', lenient, 'type-unknown'],
  ];
  for (const [type, { catalogue }, answer] of inserts) {
    it(`answer ${answer} for a ${type}${catalogue === strict.catalogue ? '' : ', where the site has the last word'}`, () => {
      const tree = createTree(createWidget({ id: 'root', type: 'show' }));
      const widget = createWidget({ id: 'new', type });
      const checked = checkOperation(tree, { kind: 'insert', widget, at: { parent: 'root' } }, catalogue);
      assert.equal(checked.ok ? 'ok' : checked.refusal.code, answer);
    });
  }
});

describe('isPermitted', () => {
  const site = defineSite<{ name: string }>({
    folder,
    widgets: [slide, plain('text'), plain('layout')],
    permissions: {
      '*': ({ user, action }) => user.name === 'editor' && action !== 'delete',
      slide: { delete: async ({ user, permission }) => user.name === permission },
      layout: { add: () => false },
    },
  });
  const silent = defineSite({ folder, widgets: [slide] });
  const cases: readonly [
    user: string,
    action: 'add' | 'change' | 'delete',
    type: string,
    isAllowed: boolean,
  ][] = [
    ['editor', 'add', 'text', true],
    ['editor', 'delete', 'text', false],
    ['guest', 'add', 'text', false],
    ['editor', 'add', 'slide', true],
    ['slide:delete', 'delete', 'slide', true],
    ['editor', 'delete', 'slide', false],
    ['editor', 'add', 'layout', false],
    ['editor', 'change', 'layout', true],
    ['editor', 'add', 'gone', false],
    ['editor', 'change', 'gone', false],
    ['editor', 'add', 'constructor', false],
  ];
  for (const [name, action, type, isAllowed] of cases) {
    it(`lets ${name} ${isAllowed ? '' : 'not '}${action} ${type}`, async () => {
      assert.equal(await isPermitted(site, { name }, action, type), isAllowed);
    });
  }

  it('permits nothing where nothing is said', async () => {
    assert.equal(await isPermitted(silent, 'root', 'delete', 'slide'), false);
  });

  it('lets a type that the code no longer has be deleted, by who may delete anything', async () => {
    const open = defineSite({ folder, widgets: [], permissions: { '*': () => true } });
    const actions = ['add', 'change', 'delete'] as const;
    const answers = await Promise.all(actions.map((action) => isPermitted(open, {}, action, 'gone')));
    assert.deepEqual(answers, [false, false, true]);
  });

  it('takes only true for an answer', async () => {
    const answers: readonly unknown[] = [1, 'yes', undefined, null, {}];
    for (const answer of answers) {
      const permissions = { '*': () => JSON.parse(JSON.stringify(answer ?? null)) };
      assert.equal(
        await isPermitted(defineSite({ folder, widgets: [slide], permissions }), {}, 'add', 'slide'),
        false,
      );
    }
  });
});

describe('the files of widgets', async () => {
  const root = await siteFolder({
    'own/render.liquid': 'own',
    'own/preview.liquid': 'own',
    'own/index.ts': '',
    'own/_style.scss': '',
    'own/card.liquid': 'a part of render.liquid',
    'other/edit.liquid': 'other',
    'themes/a/shop/product/render.liquid': 'site',
    'themes/b/shop/product/render.liquid': 'site, weaker',
    'themes/b/shop/product/preview.liquid': 'site',
  });
  const base = defineWidget({ type: 'shop/product', label: 'Product', directory: join(root, 'own') });
  const extended = extendWidget(base, { directory: join(root, 'other') });
  const themes = ['a', 'b'].map((name) => join(root, 'themes', name));

  const lookups: readonly [
    what: string,
    type: WidgetType,
    templates: string[],
    found: (string | undefined)[],
  ][] = [
    ['its own', base, [], ['widget own/render.liquid', 'widget own/preview.liquid', undefined]],
    [
      'the base’s',
      extended,
      [],
      ['base own/render.liquid', 'base own/preview.liquid', 'widget other/edit.liquid'],
    ],
    [
      'the site’s',
      extended,
      themes,
      [
        'site themes/a/shop/product/render.liquid',
        'site themes/b/shop/product/preview.liquid',
        'widget other/edit.liquid',
      ],
    ],
  ];
  for (const [what, type, templates, expected] of lookups) {
    it(`finds ${what}`, () => {
      const site = defineSite({ folder: root, widgets: [type], templates });
      const found = (['render', 'preview', 'edit'] as const).map((kind) =>
        findTemplate(site, type.type, kind),
      );
      assert.deepEqual(
        found.map((file) => file && `${file.from} ${file.path.slice(root.length + 1)}`),
        expected,
      );
    });
  }

  it('finds nothing for a type that there is not', () => {
    const site = defineSite({ folder: root, widgets: [base] });
    assert.equal(findTemplate(site, 'gone', 'render'), undefined);
    assert.equal(findTemplate(site, 'constructor', 'render'), undefined);
  });

  const misnamed: readonly [name: string, nearest: string][] = [
    ['rendr.liquid', 'render.liquid'],
    ['Render.liquid', 'render.liquid'],
    ['previews.liquid', 'preview.liquid'],
    ['styles.scss', 'style.scss'],
    ['style.sass', 'style.scss'],
    ['clinet.ts', 'client.ts'],
    ['editor.tsx', 'editor.ts'],
  ];
  for (const [name, nearest] of misnamed) {
    it(`refuses ${name} and names ${nearest}`, async () => {
      const directory = await siteFolder({ [name]: '' });
      const type = defineWidget({ type: 'w', label: 'W', files: [], directory });
      assert.throws(() => defineSite({ folder: root, widgets: [type] }), {
        code: 'file-misnamed',
        message: new RegExp(`nothing reads .*${name}`),
        help: new RegExp(`^Did you mean ${nearest}\\?`),
      });
    });
  }

  it('refuses a folder that lacks a file which the definition declares', async () => {
    const directory = await siteFolder({ 'preview.liquid': '', 'style.css': '' });
    const definition = { type: 'w', label: 'W', directory } as const;
    const of = (type: WidgetType) => () => defineSite({ folder: root, widgets: [type] });
    assert.throws(of(defineWidget(definition)), {
      code: 'file-missing',
      message: /"w" has no render\.liquid/,
    });
    assert.throws(of(defineWidget({ ...definition, files: ['style.scss'] })), {
      code: 'file-missing',
      message: /no style\.scss/,
    });
    assert.throws(of(defineWidget({ type: 'w', label: 'W' })), { code: 'file-missing', help: /files: \[\]/ });
    assert.throws(of(defineWidget({ ...definition, directory: join(directory, 'none') })), {
      code: 'folder-missing',
    });
  });

  it('refuses two files for one purpose', async () => {
    const directory = await siteFolder({ 'style.scss': '', 'style.css': '' });
    const type = defineWidget({ type: 'w', label: 'W', files: [], directory });
    assert.throws(() => defineSite({ folder: root, widgets: [type] }), { code: 'file-ambiguous' });
  });

  const overrides: readonly [name: string, code: string, help: RegExp][] = [
    ['shop/produkt/render.liquid', 'name-unknown', /Did you mean "shop\/product"\?/],
    ['store/render.liquid', 'name-unknown', /no type "store"/],
    ['shop/product/rendr.liquid', 'file-misnamed', /Did you mean render\.liquid\?/],
    ['shop/product/style.scss', 'file-misnamed', /Extend the type/],
    ['shop/render.liquid', 'file-misnamed', /called as its type/],
    ['render.liquid', 'file-misnamed', /called as its type/],
  ];
  for (const [name, code, help] of overrides) {
    it(`refuses ${name} in the site’s folder of templates`, async () => {
      const templates = [await siteFolder({ [name]: '' })];
      assert.throws(() => defineSite({ folder: root, widgets: [base], templates }), { code, help });
    });
  }
});

describe('checkWidgetFields', () => {
  const text = plain('text', {
    fields: z.object({
      title: z.string().max(5).default(''),
      body: z.string().default('').meta({ kind: 'rich-text' }),
    }),
  });
  const site = defineSite({ folder, widgets: [text] });

  const bodies = z.object({
    rich: z.string().default('').meta({ kind: 'rich-text' }),
    markdown: z.string().default('').meta({ kind: 'markdown' }),
    plain: z.string().default('').meta({ kind: 'long-text' }),
    list: z.array(z.object({ rich: z.string().default('').meta({ kind: 'rich-text' }) })).default([]),
  });
  const { richText, markdown } = MAX_MARKUP_LENGTH;
  const lengths: readonly [what: string, fields: JsonObject, error: string | undefined, sanitised: number][] =
    [
      ['takes rich text as long as it may be', { rich: 'x'.repeat(richText) }, undefined, 1],
      ['refuses longer rich text', { rich: 'x'.repeat(richText + 1) }, '/rich', 0],
      ['takes Markdown as long as it may be', { markdown: 'x'.repeat(markdown) }, undefined, 1],
      ['refuses longer Markdown', { markdown: 'x'.repeat(markdown + 1) }, '/markdown', 0],
      [
        'refuses longer rich text in a list',
        { list: [{ rich: '' }, { rich: 'x'.repeat(richText + 1) }] },
        '/list/1/rich',
        0,
      ],
      [
        'refuses rich text that is too long when it is escaped',
        { rich: '<'.repeat(richText / 2) },
        '/rich',
        1,
      ],
      ['takes longer text without markup', { plain: 'x'.repeat(richText + 1) }, undefined, 0],
    ];
  for (const [what, fields, error, count] of lengths) {
    it(`${what}, and sanitises ${count} texts`, () => {
      let sanitised = 0;
      const counted = (clean: (text: string) => string) => (given: string) => {
        sanitised += 1;
        return clean(given);
      };
      const counting = defineSite({
        folder,
        widgets: [plain('bodies', { fields: bodies })],
        sanitise: {
          richText: counted(defaultSanitisers.richText),
          markdown: counted(defaultSanitisers.markdown),
        },
      });
      sanitised = 0;
      const checked = checkWidgetFields(counting, 'bodies', fields);
      const told = checked.ok ? [] : checked.errors.map(({ path, code }) => `${path} ${code}`);
      assert.deepEqual([told, sanitised], [error === undefined ? [] : [`${error} too-long`], count]);
    });
  }

  it('refuses fields of a type that the code does not have', () => {
    assert.deepEqual(checkWidgetFields(site, 'test', {}), {
      ok: false,
      errors: [
        { code: 'unknown-type', path: '', message: 'The site has no type "test". Did you mean "text"?' },
      ],
    });
  });

  it('sanitises markup where the site has no sanitiser', () => {
    const checked = checkWidgetFields(site, 'text', { body: '<b onclick=x>Tea & cake</b> &lt;3' });
    assert.deepEqual(checked, {
      ok: true,
      fields: { title: '', body: '<b>Tea &amp; cake</b> &lt;3' },
    });
    assert.deepEqual(checked.ok && checkWidgetFields(site, 'text', checked.fields), checked);
  });

  it('keeps nothing where a sanitiser gives no text', () => {
    const broken = defineSite({
      folder,
      widgets: [text],
      sanitise: { richText: (text) => (text === '' ? text : JSON.parse('null')) },
    });
    assert.throws(() => checkWidgetFields(broken, 'text', { body: '<b>' }), { code: 'sanitiser-failed' });
  });

  const polluting: JsonObject = JSON.parse('{"__proto__":{"x":1},"title":""}');
  const cases: readonly [what: string, fields: unknown, error: string][] = [
    ['no object', [], ' wrong-shape'],
    ['null', null, ' wrong-shape'],
    ['an unknown field', { titel: 'x' }, '/titel unknown-field'],
    ['a polluting name', polluting, '/__proto__ forbidden-key'],
    ['what JSON cannot hold', { title: new Date(0) }, '/title not-json'],
    ['too much of it', { body: 'x'.repeat(1024 * 1024) }, '/body field-too-large'],
    ['another kind of value', { title: 7 }, '/title wrong-kind'],
    ['null for a text', { title: null }, '/title wrong-kind'],
    ['too long a text', { title: 'longer' }, '/title too-long'],
  ];
  for (const [what, fields, error] of cases) {
    it(`refuses ${what}`, () => {
      const checked = checkWidgetFields(site, 'text', fields);
      assert.ok(!checked.ok);
      assert.deepEqual(
        checked.errors.map(({ path, code }) => `${path} ${code}`),
        [error],
      );
    });
  }

  it('tells of no more errors than of any value', () => {
    const fields = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`unknown${at}`, '']));
    const checked = checkWidgetFields(site, 'text', fields);
    assert.equal(!checked.ok && checked.errors.length, MAX_PROBLEMS);
  });

  it('gives missing fields their defaults', () => {
    assert.deepEqual(checkWidgetFields(site, 'text', {}), { ok: true, fields: { title: '', body: '' } });
  });
});
