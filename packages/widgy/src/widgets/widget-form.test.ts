import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../tree/json.ts';
import { MAX_PROBLEMS } from '../tree/limits.ts';
import { SEED } from '../tree/random-fixture.ts';
import { defineWidget } from './define-widget.ts';
import { attributes, html } from './fields/html.ts';
import { markupOfTyped } from './fields/typed-text.ts';
import { defineSite, type Site } from './site.ts';
import { allElements, submissionOf } from './submit-fixture.ts';
import {
  printWidgetForm,
  type ReadForm,
  readWidgetForm,
  type WidgetForm,
  widgetForm,
} from './widget-form.ts';

const folder = import.meta.dirname;
const FIELDS = z.object({
  title: z
    .string()
    .min(1)
    .max(20)
    .default('Untitled')
    .meta({ label: 'Title & name', help: 'Shown <above> it' }),
  note: z.string().nullable().default(null),
  lead: z.string().default('').meta({ kind: 'long-text' }),
  body: z.string().default('').meta({ kind: 'rich-text' }),
  text: z.string().default('').meta({ kind: 'markdown' }),
  delay: z.int().min(1).max(60).default(2),
  ratio: z.number().nullable().default(1.5),
  isLoud: z.boolean().default(false),
  isSure: z.boolean().nullable().default(null),
  side: z
    .enum(['left', 'right'])
    .default('left')
    .meta({ options: { left: 'On the left' } }),
  size: z
    .union([z.literal(1), z.literal(2)])
    .nullable()
    .default(null),
  days: z
    .array(z.enum(['mon', 'tue', '']))
    .max(2)
    .default([]),
  day: z.iso.date().nullable().default(null),
  hour: z.iso.time().default('09:00'),
  opens: z.iso.datetime().default('2027-03-14T09:30:00Z'),
  starts: z.iso.datetime({ local: true }).nullable().default(null),
  ink: z.string().default('#1d4f5c').meta({ kind: 'colour' }),
  picture: z.string().default('').meta({ kind: 'image' }),
  more: z.string().default('').meta({ kind: 'link' }),
  stars: z.int().min(0).max(5).default(3).meta({ kind: 'stars' }),
  slides: z
    .array(
      z.object({
        caption: z.string().max(10).default(''),
        isWide: z.boolean().default(true),
        links: z.array(z.object({ to: z.string().default('/').meta({ kind: 'link' }) })).default([]),
      }),
    )
    .max(4)
    .default([]),
});

const everything = defineWidget({ type: 'everything', label: 'Everything', fields: FIELDS, files: [] });
const site: Site = defineSite({
  folder,
  widgets: [everything],
  kinds: {
    stars: {
      shape: 'own',
      read: (text) => (/^\**$/.test(text) ? text.length : undefined),
      write: (value) => '*'.repeat(Number(value)),
      check: (value) => (value === 4 ? 'Nobody gives four.' : undefined),
      print: ({ text, attributes: tied }) =>
        html`<input${tied}${attributes({ type: 'text', class: 'stars', value: text })}>`,
    },
  },
  sanitise: {
    richText: (text) => text.replace(/<script>/g, ''),
    markdown: (text) => text.replace(/!!/g, ''),
  },
});
const DEFAULTS: JsonObject = JSON.parse(JSON.stringify(FIELDS.parse({})));
const show = (form: WidgetForm) => printWidgetForm(site, form).toString();
const sent = (fields: JsonObject, changes: Readonly<Record<string, string>> = {}) =>
  submissionOf(show(widgetForm(site, 'everything', fields)))
    .filter(([name]) => changes[name.slice('fields.'.length)] === undefined)
    .concat(Object.entries(changes).map(([name, text]) => [`fields.${name}`, text] as const));
const read = (entries: Iterable<readonly [string, unknown]>, current: JsonObject = DEFAULTS) =>
  readWidgetForm(site, 'everything', entries, current);

