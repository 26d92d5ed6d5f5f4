/** The languages that the editor speaks: the tag of each, and what it calls itself. The first is spoken where no other is known. */
export const LANGUAGES = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
] as const;

/** The tag of one of {@link LANGUAGES}. */
export type LanguageTag = (typeof LANGUAGES)[number]['tag'];

/**
 * In which language somebody is spoken to: the one that they chose, or else the one that their browser likes best of those that there are. Of a
 * tag the first part counts, so that `de-AT` is `de`.
 *
 * @param chosen a BCP 47 tag; null for none
 * @param accepted an `Accept-Language` header (RFC 9110)
 */
export function languageFor(chosen: string | null, accepted: string | undefined): LanguageTag {
  const wanted = chosen === null ? undefined : knownLanguage(chosen);
  return wanted ?? bestOf(accepted ?? '') ?? LANGUAGES[0].tag;
}

/** The one of {@link LANGUAGES} that a tag means; undefined for none. */
export function knownLanguage(tag: string): LanguageTag | undefined {
  const [primary] = tag.trim().toLowerCase().split('-', 1);
  return LANGUAGES.find((language) => language.tag === primary)?.tag;
}

/** As much of a header as is looked at: browsers send far less. */
const MAX_HEADER_LENGTH = 1_000;

/** What is accepted most. Of what is accepted equally, the first one; what has the weight 0 is not accepted. */
function bestOf(header: string): LanguageTag | undefined {
  let best: { readonly tag: LanguageTag; readonly weight: number } | undefined;
  for (const range of header.slice(0, MAX_HEADER_LENGTH).split(',')) {
    const [name = '', ...parameters] = range.split(';');
    const weight = weightIn(parameters);
    const tag = name.trim() === '*' ? LANGUAGES[0].tag : knownLanguage(name);
    if (tag !== undefined && weight > (best?.weight ?? 0)) best = { tag, weight };
  }
  return best?.tag;
}

/** The weight of a range, which is 1 where none is given. One that cannot be read counts for nothing. */
function weightIn(parameters: readonly string[]): number {
  const given = parameters.map((one) => one.trim().toLowerCase()).find((one) => one.startsWith('q='));
  if (given === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(given) ? Number(given.slice(2)) : 0;
}
