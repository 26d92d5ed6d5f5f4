// What the tests run in processes of their own, on the database of DATABASE_URL:
//
//   migrate                           prints the migrations that it applied
//   write DOCUMENT COUNT              ten writers, who append so many operations each
//   pairs DOCUMENT [STATEMENT]        appends two operations in each transaction, without end, and prints the
//                                     sequence number of each pair that was acknowledged; or stops for good right
//                                     after that statement of the third transaction
import { writeSync } from 'node:fs';
import { appendChange } from '../changes.ts';
import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from '../open-database.ts';
import { saveTree } from '../trees.ts';
import { changeAfter } from './fixtures.ts';

const WRITERS = 10;

const [command, document = '', number] = process.argv.slice(2);
const database = await openDatabase({ url: process.env.DATABASE_URL ?? '', migrations: 'ignore' });
if (command === 'migrate') say((await migrate(database)).join(' '));
else if (command === 'write') await write(database, Number(number));
else await writePairs(database, number === undefined ? undefined : Number(number));
await database.close();

/** Says a line at once: the process may be killed before anything that waits is written. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function write({ transaction }: Database, count: number): Promise<void> {
  const one = async () => {
    let after = 0;
    for (let done = 0; done < count; ) {
      const appended = await transaction((own) => appendChange(own, changeAfter(document, after)));
      if (appended.outcome === 'missing') throw new Error('the document is not there');
      if (appended.outcome === 'accepted') done += 1;
      after = appended.sequence;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, one));
}

async function writePairs({ kysely, transaction, onStatement }: Database, stopAt?: number): Promise<never> {
  const { draft_sequence } = await kysely
    .selectFrom('documents')
    .select('draft_sequence')
    .where('id', '=', document)
    .executeTakeFirstOrThrow();
  let after = draft_sequence;
  for (let round = 1; ; round += 1) {
    if (round === 3 && stopAt !== undefined) onStatement(stopAfter(stopAt));
    await transaction(async (own) => {
      for (const step of [0, 1]) await appendChange(own, changeAfter(document, after + step));
      const tree = { hash: `tree ${after + 2}`, content: '{}' };
      await saveTree(own, tree, 1);
      await own
        .updateTable('documents')
        .set({ draft_base: tree.hash, draft_base_sequence: after + 2 })
        .where('id', '=', document)
        .execute();
    });
    after += 2;
    say(`${after}`);
  }
}

/** A listener that, after so many statements, says so and does nothing any more, nor lets anything else be done. */
function stopAfter(count: number): () => void {
  let left = count;
  return () => {
    left -= 1;
    if (left > 0) return;
    say('stopped');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
}
