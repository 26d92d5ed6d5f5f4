import type { Migration } from './migration.ts';

/** The pages of sites, their menus and redirects, and what is searched of them. The columns are described in `tables.ts`. */
export const pages: Migration = {
  name: '0004-pages',
  statements: ({ kind, integer, strict }) => {
    const isSqlite = kind === 'sqlite';
    const flag = (column: string, initial: 0 | 1) =>
      `${column} ${integer} not null default ${initial} check (${column} in (0, 1))`;
    return [
      `create table pages (
        id text not null primary key check (length(id) between 1 and 128),
        site text not null check (length(site) between 1 and 128),
        parent text references pages (id) on delete set null,
        position ${integer} not null,
        depth ${integer} not null check (depth >= 1),
        kind text not null check (kind in ('page', 'link')),
        title text not null,
        title_key text not null,
        slug text not null,
        path text not null check (length(path) <= 500),
        target text,
        template text,
        document text references documents (id) on delete set null,
        mount text,
        ${flag('is_listed_in_sitemap', 1)},
        ${flag('needs_sign_in', 0)},
        ${flag('is_protected', 0)},
        ${flag('is_indexed', 1)},
        published_at ${integer},
        expires_at ${integer},
        meta_title text not null,
        meta_description text not null,
        deleted_at ${integer},
        deleted_with text,
        revision ${integer} not null check (revision >= 1),
        created_at ${integer} not null,
        updated_at ${integer} not null,
        author text,
        check ((deleted_at is null) = (deleted_with is null)),
        check ((kind = 'link') = (target is not null)),
        check (parent <> id)
      )${strict}`,
      // An address leads to one page. What is in the bin has none.
      'create unique index pages_path on pages (site, path) where deleted_at is null',
      'create index pages_parent on pages (parent, position)',
      'create index pages_top on pages (site, position) where parent is null',
      'create index pages_document on pages (document)',
      'create index pages_bin on pages (deleted_with) where deleted_at is not null',
      // What will appear or go by itself, and when.
      'create index pages_expires on pages (site, expires_at) where expires_at is not null',
      'create index pages_published on pages (site, published_at) where published_at is not null',
      'create index commits_publish_at on commits (publish_at)',

      `create table page_menus (
        page text not null references pages (id) on delete cascade,
        menu text not null check (length(menu) between 1 and 128),
        primary key (page, menu)
      )${strict}`,
      'create index page_menus_menu on page_menus (menu)',

      `create table redirects (
        id text not null primary key check (length(id) between 1 and 128),
        site text not null check (length(site) between 1 and 128),
        from_path text not null check (length(from_path) <= 500),
        target_page text references pages (id) on delete cascade,
        target text,
        ${flag('is_automatic', 0)},
        revision ${integer} not null check (revision >= 1),
        created_at ${integer} not null,
        author text,
        unique (site, from_path),
        check (target_page is null or target is null)
      )${strict}`,
      'create index redirects_page on redirects (target_page)',

      `create table page_texts (
        id ${isSqlite ? 'integer primary key' : 'bigint generated always as identity primary key'},
        page text not null references pages (id) on delete cascade,
        version ${integer} not null check (version >= 1),
        text text not null
        ${isSqlite ? '' : ', words tsvector not null'},
        unique (page, version)
      )${strict}`,
      ...(isSqlite
        ? [
            // What is written to it is cut into words already, so that both databases find the same.
            `create virtual table page_words using fts5 (title, description, body, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Cn'")`,
            `create trigger page_texts_deleted after delete on page_texts
            begin delete from page_words where rowid = old.id; end`,
          ]
        : ['create index page_texts_words on page_texts using gin (words)']),
    ];
  },
};
