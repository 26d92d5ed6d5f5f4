import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openOfflineBuild } from '../build/cache/open.ts';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import { loadEngine } from '../engines/load.ts';
import { silentLogger } from '../log.ts';
import { createFolder, type TestFolder } from '../testing/site.ts';
import { type Analysis, analyse } from './analyse.ts';
import { discoveryMemory } from './discovery-memory.ts';
import type { ExploreTemplate } from './exploration.ts';
import { plainText } from './plain-text.ts';

const css = (inside: string) => `{% compress css %}${inside}{% endcompress %}`;
const link = (name: string) => `<link rel="stylesheet" href="{% static '${name}' %}">`;
const FILES = {
  'static/a.css': 'a { top: 0 }',
  'static/b.css': 'b { top: 0 }',
  'templates/base.liquid': `${css(`{% include 'links' %}`)}{% block more %}{% endblock %}`,
  'templates/home.liquid': `{% layout 'base' %}{% block more %}{% if user %}${css(link('b.css'))}{% endif %}{% endblock %}`,
  'templates/links.liquid': `{% for name in site.styles %}<link rel="stylesheet" href="{{ name | static }}">{% endfor %}`,
};
const CONTEXT = { site: { styles: ['a.css', 'b.css'] }, user: null, other: 1 };

/** What an analysis came to, as data; and how many templates had to be explored for it. */
interface Analysed {
  readonly explored: number;
  readonly findings: unknown;
}

/** Analyses a folder as a command does, with facts of earlier runs or without. */
async function analyseIn(
  { path }: Pick<TestFolder, 'path'>,
  config: Config,
  facts: Map<string, unknown> | undefined,
): Promise<Analysed> {
  const options = resolveConfig(
    { mode: 'offline', offline: { context: CONTEXT }, logger: silentLogger, ...config },
    path,
  );
  let isPure = true;
  const engine = await loadEngine(options, {
    compress: ({ markup }) => markup,
    kinds: options.build.kinds,
    staticUrl: (name) => {
      isPure = false;
      return name;
    },
    plainUrl: (name) => options.static.url + name,
    developmentTag: undefined,
  });
  let explored = 0;
  const explore: ExploreTemplate = (...run) => {
    explored += 1;
    return engine.explore(...run);
  };
  const { builder } = openOfflineBuild(options, false);
  // What is kept goes to a file and comes from one.
  const stored = facts && {
    get: (name: string) => JSON.parse(String(facts.get(name) ?? 'null')),
    set: (name: string, value: unknown) => facts.set(name, JSON.stringify(value)),
  };
  const memory = stored && discoveryMemory(options, stored, explore, () => isPure);
  const analysis = await analyse({ config: options, explore, builder, workers: 1, onProgress() {}, memory });
  const before = explored;
  return { findings: await asData(analysis), explored: before };
}

async function asData({
  discovery,
  occurrences,
  diagnostics,
  blocks,
  templates,
}: Analysis): Promise<unknown> {
  const shown = [];
  for (const { isTaken, reads, ...occurrence } of occurrences) {
    const own = reads.map(({ path, depth, value, place, isMissing }) => ({
      path,
      depth,
      value,
      place,
      isMissing,
    }));
    shown.push({ ...occurrence, reads: own, isTaken: await isTaken() });
  }
  const { declared, used, undecided } = discovery;
  return JSON.parse(
    JSON.stringify([shown, diagnostics, blocks, templates, [...declared], [...used].sort(), undecided]),
  );
}

const changes: readonly {
  readonly what: string;
  /** What differs the second time. */
  readonly files?: Readonly<Record<string, string>>;
  readonly config?: Config;
  readonly change?: (folder: TestFolder) => Promise<unknown>;
  readonly explored: number;
}[] = [
  { what: 'nothing', explored: 0 },
  { what: 'a source', files: { 'static/a.css': 'a { top: 1px }' }, explored: 0 },
  { what: 'a template', files: { 'templates/home.liquid': css(link('a.css')) }, explored: 3 },
  {
    what: 'a template that is only shown inside a block',
    files: { 'templates/links.liquid': link('b.css') },
    explored: 3,
  },
  { what: 'a new template', files: { 'templates/new.liquid': css(link('a.css')) }, explored: 4 },
  {
    what: 'a template that is gone',
    change: ({ path }) => rm(join(path, 'templates/home.liquid')),
    explored: 2,
  },
  {
    what: 'a value that was read',
    config: { offline: { context: { ...CONTEXT, site: { styles: ['b.css'] } } } },
    explored: 3,
  },
  {
    what: 'a value that nobody reads',
    config: { offline: { context: { ...CONTEXT, other: 2 } } },
    explored: 0,
  },
  {
    what: 'a condition outside of blocks',
    config: { offline: { context: { ...CONTEXT, user: 'Ann' } } },
    explored: 0,
  },
  {
    what: 'a function that gives the same value',
    config: { offline: { context: { ...CONTEXT, site: async () => CONTEXT.site } } },
    explored: 0,
  },
  {
    what: 'a function that fails',
    config: { offline: { context: { ...CONTEXT, site: () => Promise.reject(new Error('no')) } } },
    explored: 3,
  },
  { what: 'one more context', config: { offline: { context: [CONTEXT, CONTEXT] } }, explored: 3 },
  { what: 'an option', config: { static: { url: '/files/' } }, explored: 3 },
  {
    what: 'which templates are looked at',
    config: { offline: { context: CONTEXT, include: 'home.liquid' } },
    explored: 1,
  },
];

