import type { Author } from '../documents/author.ts';
import { askFor } from '../documents/drafts/permissions.ts';
import { newWidget } from '../tree/rules/new-widget.ts';
import { typesOf } from '../widgets/needed-permissions.ts';
import type { Site } from '../widgets/site.ts';

/** Those of some types that somebody may add, with all that a new widget is made with. */
export async function offeredTypes(
  { catalogue }: Site<never>,
  author: Author,
  types: readonly string[],
): Promise<readonly string[]> {
  const offered: string[] = [];
  for (const type of types) {
    const made = newWidget(catalogue, type, () => 'new');
    if (made === undefined) continue;
    if ((await askFor(typesOf('add', made, true), author)) === undefined) offered.push(type);
  }
  return offered;
}
