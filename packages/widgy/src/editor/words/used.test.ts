import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { en } from './en/index.ts';

const EDITOR = join(import.meta.dirname, '..');

/** The sources of the editor but for its texts and its tests, each by itself: what a group is called differs from one to the next. */
const SOURCES: readonly string[] = globSync('**/*.{ts,tsx}', { cwd: EDITOR })
  .filter((file) => !/^words\/|\.test\.ts$|-fixture\.ts$/.test(file.replaceAll('\\', '/')))
  // The server says what is said before the editor is there.
  .concat('../admin/editor/editor-page.ts')
  .map((file) => readFileSync(join(EDITOR, file), 'utf8'));

/** Groups with a text for each code of something else than the editor, which says which codes there are. */
const OF_OTHERS: readonly string[] = ['formats', 'errors.problems', 'files.refused', 'check.impact'];

/** A group of texts, by the names that lead to it. */
interface Group {
  readonly path: string;
  readonly names: readonly string[];
  readonly groups: readonly Group[];
}

function groupAt(path: string, texts: object): Group {
  const entries: readonly (readonly [name: string, value: unknown])[] = Object.entries(texts);
  const names = entries.filter(([, value]) => typeof value !== 'object').map(([name]) => name);
  const groups = entries.flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? [groupAt(path === '' ? name : `${path}.${name}`, value)]
      : [],
  );
  return { path, names, groups: groups.filter((group) => !OF_OTHERS.includes(group.path)) };
}

/** What a source calls a group: its name, or what `{ history: texts }`, `texts = words.history` or `texts: Words['history']` make of it. */
function callsOf(source: string, group: string): string {
  const patterns = [
    `\\b${group}: (\\w+)`,
    `(\\w+) = [\\w.#]*\\.${group}\\b`,
    `(\\w+): Words\\['${group}'\\]`,
  ];
  const others = patterns.flatMap((pattern) =>
    Array.from(source.matchAll(new RegExp(pattern, 'g')), ([, name = '']) => name),
  );
  return `(?:${[group, ...others].join('|')})`;
}

/** The texts of a group that no source asks for. A name that other groups have too counts only where this group is asked. */
function unusedIn({ path, names, groups }: Group, sources: readonly string[]): readonly string[] {
  const group = path.split('.').at(-1) ?? '';
  const asking = sources
    .map((source) => ({ source, called: callsOf(source, group) }))
    .filter(({ source, called }) => new RegExp(`\\b${called}\\b`).test(source));
  const isByCode = asking.some(({ source, called }) => new RegExp(`\\b${called}\\[`).test(source));
  const unused = names.filter((name) => {
    const part = `\\{[^{}]*\\b${name}\\b[^{}]*\\}`;
    const isAsked = asking.some(({ source, called }) =>
      [
        `\\b${called}\\s*\\.${name}\\b`,
        // As a part that is taken out of the group.
        `${part} = [\\w.#]*\\b${called};`,
        `\\b${called}: ${part}`,
        `\\(${part}\\) =>[^]*Words\\['${group}'\\]`,
      ].some((pattern) => new RegExp(pattern).test(source)),
    );
    // Where a text is looked up by a code, the code stands somewhere as a text, or as the name of something.
    const asCode = new RegExp(`'${name}'|\\b${name}: `);
    return !isAsked && !(isByCode && sources.some((source) => asCode.test(source)));
  });
  return [...unused.map((name) => `${path}.${name}`), ...groups.flatMap((inner) => unusedIn(inner, sources))];
}

describe('what uses a text', () => {
  const cases: readonly (readonly [source: string, unused: readonly string[]])[] = [
    ['words.find.title;', ['more']],
    ['words.find\n  .more({ count });', ['title']],
    ['words.history.title; words.find;', ['title', 'more']],
    ['const { find: texts } = session.words; texts.title;', ['more']],
    ['const texts = session.words.find; texts.title;', ['more']],
    ["function say(texts: Words['find']) { return texts.title; }", ['more']],
    ['const { title } = this.words.find;', ['more']],
    ['const { find: { title, more } } = words;', []],
    ["toward(({ more }) => more); type Name = (words: Words['find']) => string;", ['title']],
    ["words.find[code]; type Code = 'title' | 'other';", ['more']],
    ["words.history[code]; type Code = 'title' | 'more';", ['title', 'more']],
  ];
  for (const [source, unused] of cases) {
    it(source, () => {
      const group = groupAt('find', { title: 'Find', more: () => 'more' });
      assert.deepEqual(
        unusedIn(group, [source]),
        unused.map((name) => `find.${name}`),
      );
    });
  }
});

describe('the texts of the editor', () => {
  it('are all used', () => {
    const unused = groupAt('', en).groups.flatMap((group) => unusedIn(group, SOURCES));
    assert.deepEqual(unused, []);
  });
});
