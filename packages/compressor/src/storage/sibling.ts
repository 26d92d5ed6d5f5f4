/** What is kept beside an artifact: its encodings, and its differences to earlier versions. */
const SUFFIX = /\.(?:br|zst|gz|[0-9a-f]{16}\.dc[bz])$/;

/** The artifact that something is kept beside, by name; undefined for what stands alone. */
export function siblingOf(name: string): string | undefined {
  const artifact = name.replace(SUFFIX, '');
  return artifact === name ? undefined : artifact;
}
