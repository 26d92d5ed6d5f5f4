import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { folderStorage } from '@widgy/compressor';
import fc from 'fast-check';
import { type Headers, pack } from 'tar-stream';
import { withCode } from '../database/contract/fixtures.ts';
import { migrate, pendingMigrations } from '../database/migrate.ts';
import { migrations } from '../database/migrations/list.ts';
import { openDatabase } from '../database/open-database.ts';
import { openMigrated } from '../testing/test-databases.ts';
import { SEED } from '../tree/random-fixture.ts';
import { siteFolder } from '../widgets/site-fixture.ts';
import { type CheckedBackup, checkBackupFile } from './check-file.ts';
import { readColumns } from './columns.ts';
import { fillDatabase, fillStorage, keptRows, pictureName } from './contract/fixture.ts';
import { createBackup } from './create-backup.ts';
import { BACKUP_FORMAT, HEADER_NAME, MANIFEST_NAME, SEAL_NAME } from './format.ts';
import { MAX_HEADER_BYTES, MAX_ROW_BYTES } from './limits.ts';
import { orRefusal } from './refusal.ts';
import { readBackup, restoreBackup } from './restore-backup.ts';

/** An entry of a file that is made for a test: its name, and what is in it or a header of its own. */
type Forged = readonly [name: string, content: string | Headers];

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const trees = ['hash', 'content', 'created_at'];
const header = (own: object = {}) =>
  JSON.stringify({
    ...{ format: BACKUP_FORMAT, madeAt: 1, migrations: migrations.map(({ name }) => name) },
    ...{ tables: { trees } },
    ...own,
  });
const row = (hash: string) => `${JSON.stringify([hash, '{}', 1])}\n`;
const piece = (number: number, content = row(`${number}`)): Forged => [
  `rows/trees/${String(number).padStart(6, '0')}.ndjson`,
  content,
];

