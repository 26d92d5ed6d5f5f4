// What the tests run in a process of its own, on the database of DATABASE_URL, to be killed:
//
//   SITE PAGE SLUG STATEMENT     gives a page another slug, and stops for good right after so many statements
import { writeSync } from 'node:fs';
import { openDatabase } from '../../database/open-database.ts';
import { changePage } from '../change-page.ts';
import { ann, openTestPages } from '../pages-fixture.ts';

const [site = '', page = '', slug = '', stopAt] = process.argv.slice(2);
const database = await openDatabase({ url: process.env.DATABASE_URL ?? '', migrations: 'ignore' });
let left = Number(stopAt);
database.onStatement(() => {
  left -= 1;
  if (left > 0) return;
  writeSync(1, 'stopped\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
const { store } = openTestPages(database, { site });
const changed = await changePage(store, page, { seen: 1, slug }, ann);
writeSync(1, `${changed.ok}\n`);
await database.close();
