import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDepfile } from './depfile.ts';

const cases: readonly (readonly [what: string, text: string, prerequisites: readonly string[]])[] = [
  ['nothing', '', []],
  ['no rule', 'a.o\n', []],
  ['a rule without prerequisites', 'a.o:\n', []],
  ['one', 'a.o: a.c\n', ['a.c']],
  ['several, without a last line break', 'a.o: a.c b.h', ['a.c', 'b.h']],
  ['continued lines', 'a.o: a.c \\\n  b.h \\\n\tc.h\n', ['a.c', 'b.h', 'c.h']],
  ['lines of Windows', 'a.o: a.c \\\r\n  b.h\r\n', ['a.c', 'b.h']],
  ['a continuation right after a name', 'a.o: a.c\\\nb.h', ['a.c', 'b.h']],
  ['a continuation before the colon', 'a.o \\\n: a.c', ['a.c']],
  ['several targets', 'a.o a.d: a.c', ['a.c']],
  ['a space before the colon', 'a.o : a.c', ['a.c']],
  ['no space after the colon', 'a.o:a.c b.h', ['a.c', 'b.h']],
  ['a double colon', 'a.o:: a.c', ['a.c']],
  ['several rules', 'a.o: a.c\nb.o: b.c a.c\n', ['a.c', 'b.c']],
  ['targets without prerequisites, as of gcc -MP', 'a.o: a.c b.h\n\nb.h:\n', ['a.c', 'b.h']],
  ['a prerequisite named twice', 'a.o: a.c a.c', ['a.c']],
  ['an escaped space', 'a.o: my\\ file.c b.c', ['my file.c', 'b.c']],
  ['a backslash before an escaped space', 'a.o: dir\\\\\\ x b', ['dir\\ x', 'b']],
  ['two backslashes, then a space that separates', 'a.o: dir\\\\ b', ['dir\\\\', 'b']],
  ['an escaped space in a target', 'my\\ a.o: a.c', ['a.c']],
  ['an escaped hash', 'a.o: a\\#b.c', ['a#b.c']],
  ['an escaped colon', 'a.o: a\\:b.c', ['a:b.c']],
  ['an escaped colon in a target', 'a\\:b.o: a.c', ['a.c']],
  ['a dollar sign', 'a.o: $$a.c b$$.c', ['$a.c', 'b$.c']],
  ['a comment', '# written by a tool: x\na.o: a.c # and: more\nb.o: b.c', ['a.c', 'b.c']],
  ['a path of Windows', 'C:\\out\\a.o: C:\\src\\a.c d:/src/b.h', ['C:\\src\\a.c', 'd:/src/b.h']],
  ['a path of Windows, continued', 'C:\\a.o: C:\\src\\a.c \\\r\n C:\\b\\c.h', ['C:\\src\\a.c', 'C:\\b\\c.h']],
  ['a URL among prerequisites', 'a.o: https://x.org/a.c', ['https://x.org/a.c']],
  ['a target of one letter', 'a: b', ['b']],
  ['characters outside of ASCII', 'ä.o: ö.c 😀.h', ['ö.c', '😀.h']],
  ['tabs', 'a.o:\ta.c\tb.h', ['a.c', 'b.h']],
];

describe('parseDepfile', () => {
  for (const [what, text, prerequisites] of cases) {
    it(`reads ${what}`, () => assert.deepEqual(parseDepfile(text), prerequisites));
  }

  it('gives what was written with escapes', () => {
    const characters = fc.constantFrom('a', ' ', '#', '$', ':', '/', '.', '\\', 'é');
    // A backslash before the space that ends a name cannot be told from one that escapes it.
    const name = fc.string({ unit: characters, minLength: 1 }).filter((text) => !text.endsWith('\\'));
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const text = `out: ${names.map(asWritten).join(' \\\n ')}\n`;
        assert.deepEqual(parseDepfile(text), [...new Set(names)]);
      }),
    );
  });
});

/** As GCC writes a name. */
function asWritten(name: string): string {
  return name
    .replace(
      /(\\*)([ #:])/g,
      (_all, slashes: string, character: string) => `${slashes}${slashes}\\${character}`,
    )
    .replaceAll('$', '$$$$');
}
