/** What in the text of a tag or an output gives something else each time, by how it looks. */
const VARYING: readonly (readonly [RegExp, what: string])[] = [
  [/(['"])(?:now|today)\1\s*\|\s*date/, 'the time of day'],
  [/\|\s*(?:sample|shuffle|random)\b/, 'a random choice'],
];

/** What varies from one rendering to the next in the text of a tag or an output; undefined if nothing is known to. */
export function varyingIn(text: string): string | undefined {
  return VARYING.find(([pattern]) => pattern.test(text))?.[1];
}
