import type { Migration } from './migration.ts';

/** People, roles, sessions, what was mailed to them, and how often was tried. The columns are described in `tables.ts`. */
export const accounts: Migration = {
  name: '0003-accounts',
  statements: ({ kind, integer, strict }) => {
    const id = (column: string) => `${column} text not null check (length(${column}) between 1 and 128)`;
    const flag = (column: string) => `${column} ${integer} not null check (${column} in (0, 1))`;
    const count = (column: string) => `${column} ${integer} not null check (${column} >= 1)`;
    // By bytes, as SQLite compares: pages of a list then have the same order in both.
    const bytewise = kind === 'postgres' ? ' collate "C"' : '';
    const user = 'references users (id) on delete cascade';
    return [
      `create table users (
        ${id('id')} primary key,
        email text not null check (length(email) between 1 and 254),
        email_key text${bytewise} not null unique check (length(email_key) between 1 and 254),
        name text not null,
        name_key text not null,
        password_hash text,
        ${flag('must_change_password')},
        ${flag('is_active')},
        language text,
        ${count('revision')},
        ${count('rights_revision')},
        created_at ${integer} not null,
        last_sign_in_at ${integer}
      )${strict}`,

      `create table roles (
        ${id('name')} primary key,
        label text not null,
        permissions text not null,
        ${count('revision')}
      )${strict}`,

      `create table user_roles (
        user_id text not null ${user},
        ${id('site')},
        ${id('role')},
        primary key (user_id, site, role)
      )${strict}`,
      'create index user_roles_role on user_roles (role, site)',

      `create table sessions (
        ${id('id_hash')} primary key,
        user_id text ${user},
        data text not null,
        assurance text,
        rights_revision ${integer},
        created_at ${integer} not null,
        seen_at ${integer} not null,
        ended_at ${integer},
        address text,
        agent text,
        check ((user_id is null) = (assurance is null) and (user_id is null) = (rights_revision is null)),
        check (assurance in ('password', 'totp', 'passkey'))
      )${strict}`,
      'create index sessions_user on sessions (user_id)',
      'create index sessions_seen on sessions (seen_at)',

      `create table tokens (
        ${id('hash')} primary key,
        kind text not null check (kind in ('reset', 'invite')),
        user_id text not null ${user},
        created_at ${integer} not null,
        expires_at ${integer} not null,
        used_at ${integer},
        check (expires_at > created_at)
      )${strict}`,
      'create index tokens_user on tokens (user_id)',
      'create index tokens_expires on tokens (expires_at)',

      `create table attempts (
        ${id('key_hash')} primary key,
        window_start ${integer} not null,
        ${count('count')}
      )${strict}`,
      'create index attempts_window on attempts (window_start)',
    ];
  },
};
