import type { Migration } from './migration.ts';

/** Who is at which document. The columns are described in `tables.ts`. Visitors see nothing of it, so no generation counts it. */
export const presence: Migration = {
  name: '0009-presence',
  statements: ({ integer, strict }) => [
    `create table presence (
      document text not null references documents (id) on delete cascade,
      client text not null check (length(client) between 1 and 128),
      author text,
      widget text check (length(widget) between 1 and 128),
      seen_at ${integer} not null,
      primary key (document, client)
    )${strict}`,
    'create index presence_seen on presence (seen_at)',
  ],
};
