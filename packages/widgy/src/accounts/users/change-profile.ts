import { invalid, stale, userMissing } from '../refusal.ts';
import type { AccountsStore } from '../store.ts';
import { checkPerson, type PersonDetails } from './check-person.ts';
import type { WrittenUser } from './create-user.ts';
import { searchKey } from './email.ts';
import { readUserRow, rolesIn } from './read-users.ts';
import { userOf } from './user.ts';

/** What people change of themselves, whatever they may do otherwise. Their address is changed by whoever manages people. */
export interface ProfileChange extends Partial<Pick<PersonDetails, 'name' | 'language'>> {
  /** The revision that they have looked at. */
  readonly seen: number;
}

/** Changes what somebody says of themselves. */
export async function changeProfile(
  store: AccountsStore,
  id: string,
  { seen, name, language }: ProfileChange,
): Promise<WrittenUser> {
  store.database.refuseInside();
  const given = { ...(name === undefined ? {} : { name }), ...(language === undefined ? {} : { language }) };
  const { faults, person } = checkPerson(given);
  if (faults.length > 0) return invalid(faults);
  return await store.database.transaction(async (transaction) => {
    const found = await readUserRow(transaction, id);
    if (found === undefined) return userMissing();
    const { row, grants } = found;
    if (row.revision !== seen) return stale(row.revision);
    const written = {
      name: person.name ?? row.name,
      name_key: searchKey(person.name ?? row.name),
      language: person.language === undefined ? row.language : person.language,
      revision: row.revision + 1,
    };
    await transaction.updateTable('users').set(written).where('id', '=', id).execute();
    return { ok: true, user: userOf({ ...row, ...written }, rolesIn(grants)) };
  });
}
