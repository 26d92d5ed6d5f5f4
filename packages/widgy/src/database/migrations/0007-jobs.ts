import type { DatabaseKind, Migration } from './migration.ts';

/**
 * Leases of jobs, and the numbers that say whether anything changed that visitors can see. The columns are described in
 * `tables.ts`.
 *
 * The numbers are counted by triggers, so that no way of writing can forget it. It comes after all tables that it watches.
 */
export const jobs: Migration = {
  name: '0007-jobs',
  statements: ({ kind, integer, strict }) => [
    `create table leases (
      name text not null primary key check (length(name) between 1 and 128),
      holder text check (length(holder) between 1 and 128),
      token ${integer} not null check (token >= 0),
      renewed_at ${integer},
      expires_at ${integer},
      last_run_at ${integer},
      has_failed ${integer} not null check (has_failed in (0, 1)),
      check ((holder is null) = (expires_at is null)),
      check ((holder is null) = (renewed_at is null))
    )${strict}`,

    `create table generations (
      site text not null primary key check (length(site) between 1 and 128),
      number ${integer} not null check (number >= 0)
    )${strict}`,

    ...(kind === 'postgres' ? POSTGRES_FUNCTIONS : []),
    ...WATCHED.flatMap((watched) => triggersOn(watched, kind)),
  ],
};

/** A table of which everything can be seen by visitors. What is of no site in particular is counted for all of them, as `*`. */
interface Watched {
  readonly table: string;
  readonly hasSite: boolean;
}

/** Drafts are not among them: `documents`, `operations`, `links` and `trees` change while somebody edits. */
const WATCHED: readonly Watched[] = [
  { table: 'commits', hasSite: false },
  { table: 'settings', hasSite: true },
  { table: 'pages', hasSite: true },
  { table: 'page_menus', hasSite: false },
  { table: 'redirects', hasSite: true },
  { table: 'media', hasSite: true },
  { table: 'callouts', hasSite: true },
];

const EVENTS = ['insert', 'update', 'delete'] as const;

function triggersOn({ table, hasSite }: Watched, kind: DatabaseKind): readonly string[] {
  return EVENTS.map((event) => {
    const name = `${table}_generation_${event}`;
    const row = event === 'delete' ? 'old' : 'new';
    if (kind === 'sqlite') {
      return `create trigger ${name} after ${event} on ${table} begin
        insert into generations (site, number) values (${hasSite ? `${row}.site` : "'*'"}, 1)
          on conflict (site) do update set number = number + 1;
      end`;
    }
    // Once for a statement, however many rows it writes.
    return `create trigger ${name} after ${event} on ${table} referencing ${row} table as changed
      for each statement execute function ${hasSite ? 'widgy_bump_sites' : 'widgy_bump_all'}()`;
  });
}

const POSTGRES_FUNCTIONS = [
  `create function widgy_bump_all() returns trigger language plpgsql as $$
    begin
      insert into generations (site, number) select '*', 1 where exists (select 1 from changed)
        on conflict (site) do update set number = generations.number + 1;
      return null;
    end $$`,
  // In order, so that two that write to several sites do not wait for each other.
  `create function widgy_bump_sites() returns trigger language plpgsql as $$
    begin
      insert into generations (site, number) select distinct site, 1 from changed order by site
        on conflict (site) do update set number = generations.number + 1;
      return null;
    end $$`,
] as const;
