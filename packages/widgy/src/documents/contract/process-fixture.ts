// What the tests run in a process of its own, on the database of DATABASE_URL, to be killed:
//
//   STATEMENT     does the script of `script-fixture.ts`, and prints the name of each action that was acknowledged;
//                 stops for good right after so many statements, and says so
import { writeSync } from 'node:fs';
import { openDatabase } from '../../database/open-database.ts';
import { script, scriptStore } from './script-fixture.ts';

const [stopAt] = process.argv.slice(2);
const database = await openDatabase({ url: process.env.DATABASE_URL ?? '', migrations: 'ignore' });
let left = Number(stopAt);
database.onStatement(() => {
  left -= 1;
  if (left > 0) return;
  say('stopped');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
const store = scriptStore(database);
for (const [name, action] of script) {
  const answer = await action(store);
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  say(name);
}
say('done');
await database.close();

/** Says a line at once: the process is killed before anything that waits is written. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
