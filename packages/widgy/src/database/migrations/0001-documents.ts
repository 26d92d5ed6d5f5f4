import type { Migration } from './migration.ts';

/**
 * Trees, documents with their drafts and commits, and links. The columns are described in
 * `tables.ts`.
 */
export const documents: Migration = {
  name: '0001-documents',
  statements: ({ kind, integer, strict }) => {
    const id = (column: string) => `${column} text not null check (length(${column}) between 1 and 128)`;
    const request = `request_key text check (length(request_key) between 1 and 128),
        request_hash text check ((request_key is null) = (request_hash is null))`;
    // A document names its head, a commit its document. SQLite takes a table that is not there yet, and cannot add
    // a constraint later; PostgreSQL is the other way round.
    const head = 'foreign key (id, head) references commits (document, number)';
    return [
      `create table trees (
        hash text not null primary key check (length(hash) between 1 and 128),
        content text not null,
        created_at ${integer} not null
      )${strict}`,

      `create table documents (
        ${id('id')} primary key,
        owner_type text check (length(owner_type) between 1 and 128),
        owner_id text check (length(owner_id) between 1 and 128),
        owner_field text check (length(owner_field) between 1 and 128),
        head ${integer},
        draft_base text not null references trees (hash),
        draft_base_sequence ${integer} not null default 0 check (draft_base_sequence >= 0),
        draft_sequence ${integer} not null default 0,
        draft_hash text not null,
        created_at ${integer} not null,
        unique (owner_type, owner_id, owner_field),
        check ((owner_type is null) = (owner_id is null) and (owner_id is null) = (owner_field is null)),
        check (draft_sequence >= draft_base_sequence)
        ${kind === 'sqlite' ? `, ${head}` : ''}
      )${strict}`,
      'create index documents_draft_base on documents (draft_base)',

      `create table commits (
        document text not null references documents (id) on delete cascade,
        number ${integer} not null check (number >= 1),
        parent ${integer} check (parent < number),
        tree text not null references trees (hash),
        author text,
        message text not null,
        publish_at ${integer},
        approved_by text,
        approved_at ${integer},
        is_withdrawal ${integer} not null default 0 check (is_withdrawal in (0, 1)),
        ${request},
        created_at ${integer} not null,
        primary key (document, number),
        unique (document, request_key),
        foreign key (document, parent) references commits (document, number),
        check ((approved_by is null) = (approved_at is null))
      )${strict}`,
      // What is live is read from this index alone, from the newest commit on, so commits that are waiting cost
      // little.
      `create index commits_live on commits (document, number, publish_at, approved_at, is_withdrawal, tree)`,
      'create index commits_tree on commits (tree)',
      ...(kind === 'postgres' ? [`alter table documents add ${head}`] : []),

      `create table operations (
        document text not null references documents (id) on delete cascade,
        sequence ${integer} not null check (sequence >= 1),
        operations text not null,
        inverses text not null,
        kind text not null,
        undoes ${integer},
        author text,
        ${request},
        created_at ${integer} not null,
        primary key (document, sequence),
        unique (document, request_key)
      )${strict}`,

      `create table links (
        document text not null references documents (id) on delete cascade,
        version ${integer} not null check (version >= 0),
        ${id('widget')},
        ${id('field')},
        ${id('target_type')},
        ${id('target_id')},
        primary key (document, version, widget, field, target_type, target_id)
      )${strict}`,
      'create index links_target on links (target_type, target_id)',
    ];
  },
};
