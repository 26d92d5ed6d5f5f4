import type { Migration } from './migration.ts';

/** Uploaded pictures and documents, and who is at their bytes. The columns are described in `tables.ts`. */
export const media: Migration = {
  name: '0005-media',
  statements: ({ integer, strict }) => [
    `create table media (
      id text not null primary key check (length(id) between 1 and 128),
      site text not null check (length(site) between 1 and 128),
      name text not null,
      alt text not null,
      search text not null,
      kind text not null check (kind in ('image', 'document')),
      type text not null,
      hash text not null check (length(hash) = 64),
      file text not null,
      width ${integer} check (width >= 1),
      height ${integer} check (height >= 1),
      bytes ${integer} not null check (bytes >= 1),
      renditions text not null,
      focal_x ${integer} check (focal_x between 0 and 1000),
      focal_y ${integer} check (focal_y between 0 and 1000),
      deleted_at ${integer},
      revision ${integer} not null check (revision >= 1),
      created_at ${integer} not null,
      author text,
      changed_at ${integer} not null,
      changed_by text,
      check ((kind = 'image') = (width is not null)),
      check ((width is null) = (height is null)),
      check ((focal_x is null) = (focal_y is null))
    )${strict}`,
    'create index media_newest on media (site, created_at, id)',
    'create index media_hash on media (hash, id)',

    `create table media_claims (
      hash text not null primary key check (length(hash) = 64),
      is_removal ${integer} not null check (is_removal in (0, 1)),
      until ${integer} not null
    )${strict}`,
  ],
};
