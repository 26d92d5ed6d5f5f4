import type { SettingsStore } from './store.ts';

/** A row of the database that no setting has. Its value is not told: it may have been a secret. */
export interface UnknownSetting {
  readonly name: string;
  readonly updatedAt: number;
  readonly author: string | null;
}

/**
 * The rows of a site whose names no setting has, in the order of their names: most often of settings that were renamed or taken out. They
 * stay as they are, since the setting may come back. One statement.
 */
export async function unknownSettings({
  settings,
  site,
  database,
}: SettingsStore): Promise<readonly UnknownSetting[]> {
  const { kysely } = await database();
  const rows = await kysely
    .selectFrom('settings')
    .select(['name', 'updated_at', 'author'])
    .where('site', '=', site)
    .where('value', 'is not', null)
    .execute();
  return rows
    .filter(({ name }) => !settings.all.has(name))
    .map(({ name, updated_at, author }) => ({ name, updatedAt: updated_at, author }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
