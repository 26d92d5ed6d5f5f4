import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds in which something that has to come has come. */
const PATIENCE_MS = 30_000;

/** Asks again until it is what it has to be. */
export async function until<Value>(ask: () => Promise<Value>, is: (value: Value) => boolean): Promise<Value> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (is(value)) return value;
    assert.ok(Date.now() < end, `It did not come: ${String(value)}`);
    await setTimeout(20);
  }
}
