import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { transform } from 'lightningcss';
import { type Input, pathOf } from './inputs.ts';

/** Checks that what was built from an input works. */
export function verify(input: Input, text: string): void {
  if (input.goal === 'style') {
    verifyBootstrap(text);
    return;
  }
  const window = run(text, input.goal === 'module');
  if (input.name.includes('jquery')) {
    assert.equal(evaluate(window, 'jQuery.fn.jquery'), '4.0.0');
    assert.equal(
      evaluate(window, 'JSON.stringify(jQuery.extend(true, { a: { b: 1 } }, { a: { c: 2 } }))'),
      '{"a":{"b":1,"c":2}}',
    );
    assert.equal(evaluate(window, 'jQuery.isPlainObject({}) && !jQuery.isPlainObject([])'), true);
  }
  if (input.name.includes('lodash') && input.goal === 'classic') {
    assert.equal(evaluate(window, '_.VERSION'), '4.18.1');
    assert.equal(evaluate(window, 'JSON.stringify(_.chunk([1, 2, 3], 2))'), '[[1,2],[3]]');
    assert.equal(evaluate(window, `_.template('<b><%- name %></b>')({ name: 'a & b' })`), '<b>a &amp; b</b>');
  }
  if (input.name === 'react-dom') {
    assert.equal(evaluate(window, `bench.createElement('p', { id: 1 }).type`), 'p');
    // The production build, whose errors are numbers, and which knows that undefined is no element.
    assert.match(
      String(evaluate(window, 'try { bench.createRoot() } catch (error) { error.message }')),
      /#299/,
    );
  }
  if (input.name === 'lodash-es') {
    assert.equal(evaluate(window, 'JSON.stringify(bench.chunk([1, 2, 3], 2))'), '[[1,2],[3]]');
    assert.equal(
      evaluate(window, `JSON.stringify(bench.groupBy(['a', 'bc', 'd'], 'length'))`),
      '{"1":["a","d"],"2":["bc"]}',
    );
    assert.equal(evaluate(window, 'typeof bench.debounce(() => 1).cancel'), 'function');
  }
}

/** Runs a script in a global scope of its own, with a document that only answers. */
function run(text: string, isModule: boolean): object {
  const window: Record<string, unknown> = { console, setTimeout, clearTimeout, queueMicrotask, performance };
  if (!isModule)
    Object.assign(window, { window, document: anything(), location: anything(), addEventListener() {} });
  // Bundled modules import and export nothing, so that they run as a strict function.
  runInContext(isModule ? `(function () { 'use strict';\n${text}\n})()` : text, createContext(window));
  return window;
}

function evaluate(window: object, expression: string): unknown {
  return runInContext(expression, window);
}

/** Something that can be read, called and written in any way: enough of a document for jQuery to start. */
function anything(): unknown {
  const answer: unknown = new Proxy(function answer() {}, {
    get: (_target, name) => (name === Symbol.toPrimitive ? () => '' : name === 'length' ? 0 : answer),
    apply: () => answer,
    construct: () => Object(answer),
    set: () => true,
  });
  return answer;
}

/** Checks that a style sheet can be parsed and has all classes and custom properties of Bootstrap's own build. */
function verifyBootstrap(text: string): void {
  const built = namesIn(text);
  const wanted = [...namesIn(readFileSync(pathOf('npm:bootstrap/dist/css/bootstrap.css'), 'utf8'))];
  assert.ok(wanted.length > 2000);
  assert.deepEqual(
    wanted.filter((name) => !built.has(name)),
    [],
  );
}

function namesIn(css: string): Set<string> {
  const names = new Set<string>();
  transform({
    filename: 'check.css',
    code: Buffer.from(css),
    visitor: {
      Selector(selector) {
        for (const part of selector)
          if (part.type === 'class' || part.type === 'id') names.add(`.${part.name}`);
      },
      Declaration: {
        custom: ({ name }) => {
          if (name.startsWith('--')) names.add(name);
        },
      },
    },
  });
  return names;
}