function formOf(answer: ReadForm): WidgetForm {
  assert.ok(answer.status !== 'read');
  return answer.form;
}

describe('the description of fields', () => {
  it('is plain JSON, with what the editor needs', () => {
    const fields = site.types.get('everything')?.fields ?? [];
    assert.deepEqual(JSON.parse(JSON.stringify(fields)), fields);
    assert.deepEqual(
      fields.map(({ name, kind, shape }) => `${name} ${kind} ${shape}`),
      [
        'title text text',
        'note text text',
        'lead long-text text',
        'body rich-text text',
        'text markdown text',
        'delay number number',
        'ratio number number',
        'isLoud boolean flag',
        'isSure choice choice',
        'side choice choice',
        'size choice choice',
        'days choices choices',
        'day date text',
        'hour time text',
        'opens date-time text',
        'starts date-time text',
        'ink colour text',
        'picture image text',
        'more link text',
        'stars stars own',
        'slides list list',
      ],
    );
    const named = (name: string) => fields.find((field) => field.name === name);
    assert.deepEqual(named('title'), {
      name: 'title',
      kind: 'text',
      label: 'Title & name',
      help: 'Shown <above> it',
      isNullable: false,
      default: 'Untitled',
      shape: 'text',
      isRequired: true,
      minLength: 1,
      maxLength: 20,
    });
    assert.deepEqual(named('side'), {
      name: 'side',
      kind: 'choice',
      label: 'Side',
      isNullable: false,
      default: 'left',
      shape: 'choice',
      isRequired: true,
      options: [
        { value: 'left', label: 'On the left' },
        { value: 'right', label: 'Right' },
      ],
    });
  });
});

const textValue = fc
  .string({ unit: 'binary', maxLength: 10 })
  .filter((text) => text.isWellFormed() && !/[\r\0]/.test(text));
const unmarked = textValue.map((text) => text.replace(/<script>|!!/g, ''));
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const day = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
const plain = <T>(parts: { [Name in keyof T]: fc.Arbitrary<T[Name]> }) =>
  fc.record(parts, { noNullPrototype: true });
