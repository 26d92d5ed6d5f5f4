import { createHash } from 'node:crypto';
import type { Storage } from '@widgy/compressor';
import { type Insertable, sql } from 'kysely';
import { commit, insertDocument } from '../../database/contract/fixtures.ts';
import type { Database, Queries } from '../../database/database.ts';
import type { MediaTable, PagesTable } from '../../database/tables.ts';
import { saveTree } from '../../database/trees.ts';
import { KEPT_TABLES, LEFT_OUT } from '../parts.ts';

/** Writes rows into every table that a backup keeps, and into some that it does not. */
export async function fillDatabase({ transaction }: Database): Promise<void> {
  await transaction(async (own) => {
    // What JSON would change.
    await saveTree(
      own,
      { hash: 'odd', content: '{"a":1.0}\n"\\u2028\u{1f600}e\u0301' },
      Number.MAX_SAFE_INTEGER,
    );
    for (const id of ['d1', 'd2', 'd3'])
      await insertDocument(own, { id, owner_type: 'x', owner_id: id, owner_field: 'f' });
    for (const number of [1, 2, 3]) await own.insertInto('commits').values(commit('d1', number)).execute();
    await own.updateTable('documents').set({ head: 3 }).where('id', '=', 'd1').execute();
    const change = { document: 'd2', operations: '[]', inverses: '[]', kind: 'edit', created_at: 1 };
    await own
      .insertInto('operations')
      .values({ ...change, sequence: 1, request_key: 'k', request_hash: 'h' })
      .execute();
    await own
      .insertInto('links')
      .values({ document: 'd1', version: 0, widget: 'w', field: 'f', target_type: 'page', target_id: '1' })
      .execute();
    await own
      .insertInto('settings')
      .values({ site: 'default', name: 'a.b', value: null, revision: 3, updated_at: -1, author: 'ann' })
      .execute();
    await own
      .insertInto('users')
      .values({
        ...{ id: 'u', email: 'A@b.example', email_key: 'a@b.example', name: 'Ann', name_key: 'ann' },
        ...{ password_hash: '$argon2id$x', must_change_password: 0, is_active: 1, language: null },
        ...{ revision: 1, rights_revision: 1, created_at: 1, last_sign_in_at: null },
      })
      .execute();
    await own.insertInto('roles').values({ name: 'r', label: 'R', permissions: '[]', revision: 1 }).execute();
    await own.insertInto('user_roles').values({ user_id: 'u', site: '*', role: 'r' }).execute();
    await own
      .insertInto('sessions')
      .values({
        ...{ id_hash: 'secret-session', user_id: 'u', data: '{}', assurance: 'password', rights_revision: 1 },
        ...{ created_at: 1, seen_at: 1, ended_at: null, address: null, agent: null },
      })
      .execute();
    await own
      .insertInto('tokens')
      .values({
        hash: 'secret-token',
        kind: 'reset',
        user_id: 'u',
        created_at: 1,
        expires_at: 2,
        used_at: null,
      })
      .execute();
    await own.insertInto('leases').values({ name: 'secret-lease', token: 0, has_failed: 0 }).execute();
    await own
      .insertInto('presence')
      .values({ document: 'd3', client: 'secret-client', seen_at: 1 })
      .execute();
    // A page stands before its parent in the order of the file.
    await own.insertInto('pages').values(page('z', null)).execute();
    await own
      .insertInto('pages')
      .values([page('m', 'z'), page('a', 'm')])
      .execute();
    await own.insertInto('page_menus').values({ page: 'a', menu: 'main' }).execute();
    await own
      .insertInto('redirects')
      .values({
        ...{ id: 'r', site: 'default', from_path: 'old', target_page: 'a', target: null },
        ...{ is_automatic: 1, revision: 1, created_at: 1, author: null },
      })
      .execute();
    await own
      .insertInto('callouts')
      .values({
        ...{ id: 'c', site: 'default', name: 'A', name_key: 'a', document: 'd3', deleted_at: null },
        ...{ revision: 1, created_at: 1, updated_at: 1, author: null },
      })
      .execute();
    for (const content of ['one', 'two']) await own.insertInto('media').values(picture(content)).execute();
  });
}

/**
 * Adds what does not fit into one piece: a row that is larger, rows that are larger together, and more rows than are asked for at
 * once.
 */
export async function addMuch({ transaction }: Database): Promise<void> {
  await transaction(async (own) => {
    const trees = Array.from({ length: 30 }, (_, index) => {
      return { hash: `t${index}`, content: `${index % 10}`.repeat(50_000), created_at: index };
    });
    const large = { hash: 'large', content: 'ü'.repeat(700_000), created_at: 1 };
    await own
      .insertInto('trees')
      .values([...trees, large])
      .execute();
    const link = { document: 'd1', version: 1, field: 'f', target_type: 'page', target_id: '1' };
    const links = Array.from({ length: 1100 }, (_, index) => ({ ...link, widget: `w${index}` }));
    await own.insertInto('links').values(links).execute();
  });
}

/** The row of a page at the top, or below another. */
export function page(id: string, parent: string | null): Insertable<PagesTable> {
  return {
    ...{ id, site: 'default', parent, position: 0, depth: 1, kind: 'page', title: id, title_key: id },
    ...{ slug: id, path: id, target: null, template: null, document: null, mount: null },
    ...{ is_listed_in_sitemap: 1, needs_sign_in: 0, is_protected: 0, is_indexed: 1 },
    ...{ published_at: null, expires_at: null, meta_title: '', meta_description: '' },
    ...{ deleted_at: null, deleted_with: null, revision: 1, created_at: 1, updated_at: 1, author: null },
  };
}

/** The row of a picture with this content. */
export function picture(content: string): Insertable<MediaTable> {
  return {
    ...{ id: content, site: 'default', name: content, alt: '', search: '', kind: 'image', type: 'image/png' },
    ...{ hash: sha256(content), file: 'original.png', width: 1, height: 1, bytes: content.length },
    ...{ renditions: '[]', focal_x: null, focal_y: null, deleted_at: null, revision: 1, created_at: 1 },
    ...{ author: null, changed_at: 1, changed_by: null },
  };
}

/** The name in a storage of the picture with this content. */
export function pictureName(content: string): string {
  return `media/${sha256(content)}/original.png`;
}

/** Puts the files of the pictures of {@link fillDatabase} into a storage. */
export async function fillStorage(storage: Pick<Storage, 'write'>): Promise<void> {
  for (const content of ['one', 'two']) await storage.write(pictureName(content), Buffer.from(content));
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** All rows of the tables that are kept, to be compared. */
export async function keptRows({ kysely }: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  return await rowsOf(
    kysely,
    KEPT_TABLES.map(({ table }) => table),
  );
}

/** All rows of tables that are not kept, but for what the database writes itself. */
export async function leftOutRows({
  kysely,
}: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const own = ['generations', 'widgy_migrations'];
  return await rowsOf(
    kysely,
    Object.keys(LEFT_OUT).filter((table) => !own.includes(table)),
  );
}

async function rowsOf(queries: Queries, tables: readonly string[]) {
  const all: Record<string, readonly string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(queries);
    all[table] = rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted();
  }
  return all;
}
