import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { canonicalJson } from '../tree/json.ts';
import { checkSettingValue } from './check-value.ts';
import type { Setting } from './define-setting.ts';
import type { RegisteredSetting } from './define-settings.ts';
import type { SettingsRefusal, StaleSetting } from './refusal.ts';
import { resolveSetting } from './resolve.ts';
import { isOpen, type SettingsStore } from './store.ts';

/** What somebody wants to do to a setting. `seen` is the revision that they have looked at. */
export type SettingChange =
  | { readonly kind: 'set'; readonly name: string; readonly value: unknown; readonly seen: number }
  /** Back to the default. */
  | { readonly kind: 'reset'; readonly name: string; readonly seen: number };

/** Who writes. */
export interface SettingsAuthor {
  /** Recorded with what they write; null where nobody is known. */
  readonly id: string | null;
}

/** What became of changes: the revisions of all settings that were named, or why nothing was written. */
export type WrittenSettings =
  | { readonly ok: true; readonly revisions: Readonly<Record<string, number>> }
  | { readonly ok: false; readonly refusal: SettingsRefusal };

/**
 * Changes settings, all of them or none. A setting that was written since its author looked is refused as stale; one that has the wanted
 * value already is left as it is, so that a form which is sent twice does no harm. At most two statements in one transaction.
 */
export async function writeSettings(
  store: SettingsStore,
  changes: readonly SettingChange[],
  author: SettingsAuthor,
): Promise<WrittenSettings> {
  const wanted = checkChanges(store, changes);
  if (!wanted.ok) return wanted;
  if (wanted.values.length === 0) return { ok: true, revisions: {} };
  const database = await store.database();
  return await database.transaction((transaction) => writeWanted(transaction, store, wanted.values, author));
}

/** Puts one setting back to its default; see {@link writeSettings}. */
export async function resetSetting(
  store: SettingsStore,
  { name }: Setting,
  { seen }: { readonly seen: number },
  author: SettingsAuthor,
): Promise<WrittenSettings> {
  return await writeSettings(store, [{ kind: 'reset', name, seen }], author);
}

/** A change that may be made, if what was seen is still there. */
interface Wanted {
  readonly registered: RegisteredSetting;
  /** As JSON; null for the default. */
  readonly text: string | null;
  readonly seen: number;
}

type CheckedChanges =
  | { readonly ok: true; readonly values: readonly Wanted[] }
  | { readonly ok: false; readonly refusal: SettingsRefusal };

function checkChanges(store: SettingsStore, changes: readonly SettingChange[]): CheckedChanges {
  const { settings } = store;
  const refuse = (refusal: SettingsRefusal): CheckedChanges => ({ ok: false, refusal });
  const known = changes.flatMap((change) => {
    const registered = settings.all.get(change.name);
    return registered === undefined ? [] : [{ change, registered }];
  });
  const unknown = namesOf(changes.filter(({ name }) => !settings.all.has(name)));
  if (unknown.length > 0) {
    const what = `there are no settings called ${quoted(unknown)}`;
    return refuse({ code: 'settings-unknown', what, names: unknown });
  }
  const fixed = namesOf(known.flatMap(({ change, registered }) => (isOpen(store, registered) ? [] : change)));
  if (fixed.length > 0) {
    const what = `these settings cannot be changed here: ${quoted(fixed)}`;
    return refuse({ code: 'settings-fixed', what, names: fixed });
  }
  const repeated = namesOf(
    changes.filter(({ name }, at) => changes.findIndex((other) => other.name === name) < at),
  );
  if (repeated.length > 0) {
    const what = `these settings are changed twice at once: ${quoted(repeated)}`;
    return refuse({ code: 'settings-repeated', what, names: repeated });
  }
  const checked = known.map(({ change, registered }) => {
    const value = change.kind === 'set' ? checkSettingValue(settings, registered, change.value) : undefined;
    return { registered, seen: change.seen, value };
  });
  const errors = checked.flatMap(({ value }) => (value === undefined || value.ok ? [] : value.errors));
  if (errors.length > 0)
    return refuse({ code: 'settings-invalid', what: 'not every value can be kept', errors });
  const values = checked.map(({ value, ...rest }) => {
    return { ...rest, text: value?.ok === true ? canonicalJson(value.value) : null };
  });
  return { ok: true, values };
}

async function writeWanted(
  transaction: Transaction<Tables>,
  store: SettingsStore,
  wanted: readonly Wanted[],
  { id: author }: SettingsAuthor,
): Promise<WrittenSettings> {
  const { site } = store;
  const rows = await transaction
    .selectFrom('settings')
    .select(['name', 'value', 'revision'])
    .where('site', '=', site)
    .where(
      'name',
      'in',
      wanted.map(({ registered }) => registered.setting.name),
    )
    .execute();
  const all = wanted.map((one) => {
    const { name } = one.registered.setting;
    const row = rows.find((candidate) => candidate.name === name);
    return { ...one, name, kept: row?.value ?? null, revision: row?.revision ?? 0 };
  });
  const toWrite = all.filter(({ text, kept }) => text !== kept);
  const stale = toWrite.filter(({ seen, revision }) => seen !== revision);
  if (stale.length > 0) {
    const what = `somebody changed these settings meanwhile: ${quoted(namesOf(stale))}`;
    const settings = stale.map((one) => staleSetting(store, one));
    return { ok: false, refusal: { code: 'stale', what, settings } };
  }
  if (toWrite.length > 0) {
    const updated_at = store.now();
    const values = toWrite.map(({ name, text, revision }) => {
      return { site, name, value: text, revision: revision + 1, updated_at, author };
    });
    await transaction
      .insertInto('settings')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['site', 'name']).doUpdateSet({
          value: sql<string | null>`excluded.value`,
          revision: sql<number>`excluded.revision`,
          updated_at: sql<number>`excluded.updated_at`,
          author: sql<string | null>`excluded.author`,
        }),
      )
      .execute();
  }
  const revisions = all.map(({ name, text, kept, revision }) => [name, revision + (text === kept ? 0 : 1)]);
  return { ok: true, revisions: Object.fromEntries(revisions) };
}

function staleSetting(
  { check, fixed }: SettingsStore,
  { registered, kept, revision }: { registered: RegisteredSetting; kept: string | null; revision: number },
): StaleSetting {
  const { setting } = registered;
  const checked = kept === null ? undefined : check(registered, kept);
  const { state } = resolveSetting(setting, fixed(setting.name), { revision, checked });
  return { name: setting.name, revision, value: setting.isSecret ? undefined : state.value };
}

function namesOf(named: readonly { readonly name: string }[]): readonly string[] {
  return [...new Set(named.map(({ name }) => name))];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