const keptFields: fc.Arbitrary<JsonObject> = plain({
  title: textValue.filter((text) => text !== ''),
  note: nullable(textValue.filter((text) => text !== '')),
  lead: textValue,
  body: unmarked.map(markupOfTyped),
  text: unmarked,
  delay: fc.integer({ min: 1, max: 60 }),
  ratio: nullable(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  isLoud: fc.boolean(),
  isSure: nullable(fc.boolean()),
  side: fc.constantFrom('left', 'right'),
  size: nullable(fc.constantFrom(1, 2)),
  days: fc.subarray(['mon', 'tue', ''], { maxLength: 2 }),
  day: nullable(day.map((date) => date.toISOString().slice(0, 10))),
  hour: day.map((date) => date.toISOString().slice(11, 19)),
  opens: day.map((date) => date.toISOString()),
  starts: nullable(day.map((date) => date.toISOString().slice(0, 16))),
  ink: fc.constantFrom('#000000', '#A1b2C3', ''),
  picture: fc.constantFrom('', 'widgy:media/m12', '/a/b.png'),
  more: fc.constantFrom('', '/a?b=c&d', 'https://example.com/"x"', '#top'),
  stars: fc.constantFrom(0, 1, 2, 3, 5),
  slides: fc.array(
    plain({
      caption: textValue,
      isWide: fc.boolean(),
      links: fc.array(plain({ to: fc.constantFrom('/', 'mailto:a@b.c') }), { maxLength: 2 }),
    }),
    { maxLength: 4 },
  ),
});

describe('a form', () => {
  it('that is printed and sent back as it is gives the same fields', () => {
    fc.assert(
      fc.property(keptFields, (fields) => {
        const answer = read(submissionOf(show(widgetForm(site, 'everything', fields))), {});
        assert.deepEqual(answer, { status: 'read', fields });
      }),
      { seed: SEED },
    );
  });

  it('never prints what somebody wrote as markup', () => {
    const hostile = fc.array(
      fc.constantFrom('<', '>', '"', "'", '&', '</textarea>', '<script>', '\n', ' x=', '&lt;', 'a'),
      { minLength: 1 },
    );
    const shape = (markup: string) =>
      allElements(markup).map(({ tag, attributes: { value, checked, ...kept } }) => [
        tag,
        Object.keys(kept).join(),
      ]);
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join('');
        const fill = (fill: string): JsonObject => ({
          ...DEFAULTS,
          title: fill,
          body: fill,
          side: fill,
          days: [fill],
          more: fill,
          slides: [{ caption: fill, isWide: true, links: [{ to: fill }] }],
        });
        // The same control as for an innocent text of as many lines.
        const innocent = text.includes('\n') ? 'x\ny' : 'xyz';
        assert.deepEqual(
          shape(show(widgetForm(site, 'everything', fill(text)))),
          shape(show(widgetForm(site, 'everything', fill(innocent)))),
        );
      }),
      { seed: SEED },
    );
  });

  it('has a label or a legend for every control, and ids that are there for what describes it', () => {
    const slides = [{ caption: 'x'.repeat(11), isWide: true, links: [{ to: 'javascript:1' }] }];
    const form = formOf(read(sent({ ...DEFAULTS, slides }, { delay: 'soon', title: '' })));
    const elements = allElements(show(form));
    const ids = elements.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]));
    assert.equal(new Set(ids).size, ids.length, 'ids are unique');
    const labelled = new Set(
      elements.filter(({ tag }) => tag === 'label').map((label) => label.attributes.for),
    );
    for (const { tag, attributes: found, children } of elements) {
      if (['input', 'select', 'textarea'].includes(tag) && found.type !== 'hidden') {
        assert.ok(labelled.has(found.id), `${found.name} has a label`);
      }
      if (tag === 'fieldset') assert.equal(children[0]?.tag, 'legend');
      for (const id of found['aria-describedby']?.split(' ') ?? []) assert.ok(ids.includes(id), id);
      for (const name of Object.keys(found)) assert.doesNotMatch(name, /^(?:style|on)/);
      if (tag === 'a') assert.ok(ids.includes(found.href?.slice(1) ?? ''), found.href);
    }
    const invalid = elements.filter((element) => element.attributes['aria-invalid'] === 'true');
    assert.deepEqual(
      invalid.map(({ attributes: { id } }) => id),
      ['fields.title', 'fields.delay', 'fields.slides.0.caption'],
    );
  });

  it('can stand on a page with another of its type', () => {
    const form = widgetForm(site, 'everything', DEFAULTS);
    const both = ['one', 'two'].map((prefix) => printWidgetForm(site, form, { prefix }).toString()).join('');
    const ids = allElements(both).flatMap(({ attributes: { id } }) => id ?? []);
    assert.equal(new Set(ids).size, ids.length);
    const entries = submissionOf(both).map(
      ([name, value]) => [name, name === 'two.title' ? 'Second' : value] as const,
    );
    const answers = ['one', 'two'].map((prefix) =>
      readWidgetForm(site, 'everything', entries, {}, { prefix }),
    );
    assert.deepEqual(answers, [
      { status: 'read', fields: DEFAULTS },
      { status: 'read', fields: { ...DEFAULTS, title: 'Second' } },
    ]);
  });
});

