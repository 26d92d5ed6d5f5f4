import type { Migration } from './migration.ts';

/** The values of settings. The columns are described in `tables.ts`. */
export const settings: Migration = {
  name: '0002-settings',
  statements: ({ integer, strict }) => [
    `create table settings (
      site text not null check (length(site) between 1 and 128),
      name text not null check (length(name) between 1 and 128),
      value text,
      revision ${integer} not null check (revision >= 1),
      updated_at ${integer} not null,
      author text,
      primary key (site, name)
    )${strict}`,
  ],
};
