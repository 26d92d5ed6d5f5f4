import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manualTimers } from '../testing/manual-timers.ts';
import { openMigrated } from '../testing/test-databases.ts';
import { statementsOfWork, withCode } from './contract/fixtures.ts';
import { GENERATION_MS, GENERATION_PAUSE_MS, shareReadings } from './generation-reader.ts';
import { createGenerationReader } from './index.ts';

/** A reading that is answered when the test says so. */
function heldReadings() {
  const begun: PromiseWithResolvers<number>[] = [];
  const timers = manualTimers();
  const readNow = () => {
    const reading = Promise.withResolvers<number>();
    begun.push(reading);
    return reading.promise;
  };
  const at = (index: number) => begun[index] ?? assert.fail(`reading ${index} has not begun`);
  const answer = (index: number, generation: number) => at(index).resolve(generation);
  const fail = (index: number) => at(index).reject(new Error('gone'));
  return { begun, timers, answer, fail, read: shareReadings(readNow, timers) };
}

/** Lets everything happen that waits for nothing but promises. */
const ticks = () => new Promise((resolve) => setImmediate(resolve));

describe('a reader of generations', () => {
  it('gives many who ask at once one answer, from a statement that was begun after they asked', async () => {
    const { begun, read, answer } = heldReadings();
    const first = read();
    assert.equal(begun.length, 1);
    const later = [read(), read(), read()];
    answer(0, 1);
    assert.equal(await first, 1);
    await ticks();
    assert.equal(begun.length, 2, 'the statement of the others begins when all of them have asked');
    const latest = read();
    answer(1, 2);
    assert.deepEqual(await Promise.all(later), [2, 2, 2]);
    await ticks();
    assert.equal(begun.length, 3);
    answer(2, 3);
    assert.equal(await latest, 3);
  });

  it('fails soon while nothing is answered, and then at once, until something is', async () => {
    const { begun, timers, read, answer } = heldReadings();
    const waiting = [read(), read()];
    timers.pass(GENERATION_MS);
    for (const asked of waiting) await assert.rejects(asked, withCode('database-unreachable'));
    timers.pass(GENERATION_PAUSE_MS * 10);
    await assert.rejects(read(), withCode('database-unreachable'));
    assert.equal(begun.length, 1, 'the statement that hangs is the only one');
    answer(0, 5);
    await ticks();
    const recovered = read();
    answer(1, 6);
    assert.equal(await recovered, 6);
    assert.equal(timers.waiting(), 0);
  });

  it('leaves a database alone that failed, and asks it again after a pause', async () => {
    const { begun, timers, read, answer, fail } = heldReadings();
    const asked = read();
    fail(0);
    await assert.rejects(asked, /gone/);
    timers.pass(GENERATION_PAUSE_MS - 1);
    await assert.rejects(read(), /gone/);
    assert.equal(begun.length, 1);
    timers.pass(1);
    await assert.rejects(read(), /gone/, 'nobody waits for the attempt');
    await assert.rejects(read(), /gone/);
    assert.equal(begun.length, 2);
    answer(1, 7);
    await ticks();
    const recovered = read();
    answer(2, 8);
    assert.equal(await recovered, 8);
  });

  it('is not asked inside a transaction, and does one statement', async () => {
    const database = await openMigrated(':memory:');
    const { read } = createGenerationReader(database, 'default');
    await assert.rejects(database.transaction(read), withCode('transaction-nested'));
    const statements = await statementsOfWork(database, async () => assert.equal(await read(), 0));
    assert.equal(statements.length, 1);
  });

  it('shares statements among all who have asked, also where the database answers at once', async () => {
    const database = await openMigrated(':memory:');
    const { read } = createGenerationReader(database, 'default');
    const statements = await statementsOfWork(database, async () => {
      const asked: Promise<number>[] = [];
      for (let count = 0; count < 50; count += 1) {
        asked.push(read());
        // What arrives together is seen one after the other, and all promises settle in between.
        await Promise.resolve();
      }
      await Promise.all(asked);
    });
    assert.equal(statements.length, 2);
  });

  it('fails at once where there is no database any more', async () => {
    const database = await openMigrated(':memory:');
    const { read } = createGenerationReader(database, 'default');
    assert.equal(await read(), 0);
    await database.close();
    await assert.rejects(read());
    await assert.rejects(read());
  });
});
