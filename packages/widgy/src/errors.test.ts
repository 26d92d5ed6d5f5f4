import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advice, hasCode, WidgyError } from './errors.ts';

describe('WidgyError', () => {
  it('has a message that is complete', () => {
    const error = new WidgyError('database-busy', { message: 'the database stayed locked' });
    assert.equal(error.message, `the database stayed locked [database-busy]\n${advice['database-busy']}`);
    assert.equal(error.summary, 'the database stayed locked');
  });

  it('prefers help of its own, and keeps the cause', () => {
    const cause = new Error('inner');
    const error = new WidgyError('database-failed', { message: 'wrong', help: 'Do it right.', cause });
    assert.deepEqual(
      [error.help, error.message, error.cause],
      ['Do it right.', 'wrong [database-failed]\nDo it right.', cause],
    );
  });

  it('is told apart by its code', () => {
    const error = new WidgyError('database-busy', { message: 'busy' });
    assert.equal(hasCode(error, 'database-failed', 'database-busy'), true);
    assert.equal(hasCode(error, 'database-failed'), false);
    assert.equal(hasCode(new Error('database-busy'), 'database-busy'), false);
  });
});
