import { linkChoices, MAX_CHOICES } from '../links/index.ts';
import type { AdminCall } from './call.ts';

/** What links may point at, for forms that have some: the first things of each type. A statement or two for each. */
export async function linkGroups({ widgy: { documents } }: Pick<AdminCall, 'widgy'>) {
  return await linkChoices(documents.database.kysely, documents.linkables, { limit: MAX_CHOICES });
}
