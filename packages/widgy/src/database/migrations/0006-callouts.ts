import type { Migration } from './migration.ts';

/** Call-outs: pieces of content that pages share. The columns are described in `tables.ts`. */
export const callouts: Migration = {
  name: '0006-callouts',
  statements: ({ integer, strict }) => [
    `create table callouts (
      id text not null primary key check (length(id) between 1 and 100),
      site text not null check (length(site) between 1 and 128),
      name text not null,
      name_key text not null check (length(name_key) between 1 and 500),
      document text references documents (id) on delete set null deferrable initially deferred,
      deleted_at ${integer},
      revision ${integer} not null check (revision >= 1),
      created_at ${integer} not null,
      updated_at ${integer} not null,
      author text
    )${strict}`,
    // A name means one call-out. Those in the bin have given theirs back.
    'create unique index callouts_name on callouts (site, name_key) where deleted_at is null',
    'create unique index callouts_document on callouts (document)',
  ],
};
