import type { Queries } from '../database/database.ts';
import { renditionsOf } from './media-item.ts';
import { objectName } from './object-name.ts';

/** Something that is stored. */
export interface MediaObject {
  /** Its name in the storage. */
  readonly name: string;
  readonly bytes: number;
}

/**
 * All that media name in the storage, of every site in the database, each once: what a backup has to hold beside the database. One
 * statement for {@link PAGE} media.
 */
export async function* mediaObjects({
  database,
}: {
  readonly database: { readonly kysely: Pick<Queries, 'selectFrom'> };
}): AsyncGenerator<MediaObject> {
  let last = { hash: '', id: '' };
  let told = new Set<string>();
  for (;;) {
    const rows = await database.kysely
      .selectFrom('media')
      .select(['id', 'hash', 'file', 'bytes', 'renditions'])
      .where((where) =>
        where.or([
          where('hash', '>', last.hash),
          where.and([where('hash', '=', last.hash), where('id', '>', last.id)]),
        ]),
      )
      .orderBy('hash')
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      if (row.hash !== last.hash) told = new Set();
      for (const { file, bytes } of [row, ...renditionsOf(row)]) {
        const name = objectName({ hash: row.hash, file });
        if (!told.has(name)) yield { name, bytes };
        told.add(name);
      }
      last = row;
    }
    if (rows.length < PAGE) return;
  }
}

const PAGE = 500;