describe('the file of a backup', () => {
  const folder = siteFolder({});

  /** Writes a tar file with these entries. */
  const forge = async (entries: readonly Forged[]): Promise<string> => {
    const file = join(await folder, 'forged.tar');
    const archive = pack();
    const output = createWriteStream(file);
    archive.pipe(output);
    for (const [name, content] of entries) {
      if (typeof content === 'string') archive.entry({ name }, content);
      else archive.entry({ ...content, name });
    }
    archive.finalize();
    await once(output, 'close');
    return file;
  };
  /** The same with a manifest that is right for them. */
  const complete = (entries: readonly Forged[], rows: Readonly<Record<string, number>> = { trees: 1 }) => {
    const listed = entries.map(([name, content]) => {
      const bytes = Buffer.from(typeof content === 'string' ? content : '');
      return { name, size: bytes.length, sha256: sha256(bytes) };
    });
    const manifest = JSON.stringify({ format: BACKUP_FORMAT, rows, entries: listed, missing: [] });
    return [...entries, [MANIFEST_NAME, manifest] as const, [SEAL_NAME, `${sha256(manifest)}\n`] as const];
  };
  const restoreInto = async (url: string, file: string) => {
    const database = await openDatabase({ url, migrations: 'ignore' });
    try {
      const restored = await restoreBackup({ database }, file);
      return { restored, trees: (await keptRows(database).catch(() => ({ trees: [] }))).trees };
    } finally {
      await database.close();
    }
  };

  it('is taken where it is made right', async () => {
    const file = await forge(complete([[HEADER_NAME, header({ migrations: [] })], piece(1)]));
    const read = await readBackup(file);
    assert.deepEqual(read, {
      ...{ ok: true, madeAt: 1, rows: { trees: 1 }, missing: [], damaged: [] },
      media: { files: 0, bytes: 0 },
    });
  });

  const good: Forged = [HEADER_NAME, header()];
  const media = (name: string): Forged => [name, 'one'];
  type Wrong = [what: string, entries: readonly Forged[], code: string, message?: RegExp];
  const wrong: readonly Wrong[] = [
    ['something else in a tar file', [['hello.txt', 'hi']], 'backup-foreign'],
    ['nothing in a tar file', [], 'backup-foreign'],
    ['a beginning that is no JSON', [[HEADER_NAME, '{']], 'backup-foreign'],
    ['a beginning that is another thing', [[HEADER_NAME, '{"format":"other-1"}']], 'backup-foreign'],
    ['a beginning that lacks something', [[HEADER_NAME, `{"format":"${BACKUP_FORMAT}"}`]], 'backup-damaged'],
    ['a newer format', [[HEADER_NAME, '{"format":"widgy-backup-2"}']], 'backup-newer', /widgy-backup-2/],
    [
      'a migration of the future',
      [[HEADER_NAME, header({ migrations: [...migrations.map(({ name }) => name), '9999-x'] })]],
      'backup-newer',
      /9999-x/,
    ],
    ['other migrations', [[HEADER_NAME, header({ migrations: ['0002-settings'] })]], 'backup-newer'],
    [
      'a table that is unknown',
      [[HEADER_NAME, header({ tables: { trees, secrets: ['a'] } })]],
      'backup-invalid',
      /"secrets"/,
    ],
    [
      'a table that is left out of backups',
      [[HEADER_NAME, header({ tables: { sessions: ['a'] } })]],
      'backup-invalid',
      /"sessions"/,
    ],
    ['a name of prototypes', [[HEADER_NAME, header({ tables: { constructor: ['a'] } })]], 'backup-invalid'],
    ['no end', [good, piece(1)], 'backup-truncated'],
    ['nothing but a beginning', [good], 'backup-truncated'],
    ['something after its end', [...complete([good, piece(1)]), piece(2)], 'backup-invalid'],
    ['a piece that is missing', complete([good, piece(1), piece(3)]), 'backup-invalid', /000003/],
    ['a piece twice', complete([good, piece(1), piece(1)]), 'backup-invalid'],
    ['pieces without the first', complete([good, piece(2)]), 'backup-invalid'],
    [
      'a piece of a table that it has not',
      complete([good, ['rows/users/000001.ndjson', '']]),
      'backup-invalid',
    ],
    ['rows after media', complete([good, media(pictureName('one')), piece(1)]), 'backup-invalid'],
    [
      'a piece that it forgets',
      [...complete([good]).slice(0, 1), piece(1), ...complete([good]).slice(1)],
      'backup-damaged',
    ],
    ['a piece that it only tells of', [good, ...complete([good, piece(1)]).slice(2)], 'backup-damaged'],
    [
      'another content than it tells of',
      [good, piece(1, row('x')), ...complete([good, piece(1)]).slice(2)],
      'backup-damaged',
    ],
    ['no seal', complete([good, piece(1)]).slice(0, -1), 'backup-truncated'],
    [
      'another seal',
      [...complete([good, piece(1)]).slice(0, -1), [SEAL_NAME, `${'0'.repeat(64)}\n`]],
      'backup-damaged',
    ],
    ['a seal of nothing', [good, [SEAL_NAME, '']], 'backup-invalid'],
    ['an end that is no JSON', [good, [MANIFEST_NAME, 'x']], 'backup-damaged'],
    ...[
      ...['../x', '/etc/passwd', 'media/../../x', 'media/x', 'media/', `${pictureName('one')}/../x`],
      ...['rows/trees/../../x', 'rows\\trees', 'C:\\x', `${pictureName('one')}x`.toUpperCase()],
      ...['x'.repeat(300), `media/${'a'.repeat(64)}/original.png/x`],
    ].map(
      (name) =>
        [
          `the name ${JSON.stringify(name).slice(0, 60)}`,
          complete([good, media(name)]),
          'backup-invalid',
        ] satisfies Wrong,
    ),
    ...(['symlink', 'link', 'directory', 'character-device', 'fifo'] as const).map(
      (type) =>
        [
          `a ${type}`,
          complete([good, [pictureName('one'), { name: '', type, linkname: '/etc/passwd' }]]),
          'backup-invalid',
        ] satisfies Wrong,
    ),
  ];
  for (const [what, entries, code, message = /./] of wrong) {
    it(`is refused with ${what}`, async () => {
      const read = await readBackup(await forge(entries));
      assert.ok(!read.ok, 'it was taken');
      assert.equal(read.refusal.code, code, read.refusal.what);
      assert.match(read.refusal.what, message);
    });
  }

  const wrongRows: readonly [what: string, content: string, code: string, count?: number][] = [
    ['no JSON', '{\n', 'backup-invalid'],
    ['an object', '{"hash":"a"}\n', 'backup-invalid'],
    ['too few values', '["a"]\n', 'backup-invalid'],
    ['too many values', '["a","b",1,2]\n', 'backup-invalid'],
    ['a list in a value', '["a",["b"],1]\n', 'backup-invalid'],
    ['half a number', '["a","b",1.5]\n', 'backup-invalid'],
    ['a line without its end', '["a","b",1]', 'backup-invalid'],
    ['a text for a number', '["a","b","c"]\n', 'rows-refused'],
    ['null for what must be there', '[null,"b",1]\n', 'rows-refused'],
    ['U+0000', '["a\\u0000","b",1]\n', 'rows-refused'],
    ['the same row twice', row('a') + row('a'), 'rows-refused', 2],
    ['fewer rows than it tells of', row('a'), 'backup-damaged', 2],
  ];
  for (const [what, content, code, count = 1] of wrongRows) {
    it(`is refused with rows that have ${what}, and nothing is kept`, async () => {
      // The columns of all tables, of a file that is right.
      const { tables } = (await goodBackup()).header;
      const own = await forge(
        complete([[HEADER_NAME, header({ tables })], piece(1, content)], { trees: count }),
      );
      const { restored, trees: kept } = await restoreInto(':memory:', own);
      assert.ok(!restored.ok, 'it was taken');
      assert.deepEqual([restored.refusal.code, kept], [code, []], restored.refusal.what);
    });
  }

  it('is refused where it would not fit into memory', async () => {
    const limits: readonly [entries: readonly Forged[], size: number][] = [
      [[[HEADER_NAME, '']], MAX_HEADER_BYTES],
      [[good, piece(1, '')], MAX_ROW_BYTES],
      [[good, [MANIFEST_NAME, '']], MAX_ROW_BYTES],
    ];
    for (const [entries, limit] of limits) {
      const file = await forge(entries);
      const bytes = await readFile(file);
      // The last entry is empty: its header stands before the two blocks of the end.
      sayTarSize(bytes.subarray(-1536, -1024), limit + 1);
      await writeFile(file, bytes);
      const read = await readBackup(file);
      assert.ok(!read.ok && read.refusal.code === 'backup-invalid', JSON.stringify(read));
    }
  });

  it('is restored as it was made by older code, and migrated then', async () => {
    const old = await openDatabase({ url: ':memory:', migrations: 'ignore' });
    await migrate(old, migrations.slice(0, 2));
    const tables = await readColumns(old, old.kysely);
    await old.close();
    assert.equal(Object.hasOwn(tables, 'users'), false);
    const content = '["default","a.b","1",1,1,null]\n';
    const file = await forge(
      complete(
        [
          [HEADER_NAME, header({ tables, migrations: migrations.slice(0, 2).map(({ name }) => name) })],
          ['rows/settings/000001.ndjson', content],
        ],
        { settings: 1 },
      ),
    );
    const database = await openDatabase({ url: ':memory:', migrations: 'ignore' });
    assert.ok((await restoreBackup({ database }, file)).ok);
    assert.deepEqual(await pendingMigrations(database), []);
    assert.equal((await keptRows(database)).settings?.length, 1);
    await database.close();
  });

  it('is refused with columns that are not those of the database', async () => {
    for (const columns of [
      ['hash', 'content'],
      [...trees, 'extra'],
      ['hash', 'content', 'created_at; drop table users'],
    ]) {
      const file = await forge(complete([[HEADER_NAME, header({ tables: { trees: columns } })]], {}));
      const { restored } = await restoreInto(':memory:', file);
      assert.ok(!restored.ok && restored.refusal.code === 'backup-invalid', JSON.stringify(restored));
    }
  });

  it('is refused where it is something else', async () => {
    const cases: readonly Buffer[] = [
      Buffer.alloc(0),
      Buffer.from('hello'),
      Buffer.from('x'.repeat(5000)),
      gzipSync('x'.repeat(5000)),
      Buffer.alloc(10_240),
    ];
    for (const content of cases) {
      const file = join(await folder, 'other');
      await writeFile(file, content);
      const read = await readBackup(file);
      assert.ok(!read.ok && read.refusal.code === 'backup-foreign', JSON.stringify(read));
    }
    await assert.rejects(readBackup(join(await folder, 'none.tar')), withCode('file-unreadable'));
    await assert.rejects(readBackup(await folder), withCode('file-unreadable'));
  });

  let checked: Promise<CheckedBackup> | undefined;
  /** A good backup, as it is read. */
  const goodBackup = () => {
    checked ??= goodFile().then(({ file }) => checkBackupFile(file));
    return checked;
  };
  /** A good backup, as a file and its bytes. */
  const goodFile = async () => {
    const database = await openMigrated(':memory:');
    const storage = folderStorage(join(await siteFolder({}), 'media'));
    await fillStorage(storage);
    await database.transaction(async (own) => {
      await own.insertInto('trees').values({ hash: 'h', content: '{}', created_at: 1 }).execute();
    });
    const file = join(await siteFolder({}), 'good.tar');
    assert.ok((await createBackup({ database, media: storage, now: () => 1 }, file)).ok);
    return { file, bytes: await readFile(file) };
  };

  it('is refused wherever it is cut off', async () => {
    const { file, bytes } = await goodFile();
    const cut = `${file}.cut`;
    // The last two blocks only say that nothing follows.
    const needed = bytes.length - 1024;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: needed - 1 }), async (length) => {
        await writeFile(cut, bytes.subarray(0, length));
        const read = await readBackup(cut);
        assert.ok(!read.ok, `${length} bytes were taken`);
      }),
      { seed: SEED, numRuns: 60, examples: [[0], [511], [512], [513], [needed - 512], [needed - 1]] },
    );
  });

  it('is refused where it was changed, or is read as it was', async () => {
    const { file, bytes } = await goodFile();
    const before = await checkBackupFile(file);
    const changed = `${file}.changed`;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const copy = Buffer.from(bytes);
          copy[at] = (copy[at] ?? 0) ^ by;
          await writeFile(changed, copy);
          const read = await orRefusal(() => checkBackupFile(changed));
          if (!read.ok) refused += 1;
          // What fills up blocks of a tar file says nothing.
          else assert.deepEqual(read.value.manifest, before.manifest);
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(refused > 50, `${refused}`);
    assert.ok((await stat(file)).size < 64 * 1024);
  });

  it('is refused where it is changed after it was checked', async () => {
    const database = await openMigrated(':memory:');
    await fillDatabase(database);
    const place = await siteFolder({});
    const storage = folderStorage(join(place, 'media'));
    await fillStorage(storage);
    const file = join(place, 'good.tar');
    await createBackup({ database, media: storage }, file);
    const bytes = await readFile(file);
    const { pieces } = await checkBackupFile(file);
    const [first] = pieces;
    const target = await openDatabase({ url: ':memory:', migrations: 'ignore' });
    const files = folderStorage(join(place, 'restored'));
    // Between the check and the rows, media are written.
    const changing = {
      ...files,
      write: async (...given: Parameters<typeof files.write>) => {
        bytes[first?.offset ?? 0] = 0;
        await writeFile(file, bytes);
        return await files.write(...given);
      },
    };
    const restored = await restoreBackup({ database: target, media: changing }, file);
    assert.ok(!restored.ok && restored.refusal.code === 'backup-damaged', JSON.stringify(restored));
    assert.deepEqual(Object.values(await keptRows(target)).flat(), []);
    assert.equal(await files.read(pictureName('one')), undefined);
    await target.close();
  });
});

/** Lets the header of an entry in a tar file say another size. */
function sayTarSize(head: Buffer, size: number): void {
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  head.fill(' ', 148, 156);
  const sum = head.reduce((all, byte) => all + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
