import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type LogLevel, onceLogger } from './log.ts';

function recorder(): { lines: [LogLevel, string][]; log(level: LogLevel, message: string): void } {
  const lines: [LogLevel, string][] = [];
  return { lines, log: (level, message) => void lines.push([level, message]) };
}

it('onceLogger says each thing once, by its key', () => {
  const logger = recorder();
  const once = onceLogger(logger);
  once('warn', 'a', 'first');
  once('error', 'a', 'the same again');
  once('error', 'b', 'second');
  assert.deepEqual(logger.lines, [
    ['warn', 'first'],
    ['error', 'second'],
  ]);
});

it('onceLogger does not remember without end', () => {
  const logger = recorder();
  const once = onceLogger(logger);
  for (let key = 0; key <= 1000; key += 1) once('info', String(key), 'x');
  once('info', '0', 'again');
  assert.equal(logger.lines.length, 1002);
});
