/** The texts of the editor. Each language is loaded only where it is wanted. */
import type { LanguageTag } from '../../accounts/users/languages.ts';
import type { Words } from './words.ts';

export { namesOf, type RefusalNames } from './codes.ts';
export type { Formats } from './formats.ts';
export type { Words } from './words.ts';

/** The texts of a language; English for one that there are none of. Which one somebody is spoken to in is said by `languageFor` of accounts. */
export async function wordsFor(language: string): Promise<Words> {
  const load = LOADERS.get(language) ?? english;
  return await load();
}

const english = async (): Promise<Words> => (await import('./en/index.ts')).en;

const LOADERS: ReadonlyMap<string, () => Promise<Words>> = new Map(
  Object.entries({
    en: english,
    de: async () => (await import('./de/index.ts')).de,
  } satisfies Record<LanguageTag, () => Promise<Words>>),
);
