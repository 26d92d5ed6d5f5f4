import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { z } from 'zod';
import { hasCode } from '../errors.ts';
import { defineSetting, type SettingDefinition, type SettingValue } from './define-setting.ts';
import { defineSettings, type SettingsDefinition } from './define-settings.ts';
import { boatyard, perPage, title } from './settings-fixture.ts';
import { openSettings } from './store.ts';

describe('defineSetting', () => {
  it('keeps the type of the value', () => {
    const value: SettingValue<typeof perPage> = 3;
    // @ts-expect-error it is a number
    const wrong: SettingValue<typeof perPage> = '3';
    assert.equal(perPage.schema.safeParse(value).success, true);
    assert.equal(perPage.schema.safeParse(wrong).success, false);
  });

  it('permits nothing that is not said', () => {
    const { isEditable, isPublic, isSecret } = setting({});
    assert.deepEqual([isEditable, isPublic, isSecret], [false, false, false]);
  });

  const cases: readonly [
    name: string,
    definition: Partial<SettingDefinition<z.ZodType>>,
    expected: RegExp,
  ][] = [
    ['a name without a group', { name: 'title' }, /name that cannot be used/],
    ['a name of three parts', { name: 'site.a.b' }, /name that cannot be used/],
    ['a name with a hyphen', { name: 'site.a-b' }, /name that cannot be used/],
    ['a name that begins with "_"', { name: 'site._base' }, /name that cannot be used/],
    ['the name of a prototype', { name: 'site.constructor' }, /name that cannot be used/],
    ['the group of a prototype', { name: 'prototype.a' }, /name that cannot be used/],
    ['a name of 101 characters', { name: `${'a'.repeat(50)}.${'b'.repeat(50)}` }, /name that cannot be used/],
    ['no label', { label: ' ' }, /no label/],
    ['no default', { schema: z.string() }, /no default/],
    ['a default that the schema refuses', { schema: z.string().min(1).default('') }, /schema refuses/],
    ['what JSON cannot hold', { schema: z.date().default(new Date(0)) }, /JSON/],
    [
      'a transform',
      {
        schema: z
          .string()
          .default('')
          .transform((text) => text.length),
      },
      /JSON|read/,
    ],
    [
      'what changes when it is read',
      {
        schema: z
          .string()
          .trim()
          .default(' a ')
          .overwrite((text) => `${text}!`),
      },
      /./,
    ],
    [
      'what waits',
      {
        schema: z
          .string()
          .default('')
          .refine(async () => true),
      },
      /at once/,
    ],
    ['a secret that is public', { isSecret: true, isPublic: true }, /secret and public/],
    ['a secret with a default', { isSecret: true, schema: z.string().default('x') }, /has a default/],
    ['a secret that is no text', { isSecret: true, schema: z.boolean().default(true) }, /has a default/],
  ];
  for (const [name, definition, expected] of cases) {
    it(`refuses ${name}`, () => refuses(() => setting(definition), 'setting-invalid', expected));
  }

  it('takes the longest name, and a secret that may be null', () => {
    setting({ name: `${'a'.repeat(50)}.${'b'.repeat(49)}` });
    setting({ isSecret: true, schema: z.string().min(8).nullable().default(null) });
  });
});

describe('defineSettings', () => {
  it('groups settings in their order', () => {
    assert.deepEqual(
      boatyard.groups.map(({ label, settings }) => [label, ...settings.map(({ field }) => field.name)]),
      [
        ['The site', 'site.title', 'site.colour', 'site.links'],
        ['List', 'list.perPage', 'list.theme', 'list.note'],
        ['Mail', 'mail.password'],
      ],
    );
    assert.ok(Object.isFrozen(boatyard));
  });

  it('takes kinds of a site', () => {
    const stars = setting({ schema: z.string().default('*').meta({ kind: 'stars' }) });
    const site = { kinds: { stars: { shape: 'text' } }, sanitise: boatyard.sanitise } as const;
    assert.equal(defineSettings([stars], { site }).all.get('site.a')?.field.kind, 'stars');
    refuses(() => defineSettings([stars]), 'setting-invalid', /unknown kind "stars"/);
  });

  it('refuses what does not fit', () => {
    refuses(
      () => defineSettings([title, perPage, title]),
      'setting-duplicate',
      /two settings called "site.title"/,
    );
    refuses(() => defineSettings([title], { groups: { sites: 'Sites' } }), 'name-unknown', /"sites"/);
    const grey = setting({ schema: z.string().default('grey').meta({ kind: 'colour' }) });
    refuses(() => defineSettings([grey]), 'setting-invalid', /Enter a colour/);
    const secretChoice = setting({ isSecret: true, schema: z.enum(['', 'a']).default('') });
    refuses(() => defineSettings([secretChoice]), 'setting-invalid', /for texts/);
  });

  it('lets settings be called like what every object has', () => {
    const odd = setting({ name: 'toString.valueOf' });
    const settings = defineSettings([odd], {} satisfies SettingsDefinition);
    assert.equal(settings.groups[0]?.label, 'To string');
  });
});

describe('openSettings', () => {
  const open = (file: Readonly<Record<string, unknown>>, site?: string) =>
    openSettings({
      settings: boatyard,
      database: () => assert.fail('the database is not asked'),
      file,
      ...(site === undefined ? {} : { site }),
    });

  it('tells everything that is wrong in the file at once, and no value', () => {
    const file = {
      'site.titel': 'x',
      'list.perPage': 0,
      'mail.password': 's3cret'.repeat(10),
      'site.links': [{ to: 'javascript:1' }],
    };
    refuses(
      () => open(file),
      'settings-file-invalid',
      /no setting "site.titel". Did you mean "site.title"\?/,
      (summary) => {
        assert.deepEqual(summary.split('\n').slice(1), [
          'list.perPage: Enter 1 or more.',
          'mail.password: Use at most 50 characters.',
          'site.links/0/to: Enter a path, or an address that begins with http, https, mailto, tel.',
        ]);
      },
    );
  });

  it('takes what is undefined for not given', () => {
    const { fixed } = open({ 'site.title': undefined, 'list.note': null });
    assert.deepEqual(
      [fixed('site.title'), fixed('list.note'), fixed('list.perPage')],
      [undefined, null, undefined],
    );
  });

  it('shows no value when it is printed', () => {
    assert.doesNotMatch(inspect(open({ 'mail.password': 's3cret' }), { depth: 5 }), /s3cret/);
  });

  it('refuses the name of a site that is no id', () => {
    refuses(() => open({}, 'a b'), 'setting-invalid', /the site "a b"/);
  });
});

function setting(own: Partial<SettingDefinition<z.ZodType>>) {
  return defineSetting({ name: 'site.a', label: 'A', schema: z.string().default(''), ...own });
}

function refuses(
  work: () => unknown,
  code: 'setting-invalid' | 'setting-duplicate' | 'name-unknown' | 'settings-file-invalid',
  expected: RegExp,
  more: (summary: string) => void = () => {},
): void {
  assert.throws(work, (error) => {
    assert.ok(hasCode(error, code), String(error));
    assert.match(error.message, expected);
    more(error.summary);
    return true;
  });
}
