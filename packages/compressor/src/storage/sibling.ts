/** What is kept beside an artifact: the same content in an encoding. */
export interface Sibling {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The size of what a storage has under a name, in bytes; undefined if there is nothing. */
export type SizeOf = (name: string) => number | undefined;

/** Encodings, and those with a dictionary, named after the beginning of its hash. */
const SUFFIX = /\.(?:br|zst|gz|[0-9a-f]{16}\.dc[bz])$/;

/** The artifact that something is kept beside, by name; undefined for what stands alone. */
export function siblingOf(name: string): string | undefined {
  const artifact = name.replace(SUFFIX, '');
  return artifact === name ? undefined : artifact;
}
