import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { minify, parse } from 'rolldown/utils';
import { declaresNothing } from './declares-nothing.ts';
import { cutGroup, joinable } from './plan.ts';
import { collides, scriptNames } from './script-names.ts';
import type { Unit } from './unit.ts';

function unit(text: string): Unit {
  return { text, inputs: new Map(), files: [], realm: 'sloppy', mustBeFirst: false };
}

const NOTHING: readonly string[] = [
  '',
  ';;',
  '// only a comment\n/* var a */',
  '(function () { var a; function b() {} class C {} })()',
  '!function () { var a }()',
  '(() => { var a })();\n(class { static { var b } });',
  ';(function () {\n  var a\n}).call(this)',
  'window.a = 1; a.b.c(); a[0]++; a = b, c = d; a ? b : c; a?.b',
  'new A; void 0; typeof a; delete a.b; throw a',
  '"use strict"; "var a"; log(1)',
  'log(`\nvar a;\nfunction b() {}\n`)',
  'log("\\nvar a")',
  '"\\\nvar a"',
  'log(1)\n<!-- var a',
  'log(1)\n--> var a',
  'x = async function () { var a }; y = { var: 1,\nfunction: 2 }',
  'x = function () {\nvar a\n}\n++y',
  '[a, b] = [b, a]; ({ a } = b)',
];

/** What declares, and what looks as if it could. */
const MAYBE: readonly string[] = [
  'var a',
  'let a',
  'const a = 1',
  'class A {}',
  'function a() {}',
  'function* a() {}',
  'async function a() {}',
  'async function* a() {}',
  'async\nfunction a() {}',
  'log(1); var a',
  'log(`\n`);var a',
  '"\\\n";var a',
  '"use strict"\nvar a',
  '/* c */ var a',
  '/*! licence */ var a',
  '/* licence\n*/ var a',
  '/* @__NO_SIDE_EFFECTS__ */ function a() {}',
  'log(1) /*\n*/ var a',
  'log(1)\n--> comment\nvar a',
  'log(1)<!-- comment\nvar a',
  'log(1)\u2028var a',
  'log(1)\u2029var a',
  'log(1)\rvar a',
  'var\u00a0a',
  ';;var a',
  '{ var a }',
  '{ function a() {} }',
  'if (x) var a',
  'if (x); else var a',
  'if (x) function a() {}',
  'for (var a;;) break',
  'for (var a in b);',
  'for (var a of b);',
  'for (;;) { var a; break }',
  'while (x) var a',
  'do var a; while (0)',
  'do; while (0) var a',
  'try { var a } catch {}',
  'try {} catch { var a }',
  'try {} catch {} finally { var a }',
  'switch (x) { case 1: var a }',
  'switch (x) { default: function a() {} }',
  'with (x) var a',
  'b: var a',
  'b: c: function a() {}',
  'b: { var a }',
  'await: var a',
  'yield: var a',
  'async: var a',
  '\\u0062: var a',
  'é: var a',
  '𠮷: var a',
  '$: var a',
  'let\na',
  'let [a] = [1]',
  'var \\u0061',
  'this is no script',
];

test('a script without declarations is told from one that may have some', async () => {
  for (const text of NOTHING) {
    assert.equal(await declaresNothing(unit(text)), true, text);
    assert.equal((await scriptNames(unit(text))).declared.size, 0, text);
  }
  for (const text of MAYBE) assert.equal(await declaresNothing(unit(text)), false, text);
});

/** Statements over few names, one in another, with all that may stand between them. */
const { statement } = fc.letrec<{ statement: string; expression: string }>((tie) => {
  const name = fc.constantFrom('a', 'b', 'c', 'async', 'await', 'yield', 'using', 'let', 'é', '$', '\\u0061');
  const [inner, value] = [tie('statement'), tie('expression')];
  const between = (before: string, after: string) => inner.map((text) => `${before}${text}${after}`);
  return {
    expression: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('1', '"s"', '/x;/', '`\nvar a\n`', '"\\\nvar b"', '"\\nvar c"', 'this', '[1]', '({})'),
      name,
      fc.tuple(name, value).map(([n, v]) => `${n} = ${v}`),
      fc.tuple(value, value).map(([a, b]) => `(${a}) ? ${a} : ${b}`),
      fc.tuple(name, value).map(([n, v]) => `${n}.var(${v})`),
      value.map((v) => `\`\n$\{${v}}\nfunction a() {}\``),
      between('(function () {\n', '\n})()'),
      between('!async function a() {', '}()'),
      between('(() => {', '})'),
      between('(class a { static {', '} })'),
    ),
    statement: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      value,
      value.map((v) => `throw ${v}`),
      fc.constantFrom(
        ';',
        '',
        'debugger',
        '"use strict"',
        '/*! c\n*/',
        '// c\n',
        '\n<!-- var a\n',
        '\n--> c\n',
      ),
      fc.tuple(fc.constantFrom('var', 'let', 'const'), name, value).map(([k, n, v]) => `${k} ${n} = ${v}`),
      fc
        .tuple(fc.constantFrom('function', 'function*', 'async function', 'async\nfunction'), name)
        .map(([k, n]) => `${k} ${n}() {}`),
      name.map((n) => `class ${n} {}`),
      name.map((n) => `for (var ${n} in {});`),
      fc.tuple(name, inner).map(([n, s]) => `${n}: ${s}`),
      between('{', '}'),
      between('if (0) ', ''),
      between('if (0); else ', ''),
      between('while (0) ', ''),
      between('do {', '} while (0)'),
      between('try {', '} catch {}'),
      between('switch (0) { case 1:', '}'),
      between('with ({}) ', ''),
      fc
        .tuple(inner, fc.constantFrom('\n', ';', ';;', '\r\n', '\u2028', ' ', '/*\n*/', '// c\n'), inner)
        .map(([a, sign, b]) => `${a}${sign}${b}`),
    ),
  };
});

async function isScript(text: string): Promise<boolean> {
  const { errors } = await parse('script.js', text, {
    sourceType: 'script',
    lang: 'js',
    showSemanticErrors: true,
  });
  return errors.length === 0;
}

test('any scripts: what is said to declare nothing does not, and the cut is the one that all names give', async () => {
  let sure = 0;
  await fc.assert(
    fc.asyncProperty(statement, statement, async (first, second) => {
      fc.pre((await isScript(first)) && (await isScript(second)));
      const minified = await minify('script.js', second, { module: false, mangle: { toplevel: false } });
      for (const text of [second, minified.code]) {
        const [before, next] = [unit(first), unit(text)];
        const names = await scriptNames(next);
        if (await declaresNothing(next)) {
          sure += 1;
          assert.deepEqual([...names.declared], [], text);
        }
        const isApart = collides(names, await scriptNames(before));
        assert.deepEqual(await cutGroup([before, next].map(joinable)), isApart ? [1, 2] : [2], text);
      }
    }),
    { numRuns: 3000, seed: 11 },
  );
  assert.ok(sure > 1000, `${sure}`);
});
