/** The code that Node gives an error of its own, such as `ENOENT`; undefined for any other. */
export function nodeCodeOf(caught: unknown): unknown {
  return caught instanceof Error && 'code' in caught ? caught.code : undefined;
}

/** Why something failed, in the words of whoever threw: anything can be thrown. */
export function messageOf(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}

/**
 * Why something failed, and what to do about it where the error says that by itself: in `summary` and `help`, as the errors of the
 * compressor and of Widgy do.
 */
export function explanationOf(caught: unknown): {
  readonly summary: string;
  readonly help: string | undefined;
} {
  if (!(caught instanceof Error && 'summary' in caught && 'help' in caught))
    return { summary: messageOf(caught), help: undefined };
  return { summary: String(caught.summary), help: String(caught.help) };
}

/** Why the system refused something: the code alone where there is one, since the rest of the text repeats paths. */
export function refusalOf(caught: unknown): string {
  return String(nodeCodeOf(caught) ?? caught);
}
