import { documents } from './0001-documents.ts';
import { settings } from './0002-settings.ts';
import { accounts } from './0003-accounts.ts';
import { pages } from './0004-pages.ts';
import { media } from './0005-media.ts';
import { callouts } from './0006-callouts.ts';
import { jobs } from './0007-jobs.ts';
import { replaced } from './0008-replaced.ts';
import { presence } from './0009-presence.ts';
import type { Migration } from './migration.ts';

/** All migrations, in the order in which they are applied. New ones go to the end. */
export const migrations: readonly Migration[] = [
  documents,
  settings,
  accounts,
  pages,
  media,
  callouts,
  jobs,
  replaced,
  presence,
];
