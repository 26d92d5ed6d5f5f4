import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES } from '../../accounts/users/languages.ts';
import { PROBLEMS } from '../../http/problem.ts';
import { CONFLICT_CODES } from '../../tree/rebase.ts';
import { REFUSAL_CODES } from '../../tree/refusal.ts';
import { RULE_CODES } from '../../tree/rules/violation.ts';
import { de } from './de/index.ts';
import { fields } from './en/fields.ts';
import { en } from './en/index.ts';
import { wordsFor } from './index.ts';

/** What functions are told, under every name that they know: marks that are found again in what they say. */
const NAMES = [
  ...[
    'page',
    'name',
    'panel',
    'where',
    'who',
    'what',
    'label',
    'summary',
    'slot',
    'parent',
    'before',
    'after',
  ],
  ...[
    'text',
    'wrapper',
    'field',
    'problem',
    'value',
    'kind',
    'type',
    'step',
    'why',
    'from',
    'to',
    'detail',
    'id',
  ],
];
const MARKS = Object.fromEntries(NAMES.map((name) => [name, `‹${name}›`]));
const NUMBERS = {
  place: 21,
  of: 34,
  level: 2,
  width: 768,
  seconds: 55,
  limit: 89,
  number: 144,
  left: 233,
  percent: 69,
};
const TIMES = { at: Date.UTC(2026, 10, 28), now: Date.UTC(2026, 10, 29), bytes: 3_770, ms: 6.1 };
const FOUND = { added: 987, removed: 1_597, moved: 2_584, changed: 4_181 };
const TOLD = { ...MARKS, ...NUMBERS, ...TIMES, ...FOUND, types: ['‹a›', '‹b›'] };
const COUNTS = [0, 1, 2, 1_000];

/** Those that say something else for each code, and are asked for every one below; and those that are no texts. */
const APART = ['errors.refusal', 'errors.field', 'conflicts.reason'];

/** A text, or what a function says of so many. */
interface Said {
  readonly path: string;
  readonly texts: readonly string[];
}

/** All texts of a group and of those in it. */
function saidIn(group: object, within = ''): Said[] {
  return Object.entries(group).flatMap(([name, value]: [string, unknown]) => {
    const path = within === '' ? name : `${within}.${name}`;
    if (path === 'formats' || APART.includes(path)) return [];
    if (typeof value === 'string') return [{ path, texts: [value] }];
    if (typeof value === 'function') {
      return [{ path, texts: COUNTS.map((count) => say(path, (told) => value(told), count)) }];
    }
    assert.ok(typeof value === 'object' && value !== null, path);
    return saidIn(value, path);
  });
}

function say(path: string, text: (told: object) => unknown, count: number): string {
  const told = new Proxy(
    { ...TOLD, count },
    {
      get(known, name) {
        assert.ok(
          typeof name === 'symbol' || Object.hasOwn(known, name),
          `${path} wants to know ${String(name)}`,
        );
        return Reflect.get(known, name);
      },
    },
  );
  const said = text(told);
  assert.ok(typeof said === 'string', path);
  return said;
}

const languages = [
  { language: 'English', words: en },
  { language: 'German', words: de },
] as const;

/** Texts that are the same in both languages, since both have the same word. */
const ALIKE = [
  ...['app.editor', 'outline.name', 'form.problemOf', 'text.code', 'text.link', 'code.html', 'code.markdown'],
  ...['preview.tablet', 'preview.desktop'],
  ...['history.version', 'shortcuts.names.alt', 'shortcuts.names.escape', 'shortcuts.names.tab'],
];

