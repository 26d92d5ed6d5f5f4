import type { Migration } from './migration.ts';

/**
 * Until when a password that was made for somebody can be used, and when another session took the place of one. Passwords from before have
 * no end until they are replaced.
 */
export const replaced: Migration = {
  name: '0008-replaced',
  statements: ({ integer }) => [
    `alter table users add column password_expires_at ${integer}`,
    `alter table sessions add column replaced_at ${integer}`,
  ],
};
