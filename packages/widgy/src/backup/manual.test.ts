import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numberIn, tableRows } from '../testing/manual-table.ts';
import { readPage, runExample } from '../testing/run-example.ts';
import { BACKUP_FORMAT, HEADER_NAME, MANIFEST_NAME, SEAL_NAME } from './format.ts';
import { MAX_ENTRIES, MAX_HEADER_BYTES, MAX_ROW_BYTES, PIECE_BYTES } from './limits.ts';
import { BACKUP_REFUSAL_CODES } from './refusal.ts';

const path = 'docs/widgy-backup.md';
const page = await readPage(path);

describe('the manual of backups', () => {
  it('has an example that prints what it says', async () => {
    const { printed } = await runExample(path);
    const [, first, second] = /^It prints `(.*)` and `(.*)`\.$/m.exec(page) ?? [];
    assert.equal(printed, `${first}\n${second}\n`);
  });

  it('has all refusals', () => {
    const codes = tableRows(page, '| Refusal of a backup | |').map(([code]) => code);
    assert.deepEqual(
      codes,
      BACKUP_REFUSAL_CODES.map((code) => `\`${code}\``),
    );
  });

  it('has the names of what is in a file', () => {
    const names = tableRows(page, '| Entry | |').map(([name]) => name);
    assert.equal(names.length, 6);
    for (const name of [HEADER_NAME, MANIFEST_NAME, SEAL_NAME])
      assert.ok(names.includes(`\`${name}\``), name);
    assert.ok(page.includes(`\`${BACKUP_FORMAT}\``));
  });

  it('has the limits', () => {
    assert.deepEqual(
      tableRows(page, '| Limit of a backup | |').map(([, cell]) => numberIn(cell)),
      [PIECE_BYTES, MAX_ROW_BYTES, MAX_ENTRIES, MAX_HEADER_BYTES],
    );
  });
});
