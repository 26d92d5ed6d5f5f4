import { documents } from './0001-documents.ts';
import { settings } from './0002-settings.ts';
import type { Migration } from './migration.ts';

/** All migrations, in the order in which they are applied. New ones go to the end. */
export const migrations: readonly Migration[] = [documents, settings];