const unkept: readonly (readonly [what: string, files: Readonly<Record<string, string>>, config?: Config])[] =
  [
    ['a variable that is missing', { 'templates/bad.liquid': css('{{ none }}') }],
    ['a template that does not parse', { 'templates/bad.liquid': '{% if %}' }],
    ['the time of day', { 'templates/bad.liquid': css("<style>/* {{ 'now' | date: '%s' }} */</style>") }],
    ['markup that is wrong', { 'templates/bad.liquid': css('<style>') }],
    [
      'a fingerprint of a file',
      { 'templates/bad.liquid': `{% assign u = 'a.css' | static %}${css('<style>/* {{ u }} */</style>')}` },
    ],
    [
      'a value that cannot be compared',
      { 'templates/fine.liquid': css('<style>/* {{ today.day }}{{ today }} */</style>') },
      {
        offline: {
          context: {
            ...CONTEXT,
            today: new (class {
              day = 1;
            })(),
          },
        },
      },
    ],
  ];

describe('remembering what exploring found', () => {
  for (const { what, files = {}, config = {}, change, explored } of changes) {
    it(`gives what exploring gives, after a change of ${what}`, async () => {
      await using folder = await createFolder(FILES);
      const facts = new Map<string, unknown>();
      assert.equal((await analyseIn(folder, {}, facts)).explored, 3);
      await folder.write(files);
      await change?.(folder);
      const again = await analyseIn(folder, config, facts);
      assert.deepEqual(again.findings, (await analyseIn(folder, config, undefined)).findings);
      assert.equal(again.explored, explored);
    });
  }

  for (const [what, files, config = {}] of unkept) {
    it(`keeps nothing that hangs on more: ${what}`, async () => {
      await using folder = await createFolder({ ...FILES, ...files });
      const facts = new Map<string, unknown>();
      await analyseIn(folder, config, facts);
      assert.equal(facts.size, 0);
    });
  }

  it('does not look into folders with links', async () => {
    await using folder = await createFolder(FILES);
    await symlink(join(folder.path, 'static'), join(folder.path, 'templates/linked'));
    const facts = new Map<string, unknown>();
    await analyseIn(folder, {}, facts);
    assert.equal(facts.size, 0);
  });

  it('does not remember for an engine of the site', async () => {
    await using folder = await createFolder(FILES);
    const { Liquid } = await import('liquidjs');
    const root = join(folder.path, 'templates');
    const facts = new Map<string, unknown>();
    const engine = () => new Liquid({ root, extname: '.liquid' });
    await analyseIn(folder, { templates: { engine } }, facts);
    assert.equal(facts.size, 0);
  });
});

describe('plainText', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const cases: readonly (readonly [what: string, value: unknown, text: string | undefined])[] = [
    ['a text', 'a"b', '"a\\"b"'],
    ['numbers', [1, -0, Number.NaN, 1e21], '[1,-0,NaN,1e+21]'],
    ['nothing', null, 'null'],
    ['an object', { a: [true], b: {} }, '{"a":[true],"b":{}}'],
    ['an object in another order', { b: {}, a: [true] }, '{"b":{},"a":[true]}'],
    ['undefined', undefined, undefined],
    ['a function', { f() {} }, undefined],
    ['a date', new Date(0), undefined],
    [
      'a getter',
      {
        get now() {
          return 1;
        },
      },
      undefined,
    ],
    ['an instance', new (class A {})(), undefined],
    ['a circle', circle, undefined],
    ['very much', Array.from({ length: 20_000 }, () => 0), undefined],
  ];
  for (const [what, value, text] of cases) it(what, () => assert.equal(plainText(value), text));
});
