import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { readEnvironment, widgyEnvironment } from '../config/index.ts';
import { loggerOptions } from './logger.ts';
import { plainLine } from './plain-lines.ts';

describe('a line of the log for people', () => {
  const time = new Date(2026, 10, 28, 9, 4, 31).getTime();
  const entry = (more: object) => JSON.stringify({ level: 40, time, pid: 7, hostname: 'here', ...more });

  const cases: readonly [what: string, line: string, text: string][] = [
    ['says when, how bad and what', entry({ msg: 'no secret' }), '09:04:31 warning no secret\n'],
    [
      'says what belongs to it',
      entry({ level: 30, reqId: 'req-1', req: { method: 'GET' }, boat: 'teal', msg: 'in' }),
      '09:04:31 info in req={"method":"GET"} boat=teal\n',
    ],
    [
      'has the stack of an error below',
      entry({ level: 50, err: { type: 'E', message: 'no', stack: 'E: no\n    at a.ts:1:2' }, msg: 'failed' }),
      '09:04:31 error failed\n  E: no\n      at a.ts:1:2\n',
    ],
    [
      'has the message of an error that has no stack',
      entry({ err: { message: 'no' } }),
      '09:04:31 warning\n  no\n',
    ],
    [
      'lets nobody write to the terminal',
      entry({ msg: 'a\u001b[31mb\nc', agent: '\u001b]0;x\u0007\r' }),
      '09:04:31 warning ab\ufffdc agent=\ufffd\n',
    ],
  ];
  for (const [what, line, text] of cases) it(what, () => assert.equal(plainLine(`${line}\n`), text));

  for (const line of ['no JSON\n', '', '3\n', 'null\n'])
    it(`leaves ${JSON.stringify(line)} as it is`, () => assert.equal(plainLine(line), line));
});

describe('the log', () => {
  const forms: readonly [mode: string, form: string, line: RegExp][] = [
    ['development', 'plain lines', /^\d\d:\d\d:\d\d warning no secret\n$/],
    ['production', 'JSON', /^\{"level":40,.*\}\n$/],
    ['test', 'JSON', /^\{"level":40,.*\}\n$/],
  ];
  for (const [NODE_ENV, form, line] of forms)
    it(`is ${form} in ${NODE_ENV}`, () => {
      const secrets = { BASE_URL: 'http://site.test', WIDGY_SECRET: 'x'.repeat(32) };
      const environment = readEnvironment(widgyEnvironment, { NODE_ENV, ...secrets });
      let written = '';
      const app = fastify({
        logger: loggerOptions(environment, (text) => {
          written += text;
        }),
      });
      app.log.warn('no secret');
      assert.match(written, line);
    });
});