describe('what is sent', () => {
  const accepted: readonly [name: string, text: string, value: JsonValue][] = [
    ['title', ' a ', ' a '],
    ['lead', 'a\r\nb\rc', 'a\nb\nc'],
    ['note', '', null],
    ['delay', ' 12 ', 12],
    ['ratio', '-.5e1', -5],
    ['ratio', '', null],
    ['isSure', 'false', false],
    ['size', '2', 2],
    ['opens', '2027-03-14T10:00', '2027-03-14T10:00:00Z'],
    ['opens', '2027-03-14T10:00:00Z', '2027-03-14T10:00:00Z'],
    ['starts', '2027-03-14T10:00', '2027-03-14T10:00'],
    ['body', 'a\r\n\r\nb < c', '<p>a</p><p>b &lt; c</p>'],
    ['body', 'a <em>b</em>', 'a <em>b</em>'],
    ['text', 'a!!b', 'ab'],
    ['stars', '**', 2],
  ];
  for (const [name, text, value] of accepted) {
    it(`${JSON.stringify(text)} for ${name} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(read(sent(DEFAULTS, { [name]: text })), {
        status: 'read',
        fields: { ...DEFAULTS, [name]: value },
      });
    });
  }

  it('is told of what was taken out of it', () => {
    assert.deepEqual(read(sent(DEFAULTS, { body: 'a<script>b' })), {
      status: 'read',
      fields: { ...DEFAULTS, body: 'ab' },
      takenOut: [{ label: 'Body', names: ['<script>'] }],
    });
  });

  const refused: readonly [name: string, text: string, code: string, message: string][] = [
    ['title', '', 'required', 'Fill this in.'],
    ['title', 'x'.repeat(21), 'too-long', 'Use at most 20 characters.'],
    ['delay', '', 'required', 'Fill this in.'],
    ['delay', 'two', 'wrong-kind', 'Enter a whole number.'],
    ['delay', '0x10', 'wrong-kind', 'Enter a whole number.'],
    ['delay', '1.5', 'wrong-kind', 'Enter a whole number.'],
    ['delay', '0', 'too-small', 'Enter 1 or more.'],
    ['delay', '61', 'too-large', 'Enter 60 or less.'],
    ['ratio', '1e999', 'wrong-kind', 'Enter a number, such as 12.5.'],
    ['ratio', '1,5', 'wrong-kind', 'Enter a number, such as 12.5.'],
    ['side', 'top', 'not-a-choice', 'Choose one of the values that are offered.'],
    ['side', '', 'not-a-choice', 'Choose one of the values that are offered.'],
    ['day', '2027-02-30', 'wrong-format', 'Enter a date as year, month and day, such as 2027-03-14.'],
    ['hour', '25:00', 'wrong-format', 'Enter a time as hours and minutes, such as 09:30.'],
    ['opens', 'soon', 'wrong-format', 'Enter a date and a time, such as 2027-03-14T09:30.'],
    [
      'ink',
      'red',
      'refused',
      'Enter a colour as "#" and six digits or letters from a to f, such as #1d4f5c.',
    ],
    [
      'more',
      'javascript:alert(1)',
      'refused',
      'Enter a path, or an address that begins with http, https, mailto, tel.',
    ],
    [
      'more',
      ' java\tscript:alert(1)',
      'refused',
      'Enter a path, or an address that begins with http, https, mailto, tel.',
    ],
    [
      'picture',
      'data:text/html,x',
      'refused',
      'Enter a path, or an address that begins with http, https, mailto, tel.',
    ],
    ['stars', 'x', 'wrong-kind', 'This cannot be read.'],
    ['stars', '****', 'refused', 'Nobody gives four.'],
    ['stars', '******', 'too-large', 'Enter 5 or less.'],
    ['days', 'wed', 'not-a-choice', 'Choose one of the values that are offered.'],
    ['slides.count', '-1', 'wrong-kind', 'The number of items cannot be read.'],
    ['slides.count', '501', 'too-many', 'Give at most 500.'],
    ['titel', 'x', 'unknown-field', 'The form has no field "titel".'],
    ['__proto__', 'x', 'forbidden-key', 'No field may be called "__proto__".'],
    ['slides.__proto__.caption', 'x', 'forbidden-key', 'No field may be called "slides.__proto__.caption".'],
    ['constructor.prototype', 'x', 'forbidden-key', 'No field may be called "constructor.prototype".'],
    ['slides.0.caption', 'x', 'unknown-field', 'The form has no field "slides.0.caption".'],
  ];
  for (const [name, text, code, message] of refused) {
    it(`${JSON.stringify(text.slice(0, 25))} for ${name} is refused as ${code}, and kept in the form`, () => {
      const answer = read(sent(DEFAULTS, { [name]: text }));
      const form = formOf(answer);
      assert.equal(answer.status, 'refused');
      const [error] = form.errors;
      assert.equal(error?.code, code);
      assert.equal(error?.message, message);
      assert.ok(error?.path.startsWith(`/${name.split('.')[0]}`), error?.path);
      const names = submissionOf(show(widgetForm(site, 'everything', DEFAULTS))).map(([known]) => known);
      if (names.includes(`fields.${name}`) && !name.includes('.')) {
        const shown = submissionOf(show(form)).filter(([known]) => known === `fields.${name}`);
        assert.deepEqual(shown.at(-1)?.[1], text);
      }
    });
  }

  it('is told with all that is wrong at once, in lists too', () => {
    const slides = [{ caption: 'x'.repeat(11), isWide: true, links: [{ to: '/' }, { to: 'vbscript:x' }] }];
    const entries = sent({ ...DEFAULTS, slides }, { delay: 'soon', title: '' });
    assert.deepEqual(
      formOf(read(entries)).errors.map(({ path, code }) => `${path} ${code}`),
      ['/delay wrong-kind', '/title required', '/slides/0/caption too-long'],
    );
    const rest = sent({ ...DEFAULTS, slides: slides.map((slide) => ({ ...slide, caption: '' })) });
    assert.deepEqual(
      formOf(read(rest)).errors.map(({ path, code }) => `${path} ${code}`),
      ['/slides/0/links/1/to refused'],
    );
  });

  it('leaves fields alone that were not in the form', () => {
    const current = {
      ...DEFAULTS,
      note: 'kept',
      isLoud: true,
      days: ['mon'],
      slides: [{ caption: 'a', isWide: false, links: [] }],
    };
    const entries = sent(DEFAULTS).filter(([name]) => name === 'fields.title');
    assert.deepEqual(read(entries, current), { status: 'read', fields: current });
  });

  it('may hold other things, which are none of its business', () => {
    const entries = [...sent(DEFAULTS), ['_csrf', 'token'], ['title', 'other'], ['fieldset.x', 'y']] as const;
    assert.equal(read(entries).status, 'read');
  });

  it('may come as FormData or as URLSearchParams', () => {
    const data = new FormData();
    for (const [name, value] of sent(DEFAULTS)) data.append(name, value);
    assert.equal(read(data).status, 'read');
    assert.equal(
      read(new URLSearchParams(sent(DEFAULTS).map(([name, value]): [string, string] => [name, value])))
        .status,
      'read',
    );
  });

  it('is refused where it holds a file, or two answers to one question', () => {
    const file: readonly (readonly [string, unknown])[] = [
      ...sent(DEFAULTS),
      ['fields.picture', new File(['x'], 'x.png')],
    ];
    const twice = [...sent(DEFAULTS), ['fields.title', 'again']] as const;
    const errors = [file, twice].map((entries) =>
      formOf(read(entries)).errors.map(({ path, code }) => [path, code]),
    );
    assert.deepEqual(errors, [[['/picture', 'wrong-kind']], [['/title', 'wrong-kind']]]);
  });

  const limits = { entries: 3, units: 100, items: 2 };
  const tooLarge: readonly [what: string, entries: [string, string][], code: string][] = [
    ['more answers', Array.from({ length: 4 }, () => ['fields.days', 'mon']), 'too-many'],
    ['more characters', [['fields.lead', 'x'.repeat(100)]], 'too-large'],
    ['more items', [['fields.slides.count', '3']], 'too-many'],
  ];
  for (const [what, entries, code] of tooLarge) {
    it(`is refused with ${what} than the limit`, () => {
      const answer = readWidgetForm(site, 'everything', entries, DEFAULTS, { limits });
      assert.equal(formOf(answer).errors[0]?.code, code);
    });
  }

  it('is answered with a bounded number of errors, whatever it holds', () => {
    const unknown = Array.from({ length: 9000 }, (_, at) => [`fields.unknown${at}`, ''] as const);
    for (const action of ['', 'add:slides']) {
      const answer = read([...sent(DEFAULTS), ...unknown, ['fields._action', action]]);
      assert.equal(formOf(answer).errors.length, MAX_PROBLEMS);
    }
  });

  it('pollutes nothing', () => {
    read([...sent(DEFAULTS), ['fields.__proto__.polluted', 'x'], ['fields.slides.__proto__.polluted', 'x']]);
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  });
});

describe('the buttons of lists', () => {
  const slide = (caption: string, links: JsonValue = []): JsonObject => ({ caption, isWide: false, links });
  const three = { ...DEFAULTS, slides: [slide('a', [{ to: '/1' }]), slide('b'), slide('c')] };
  const NEW = { caption: '', isWide: true, links: [] };
  const cases: readonly [button: string, slides: JsonValue][] = [
    ['add:slides', [...three.slides, NEW]],
    ['remove:slides.1', [three.slides[0] ?? {}, slide('c')]],
    ['up:slides.2', [three.slides[0] ?? {}, slide('c'), slide('b')]],
    ['down:slides.0', [slide('b'), three.slides[0] ?? {}, slide('c')]],
    ['add:slides.1.links', [three.slides[0] ?? {}, slide('b', [{ to: '/' }]), slide('c')]],
    ['remove:slides.0.links.0', [slide('a'), slide('b'), slide('c')]],
  ];
  for (const [button, slides] of cases) {
    it(`${button} changes the list, and nothing else that was typed`, () => {
      const printed = show(widgetForm(site, 'everything', three));
      const typed = submissionOf(printed, button).map(
        ([name, value]) => [name, name === 'fields.delay' ? 'typed wrongly' : value] as const,
      );
      assert.equal(typed.filter(([name]) => name === 'fields._action').length, 1);
      const answer = read(typed);
      assert.equal(answer.status, 'changed');
      const again = submissionOf(show(formOf(answer)));
      assert.equal(again.find(([name]) => name === 'fields.delay')?.[1], 'typed wrongly');
      const corrected = again.map(([name, value]) => [name, name === 'fields.delay' ? '2' : value] as const);
      assert.deepEqual(read(corrected), { status: 'read', fields: { ...three, slides } });
    });
  }

  it('are not offered where they do nothing', () => {
    const full = { ...DEFAULTS, slides: ['a', 'b', 'c', 'd'].map((caption) => slide(caption)) };
    const values = allElements(show(widgetForm(site, 'everything', full)))
      .filter(({ tag }) => tag === 'button')
      .map(({ attributes: { value } }) => value);
    assert.deepEqual(
      ['add:slides', 'up:slides.0', 'down:slides.3', 'down:slides.0'].map((value) => values.includes(value)),
      [false, false, false, true],
    );
    assert.equal(values[0], '', 'Enter in a text presses none of them');
  });

  for (const action of ['add:title', 'remove:slides.9', 'drop:slides', 'add:__proto__', 'up:slides.0', 'x']) {
    it(`refuses ${action}`, () => {
      const answer = read([...sent(DEFAULTS), ['fields._action', action]]);
      assert.deepEqual([answer.status, formOf(answer).errors[0]?.code], ['refused', 'refused']);
    });
  }
});

it('there is no form for a type that the site does not have', () => {
  assert.throws(() => widgetForm(site, 'gone', {}), { code: 'name-unknown' });
});
