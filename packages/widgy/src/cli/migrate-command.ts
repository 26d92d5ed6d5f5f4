import { migrate } from '../database/migrate.ts';
import { count } from './diagnostic.ts';
import type { Options } from './options.ts';
import type { CommandContext, Outcome } from './outcome.ts';

/** `widgy migrate`: applies the migrations that the database has not had. Several at once do no harm. */
export async function migrateCommand(_: Options, { withDatabase }: CommandContext): Promise<Outcome> {
  return await withDatabase('ignore', async (database) => {
    const applied = await migrate(database);
    const summary =
      applied.length === 0
        ? 'the database has had all migrations already'
        : `${count(applied.length, 'migration')} applied`;
    return {
      status: 0,
      json: { database: database.kind, applied, diagnostics: [] },
      text: [...applied.map((name) => `applied ${name}`), summary],
      messages: [],
    };
  });
}