function checkText(path: string, text: string): void {
  assert.ok(text.trim() !== '' && text.trim() === text, `${path}: ${JSON.stringify(text)}`);
  assert.doesNotMatch(
    text,
    /undefined|null|NaN|Invalid|\[object|#$| {2}|#(?!1d4f5c|[”“])/,
    `${path}: ${text}`,
  );
}

describe('the texts of the editor', () => {
  it('are there in every language that can be chosen, and English in all others', async () => {
    for (const { tag } of LANGUAGES) assert.equal((await wordsFor(tag)).formats.language, tag);
    for (const none of ['', 'fr', '__proto__', 'toString']) assert.equal(await wordsFor(none), en, none);
  });

  it('are the same ones in both languages', () => {
    const paths = languages.map(({ words }) =>
      saidIn(words)
        .map(({ path }) => path)
        .sort(),
    );
    assert.deepEqual(paths[1], paths[0]);
    assert.ok((paths[0]?.length ?? 0) > 400);
  });

  for (const { language, words } of languages) {
    it(`say something in ${language}, and nothing that is not known`, () => {
      for (const { path, texts } of saidIn(words)) for (const text of texts) checkText(path, text);
    });
  }

  it('name the same in both languages', () => {
    const german = new Map(saidIn(de).map(({ path, texts }) => [path, texts.join('\n')]));
    for (const { path, texts } of saidIn(en)) {
      const marksIn = (text = '') => [...new Set(text.match(/‹\w+›/g))].sort();
      assert.deepEqual(marksIn(german.get(path)), marksIn(texts.join('\n')), path);
    }
  });

  it('differ between the languages', () => {
    const german = new Map(saidIn(de).map(({ path, texts }) => [path, texts]));
    const alike = saidIn(en).filter(({ path, texts }) => {
      const others = german.get(path) ?? [];
      return texts.some((text, at) => text === others[at]);
    });
    assert.deepEqual(alike.map(({ path }) => path).sort(), ALIKE.toSorted());
  });

  it('address people as Sie in German, and as one word', () => {
    for (const { path, texts } of saidIn(de)) {
      for (const text of texts) assert.doesNotMatch(text, /\b(du|dein|deine|dich|dir|ihr|ihre)\b/, path);
    }
  });
});

describe('what is refused', () => {
  const all = { child: '‹child›', parent: '‹parent›', slot: '‹slot›', limit: 12 };

  for (const code of [...RULE_CODES, ...REFUSAL_CODES]) {
    it(`has a sentence in each language: ${code}`, () => {
      const said = languages.map(({ words }) => {
        for (const names of [{}, all, { ...all, slot: undefined }, { ...all, limit: undefined }]) {
          checkText(code, words.errors.refusal({ code, ...names }));
        }
        return words.errors.refusal({ code, ...all });
      });
      const marks = said.map((text) => [...new Set(text.match(/‹\w+›|12/g))].sort());
      assert.deepEqual(marks[1], marks[0]);
      assert.notEqual(said[1], said[0]);
      for (const text of said) assert.match(text, /\.$/);
    });
  }

  it('names both of two that do not go together', () => {
    for (const { words } of languages) {
      for (const code of ['parent-refuses', 'child-refuses', 'both-refuse'] as const) {
        const text = words.errors.refusal({ code, ...all });
        assert.ok(text.includes('‹child›') && text.includes('‹parent›'), text);
      }
      assert.match(words.errors.refusal({ code: 'slot-full', ...all }), /‹parent›.*(12.*‹slot›|‹slot›.*12)/);
    }
  });

  it('has a sentence for each problem of the API', () => {
    const codes = Object.keys(PROBLEMS).sort();
    for (const { words } of languages) assert.deepEqual(Object.keys(words.errors.problems).sort(), codes);
  });

  for (const code of CONFLICT_CODES) {
    it(`has a sentence for a conflict: ${code}`, () => {
      const said = languages.map(({ words }) => words.conflicts.reason({ code, what: '‹what›' }));
      for (const text of said) assert.match(text, /‹what›.*\.$/);
      assert.notEqual(said[1], said[0]);
    });
  }

  it('has a sentence for each error of a field, with the bound where it is known', () => {
    const bounded = ['too-small', 'too-large', 'too-short', 'too-long', 'too-few', 'too-many', 'not-a-step'];
    for (const code of namesIn(fields)) {
      const said = languages.map(({ words }) => words.errors.field({ code }));
      for (const text of said) checkText(code, text);
      assert.notEqual(said[1], said[0], code);
      for (const { words } of languages) {
        const text = words.errors.field({ code, limit: 1_234 });
        assert.equal(text.includes(words.formats.number(1_234)), bounded.includes(code), text);
      }
    }
  });
});

/** The names of an object whose names are all known. */
function namesIn<Name extends string>(of: Readonly<Record<Name, unknown>>): readonly Name[] {
  const names: Name[] = [];
  for (const name in of) names.push(name);
  return names;
}
