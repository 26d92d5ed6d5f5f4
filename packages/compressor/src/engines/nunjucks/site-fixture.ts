import type { Environment } from 'nunjucks/src/environment.js';
import nodes from 'nunjucks/src/nodes.js';
import type { Extension, Parser } from 'nunjucks/src/parser.js';
import runtime from 'nunjucks/src/runtime.js';

/**
 * Adds what a site may have of its own, for tests: the filters `boom`, which throws, and `slow`, which takes time; the tags
 * `wrap`, with something inside, and `wait`, which takes time; the global `site`.
 */
export function addTestTags(environment: Environment): void {
  environment.addGlobal('site', { name: 'Site' });
  environment.addFilter('boom', () => {
    throw new Error('boom');
  });
  environment.addFilter(
    'slow',
    (value: string, callback: (error: unknown, value: string) => void) => {
      setTimeout(() => callback(null, `${value}!`), 2);
    },
    true,
  );
  const wrap: Extension & { run(context: object, body: () => unknown): unknown } = {
    tags: ['wrap'],
    parse(parser) {
      endTag(parser);
      const body = parser.parseUntilBlocks('endwrap');
      parser.advanceAfterBlockEnd();
      return Reflect.construct(nodes.CallExtension, [wrap, 'run', null, [body]]);
    },
    run: (_context, body) => new runtime.SafeString(`(${String(body())})`),
  };
  environment.addExtension('wrap', wrap);
  const wait: Extension & {
    run(context: object, body: null, done: (error: unknown, text: string) => void): void;
  } = {
    tags: ['wait'],
    parse(parser) {
      endTag(parser);
      return Reflect.construct(nodes.CallExtensionAsync, [wait, 'run', null, [null]]);
    },
    run: (_context, _body, done) => {
      setTimeout(() => done(null, 'waited'), 2);
    },
  };
  environment.addExtension('wait', wait);
}

function endTag(parser: Parser): void {
  const name = parser.nextToken();
  parser.advanceAfterBlockEnd(String(name?.value));
}
