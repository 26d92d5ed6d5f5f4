import type { PresentClient } from '../documents/presence/read-presence.ts';

/**
 * Gives what people are called, by the ids that are recorded of them; see `authorId`. Those who are not known any more are left out. It
 * is never asked for nobody.
 */
export type PeopleNames = (
  ids: readonly string[],
) => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>;

/** The same names, and none instead of a failure: people are told to one another without them. */
export function tolerantNames(people: PeopleNames, onProblem: (problem: unknown) => void): PeopleNames {
  return async (ids) => {
    try {
      return await people(ids);
    } catch (problem) {
      onProblem(problem);
      return new Map();
    }
  };
}

/** The names of all who are in some lists, asked for at once. */
export async function namesIn(
  lists: readonly (readonly PresentClient[])[],
  people: PeopleNames,
): Promise<ReadonlyMap<string, string>> {
  return await namesOfAuthors(lists.flat(), people);
}

/** The names of all who did something, asked for at once. */
export async function namesOfAuthors(
  done: readonly { readonly author: string | null }[],
  people: PeopleNames,
): Promise<ReadonlyMap<string, string>> {
  const ids = done.flatMap(({ author }) => author ?? []);
  return ids.length === 0 ? new Map() : await people([...new Set(ids)]);
}

/** Those who are at a document, as the API tells it; nobody has a name who is not known. */
export function peopleJson(
  present: readonly PresentClient[],
  names: ReadonlyMap<string, string>,
): { readonly people: readonly Person[] } {
  const people = present.map(({ client, author, widget }) => {
    const name = author === null ? null : (names.get(author) ?? null);
    return { client, author, name, widget };
  });
  return { people };
}

/** Somebody who is at a document. */
interface Person extends PresentClient {
  readonly name: string | null;
}
